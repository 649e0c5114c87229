// Which readings a person should look at first: those whose verdict would move the answers most.
//
// For an item that counts in a claim, a verdict moves its nats, these the belief of the claim's
// arrow, and this the chance that each candidate helps or harms the outcome, by the arrow's
// importance (graph/possible_worlds.h). What is summed over candidates is weighted by how unsure
// the reading is: pi times the change if accepted plus (1 - pi) times the change if rejected.
// First-order: other items of the same group that would take over are left out. Checked against
// weighing anew with the reading changed. Method: docs/methods/review_queue.md.
#pragma once

#include <cstddef>
#include <vector>

#include "inquiry/mechanism.h"
#include "inquiry/rank.h"

namespace thaw::inquiry {

struct ReviewEntry {
  std::size_t item = 0;  // index into Knowledge::items
  const evidence::WeighedClaim* claim = nullptr;
  double would_change = 0;  // sum over candidates of the expected |change of P|
  double belief_moves = 0;  // expected |change| of the claim's own belief
  double belief_if_accepted = 0.5;
  double belief_if_rejected = 0.5;
};

struct ReviewQueue {
  std::vector<ReviewEntry> entries;  // every item once; most to gain first, then id
  std::size_t arrows_examined = 0;   // importance was computed for these
  std::size_t arrows_total = 0;      // of the graph
};

struct ReviewRequest {
  const evidence::Concept* outcome = nullptr;
  std::vector<std::string> kinds = {"drug", "intervention"};  // whose answers count
  std::uint32_t worlds = 4096;
  std::uint64_t seed = 1;
  unsigned threads = 1;           // changes nothing in the answer
  std::size_t arrows_max = 2000;  // those nearest the outcome; items elsewhere go by belief alone
};

/// `mechanism` must have been built from `knowledge`.
ReviewQueue review_queue(const Mechanism& mechanism, const evidence::Knowledge& knowledge,
                         const ReviewRequest& request);

/// Signed nats after the probability of a right reading becomes `after` instead of `before`.
double nats_after(double nats, double before, double after);

}  // namespace thaw::inquiry
