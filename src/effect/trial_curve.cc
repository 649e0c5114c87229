#include "effect/trial_curve.h"

#include <algorithm>
#include <cmath>

namespace thaw::effect {
namespace {

double sum_to(const std::vector<double>& values, std::size_t horizon) {
  double sum = 0;
  for (std::size_t k = 0; k < std::min(horizon, values.size()); ++k) {
    sum += values[k];
  }
  return sum;
}

/// Without any event a risk of 0 would come with an error of 0: no number at all is truer.
std::optional<double> risk_at(const ArmCells& cells, std::size_t horizon) {
  if (!(sum_to(cells.event, horizon) > 0)) {
    return std::nullopt;
  }
  const ArmCurve curve = arm_curve(cells);
  return curve.risk.size() > horizon ? std::optional<double>(curve.risk[horizon]) : std::nullopt;
}

std::optional<double> free_months(const ArmCells& cells, std::size_t horizon) {
  const ArmCurve curve = arm_curve(cells);
  if (curve.free.size() <= horizon ||
      !(sum_to(cells.event, horizon) + sum_to(cells.competing, horizon) > 0)) {
    return std::nullopt;
  }
  double sum = 0;
  for (std::size_t k = 0; k < horizon; ++k) {
    sum += (curve.free[k] + curve.free[k + 1]) / 2;
  }
  return sum;
}

std::optional<double> mean_value(const ArmCells& cells, std::size_t horizon) {
  return cells.value_weight[horizon] > 0
             ? std::optional<double>(cells.value_sum[horizon] / cells.value_weight[horizon])
             : std::nullopt;
}

/// Least squares of the value on the month, every person-month by its weight.
std::optional<double> slope_of(const ArmCells& cells, std::size_t horizon) {
  double w = 0;
  double wk = 0;
  double wy = 0;
  for (std::size_t k = 0; k <= horizon; ++k) {
    w += cells.value_weight[k];
    wk += cells.value_weight[k] * static_cast<double>(k);
    wy += cells.value_sum[k];
  }
  double across = 0;
  double within = 0;
  for (std::size_t k = 0; k <= horizon && w > 0; ++k) {
    const double away = static_cast<double>(k) - wk / w;
    across += away * (cells.value_sum[k] - cells.value_weight[k] * wy / w);
    within += away * away * cells.value_weight[k];
  }
  return within > 0 && cells.value_weight[horizon] > 0 ? std::optional<double>(across / within)
                                                       : std::nullopt;
}

enum class Link { kLogit, kLogLog };

/// One arm's month under log hazard or log odds `eta`: what it adds to score and information.
struct LinkTerm {
  double score;
  double information;
};

LinkTerm link_term(Link link, double eta, double weight, double events) {
  if (link == Link::kLogit) {
    const double p = 1 / (1 + std::exp(-eta));
    return {events - weight * p, weight * p * (1 - p)};
  }
  const double hazard = std::exp(eta);
  const double p = -std::expm1(-hazard);
  return {(events - weight * p) * hazard / p, weight * hazard * hazard * (1 - p) / p};
}

/// One log ratio between arms with a free level for every month: Fisher's steps, the levels
/// eliminated (the information is an arrow).
std::optional<double> log_ratio(Link link, const ArmCells& arm, const ArmCells& other,
                                std::size_t horizon) {
  std::vector<std::size_t> used;
  double events[2] = {0, 0};
  for (std::size_t k = 0; k < horizon; ++k) {
    const double sum = arm.event[k] + other.event[k];
    if (arm.weight[k] > 0 && other.weight[k] > 0 && sum > 0 &&
        sum < arm.weight[k] + other.weight[k]) {
      used.push_back(k);
      events[0] += arm.event[k];
      events[1] += other.event[k];
    }
  }
  if (!(events[0] > 0) || !(events[1] > 0)) {
    return std::nullopt;
  }
  std::vector<double> level(horizon, 0);
  for (const std::size_t k : used) {
    const double share = (arm.event[k] + other.event[k]) / (arm.weight[k] + other.weight[k]);
    level[k] = link == Link::kLogit ? std::log(share / (1 - share)) : std::log(-std::log1p(-share));
  }
  double beta = 0;
  std::vector<LinkTerm> treated(horizon);
  std::vector<LinkTerm> rest(horizon);
  for (int step = 0; step < 60; ++step) {
    double score = 0;
    double information = 0;
    for (const std::size_t k : used) {
      treated[k] = link_term(link, level[k] + beta, arm.weight[k], arm.event[k]);
      rest[k] = link_term(link, level[k], other.weight[k], other.event[k]);
      const double own = treated[k].information + rest[k].information;
      const double share = treated[k].information / own;
      score += treated[k].score - share * (treated[k].score + rest[k].score);
      information += treated[k].information * (1 - share);
    }
    const double move = std::clamp(score / information, -1.0, 1.0);
    if (!std::isfinite(move)) {
      return std::nullopt;
    }
    double largest = std::fabs(move);
    for (const std::size_t k : used) {
      const double own = treated[k].information + rest[k].information;
      const double by = (treated[k].score + rest[k].score - treated[k].information * move) / own;
      level[k] += std::clamp(by, -1.0, 1.0);
      largest = std::max(largest, std::fabs(by));
    }
    beta += move;
    if (largest < 1e-12) {
      return beta;
    }
  }
  return std::nullopt;
}

std::optional<double> difference(const std::optional<double>& a, const std::optional<double>& b) {
  return a && b ? std::optional<double>(*a - *b) : std::nullopt;
}

}  // namespace

ArmCurve arm_curve(const ArmCells& cells) {
  ArmCurve curve{{0}, {1}};
  for (std::size_t k = 0; k < cells.weight.size() && cells.weight[k] > 0; ++k) {
    const double event = cells.event[k] / cells.weight[k];
    const double competing = cells.competing[k] / cells.weight[k];
    curve.risk.push_back(curve.risk[k] + curve.free[k] * event);
    curve.free.push_back(curve.free[k] * (1 - event - competing));
  }
  return curve;
}

bool compares(Measure measure) {
  return measure >= Measure::kRiskDifference;
}

bool logarithm(Measure measure) {
  return measure == Measure::kLogRiskRatio || measure == Measure::kLogHazardRatio ||
         measure == Measure::kLogOddsRatio;
}

std::optional<double> measure_of(Measure measure, const ArmCells& arm, const ArmCells& other,
                                 std::size_t horizon) {
  switch (measure) {
    case Measure::kRisk:
      return risk_at(arm, horizon);
    case Measure::kFreeMonths:
      return free_months(arm, horizon);
    case Measure::kMean:
      return mean_value(arm, horizon);
    case Measure::kSlope:
      return slope_of(arm, horizon);
    case Measure::kRiskDifference:
      return difference(risk_at(arm, horizon), risk_at(other, horizon));
    case Measure::kLogRiskRatio: {
      const auto one = risk_at(arm, horizon);
      const auto two = risk_at(other, horizon);
      return one && two && *one > 0 && *two > 0 ? std::optional<double>(std::log(*one / *two))
                                                : std::nullopt;
    }
    case Measure::kFreeMonthsDifference:
      return difference(free_months(arm, horizon), free_months(other, horizon));
    case Measure::kLogHazardRatio:
      return log_ratio(Link::kLogLog, arm, other, horizon);
    case Measure::kLogOddsRatio:
      return log_ratio(Link::kLogit, arm, other, horizon);
    case Measure::kMeanDifference:
      return difference(mean_value(arm, horizon), mean_value(other, horizon));
    default:
      return difference(slope_of(arm, horizon), slope_of(other, horizon));
  }
}

MeasureGradient gradient_of(Measure measure, const ArmCells& arm, const ArmCells& other,
                            std::size_t horizon) {
  MeasureGradient out;
  ArmCells cells[2] = {arm, other};
  CellGradient* gradients[2] = {&out.arm, &out.other};
  for (int side = 0; side < (compares(measure) ? 2 : 1); ++side) {
    const auto differentiate = [&](std::vector<double>& values, std::vector<double>& slopes) {
      slopes.assign(values.size(), 0);
      for (std::size_t k = 0; k < std::min(values.size(), horizon + 1); ++k) {
        const double at = values[k];
        const double by = 1e-4 * std::fabs(at);
        if (by == 0) {
          continue;
        }
        values[k] = at + by;
        const auto above = measure_of(measure, cells[0], cells[1], horizon);
        values[k] = at - by;
        const auto below = measure_of(measure, cells[0], cells[1], horizon);
        values[k] = at;
        slopes[k] = above && below ? (*above - *below) / (2 * by) : 0;
      }
    };
    differentiate(cells[side].weight, gradients[side]->weight);
    differentiate(cells[side].event, gradients[side]->event);
    differentiate(cells[side].competing, gradients[side]->competing);
    differentiate(cells[side].value_weight, gradients[side]->value_weight);
    differentiate(cells[side].value_sum, gradients[side]->value_sum);
  }
  return out;
}

CurveVariance curve_variance(const WeightWalk& walk, const Arm& arm, const ArmCells& cells,
                             const ArmCurve& curve) {
  const std::size_t reach = curve.risk.size() - 1;
  CurveVariance out{std::vector<double>(reach + 1, 0), std::vector<double>(reach + 1, 0)};
  std::vector<double> event_pull(reach, 0);  // of one person on each month's hazards
  std::vector<double> competing_pull(reach, 0);
  const auto settle = [&] {
    double risk = 0;
    double free = 0;
    for (std::size_t k = 0; k < reach; ++k) {
      const double h1 = cells.event[k] / cells.weight[k];
      const double h2 = cells.competing[k] / cells.weight[k];
      risk += free * h1 + curve.free[k] * event_pull[k];
      free = free * (1 - h1 - h2) - curve.free[k] * (event_pull[k] + competing_pull[k]);
      out.risk[k + 1] += risk * risk;
      out.free[k + 1] += free * free;
      event_pull[k] = competing_pull[k] = 0;
    }
  };
  for (std::size_t i = 0; i < arm.runs.size(); ++i) {
    const Arm::Run& run = arm.runs[i];
    double raw = 1;
    for (std::size_t k = 0; k < run.length && k < reach; ++k) {
      const double weight = month_weight(walk, arm, run, k, raw) / cells.weight[k];
      const bool last = k + 1 == run.length;
      const std::size_t row = run.row + k;
      const double event = last ? walk.event[row] : 0;
      const double competing = last ? walk.competing[row] : 0;
      event_pull[k] += weight * (event - cells.event[k] / cells.weight[k]);
      competing_pull[k] += weight * (competing - cells.competing[k] / cells.weight[k]);
    }
    if (i + 1 == arm.runs.size() || arm.runs[i + 1].person != run.person) {
      settle();
    }
  }
  return out;
}

}  // namespace thaw::effect
