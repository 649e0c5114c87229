// The g-formula without any model: the risk under a strategy by enumeration of every history that
// occurs, for tests of what saturated models must give exactly (Robins 1986).
#pragma once

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

#include "effect/trial_arms.h"

namespace thaw::effect {

/// One person's observed months, for the enumeration.
struct ObservedMonth {
  bool l, a, event, dropout;
  double value;
};
using People = std::vector<std::vector<ObservedMonth>>;

inline People people_of(const Table& table) {
  std::map<std::int64_t, std::vector<ObservedMonth>> by_person;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    by_person[table.find("person")->integers()[i]].push_back(
        {table.find("l")->integers()[i] != 0, table.find("treatment")->integers()[i] != 0,
         table.find("event")->integers()[i] != 0, table.find("dropout")->integers()[i] != 0,
         table.find("value")->reals()[i]});
  }
  People people;
  for (auto& [id, rows] : by_person) {
    people.push_back(std::move(rows));
  }
  return people;
}

/// The g-formula by enumeration of every history (Robins 1986): the risk from month `k` on of
/// `people`, who share one history up to then, when `state` says what to do.
inline double enumerated_risk(const People& people, std::size_t k, std::size_t months,
                              const StrategyState& state, const RowCondition* start) {
  if (people.empty() || k == months) {
    return 0;
  }
  double risk = 0;
  for (const bool sign : {false, true}) {
    People own;
    std::ranges::copy_if(people, std::back_inserter(own),
                         [&](const auto& p) { return p[k].l == sign; });
    StrategyState now = state;
    const Demand demand = now.demand(start == nullptr || sign, false);
    for (const bool treated : {false, true}) {
      if (demand != Demand::kEither && treated != (demand == Demand::kTreated)) {
        continue;
      }
      People did;
      std::ranges::copy_if(own, std::back_inserter(did),
                           [&](const auto& p) { return p[k].a == treated; });
      const double share = demand == Demand::kEither
                               ? static_cast<double>(did.size()) / static_cast<double>(own.size())
                               : 1;
      std::erase_if(did, [&](const auto& p) { return p[k].dropout; });
      if (own.empty() || did.empty()) {
        continue;
      }
      const double hazard = static_cast<double>(std::ranges::count_if(
                                did, [&](const auto& p) { return p[k].event; })) /
                            static_cast<double>(did.size());
      std::erase_if(did, [&](const auto& p) { return p[k].event; });
      StrategyState next = now;
      next.treated(treated);
      risk += static_cast<double>(own.size()) / static_cast<double>(people.size()) * share *
              (hazard + (1 - hazard) * enumerated_risk(did, k + 1, months, next, start));
    }
  }
  return risk;
}

}  // namespace thaw::effect
