// What moved between two states of knowledge: by claim, and within it by item, with the reason.
//
// Both states are weighed with the same parameters; a claim is named by its id, which follows from
// what it says, so that it is the same claim before and after. Lines are given for every item that
// came, left, or counts otherwise than before. Check: changes_test.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/weigh.h"

namespace thaw::evidence {

/// One item of a claim, before and after.
struct ChangeLine {
  std::string what;                        // "came", "left", "moved"
  std::string item;                        // Item::id
  double nats_before = 0, nats_after = 0;  // signed; 0 where it does not count
  Name why;                                // why it counts what it counts now
};

/// The numbers of a claim at one time.
struct ClaimState {
  double support = 0, opposition = 0, belief = 0.5;
  Opinion opinion;
};

struct ClaimChange {
  std::string claim;  // Claim::id
  Name text;
  std::optional<ClaimState> before, after;  // nothing: there was no such claim
  std::vector<ChangeLine> lines;            // by item
};

/// Claims whose numbers or items differ, by id. A figure that moved by less than 1e-12 did not.
std::vector<ClaimChange> changes_between(const Knowledge& before, const Knowledge& after,
                                         const WeightParameters& parameters);

}  // namespace thaw::evidence
