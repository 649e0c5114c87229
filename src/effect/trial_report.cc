#include "effect/trial_report.h"

#include <algorithm>
#include <cmath>

#include "effect/pooled_kernel.h"

namespace thaw::effect {
namespace {

constexpr double kRare = 0.01;  // a decision this improbable leans on a few people

/// Sums over the weights of one arm, by month.
struct WeightSums {
  std::vector<double> count;
  std::vector<double> sum;
  std::vector<double> squares;
  std::vector<double> largest;
  std::size_t truncated = 0;
};

WeightSums weight_sums(const WeightWalk& walk, const Arm& arm, std::size_t months) {
  WeightSums sums{std::vector<double>(months, 0), std::vector<double>(months, 0),
                  std::vector<double>(months, 0), std::vector<double>(months, 0)};
  for (const Arm::Run& run : arm.runs) {
    double raw = 1;
    for (std::size_t k = 0; k < run.length; ++k) {
      const double w = month_weight(walk, arm, run, k, raw);
      sums.truncated += walk.cap > 0 && raw * arm.scale[k] > walk.cap ? 1 : 0;
      sums.count[k] += 1;
      sums.sum[k] += w;
      sums.squares[k] += w * w;
      sums.largest[k] = std::max(sums.largest[k], w);
    }
  }
  return sums;
}

void tell_weights(const WeightSums& sums, ArmResult& out) {
  double n = 0;
  double sum = 0;
  double squares = 0;
  for (std::size_t k = 0; k < sums.count.size(); ++k) {
    n += sums.count[k];
    sum += sums.sum[k];
    squares += sums.squares[k];
    out.weight_max = std::max(out.weight_max, sums.largest[k]);
  }
  out.weight_mean = n > 0 ? sum / n : 0;
  out.weight_sd = n > 1 ? std::sqrt(std::max(0.0, (squares - sum * sum / n) / (n - 1))) : 0;
  out.truncated = sums.truncated;
}

ArmResult arm_result(const Workbench& bench, const Comparison& comparison, std::size_t which) {
  const Arm& arm = comparison.arms[which];
  ArmResult out;
  out.name = comparison.names[which];
  out.label = comparison.labels[which];
  out.began = arm.began;
  out.departed = arm.departed;
  out.events = arm.events;
  out.competing = arm.competing;
  out.lost = arm.lost;
  out.ended = arm.ended;
  out.completed = arm.completed;
  const WeightWalk walk = bench.walk(comparison, bench.inverse, {});
  for (const Arm::Run& run : arm.runs) {
    out.events_by_horizon += run.length <= static_cast<std::size_t>(bench.spec->horizon)
                                 ? walk.event[run.row + run.length - 1]
                                 : 0;
  }
  ArmCells cells;
  fill_cells(walk, arm, cells);
  const ArmCurve curve = arm_curve(cells);
  const CurveVariance variance = curve_variance(walk, arm, cells, curve);
  const WeightSums sums = weight_sums(walk, arm, cells.weight.size());
  tell_weights(sums, out);
  for (std::size_t k = 0; k < curve.risk.size(); ++k) {
    ArmMonth month;
    month.month = static_cast<int>(k);
    month.risk = curve.risk[k];
    std::tie(month.risk_low, month.risk_high) =
        risk_limits(curve.risk[k], std::sqrt(variance.risk[k]));
    month.free = curve.free[k];
    if (cells.value_weight[k] > 0) {
      month.value = cells.value_sum[k] / cells.value_weight[k];
    }
    if (k < sums.count.size() && sums.count[k] > 0) {
      month.at_risk = static_cast<std::size_t>(sums.count[k]);
      month.weight_mean = sums.sum[k] / sums.count[k];
      month.weight_max = sums.largest[k];
      month.effective_n = sums.sum[k] * sums.sum[k] / sums.squares[k];
    }
    out.months.push_back(month);
  }
  return out;
}

/// Sums of one column in one group.
struct Moments {
  double weight = 0;
  double sum = 0;
  double squares = 0;
  double mean() const { return sum / weight; }
  double variance() const { return std::max(0.0, squares / weight - mean() * mean()); }
};

/// Moments of one column among those with a no and those with a yes, unweighted and by `weight`
/// (rows): one pass, since the sums do not wait for each other.
struct GroupMoments {
  Moments plain[2];
  Moments weighted[2];
};

GroupMoments moments_of(const PooledDesign& design, std::size_t column,
                        const std::vector<double>& weight) {
  GroupMoments out;
  for (std::size_t b = 0; b < design.blocks(); ++b) {
    const double* x = design.block(b) + column * kBlockRows;
    const double* y = design.outcomes(b);
    const std::size_t begin = b * kBlockRows;
    const std::size_t used = std::min(kBlockRows, design.rows() - begin);
    for (std::size_t i = 0; i < used; ++i) {
      const double group[2] = {1 - y[i], y[i]};
      const double squared = x[i] * x[i];
      for (int g = 0; g < 2; ++g) {
        const double w = group[g] * weight[begin + i];
        out.plain[g].weight += group[g];
        out.plain[g].sum += group[g] * x[i];
        out.plain[g].squares += group[g] * squared;
        out.weighted[g].weight += w;
        out.weighted[g].sum += w * x[i];
      }
    }
  }
  return out;
}

std::vector<BalanceRow> balance_of(const PooledDesign& design, const std::vector<double>& p) {
  std::vector<double> weight(design.rows());
  std::size_t yes = 0;
  for (std::size_t i = 0; i < design.rows(); ++i) {
    const bool treated = design.outcome(i) > 0.5;
    weight[i] = 1 / (treated ? p[i] : 1 - p[i]);
    yes += treated ? 1 : 0;
  }
  std::vector<BalanceRow> out;
  for (std::size_t j = 1; j < design.columns() && yes > 0 && yes < design.rows(); ++j) {
    const GroupMoments m = moments_of(design, j, weight);
    const double sd = std::sqrt((m.plain[0].variance() + m.plain[1].variance()) / 2);
    const double before = m.plain[1].mean() - m.plain[0].mean();
    const double after = m.weighted[1].mean() - m.weighted[0].mean();
    out.push_back({design.names()[j], sd > 0 ? before / sd : 0, sd > 0 ? after / sd : 0});
  }
  return out;
}

ModelResult model_result(const PooledDesign& design, const PooledFit& fit) {
  ModelResult out;
  out.purpose = design.purpose();
  out.rows = design.rows();
  out.converged = fit.converged;
  out.passes = fit.passes;
  out.terms = design.names();
  const std::vector<double> p = fitted_probability(design, fit);
  out.probability_min = p.empty() ? 0 : *std::ranges::min_element(p);
  out.probability_max = p.empty() ? 0 : *std::ranges::max_element(p);
  std::size_t rare = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const bool yes = design.outcome(i) > 0.5;
    out.yes += yes ? 1 : 0;
    rare += (yes ? p[i] : 1 - p[i]) < kRare ? 1 : 0;
  }
  out.rare_share = p.empty() ? 0 : static_cast<double>(rare) / static_cast<double>(p.size());
  if (!fit.constant) {
    out.coef.assign(fit.coef.data(), fit.coef.data() + fit.coef.size());
    out.balance = balance_of(design, p);
  }
  return out;
}

}  // namespace

AnalysisResult report(const Workbench& bench, const Comparison& comparison) {
  AnalysisResult out;
  out.name = comparison.name;
  for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
    out.arms.push_back(arm_result(bench, comparison, arm));
  }
  out.quantities = comparison.quantities;
  return out;
}

std::vector<ModelResult> model_results(const Workbench& bench) {
  std::vector<ModelResult> out;
  const auto designs = bench.models.all();
  for (std::size_t i = 0; i < designs.size(); ++i) {
    out.push_back(model_result(*designs[i], bench.fits[i]));
  }
  return out;
}

}  // namespace thaw::effect
