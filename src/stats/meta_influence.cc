#include "stats/meta_influence.h"

#include <cmath>
#include <limits>

namespace thaw::stats {
namespace {

Matrix inverse_of(const Matrix& r) {
  return r.triangularView<Eigen::Upper>().solve(Matrix::Identity(r.rows(), r.cols()));
}

StudyInfluence influence_of(const MetaRows& rows, const MetaFit& fit, const MetaOptions& options,
                            Eigen::Index i, const Matrix& r_inverse) {
  StudyInfluence s;
  const auto rest = rows.without(i);
  if (!rest) {
    return s;
  }
  s.told = true;
  const double tau2 = estimate_tau2(*rest, options.method, options.stop).value;
  const MetaPass pass = meta_pass(*rest, tau2);
  const auto df = static_cast<double>(rest->k() - rest->p());
  const double scale = knapp_hartung_factor(pass.rss, df, options);
  const Matrix var = scale * r_inverse * pass.inverse * r_inverse.transpose();
  s.coef = r_inverse * pass.coef;
  s.se = var.diagonal().cwiseSqrt();
  if (!(scale > kNoSpread)) {
    s.se.setConstant(std::numeric_limits<double>::quiet_NaN());
  }
  s.tau2 = tau2;
  s.q_e = generalised_q(*rest, 0).q;
  const Vector b = rows.basis().row(i).transpose();
  const double predicted = b.dot(pass.coef);
  const double total = rows.v()[i] + tau2;
  s.rstudent = (rows.y()[i] - predicted) / std::sqrt(total + scale * b.dot(pass.inverse * b));
  const auto given = static_cast<Eigen::Index>(rows.order()[static_cast<std::size_t>(i)]);
  s.dffits = (fit.fitted[given] - predicted) / std::sqrt(fit.scale * fit.hat[given] * total);
  const Vector moved = fit.coef - s.coef;
  s.cook = moved.dot(fit.var.ldlt().solve(moved));
  s.cov_ratio = var.determinant() / fit.var.determinant();
  const Matrix all = r_inverse * meta_pass(rows, tau2).inverse * r_inverse.transpose() * fit.scale;
  s.dfbetas = moved.cwiseQuotient(all.diagonal().cwiseSqrt());
  return s;
}

}  // namespace

std::vector<StudyInfluence> influence(const MetaRows& rows, const MetaFit& fit,
                                      const MetaOptions& options) {
  const Matrix r_inverse = inverse_of(rows.r());
  std::vector<StudyInfluence> all(static_cast<std::size_t>(rows.k()));
  for (Eigen::Index i = 0; i < rows.k(); ++i) {
    all[rows.order()[static_cast<std::size_t>(i)]] = influence_of(rows, fit, options, i, r_inverse);
  }
  return all;
}

}  // namespace thaw::stats
