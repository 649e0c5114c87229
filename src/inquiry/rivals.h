// Competing mechanism chains over the same evidence: a posterior for each, what they predict
// differently, and which claim, settled, would tell most.
//
// Method: docs/methods/rivals.md; the shares are exact (graph/rival_chains.h).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/rival_chains.h"
#include "inquiry/mechanism.h"

namespace thaw::inquiry {

struct RivalsRequest {
  const evidence::Concept* outcome = nullptr;
  const evidence::Concept* from = nullptr;  // null: mechanisms of the outcome itself
  std::size_t k = 5;                        // at most so many rivals, 1 to graph::kRivalsMost
  evidence::WeighOptions weigh;
};

struct Rival {
  Chain chain;
  double open = 0, only = 0, posterior = 0;  // see graph::RivalShares
  Text text;
};

/// A concept on some of the chains, and what each rival says of it.
struct RivalPrediction {
  const evidence::Concept* thing = nullptr;
  std::vector<int> by_rival;  // +1, -1; 0: this rival says nothing of it
  bool opposite = false;      // two rivals say opposite signs
};

struct RivalTest {
  Link link;
  double bits = 0;                            // expected gain from settling the claim
  std::vector<double> if_present, if_absent;  // posterior then: the rivals', last "none"
  Text text;
};

struct Rivals {
  std::shared_ptr<const Mechanism> mechanism;
  RivalsRequest request;
  std::vector<Rival> rivals;  // by posterior falling
  double none = 1;            // posterior that none of these is the way
  double entropy_bits = 0;
  std::vector<RivalPrediction> predictions;  // concepts on which rivals differ
  std::vector<RivalTest> tests;              // by bits falling; definitions are left out
};

/// With `from`: the k best chains from it to the outcome, of either sign. Without: for each direct
/// cause of the outcome that is no treatment, the chain through it that the evidence makes
/// likeliest (its best cause, and that one's, while more likely than not, at most five arrows); the
/// k likeliest. kNotFound when nothing leads there. kInvalidArgument for k outside 1..kRivalsMost.
Result<Rivals> find_rivals(const evidence::Weigher& weigher, const RivalsRequest& request);

}  // namespace thaw::inquiry
