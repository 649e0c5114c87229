// Which person-months count for which arm of a trial, and where a weight is due.
//
// Everybody eligible stands in every arm until their treatment departs from it (cloning and
// artificial censoring: Cain et al. 2010, Int J Biostat 6(2):18; Hernan 2018, BMJ 360:k182). No
// clone is made: an arm is a list of months of the one table. Where the arm allows both, treated
// and not, no weight is due; where it demands one, the inverse probability of what was done is.
// Check: trial_arms_test.cc against an enumeration of all histories.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/person_months.h"

namespace thaw::effect {

/// The trials that follow one arm, each for its first `length` months; `offset` into `forced`.
struct Arm {
  struct Run {
    std::uint32_t trial;
    std::uint32_t length;
    std::uint32_t row;  // of time zero
    std::uint32_t person;
    std::size_t offset;
    bool value_follows;  // the row after the last month exists: its covariates are known
  };
  std::vector<Run> runs;
  std::vector<std::uint8_t> forced;  // by run and month: the arm allowed one treatment only
  bool weighted = true;              // false: everybody counts one
  /// Stabilising factor of each month (months): the share of those at risk who kept to the arm and
  /// stayed, multiplied up.
  std::vector<double> scale;

  // Trials: how they left the arm.
  std::size_t began = 0;     // kept to the arm and stayed in month 0
  std::size_t departed = 0;  // their treatment departed later
  std::size_t events = 0;
  std::size_t competing = 0;
  std::size_t lost = 0;       // dropout
  std::size_t ended = 0;      // the data end before the follow-up
  std::size_t completed = 0;  // followed to the last month
};

/// What an arm allows in a month.
enum class Demand : std::uint8_t { kUntreated, kTreated, kEither };

/// A strategy walked month by month.
class StrategyState {
 public:
  explicit StrategyState(const Strategy& strategy) : strategy_(&strategy) {}
  /// What it demands now; `start` and `stop`: whether its conditions hold at this month's start.
  Demand demand(bool start, bool stop);
  /// Tells it what was done in this month.
  void treated(bool yes);

 private:
  enum class Phase : std::uint8_t { kWaiting, kWindow, kOn, kStopped };
  const Strategy* strategy_;
  Phase phase_ = Phase::kWaiting;
  int left_ = 0;  // months of the window, this one among them
};

/// The arm of `strategy`. Fails: as its conditions; kInvalidArgument when nobody follows it in the
/// first month.
Result<Arm> strategy_arm(const PersonMonths& months, const std::vector<Trial>& trials,
                         const EmulationSpec& spec, const Strategy& strategy);

/// Everybody who was (or was not) treated in the month of time zero, whatever followed.
/// Fails: kInvalidArgument when there is none.
Result<Arm> baseline_arm(const PersonMonths& months, const std::vector<Trial>& trials,
                         const EmulationSpec& spec, bool treated, bool weighted);

/// Everybody, as they were treated: the natural course. Weighted for leaving alone.
Arm natural_arm(const PersonMonths& months, const std::vector<Trial>& trials,
                const EmulationSpec& spec);

}  // namespace thaw::effect
