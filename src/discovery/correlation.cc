#include "discovery/correlation.h"

#include <fmt/format.h>

#include <cmath>

#include "stats/blas.h"

namespace thaw::discovery {

stats::Matrix correlation_matrix(stats::Matrix x) {
  for (Eigen::Index j = 0; j < x.cols(); ++j) {
    auto column = x.col(j).array();
    column -= column.mean();
    column /= std::sqrt(column.square().sum());
  }
  stats::Matrix r = stats::cross_product(x);
  r.diagonal().setOnes();
  return r;
}

Result<stats::Matrix> correlation_matrix(const Data& data) {
  const auto rows = static_cast<Eigen::Index>(data.rows());
  stats::Matrix x(rows, static_cast<Eigen::Index>(data.size()));
  for (std::size_t i = 0; i < data.size(); ++i) {
    const Variable& variable = data.variable(i);
    if (data.discrete(i) || variable.missing > 0) {
      return invalid_argument(
          fmt::format("variable {}: correlations need numbers in every row, and "
                      "this one {}",
                      variable.name, data.discrete(i) ? "is discrete" : "has missing values"));
    }
    x.col(static_cast<Eigen::Index>(i)) = stats::as_vector(data.values(i));
    const auto& column = x.col(static_cast<Eigen::Index>(i));
    if (column.minCoeff() == column.maxCoeff()) {
      return invalid_argument(fmt::format("variable {} does not vary", variable.name));
    }
  }
  return correlation_matrix(std::move(x));
}

}  // namespace thaw::discovery
