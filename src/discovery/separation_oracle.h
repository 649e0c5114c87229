// For tests only: answers every question of independence from a graph, as endless data would.
#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

#include "discovery/independence.h"
#include "graph/mixed_graph.h"

namespace thaw::discovery {

/// m-separation in a DAG or MAG over its nodes, or over the `observed` ones of a DAG, which are
/// then the variables 0, 1, ... in that order (Richardson and Spirtes 2002). A statistic is 0 or
/// endless, with one degree of freedom.
class SeparationOracle : public IndependenceTest {
 public:
  explicit SeparationOracle(const graph::MixedGraph& graph) : graph_(graph) {
    observed_.resize(graph.nodes());
    std::iota(observed_.begin(), observed_.end(), 0U);
    prepare();
  }
  SeparationOracle(const graph::MixedGraph& graph, std::vector<std::uint32_t> observed)
      : graph_(graph), observed_(std::move(observed)) {
    prepare();
  }

  std::string_view name() const override { return "oracle"; }
  std::size_t variables() const override { return observed_.size(); }
  double nominal_cost(std::size_t) const override { return 0.01; }

  Independence test(std::size_t x, std::size_t y, std::span<const std::uint32_t> given) override {
    const bool joined = connected(observed_[x], observed_[y], given);
    return {.statistic = joined ? 1e9 : 0, .df = 1, .rows = 1'000'000};
  }

 private:
  void prepare() {
    for (std::size_t a = 0; a < graph_.nodes(); ++a) {
      near_.push_back(graph_.neighbours(a));
      parents_.push_back(graph_.parents(a));
    }
  }

  /// Whether a walk leads from x to y that is open given the set: every collider on it is in the
  /// set or an ancestor of it, every other node is not in the set.
  bool connected(std::uint32_t x, std::uint32_t y, std::span<const std::uint32_t> given) {
    const std::size_t n = graph_.nodes();
    in_set_.assign(n, false);
    for (const std::uint32_t z : given) {
      in_set_[observed_[z]] = true;
    }
    ancestor_ = in_set_;
    std::vector<std::uint32_t> waiting;
    for (std::uint32_t a = 0; a < n; ++a) {
      if (in_set_[a]) {
        waiting.push_back(a);
      }
    }
    while (!waiting.empty()) {
      const std::uint32_t at = waiting.back();
      waiting.pop_back();
      for (const std::uint32_t parent : parents_[at]) {
        if (!ancestor_[parent]) {
          ancestor_[parent] = true;
          waiting.push_back(parent);
        }
      }
    }
    return walk(x, y);
  }

  bool walk(std::uint32_t x, std::uint32_t y) {
    // State 2 a + h: at node a, come through an edge with an arrow at a (h = 1) or a tail.
    std::vector<bool> seen(2 * graph_.nodes(), false);
    std::vector<std::uint32_t> waiting;
    const auto go = [&](std::uint32_t from, std::uint32_t to) {
      const std::uint32_t state = 2 * to + (graph_.mark(from, to) == graph::Mark::kArrow ? 1U : 0U);
      if (!seen[state]) {
        seen[state] = true;
        waiting.push_back(state);
      }
    };
    for (const std::uint32_t next : near_[x]) {
      go(x, next);
    }
    while (!waiting.empty()) {
      const std::uint32_t at = waiting.back() / 2;
      const bool into = waiting.back() % 2 == 1;
      waiting.pop_back();
      if (at == y) {
        return true;
      }
      for (const std::uint32_t next : near_[at]) {
        const bool collider = into && graph_.mark(next, at) == graph::Mark::kArrow;
        if (collider ? ancestor_[at] : !in_set_[at]) {
          go(at, next);
        }
      }
    }
    return false;
  }

  graph::MixedGraph graph_;
  std::vector<std::uint32_t> observed_;
  std::vector<std::vector<std::uint32_t>> near_, parents_;
  std::vector<bool> in_set_, ancestor_;
};

}  // namespace thaw::discovery
