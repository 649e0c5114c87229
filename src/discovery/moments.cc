#include "discovery/moments.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "discovery/correlation.h"

namespace thaw::discovery {
namespace {

constexpr double kFewestRows = 4;

struct Pair {
  double rows = 0;
  double correlation = 0;
  bool varies = true;
};

Pair correlate(std::span<const double> a, std::span<const double> b) {
  double n = 0, sa = 0, sb = 0;
  for (std::size_t row = 0; row < a.size(); ++row) {
    if (!std::isnan(a[row]) && !std::isnan(b[row])) {
      n += 1;
      sa += a[row];
      sb += b[row];
    }
  }
  double aa = 0, bb = 0, ab = 0;
  for (std::size_t row = 0; row < a.size(); ++row) {
    if (!std::isnan(a[row]) && !std::isnan(b[row])) {
      const double x = a[row] - sa / n;
      const double y = b[row] - sb / n;
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
  }
  return {n, ab / std::sqrt(aa * bb), aa > 0 && bb > 0};
}

void repair(Moments& moments) {
  const Eigen::SelfAdjointEigenSolver<stats::Matrix> solver(moments.correlation);
  if (solver.eigenvalues().minCoeff() >= kLeastEigenvalue) {
    return;
  }
  const stats::Vector raised = solver.eigenvalues().cwiseMax(kLeastEigenvalue);
  const stats::Matrix whole =
      solver.eigenvectors() * raised.asDiagonal() * solver.eigenvectors().transpose();
  const stats::Vector scale = whole.diagonal().cwiseSqrt().cwiseInverse();
  moments.correlation = scale.asDiagonal() * whole * scale.asDiagonal();
  moments.correlation.diagonal().setOnes();
  moments.repaired = true;
}

Result<Done> fill_pairwise(const Data& data, Moments& moments) {
  const auto p = static_cast<Eigen::Index>(data.size());
  moments.correlation = stats::Matrix::Identity(p, p);
  double inverse_rows = 0;
  for (std::size_t i = 0; i < data.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Pair pair = correlate(data.values(i), data.values(j));
      if (pair.rows < kFewestRows || !pair.varies) {
        return invalid_argument(fmt::format(
            "columns {} and {} are both known in {:.0f} rows only{}; leave one out, or have the "
            "missing values imputed",
            data.variable(j).name, data.variable(i).name, pair.rows,
            pair.varies ? "" : ", in which one does not vary"));
      }
      const auto a = static_cast<Eigen::Index>(i);
      const auto b = static_cast<Eigen::Index>(j);
      moments.correlation(a, b) = moments.correlation(b, a) = pair.correlation;
      inverse_rows += 1 / pair.rows;
      moments.fewest_rows = std::min(moments.fewest_rows, pair.rows);
    }
  }
  moments.rows = static_cast<double>(data.size() * (data.size() - 1)) / 2 / inverse_rows;
  repair(moments);
  return Done{};
}

}  // namespace

Result<Moments> moments_of(const Data& data) {
  Moments moments;
  moments.rows = moments.fewest_rows = static_cast<double>(data.rows());
  moments.sd.resize(static_cast<Eigen::Index>(data.size()));
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data.discrete(i)) {
      return invalid_argument(
          fmt::format("variable {}: it is discrete, and a linear effect needs "
                      "numbers",
                      data.variable(i).name));
    }
    double n = 0, sum = 0, squares = 0;
    for (const double value : data.values(i)) {
      n += std::isnan(value) ? 0 : 1;
      sum += std::isnan(value) ? 0 : value;
    }
    for (const double value : data.values(i)) {
      squares += std::isnan(value) ? 0 : (value - sum / n) * (value - sum / n);
    }
    moments.sd[static_cast<Eigen::Index>(i)] = std::sqrt(squares / (n - 1));
  }
  if (!data.any_missing()) {
    THAW_TRY(moments.correlation, correlation_matrix(data));
    return moments;
  }
  THAW_CHECK(fill_pairwise(data, moments));
  return moments;
}

}  // namespace thaw::discovery
