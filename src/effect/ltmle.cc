#include "effect/ltmle.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "effect/trial_arms.h"
#include "effect/trial_comparison.h"
#include "effect/trial_models.h"

namespace thaw::effect {
namespace {

using stats::Vector;

constexpr double kRiskMin = 1e-7;

double logit(double p) {
  const double held = std::clamp(p, 1e-9, 1 - 1e-9);
  return std::log(held / (1 - held));
}

double expit(double x) {
  return 1 / (1 + std::exp(-x));
}

/// Whether a person's history says in every month what the strategy does.
bool decided_by_history(const Strategy& s) {
  return !s.starts || (s.within_months == 1 && s.stay);
}

Result<Done> check(const EmulationSpec& spec) {
  if (!spec.ltmle) {
    return invalid_argument("the protocol has no \"ltmle\" part with its outcome_model");
  }
  if (spec.time_zero != TimeZero::kFirstEligible) {
    return invalid_argument(
        "LTMLE needs one time zero a person: write time_zero \"first_eligible\"");
  }
  if (spec.outcome == OutcomeKind::kSlope) {
    return invalid_argument(
        "LTMLE here is of an event or of a number at one month, not of a slope");
  }
  const auto undecided = std::ranges::count_if(
      spec.strategies, [](const Strategy& s) { return !decided_by_history(s); });
  if (!decided_by_history(spec.strategies[spec.reference]) ||
      undecided + 1 == static_cast<std::ptrdiff_t>(spec.strategies.size())) {
    return invalid_argument(
        fmt::format("LTMLE needs a reference and another strategy that history decides: \"{}\" or "
                    "all others have a grace period or leave what follows the start open",
                    spec.strategies[spec.reference].name));
  }
  return Done{};
}

/// One strategy: the months that follow it, and the cumulative weights there.
struct Followers {
  Arm arm;
  std::vector<std::vector<double>> weight;  // by run and month
};

class Regressions {
 public:
  Regressions(const TrialData& data, const EmulationSpec& spec, const Followers& followers,
              std::span<const double> value)
      : data_(data), spec_(spec), followers_(followers), value_(value) {
    run_of_.assign(data.trials.size(), SIZE_MAX);
    for (std::size_t r = 0; r < followers.arm.runs.size(); ++r) {
      run_of_[followers.arm.runs[r].trial] = r;
    }
  }

  /// Fills `arm` with the estimate and `influence` (people) with its pull; without `targeted` the
  /// plug-in alone.
  Result<double> run(bool targeted, LtmleArm& arm, std::vector<double>* influence) {
    const std::size_t trials = data_.trials.size();
    next_.assign(trials, std::nan(""));
    std::vector<double> pull(trials, 0);
    arm.means_instead = 0;
    for (int k = spec_.horizon - 1; k >= 0; --k) {
      THAW_CHECK(month(static_cast<std::size_t>(k), targeted, arm, pull));
    }
    double mean = 0;
    for (const double q : next_) {
      mean += q / static_cast<double>(trials);
    }
    if (influence != nullptr) {
      influence->assign(data_.months.people(), 0);
      for (std::size_t i = 0; i < trials; ++i) {
        (*influence)[data_.trials[i].person] +=
            (pull[i] + next_[i] - mean) / static_cast<double>(trials);
      }
    }
    return mean;
  }

 private:
  /// Whether trial `i` still follows the strategy when month k begins, and has a row there.
  bool there(std::size_t i, std::size_t k) const {
    if (k == 0) {
      return true;
    }
    const std::size_t r = run_of_[i];
    return r != SIZE_MAX && followers_.arm.runs[r].length >= k && data_.trials[i].rows > k;
  }
  bool follows(std::size_t i, std::size_t k) const {
    const std::size_t r = run_of_[i];
    return r != SIZE_MAX && followers_.arm.runs[r].length > k;
  }

  /// What month k leads to for a follower: the outcome, or the next month's expectation.
  double leads_to(std::size_t i, std::size_t k) const {
    const std::size_t row = data_.trials[i].row + k;
    if (data_.months.event[row] != 0) {
      return 1;
    }
    if (data_.months.competing[row] != 0) {
      return 0;
    }
    if (k + 1 < static_cast<std::size_t>(spec_.horizon)) {
      return there(i, k + 1) ? next_[i] : std::nan("");
    }
    if (value_.empty()) {
      return 0;
    }
    return data_.trials[i].rows > k + 1 ? value_[row + 1] : std::nan("");
  }

  Result<Done> month(std::size_t k, bool targeted, LtmleArm& arm, std::vector<double>& pull) {
    std::vector<std::uint32_t> all;     // rows at risk in the month
    std::vector<std::size_t> trial_of;  // of each
    std::vector<std::uint32_t> fitted;
    std::vector<double> outcome(data_.months.rows(), 0);
    std::vector<std::size_t> fitted_trial;
    for (std::size_t i = 0; i < data_.trials.size(); ++i) {
      if (!there(i, k)) {
        continue;
      }
      const auto row = static_cast<std::uint32_t>(data_.trials[i].row + k);
      all.push_back(row);
      trial_of.push_back(i);
      const double to = follows(i, k) ? leads_to(i, k) : std::nan("");
      if (!std::isnan(to)) {
        fitted.push_back(row);
        fitted_trial.push_back(i);
        outcome[row] = to;
      }
    }
    if (fitted.empty()) {
      return invalid_argument(fmt::format(
          "LTMLE: nobody follows \"{}\" through month {} with a known outcome", arm.name, k));
    }
    THAW_TRY(Vector odds, regression(all, fitted, outcome, arm));
    const double shift = targeted ? fluctuation(all, odds, fitted_trial, outcome, k) : 0;
    std::vector<double> now(data_.trials.size(), std::nan(""));
    for (std::size_t a = 0; a < all.size(); ++a) {
      now[trial_of[a]] = expit(odds[static_cast<Eigen::Index>(a)] + shift);
    }
    for (const std::size_t i : fitted_trial) {
      pull[i] += weight(i, k) * (outcome[data_.trials[i].row + k] - now[i]);
    }
    next_ = std::move(now);
    return Done{};
  }

  double weight(std::size_t i, std::size_t k) const { return followers_.weight[run_of_[i]][k]; }

  /// Log odds of the month's expectation in the rows `all`, learnt in `fitted`.
  Result<Vector> regression(const std::vector<std::uint32_t>& all,
                            const std::vector<std::uint32_t>& fitted,
                            const std::vector<double>& outcome, LtmleArm& arm) const {
    double mean = 0;
    for (const std::uint32_t row : fitted) {
      mean += outcome[row] / static_cast<double>(fitted.size());
    }
    const auto fallback = [&] {
      return Vector(Vector::Constant(static_cast<Eigen::Index>(all.size()), logit(mean)));
    };
    if (mean < 1e-9 || mean > 1 - 1e-9) {
      return fallback();
    }
    // One design of all rows at risk, so that levels are the same; the fit has the followers' rows.
    auto design =
        PooledDesign::build(data_.months, spec_.ltmle->outcome_terms, fitted,
                            std::span<const double>(outcome), "the outcome's expectation");
    if (!design) {
      return design.error();
    }
    const auto fit = fit_pooled(*design, {}, nullptr, 1);
    const std::vector<std::size_t> rows(all.begin(), all.end());
    Table table;
    THAW_CHECK(
        table.add_column(Column::integer("\x01", std::vector<std::int64_t>(rows.size(), 0))));
    for (const std::string& name : design->model().columns()) {
      THAW_CHECK(table.add_column(data_.months.table.find(name)->take(rows)));
    }
    const auto x = design->model().matrix(table);
    if (!fit || !x) {
      ++arm.means_instead;
      return fallback();
    }
    return log_odds_of(*fit, *x);
  }

  /// The step along the weights that solves the efficient score (van der Laan and Gruber 2012).
  double fluctuation(const std::vector<std::uint32_t>& all, const Vector& odds,
                     const std::vector<std::size_t>& fitted_trial,
                     const std::vector<double>& outcome, std::size_t k) const {
    std::vector<std::pair<double, double>> at;  // log odds, outcome
    std::vector<double> weights;
    std::size_t a = 0;
    for (const std::size_t i : fitted_trial) {
      const std::size_t row = data_.trials[i].row + k;
      while (all[a] != row) {
        ++a;
      }
      at.emplace_back(odds[static_cast<Eigen::Index>(a)], outcome[row]);
      weights.push_back(weight(i, k));
    }
    double shift = 0;
    for (int step = 0; step < 50; ++step) {
      double score = 0;
      double information = 0;
      for (std::size_t j = 0; j < at.size(); ++j) {
        const double q = expit(at[j].first + shift);
        score += weights[j] * (at[j].second - q);
        information += weights[j] * q * (1 - q);
      }
      if (!(information > 1e-12)) {
        break;
      }
      const double move = std::clamp(score / information, -2.0, 2.0);
      shift += move;
      if (std::fabs(move) < 1e-11) {
        break;
      }
    }
    return shift;
  }

  const TrialData& data_;
  const EmulationSpec& spec_;
  const Followers& followers_;
  std::span<const double> value_;
  std::vector<std::size_t> run_of_;  // by trial, SIZE_MAX: does not follow month 0
  std::vector<double> next_;         // by trial, the expectation that month k + 1 began with
};

Result<Followers> followers_of(const TrialData& data, const EmulationSpec& spec,
                               const Strategy& strategy, const InverseProbabilities& inverse) {
  Followers out;
  THAW_TRY(out.arm, strategy_arm(data.months, data.trials, spec, strategy));
  for (const Arm::Run& run : out.arm.runs) {
    std::vector<double> weights;
    double product = 1;
    for (std::size_t k = 0; k < run.length; ++k) {
      product *= k == 0 ? inverse.zero[run.row] : inverse.later[run.row + k];
      if (!inverse.leave.empty()) {
        product *= inverse.leave[run.row + k];
      }
      weights.push_back(product);
    }
    out.weight.push_back(std::move(weights));
  }
  return out;
}

/// The value scaled into 0 to 1, which the regressions need; empty for an event.
struct Scaled {
  std::vector<double> value;
  double low = 0;
  double span = 1;
};

Result<Scaled> scaled_value(const TrialData& data, const EmulationSpec& spec) {
  Scaled out;
  if (spec.outcome == OutcomeKind::kEvent) {
    return out;
  }
  THAW_TRY(out.value, data.months.table.numeric(spec.value));
  double high = -INFINITY;
  out.low = INFINITY;
  for (const Trial& trial : data.trials) {
    for (std::size_t k = 0; k < trial.rows; ++k) {
      const std::size_t row = trial.row + k;
      if (k < static_cast<std::size_t>(spec.horizon) &&
          data.months.event[row] + data.months.competing[row] != 0) {
        return invalid_argument(fmt::format(
            "{}: follow-up ends with an event before month {}; {} does not exist for the dead, so "
            "LTMLE has no mean to estimate. Ask for the event instead",
            data.months.place(spec, row), spec.horizon, spec.value));
      }
      if (k == static_cast<std::size_t>(spec.horizon) && !std::isnan(out.value[row])) {
        out.low = std::min(out.low, out.value[row]);
        high = std::max(high, out.value[row]);
      }
    }
  }
  out.span = high - out.low;
  if (!(out.span > 0)) {
    return invalid_argument(fmt::format("{} is never known in month {}, or the same for everybody",
                                        spec.value, spec.horizon));
  }
  std::ranges::transform(out.value, out.value.begin(),
                         [&](double v) { return (v - out.low) / out.span; });
  return out;
}

double norm(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) {
    sum += v * v;
  }
  return std::sqrt(sum);
}

/// Contrasts of the arms with the reference.
std::vector<Quantity> contrasts(const EmulationSpec& spec, const std::vector<LtmleArm>& arms,
                                const std::vector<std::vector<double>>& influence) {
  std::vector<Quantity> out;
  const LtmleArm& reference = arms[spec.reference];
  const bool event = spec.outcome == OutcomeKind::kEvent;
  for (std::size_t arm = 0; arm < arms.size(); ++arm) {
    if (arm == spec.reference || !arms[arm].decided) {
      continue;
    }
    std::vector<double> apart = influence[arm];
    std::vector<double> ratio = influence[arm];
    for (std::size_t i = 0; i < apart.size(); ++i) {
      apart[i] -= influence[spec.reference][i];
      ratio[i] = influence[arm][i] / arms[arm].estimate -
                 influence[spec.reference][i] / reference.estimate;
    }
    Quantity difference{event ? Measure::kRiskDifference : Measure::kMeanDifference, arm,
                        spec.reference};
    // Without an event in an arm its risk of 0 would come with an error of 0.
    const bool eventless = event && std::min(arms[arm].estimate, reference.estimate) < kRiskMin;
    set_interval(difference, eventless ? std::nan("") : arms[arm].estimate - reference.estimate,
                 norm(apart));
    out.push_back(difference);
    if (event) {
      Quantity of{Measure::kLogRiskRatio, arm, spec.reference};
      set_interval(of, eventless ? std::nan("") : std::log(arms[arm].estimate / reference.estimate),
                   norm(ratio));
      out.push_back(of);
    }
  }
  return out;
}

}  // namespace

Result<LtmleResult> ltmle(Table table, const EmulationSpec& spec, const EmulationChoice& choice) {
  THAW_CHECK(check(spec));
  TrialFlow flow;
  THAW_TRY(const TrialData data, trial_data(std::move(table), spec, flow));
  THAW_TRY(const Scaled scaled, scaled_value(data, spec));
  THAW_TRY(const TrialModels models, trial_models(data.months, data.trials, spec));
  THAW_TRY(const auto fits, fit_models(models, {}, nullptr, choice.threads));
  InverseProbabilities inverse;
  inverse_probabilities(models, fits, data.months.rows(), spec.probability_bound, inverse);
  LtmleResult out;
  std::vector<std::vector<double>> influence;
  for (const Strategy& strategy : spec.strategies) {
    if (!decided_by_history(strategy)) {
      out.arms.push_back({.name = strategy.name, .decided = false});
      influence.emplace_back(data.months.people(), 0);
      continue;
    }
    THAW_TRY(const Followers followers, followers_of(data, spec, strategy, inverse));
    LtmleArm arm;
    arm.name = strategy.name;
    for (const Arm::Run& run : followers.arm.runs) {
      const std::size_t last = run.row + run.length - 1;
      arm.followed += run.length >= static_cast<std::uint32_t>(spec.horizon) ||
                              data.months.event[last] + data.months.competing[last] != 0
                          ? 1
                          : 0;
    }
    Regressions regressions(data, spec, followers, scaled.value);
    THAW_TRY(const double plug_in, regressions.run(false, arm, nullptr));
    influence.emplace_back();
    THAW_TRY(const double estimate, regressions.run(true, arm, &influence.back()));
    arm.plug_in = scaled.low + scaled.span * plug_in;
    arm.estimate = scaled.low + scaled.span * estimate;
    for (double& pull : influence.back()) {
      pull *= scaled.span;
    }
    arm.se = norm(influence.back());
    out.arms.push_back(arm);
  }
  out.quantities = contrasts(spec, out.arms, influence);
  return out;
}

}  // namespace thaw::effect
