#include "stats/kaplan_meier.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "stats/distributions.h"
#include "stats/risk_steps.h"

namespace thaw::stats {
namespace {

/// What one event adds to, and each moment at risk takes from, minus the log of the survival, per
/// unit of weight: derivatives of -log(1 - d/Y). Both 0 where everyone at risk had the event.
struct HazardSlope {
  double event;
  double at_risk;
};

HazardSlope hazard_slope(const RiskStep& step) {
  const double alive = step.at_risk - step.deaths;
  if (!(alive > 0)) {
    return {0, 0};
  }
  return {1 / alive, step.deaths / (step.at_risk * alive)};
}

/// Robust variance of log survival after each step, in one pass over rows in the order of `time`.
/// A row at risk has influence w (G(entry) - G(t)), G the running sum of the at-risk slopes; one
/// that left keeps what it had then.
class RobustVariance {
 public:
  RobustVariance(const SurvivalData& data, const std::vector<RiskStep>& steps)
      : data_(data), steps_(steps), running_(steps.size() + 1, 0.0) {
    for (std::size_t k = 0; k < steps.size(); ++k) {
      running_[k + 1] = running_[k] + hazard_slope(steps[k]).at_risk;
    }
    exits_.resize(steps.size() + 1);
    entries_.resize(steps.size() + 1);
    for (std::size_t i = 0; i < data.time.size(); ++i) {
      add_row(i);
    }
  }

  std::vector<double> log_variances() const {
    std::vector<double> variances;
    double gone = 0;
    Moments at_risk = entries_[0].moments;
    for (std::size_t k = 0; k < steps_.size(); ++k) {
      // Those that enter before step k + 1 and those whose last step is k or earlier.
      gone += exits_[k + 1].settled;
      at_risk -= exits_[k + 1].moments;
      const double g = running_[k + 1];
      variances.push_back(std::max(
          0.0, gone + at_risk.square * g * g - 2 * g * at_risk.cross + at_risk.entry_square));
      at_risk += entries_[k + 1].moments;
    }
    return variances;
  }

 private:
  struct Moments {
    double square = 0;        // sum of w^2
    double cross = 0;         // sum of w^2 G(entry)
    double entry_square = 0;  // sum of w^2 G(entry)^2

    Moments& operator+=(const Moments& m) {
      square += m.square;
      cross += m.cross;
      entry_square += m.entry_square;
      return *this;
    }
    Moments& operator-=(const Moments& m) {
      square -= m.square;
      cross -= m.cross;
      entry_square -= m.entry_square;
      return *this;
    }
  };
  struct Change {
    Moments moments;
    double settled = 0;
  };

  void add_row(std::size_t i) {
    const double w = data_.weights.empty() ? 1 : data_.weights[i];
    const std::size_t first = data_.entry.empty() ? 0 : steps_through(steps_, data_.entry[i]);
    const std::size_t last = steps_through(steps_, data_.time[i]);
    const double g = running_[first];
    const Moments moments{w * w, w * w * g, w * w * g * g};
    double influence = w * (g - running_[last]);
    // An event settles at its own step; a censored row after it, at the next.
    std::size_t settles = last + 1;
    if (data_.event[i] != 0 && w > 0) {
      influence += w * hazard_slope(steps_[last - 1]).event;
      settles = last;
    }
    entries_[first].moments += moments;
    if (settles <= steps_.size()) {
      exits_[settles].moments += moments;
      exits_[settles].settled += influence * influence;
    }
  }

  const SurvivalData& data_;
  const std::vector<RiskStep>& steps_;
  std::vector<double> running_;  // G after k steps
  std::vector<Change> exits_;    // that take effect with step k, k from 1
  std::vector<Change> entries_;  // that enter after k steps
};

std::vector<double> greenwood(const std::vector<RiskStep>& steps) {
  std::vector<double> variances;
  double sum = 0;
  for (const RiskStep& step : steps) {
    sum += hazard_slope(step).at_risk;
    variances.push_back(sum);
  }
  return variances;
}

/// `point` with its 95 % interval from the variance of the log survival.
void set_interval(SurvivalPoint& point, double log_variance, SurvivalInterval kind,
                  double high_before) {
  if (!(point.survival > 0)) {
    point.se = 0;
    point.low = 0;
    point.high = high_before;
    return;
  }
  const double log_se = std::sqrt(log_variance);
  point.se = point.survival * log_se;
  if (kind == SurvivalInterval::kPlain) {
    point.low = std::max(0.0, point.survival - kZ95 * point.se);
    point.high = std::min(1.0, point.survival + kZ95 * point.se);
    return;
  }
  const double log_survival = std::log(point.survival);
  if (kind == SurvivalInterval::kLog || log_survival == 0) {
    point.low = std::exp(log_survival - kZ95 * log_se);
    point.high = std::min(1.0, std::exp(log_survival + kZ95 * log_se));
    return;
  }
  const double factor = std::exp(kZ95 * log_se / -log_survival);
  point.low = std::exp(log_survival * factor);
  point.high = std::exp(log_survival / factor);
}

/// First time that `value` of a point is one half or less; the middle of a stretch at one half.
std::optional<double> half_time(const SurvivalCurve& curve, double SurvivalPoint::*value) {
  constexpr double kSame = 1e-12;
  for (std::size_t k = 0; k < curve.points.size(); ++k) {
    const double v = curve.points[k].*value;
    if (v < 0.5 - kSame) {
      return curve.points[k].time;
    }
    if (v <= 0.5 + kSame) {
      for (std::size_t next = k + 1; next < curve.points.size(); ++next) {
        if (curve.points[next].*value < 0.5 - kSame) {
          return (curve.points[k].time + curve.points[next].time) / 2;
        }
      }
      return curve.points[k].time;
    }
  }
  return std::nullopt;
}

bool known_at(const SurvivalCurve& curve, double time) {
  return time <= curve.last_time || (!curve.points.empty() && !(curve.points.back().survival > 0));
}

/// Survival after each of `steps`, and the area under the curve from each step to `horizon`.
struct Areas {
  std::vector<double> survival;
  std::vector<double> ahead;
};

Areas areas(const std::vector<RiskStep>& steps, double horizon) {
  Areas result;
  double survival = 1;
  for (const RiskStep& step : steps) {
    survival *= 1 - step.deaths / step.at_risk;
    result.survival.push_back(survival);
  }
  result.ahead.assign(steps.size(), 0);
  double area = 0;
  double end = horizon;
  for (std::size_t k = steps.size(); k-- > 0;) {
    if (steps[k].time < horizon) {
      area += result.survival[k] * (end - steps[k].time);
      end = steps[k].time;
    }
    result.ahead[k] = area;
  }
  return result;
}

/// Row influences when step k's hazard slope counts `factor[k]` times.
Vector influences(const SurvivalData& data, const std::vector<RiskStep>& steps,
                  const std::vector<double>& factor) {
  std::vector<double> running(steps.size() + 1, 0.0);
  for (std::size_t k = 0; k < steps.size(); ++k) {
    running[k + 1] = running[k] + factor[k] * hazard_slope(steps[k]).at_risk;
  }
  Vector result(static_cast<Eigen::Index>(data.time.size()));
  for (std::size_t i = 0; i < data.time.size(); ++i) {
    const double w = data.weights.empty() ? 1 : data.weights[i];
    const std::size_t first = data.entry.empty() ? 0 : steps_through(steps, data.entry[i]);
    const std::size_t last = steps_through(steps, data.time[i]);
    double value = running[last] - running[first];
    if (data.event[i] != 0 && w > 0) {
      value -= factor[last - 1] * hazard_slope(steps[last - 1]).event;
    }
    result[static_cast<Eigen::Index>(i)] = w * value;
  }
  return result;
}

}  // namespace

Result<SurvivalCurve> kaplan_meier(const SurvivalData& data, SurvivalVariance variance,
                                   SurvivalInterval interval) {
  if (const auto fault = survival_fault(data)) {
    return invalid_argument(*fault);
  }
  const std::vector<RiskStep> steps = risk_steps(data);
  const std::vector<double> variances = variance == SurvivalVariance::kGreenwood
                                            ? greenwood(steps)
                                            : RobustVariance(data, steps).log_variances();
  SurvivalCurve curve{.points = {}, .last_time = std::ranges::max(data.time)};
  curve.points.reserve(steps.size());
  double survival = 1;
  double high = 1;
  for (std::size_t k = 0; k < steps.size(); ++k) {
    const RiskStep& step = steps[k];
    survival *= 1 - step.deaths / step.at_risk;
    SurvivalPoint point{step.time,      survival,     0, 0, 0, step.at_risk, step.deaths,
                        step.n_at_risk, step.n_deaths};
    set_interval(point, variances[k], interval, high);
    high = point.high;
    curve.points.push_back(point);
  }
  return curve;
}

std::optional<IntervalEstimate> survival_at(const SurvivalCurve& curve, double time) {
  if (!known_at(curve, time)) {
    return std::nullopt;
  }
  const auto after = std::ranges::upper_bound(curve.points, time, {}, &SurvivalPoint::time);
  if (after == curve.points.begin()) {
    return IntervalEstimate{1, 0, 1, 1};
  }
  const SurvivalPoint& point = *(after - 1);
  return IntervalEstimate{point.survival, point.se, point.low, point.high};
}

MedianTime median_time(const SurvivalCurve& curve) {
  return {.value = half_time(curve, &SurvivalPoint::survival),
          .low = half_time(curve, &SurvivalPoint::low),
          .high = half_time(curve, &SurvivalPoint::high)};
}

Result<IntervalEstimate> restricted_mean(const SurvivalCurve& curve, double horizon) {
  if (!(horizon > 0) || !known_at(curve, horizon)) {
    return invalid_argument(fmt::format(
        "the mean up to {} cannot be read from a curve that ends at {}", horizon, curve.last_time));
  }
  std::vector<RiskStep> steps;
  for (const SurvivalPoint& p : curve.points) {
    steps.push_back({p.time, p.at_risk, p.events, p.n_at_risk, p.n_events});
  }
  const Areas area = areas(steps, horizon);
  double mean = horizon;
  double variance = 0;
  for (std::size_t k = 0; k < steps.size() && steps[k].time < horizon; ++k) {
    const double before = k == 0 ? 1 : area.survival[k - 1];
    mean -= (before - area.survival[k]) * (horizon - steps[k].time);
    variance += area.ahead[k] * area.ahead[k] * hazard_slope(steps[k]).at_risk;
  }
  const double se = std::sqrt(variance);
  return IntervalEstimate{mean, se, mean - kZ95 * se, mean + kZ95 * se};
}

Vector survival_influence(const SurvivalData& data, double time) {
  const std::vector<RiskStep> steps = risk_steps(data);
  const std::size_t through = steps_through(steps, time);
  const Areas area = areas(steps, time);
  std::vector<double> factor(steps.size(), 0.0);
  std::fill_n(factor.begin(), through, through > 0 ? area.survival[through - 1] : 0);
  return influences(data, steps, factor);
}

Vector restricted_mean_influence(const SurvivalData& data, double horizon) {
  const std::vector<RiskStep> steps = risk_steps(data);
  return influences(data, steps, areas(steps, horizon).ahead);
}

}  // namespace thaw::stats
