#include "discovery/edge_signs.h"

#include <cmath>

#include "stats/matrix.h"

namespace thaw::discovery {
namespace {

bool two_sided(const Data& data, std::size_t i) {
  return !data.discrete(i) || data.variable(i).levels.size() <= 2;
}

double value(const Data& data, std::size_t i, std::size_t row) {
  return data.discrete(i) ? static_cast<double>(data.codes(i)[row]) : data.values(i)[row];
}

/// The rows that have all of `columns`, standardised; empty when one of them does not vary.
stats::Matrix standardised(const Data& data, const std::vector<std::size_t>& columns) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    bool whole = true;
    for (const std::size_t column : columns) {
      whole = whole && !data.missing(column, row);
    }
    if (whole) {
      rows.push_back(row);
    }
  }
  stats::Matrix x(static_cast<Eigen::Index>(rows.size()),
                  static_cast<Eigen::Index>(columns.size()));
  for (Eigen::Index j = 0; j < x.cols(); ++j) {
    for (Eigen::Index k = 0; k < x.rows(); ++k) {
      x(k, j) =
          value(data, columns[static_cast<std::size_t>(j)], rows[static_cast<std::size_t>(k)]);
    }
    x.col(j).array() -= x.rows() > 0 ? x.col(j).mean() : 0;
    const double norm = x.col(j).norm();
    if (!(norm > 0)) {
      return {};
    }
    x.col(j) /= norm;
  }
  return x;
}

std::optional<int> sign_of(double coefficient) {
  if (!(std::fabs(coefficient) > 1e-12)) {
    return std::nullopt;
  }
  return coefficient > 0 ? 1 : -1;
}

/// The sign of `first` in the regression of `child` on `first` and `others`.
std::optional<int> regression_sign(const Data& data, std::size_t child, std::size_t first,
                                   const std::vector<std::uint32_t>& others) {
  std::vector<std::size_t> columns = {child, first};
  for (const std::uint32_t other : others) {
    if (other != first && two_sided(data, other)) {
      columns.push_back(other);
    }
  }
  const stats::Matrix x = standardised(data, columns);
  if (x.rows() <= x.cols()) {
    return std::nullopt;
  }
  const stats::Matrix causes = x.rightCols(x.cols() - 1);
  const auto inverse = stats::inverse_if_definite(causes.transpose() * causes);
  if (!inverse) {
    return std::nullopt;
  }
  return sign_of((*inverse * (causes.transpose() * x.col(0)))[0]);
}

}  // namespace

std::vector<std::optional<int>> edge_signs(const graph::MixedGraph& graph, const Data& data) {
  std::vector<std::optional<int>> signs;
  for (const graph::MixedEdge& edge : graph.edges()) {
    if (!two_sided(data, edge.a) || !two_sided(data, edge.b)) {
      signs.emplace_back();
    } else if (graph.directed(edge.a, edge.b)) {
      signs.push_back(regression_sign(data, edge.b, edge.a, graph.parents(edge.b)));
    } else if (graph.directed(edge.b, edge.a)) {
      signs.push_back(regression_sign(data, edge.a, edge.b, graph.parents(edge.a)));
    } else {
      signs.push_back(regression_sign(data, edge.b, edge.a, {}));
    }
  }
  return signs;
}

}  // namespace thaw::discovery
