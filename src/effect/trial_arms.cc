#include "effect/trial_arms.h"

#include <fmt/format.h>

#include <algorithm>

namespace thaw::effect {
namespace {

/// Truth of a condition in every row, unknown as false; empty without a condition.
Result<std::vector<std::uint8_t>> holds(const PersonMonths& months,
                                        const std::optional<RowCondition>& condition,
                                        const std::string& where) {
  std::vector<std::uint8_t> out;
  if (!condition) {
    return out;
  }
  const auto truths = condition->evaluate(months.table);
  if (!truths) {
    return Error{truths.error().code, where + ": " + truths.error().message};
  }
  out.resize(truths->size());
  std::ranges::transform(*truths, out.begin(), [](Truth t) { return t == Truth::kTrue ? 1 : 0; });
  return out;
}

/// Counts at risk and kept by month, from which the stabilising factors come.
struct Kept {
  std::vector<double> entered;
  std::vector<double> stayed;
};

class ArmMaker {
 public:
  ArmMaker(const PersonMonths& months, const EmulationSpec& spec)
      : months_(months), spec_(spec), follow_up_(static_cast<std::size_t>(spec.months)) {
    kept_.entered.assign(follow_up_, 0);
    kept_.stayed.assign(follow_up_, 0);
  }

  /// Walks one trial; `demand(row)` says what the arm allows and `done(treated)` hears what was.
  template <class DemandAt, class Hear>
  void walk(std::uint32_t index, const Trial& trial, DemandAt demand, Hear hear) {
    const std::size_t offset = arm_.forced.size();
    const std::size_t reach = std::min<std::size_t>(trial.rows, follow_up_);
    std::uint32_t length = 0;
    bool left = false;
    for (; length < reach; ++length) {
      const std::size_t row = trial.row + length;
      ++kept_.entered[length];
      const Demand wanted = demand(row);
      const bool treated = months_.treated[row] != 0;
      if (wanted != Demand::kEither && treated != (wanted == Demand::kTreated)) {
        arm_.departed += length > 0 ? 1 : 0;
        left = true;
        break;
      }
      hear(treated);
      if (months_.dropout[row] != 0) {
        arm_.lost += 1;
        left = true;
        break;
      }
      ++kept_.stayed[length];
      arm_.forced.push_back(wanted == Demand::kEither ? 0 : 1);
    }
    finish(index, trial, length, left, offset);
  }

  Arm take() {
    double product = 1;
    arm_.scale.assign(follow_up_, 0);
    for (std::size_t k = 0; k < follow_up_ && kept_.entered[k] > 0; ++k) {
      product *= kept_.stayed[k] / kept_.entered[k];
      arm_.scale[k] = product;
    }
    return std::move(arm_);
  }

 private:
  void finish(std::uint32_t index, const Trial& trial, std::uint32_t length, bool left,
              std::size_t offset) {
    if (length == 0) {
      // Month 0 itself was not followed; its covariates are those of time zero, in no arm.
      return;
    }
    ++arm_.began;
    const std::size_t last = trial.row + length - 1;
    if (!left) {
      ++(months_.event[last] != 0 ? arm_.events
                                  : (months_.competing[last] != 0
                                         ? arm_.competing
                                         : (length == follow_up_ ? arm_.completed : arm_.ended)));
    }
    arm_.runs.push_back({index, length, trial.row, trial.person, offset, trial.rows > length});
  }

  const PersonMonths& months_;
  const EmulationSpec& spec_;
  std::size_t follow_up_;
  Kept kept_;
  Arm arm_;
};

}  // namespace

Demand StrategyState::demand(bool start, bool stop) {
  if (phase_ == Phase::kStopped || !strategy_->starts) {
    return Demand::kUntreated;
  }
  if (phase_ == Phase::kWaiting && start) {
    phase_ = Phase::kWindow;
    left_ = strategy_->within_months;
  }
  if (phase_ == Phase::kWaiting) {
    return Demand::kUntreated;
  }
  if (phase_ == Phase::kWindow) {
    --left_;
    return left_ == 0 ? Demand::kTreated : Demand::kEither;
  }
  if (stop) {
    phase_ = Phase::kStopped;
    return Demand::kUntreated;
  }
  return strategy_->stay ? Demand::kTreated : Demand::kEither;
}

void StrategyState::treated(bool yes) {
  if (yes && phase_ == Phase::kWindow) {
    phase_ = Phase::kOn;
  }
}

Result<Arm> strategy_arm(const PersonMonths& months, const std::vector<Trial>& trials,
                         const EmulationSpec& spec, const Strategy& strategy) {
  const std::string where = fmt::format("strategy \"{}\"", strategy.name);
  THAW_TRY(const auto start, holds(months, strategy.start_when, where));
  THAW_TRY(const auto stop, holds(months, strategy.stop_when, where));
  ArmMaker maker(months, spec);
  for (std::uint32_t i = 0; i < trials.size(); ++i) {
    StrategyState state(strategy);
    maker.walk(
        i, trials[i],
        [&](std::size_t row) {
          return state.demand(start.empty() || start[row] != 0, !stop.empty() && stop[row] != 0);
        },
        [&](bool treated) { state.treated(treated); });
  }
  Arm arm = maker.take();
  if (arm.runs.empty()) {
    return invalid_argument(fmt::format(
        "{}: of {} trials none follows it even in the first month; it cannot be compared", where,
        trials.size()));
  }
  return arm;
}

Result<Arm> baseline_arm(const PersonMonths& months, const std::vector<Trial>& trials,
                         const EmulationSpec& spec, bool treated, bool weighted) {
  ArmMaker maker(months, spec);
  for (std::uint32_t i = 0; i < trials.size(); ++i) {
    bool first = true;
    maker.walk(
        i, trials[i],
        [&](std::size_t) {
          const bool now = first;
          first = false;
          return now ? (treated ? Demand::kTreated : Demand::kUntreated) : Demand::kEither;
        },
        [](bool) {});
  }
  Arm arm = maker.take();
  arm.weighted = weighted;
  if (arm.runs.empty()) {
    return invalid_argument(
        fmt::format("nobody was {}treated in the month of time zero", treated ? "" : "un"));
  }
  return arm;
}

Arm natural_arm(const PersonMonths& months, const std::vector<Trial>& trials,
                const EmulationSpec& spec) {
  ArmMaker maker(months, spec);
  for (std::uint32_t i = 0; i < trials.size(); ++i) {
    maker.walk(
        i, trials[i], [](std::size_t) { return Demand::kEither; }, [](bool) {});
  }
  return maker.take();
}

}  // namespace thaw::effect
