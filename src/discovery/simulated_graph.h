// For tests and benches: random graphs, what they say of the covariance, and rows drawn from them.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "base/random.h"
#include "discovery/data.h"
#include "graph/mixed_graph.h"
#include "stats/matrix.h"

namespace thaw::discovery {

/// Effects along the arrows of `dag`, of size 0.5 to 1 and either sign: (from, to).
inline stats::Matrix random_effects(const graph::MixedGraph& dag, Random& random) {
  const auto n = static_cast<Eigen::Index>(dag.nodes());
  stats::Matrix effects = stats::Matrix::Zero(n, n);
  for (const graph::MixedEdge& edge : dag.edges()) {
    const double size = (0.5 + 0.5 * random.uniform()) * (random.bernoulli(0.5) ? 1 : -1);
    if (dag.directed(edge.a, edge.b)) {
      effects(edge.a, edge.b) = size;
    } else {
      effects(edge.b, edge.a) = size;
    }
  }
  return effects;
}

/// The exact correlations of the linear model with these effects and noise of variance 1.
inline stats::Matrix implied_correlation(const stats::Matrix& effects) {
  const Eigen::Index n = effects.rows();
  const stats::Matrix total = (stats::Matrix::Identity(n, n) - effects).inverse();
  stats::Matrix covariance = total.transpose() * total;
  const stats::Vector sd = covariance.diagonal().cwiseSqrt();
  return covariance.array() / (sd * sd.transpose()).array();
}

/// A random directed acyclic graph of mean degree `degree`; no order of names is favoured.
inline graph::MixedGraph random_dag(std::size_t nodes, double degree, Random& random) {
  graph::MixedGraph dag(nodes);
  std::vector<std::size_t> order(nodes);
  for (std::size_t i = 0; i < nodes; ++i) {
    order[i] = i;
    std::swap(order[i], order[random.index(i + 1)]);
  }
  for (std::size_t i = 0; i < nodes; ++i) {
    for (std::size_t j = i + 1; j < nodes; ++j) {
      if (random.bernoulli(degree / static_cast<double>(nodes - 1))) {
        dag.direct(order[i], order[j]);
      }
    }
  }
  return dag;
}

/// `rows` rows of the linear model along `dag`, noise drawn by `noise()`; columns v00, v01 ...
template <class Noise>
Table simulated_table(const graph::MixedGraph& dag, const stats::Matrix& effects, std::size_t rows,
                      Noise noise) {
  std::vector<std::vector<double>> columns(dag.nodes(), std::vector<double>(rows));
  for (const std::uint32_t v : graph::directed_order(dag)) {
    const std::vector<std::uint32_t> parents = dag.parents(v);
    for (std::size_t row = 0; row < rows; ++row) {
      double value = noise();
      for (const std::uint32_t parent : parents) {
        value += effects(parent, v) * columns[parent][row];
      }
      columns[v][row] = value;
    }
  }
  Table table;
  for (std::size_t v = 0; v < dag.nodes(); ++v) {
    (void)table.add_column(Column::real(fmt::format("v{:02}", v), columns[v]));
  }
  return table;
}

}  // namespace thaw::discovery
