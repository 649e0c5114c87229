// For tests only: a random full model of a diagram, hidden common causes and all, and what follows
// from it by multiplying out: the joint distribution of what is measured, with and without do().
#pragma once

#include <utility>
#include <vector>

#include "base/random.h"
#include "effect/estimand_value.h"
#include "graph/admg.h"

namespace thaw::effect {

/// Every variable has two values; each <-> is a hidden cause of three values of its own.
class RandomModel {
 public:
  RandomModel(const graph::Admg& graph, Random& random) : graph_(graph), order_(graph.order()) {
    const std::size_t n = graph.nodes();
    causes_.resize(n);
    for (std::size_t v = 0; v < n; ++v) {
      for (const std::uint32_t p : graph.parents(v)) {
        causes_[v].push_back(p);
      }
    }
    for (const auto& [a, b] : graph.bidirected_edges()) {
      const auto hidden = static_cast<std::uint32_t>(n + hidden_.size());
      const double u = 0.1 + random.uniform();
      const double v = 0.1 + random.uniform();
      const double w = 0.1 + random.uniform();
      hidden_.push_back({u / (u + v + w), v / (u + v + w), w / (u + v + w)});
      causes_[a].push_back(hidden);
      causes_[b].push_back(hidden);
    }
    for (std::size_t v = 0; v < n; ++v) {
      std::size_t rows = 1;
      for (const std::uint32_t c : causes_[v]) {
        rows *= levels(c);
      }
      chance_.emplace_back();
      for (std::size_t i = 0; i < rows; ++i) {
        chance_.back().push_back(0.05 + 0.9 * random.uniform());
      }
    }
  }

  /// All 2^n rows with their chance; variables in `set` are set to their bit of `values` (-1:
  /// none).
  DiscreteRows joint(const std::vector<int>& set) const {
    const std::size_t n = graph_.nodes();
    DiscreteRows rows;
    rows.levels.assign(n, 2);
    rows.codes.resize(n);
    for (std::size_t cell = 0; cell < (std::size_t{1} << n); ++cell) {
      std::vector<std::uint32_t> at(n + hidden_.size(), 0);
      for (std::size_t v = 0; v < n; ++v) {
        at[v] = static_cast<std::uint32_t>((cell >> v) & 1);
        rows.codes[v].push_back(static_cast<std::uint16_t>(at[v]));
      }
      rows.weights.push_back(over_hidden(at, set, 0));
    }
    return rows;
  }

  /// P(y at `at`, z at `at` | do(set)) / P(z at `at` | do(set)).
  double truncated(const graph::NodeSet& y, const graph::NodeSet& z, const std::vector<int>& set,
                   const std::vector<std::uint16_t>& at) const {
    const DiscreteRows rows = joint(set);
    double both = 0;
    double below = 0;
    for (std::size_t row = 0; row < rows.weights.size(); ++row) {
      const auto fits = [&](const graph::NodeSet& nodes) {
        bool same = true;
        nodes.for_each([&](std::uint32_t v) { same = same && rows.codes[v][row] == at[v]; });
        return same;
      };
      if (fits(z)) {
        below += rows.weights[row];
        both += fits(y) ? rows.weights[row] : 0;
      }
    }
    return both / below;
  }

 private:
  std::uint32_t levels(std::uint32_t v) const { return v < graph_.nodes() ? 2 : 3; }

  double over_hidden(std::vector<std::uint32_t>& at, const std::vector<int>& set,
                     std::size_t next) const {
    const std::size_t n = graph_.nodes();
    if (next == hidden_.size()) {
      double chance = 1;
      for (std::size_t v = 0; v < n; ++v) {
        if (set[v] >= 0) {
          chance *= at[v] == static_cast<std::uint32_t>(set[v]) ? 1 : 0;
          continue;
        }
        std::size_t row = 0;
        for (const std::uint32_t c : causes_[v]) {
          row = row * levels(c) + at[c];
        }
        chance *= at[v] == 1 ? chance_[v][row] : 1 - chance_[v][row];
      }
      return chance;
    }
    double total = 0;
    for (std::uint32_t value = 0; value < 3; ++value) {
      at[n + next] = value;
      total += hidden_[next][value] * over_hidden(at, set, next + 1);
    }
    return total;
  }

  const graph::Admg& graph_;
  std::vector<std::uint32_t> order_;
  std::vector<std::vector<std::uint32_t>> causes_;
  std::vector<std::vector<double>> hidden_;
  std::vector<std::vector<double>> chance_;
};

}  // namespace thaw::effect
