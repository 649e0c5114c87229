#include "stats/proportional_hazards.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "stats/cox_sweep.h"
#include "stats/distributions.h"
#include "stats/risk_steps.h"
#include "stats/row_order.h"

namespace thaw::stats {
namespace {

Result<Done> check(const Matrix& x, const CoxOptions& options, const CoxFit& fit) {
  if (options.ties == Ties::kExact) {
    return invalid_argument("the test of proportional hazards needs Efron's or Breslow's ties");
  }
  if (!fit.converged || fit.coef.size() != x.cols()) {
    return invalid_argument(
        "the test of proportional hazards needs a fit that found finite estimates");
  }
  return Done{};
}

/// Survival of all rows just before `time`; `steps` with their survivals.
class SurvivalBefore {
 public:
  explicit SurvivalBefore(const SurvivalData& data)
      : steps_(risk_steps({data.time, data.event, data.entry, {}})) {
    double survival = 1;
    for (const RiskStep& step : steps_) {
      before_.push_back(survival);
      survival *= 1 - step.deaths / step.at_risk;
    }
  }
  double at(double event_time) const { return before_[steps_through(steps_, event_time) - 1]; }

 private:
  std::vector<RiskStep> steps_;
  std::vector<double> before_;
};

/// The function of time at each step, shifted and scaled to [0, 1]: that changes no test.
Result<std::vector<double>> time_factors(const CoxRows& rows, const SurvivalData& data,
                                         TimeScale scale) {
  const SurvivalBefore survival(data);
  std::vector<double> factors;
  for (std::size_t k = 0; k < rows.steps.size(); ++k) {
    const double time = data.time[rows.source[rows.deaths[rows.steps.death_begin(k)]]];
    if (scale == TimeScale::kLog && !(time > 0)) {
      return invalid_argument(fmt::format("time {} has no logarithm", time));
    }
    factors.push_back(scale == TimeScale::kKaplanMeier ? 1 - survival.at(time)
                      : scale == TimeScale::kLog       ? std::log(time)
                                                       : time);
  }
  const auto [least, most] = std::ranges::minmax(factors);
  if (!(most > least)) {
    return invalid_argument("all events fell at one time: no trend with time can be seen");
  }
  for (double& factor : factors) {
    factor = (factor - least) / (most - least);
  }
  return factors;
}

/// Score test of columns [begin, end) times the function of time.
Result<TrendTest> trend_test(const CoxPoint& plain, const CoxPoint& once, const CoxPoint& twice,
                             Eigen::Index begin, Eigen::Index end) {
  const Eigen::Index p = plain.score.size();
  const Eigen::Index q = end - begin;
  Matrix information(p + q, p + q);
  information.topLeftCorner(p, p) = plain.information;
  information.topRightCorner(p, q) = once.information.middleCols(begin, q);
  information.bottomLeftCorner(q, p) = once.information.middleRows(begin, q);
  information.bottomRightCorner(q, q) = twice.information.block(begin, begin, q, q);
  Vector score = Vector::Zero(p + q);
  score.tail(q) = once.score.segment(begin, q);
  const auto inverse = inverse_if_definite(information);
  if (!inverse) {
    return invalid_argument(
        "too few event times to tell a covariate's effect from its trend with time");
  }
  const double chi_squared = score.dot(*inverse * score);
  return TrendTest{chi_squared, static_cast<int>(q),
                   chi_squared_upper_p(chi_squared, static_cast<double>(q))};
}

Vector standardised(const CoxRows& rows, const CoxFit& fit) {
  return fit.coef.cwiseProduct(as_vector(rows.column_sd));
}

}  // namespace

Result<ProportionalHazards> proportional_hazards(const Matrix& x, const SurvivalData& data,
                                                 const CoxOptions& options, const CoxFit& fit,
                                                 TimeScale scale,
                                                 std::span<const std::size_t> term_sizes) {
  THAW_CHECK(check(x, options, fit));
  std::vector<std::size_t> sizes(term_sizes.begin(), term_sizes.end());
  if (sizes.empty()) {
    sizes.assign(static_cast<std::size_t>(x.cols()), 1);
  }
  THAW_TRY(const CoxRows rows, cox_rows(x, data, options.strata));
  THAW_TRY(std::vector<double> factor, time_factors(rows, data, scale));
  CoxSweep sweep(rows, options.ties);
  const Vector coef = standardised(rows, fit);
  const CoxPoint plain = sweep.at(coef);
  const CoxPoint once = sweep.at(coef, factor);
  for (double& f : factor) {
    f *= f;
  }
  const CoxPoint twice = sweep.at(coef, factor);
  ProportionalHazards test{.terms = {}, .global = {}};
  Eigen::Index begin = 0;
  for (const std::size_t size : sizes) {
    const Eigen::Index end = begin + static_cast<Eigen::Index>(size);
    if (end > x.cols()) {
      return invalid_argument("terms have more columns than the model");
    }
    THAW_TRY(const TrendTest term, trend_test(plain, once, twice, begin, end));
    test.terms.push_back(term);
    begin = end;
  }
  THAW_TRY(test.global, trend_test(plain, once, twice, 0, x.cols()));
  return test;
}

Result<EffectOverTime> effect_over_time(const Matrix& x, const SurvivalData& data,
                                        const CoxOptions& options, const CoxFit& fit) {
  THAW_CHECK(check(x, options, fit));
  THAW_TRY(const CoxRows rows, cox_rows(x, data, options.strata));
  CoxSweep sweep(rows, options.ties);
  sweep.at(standardised(rows, fit));
  RiskWalk walk(rows, sweep.hazard().data(), rows.tied && options.ties == Ties::kEfron);
  const auto p = static_cast<Eigen::Index>(rows.p());
  Matrix residuals(static_cast<Eigen::Index>(rows.deaths.size()), p);
  std::vector<double> time(rows.deaths.size());
  for (std::size_t tile = 0; tile < rows.x.tiles(); ++tile) {
    walk.visit(tile);
    for (std::size_t k = 0; k < walk.steps(); ++k) {
      const std::size_t step = walk.first_step() + k;
      const std::size_t begin = rows.steps.death_begin(step);
      const std::size_t deaths = rows.steps.death_end[step] - begin;
      const TieSums sums =
          tie_sums(options.ties, walk.at_risk[k], walk.dying[k], walk.death_weight[k], deaths);
      for (std::size_t d = begin; d < begin + deaths; ++d) {
        time[d] = data.time[rows.source[rows.deaths[d]]];
        for (std::size_t j = 0; j < rows.p(); ++j) {
          const double dying = walk.dying_x.empty() ? 0 : walk.dying_x[j * kTileRows + k];
          const double mean =
              (sums.h * walk.at_risk_x[j * kTileRows + k] - sums.fh * dying) / walk.death_weight[k];
          residuals(static_cast<Eigen::Index>(d), static_cast<Eigen::Index>(j)) =
              (rows.x(rows.deaths[d], j) - mean) * rows.column_sd[j];
        }
      }
    }
  }
  double events = 0;
  for (const std::uint32_t death : rows.deaths) {
    events += rows.weight_of(death);
  }
  const Matrix scaled = (events * residuals * fit.var).rowwise() + fit.coef.transpose();
  EffectOverTime effect{.time = {}, .effect = Matrix(scaled.rows(), p)};
  Eigen::Index place = 0;
  for (const std::uint32_t d : ordered_rows(time, Direction::kRising)) {
    effect.time.push_back(time[d]);
    effect.effect.row(place++) = scaled.row(static_cast<Eigen::Index>(d));
  }
  return effect;
}

}  // namespace thaw::stats
