#include "stats/meta_regression.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/distributions.h"

namespace thaw::stats {
namespace {

double two_sided_p(double statistic, const std::optional<double>& df) {
  return df ? student_t_two_sided_p(statistic, *df) : normal_two_sided_p(statistic);
}

/// No test or interval, in place of one that nothing supports.
void leave_untold(MetaFit& fit) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  fit.no_spread = true;
  fit.critical = kNone;
  fit.var.setConstant(kNone);
  for (Vector* figures : {&fit.se, &fit.statistic, &fit.p_value, &fit.low, &fit.high}) {
    figures->setConstant(fit.coef.size(), kNone);
  }
}

/// Coefficients, tests and intervals in the columns of x, from those of the basis.
void set_coefficients(const MetaRows& rows, const MetaPass& pass, MetaFit& fit) {
  const Matrix r_inverse =
      rows.r().triangularView<Eigen::Upper>().solve(Matrix::Identity(rows.p(), rows.p()));
  fit.coef = r_inverse * pass.coef;
  fit.var = fit.scale * r_inverse * pass.inverse * r_inverse.transpose();
  fit.se = fit.var.diagonal().cwiseSqrt();
  fit.statistic = fit.coef.cwiseQuotient(fit.se);
  fit.p_value = fit.statistic.unaryExpr([&](double z) { return two_sided_p(z, fit.df); });
  fit.low = fit.coef - fit.critical * fit.se;
  fit.high = fit.coef + fit.critical * fit.se;
}

void set_heterogeneity(const MetaRows& rows, MetaFit& fit, Tau2Method method) {
  const double df = static_cast<double>(rows.k() - rows.p());
  const MetaPass common = meta_pass(rows, 0);
  fit.typical = df / common.trace_p;
  fit.heterogeneity = {common.rss, df, std::nullopt, chi_squared_upper_p(common.rss, df)};
  if (method == Tau2Method::kFe) {
    fit.i2 = std::max(0.0, 1 - df / common.rss);
    fit.h2 = common.rss / df;
    return;
  }
  fit.i2 = fit.tau2.value / (fit.typical + fit.tau2.value);
  fit.h2 = fit.tau2.value / fit.typical + 1;
}

void set_studies(const MetaRows& rows, const MetaPass& pass, MetaFit& fit) {
  const Eigen::Index k = rows.k();
  fit.fitted.resize(k);
  fit.residuals.resize(k);
  fit.weights.resize(k);
  fit.hat.resize(k);
  for (Eigen::Index i = 0; i < k; ++i) {
    const auto to = static_cast<Eigen::Index>(rows.order()[static_cast<std::size_t>(i)]);
    const auto b = rows.basis().row(i);
    fit.fitted[to] = rows.y()[i] - pass.residuals[i];
    fit.residuals[to] = pass.residuals[i];
    fit.weights[to] = 100 * pass.weights[i] / pass.sum_w;
    fit.hat[to] = pass.weights[i] * b.dot(pass.inverse * b.transpose());
  }
}

}  // namespace

std::optional<WaldTest> wald_test(const Vector& coef, const Matrix& var,
                                  Eigen::Index constant_columns,
                                  const std::optional<double>& df_error) {
  const Eigen::Index m = coef.size() - constant_columns;
  if (m <= 0) {
    return std::nullopt;
  }
  // Scaled to a correlation matrix first: units of moderators may differ by many powers of ten.
  const Vector se = var.diagonal().tail(m).cwiseSqrt();
  const Matrix correlation =
      se.cwiseInverse().asDiagonal() * var.bottomRightCorner(m, m) * se.cwiseInverse().asDiagonal();
  const Vector z = coef.tail(m).cwiseQuotient(se);
  const double q = z.dot(correlation.ldlt().solve(z));
  const auto df = static_cast<double>(m);
  if (df_error) {
    return WaldTest{q / df, df, *df_error, f_upper_p(q / df, df, *df_error)};
  }
  return WaldTest{q, df, std::nullopt, chi_squared_upper_p(q, df)};
}

double knapp_hartung_factor(double rss, double df, const MetaOptions& options) {
  if (!options.knapp_hartung) {
    return 1;
  }
  return options.widen_only ? std::max(1.0, rss / df) : rss / df;
}

MetaFit fit_meta(const MetaRows& rows, const MetaOptions& options) {
  MetaFit fit;
  fit.tau2 = estimate_tau2(rows, options.method, options.stop);
  const MetaPass pass = meta_pass(rows, fit.tau2.value);
  const double df = static_cast<double>(rows.k() - rows.p());
  const double upper = 1 - (1 - options.level) / 2;
  if (options.knapp_hartung) {
    fit.df = df;
    fit.scale = knapp_hartung_factor(pass.rss, df, options);
  }
  fit.critical = fit.df ? student_t_quantile(upper, df) : normal_quantile(upper);
  set_coefficients(rows, pass, fit);
  set_heterogeneity(rows, fit, options.method);
  if (!(fit.scale > kNoSpread)) {
    leave_untold(fit);
  } else {
    fit.moderators = wald_test(fit.coef, fit.var, options.constant_columns, fit.df);
  }
  const MetaLikelihood likelihood = meta_likelihood(rows, pass);
  fit.log_likelihood =
      options.method == Tau2Method::kReml ? likelihood.restricted : likelihood.full;
  set_studies(rows, pass, fit);
  return fit;
}

MetaPrediction predict(const MetaFit& fit, const Vector& x) {
  const double value = fit.coef.dot(x);
  const double variance = x.dot(fit.var * x);
  const double se = std::sqrt(variance < 0 ? 0 : variance);
  const double spread = std::sqrt(se * se + fit.tau2.value);
  return {.value = value,
          .se = se,
          .low = value - fit.critical * se,
          .high = value + fit.critical * se,
          .new_low = value - fit.critical * spread,
          .new_high = value + fit.critical * spread};
}

std::optional<double> explained_heterogeneity(double tau2_without, double tau2_with) {
  if (!(tau2_without > 0)) {
    return std::nullopt;
  }
  return std::max(0.0, 1 - tau2_with / tau2_without);
}

}  // namespace thaw::stats
