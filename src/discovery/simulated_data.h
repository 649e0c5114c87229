// For tests only: linear Gaussian data from a random directed acyclic graph.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/random.h"
#include "graph/mixed_graph.h"
#include "stats/matrix.h"
#include "table/table.h"

namespace thaw::discovery {

struct SimulatedData {
  stats::Matrix x;  // (rows, variables)
  graph::MixedGraph dag{0};
};

/// Arrows run from lower to higher numbers, each with probability `degree` / (p - 1) and a weight
/// of +-[0.4, 1.2]; noise is standard normal.
inline SimulatedData simulate(std::size_t p, std::size_t rows, double degree, std::uint64_t seed) {
  Random random(seed);
  SimulatedData drawn{stats::Matrix(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(p)),
                      graph::MixedGraph(p)};
  for (std::size_t b = 0; b < p; ++b) {
    auto column = drawn.x.col(static_cast<Eigen::Index>(b));
    for (auto& value : column) {
      value = random.normal();
    }
    for (std::size_t a = 0; a < b; ++a) {
      if (random.bernoulli(degree / static_cast<double>(p - 1))) {
        const double weight = (0.4 + 0.8 * random.uniform()) * (random.bernoulli(0.5) ? 1 : -1);
        column += weight * drawn.x.col(static_cast<Eigen::Index>(a));
        drawn.dag.direct(a, b);
      }
    }
  }
  return drawn;
}

/// Its columns as V00, V01, ..., so that names keep the order of numbers.
inline Table as_table(const stats::Matrix& x) {
  Table table;
  for (Eigen::Index j = 0; j < x.cols(); ++j) {
    const stats::Vector column = x.col(j);
    (void)table.add_column(
        Column::real(fmt::format("V{:02}", j), std::vector<double>(column.begin(), column.end())));
  }
  return table;
}

}  // namespace thaw::discovery
