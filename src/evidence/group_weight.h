// From items to independent groups: what shares a paper, trial, cohort or dataset speaks once.
#pragma once

#include <map>
#include <vector>

#include "evidence/weigh.h"

namespace thaw::evidence {

/// The groups that speak of one claim, by |nats| falling then label, with every item in its group
/// and why it counts or does not. Rules, in this order:
///  1. Where a group holds an item with a figure, its items without one restate it: weight 0,
///     unless they name other participants than the figure's.
///  2. A meta-analysis weighs only where its members' own figures are absent; then they weigh 0.
///  3. Per group and direction only the strongest item counts. Both directions in one group are
///     kept and marked as internal disagreement.
///  4. Groups that share a laboratory or consortium discount the weaker one.
///  5. Groups without figures, of one kind and direction: the i-th strongest counts 1 / i^2.
std::vector<WeighedGroup> weigh_groups(const Knowledge& knowledge,
                                       const WeightParameters& parameters,
                                       std::map<int, std::vector<WeighedItem>> by_group);

}  // namespace thaw::evidence
