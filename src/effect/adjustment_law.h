// For tests only: what an answer about adjustment must satisfy, by trying every set and every path.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "effect/adjustment.h"
#include "effect/identification_law.h"
#include "graph/path_oracle.h"

namespace thaw::effect {

/// The adjustment criterion as it is written: no member is caused by a node, other than a
/// treatment, of a proper causal path; every proper path that is not causal is blocked.
inline bool valid_by_definition(const graph::Admg& graph, const graph::NodeSet& x,
                                const graph::NodeSet& y, const graph::NodeSet& set) {
  bool valid = !set.intersects(x | y);
  x.for_each([&](std::uint32_t from) {
    y.for_each([&](std::uint32_t to) {
      graph::any_path(graph, from, to, [&](const std::vector<graph::PathStep>& path) {
        bool causal = true;
        for (std::size_t i = 0; i < path.size(); ++i) {
          if (x.contains(path[i].v)) {
            return false;  // Not proper.
          }
          causal = causal && !path[i].head_u && path[i].head_v;
        }
        if (causal) {
          for (const auto& step : path) {
            const graph::NodeSet one(graph.nodes(), {step.v});
            valid = valid && !descendants(graph, one).intersects(set);
          }
        } else {
          valid = valid && !open_path(graph, path, set);
        }
        return !valid;
      });
    });
  });
  return valid;
}

/// Validity of every set, the minimal sets and the canonical one, against the definition.
inline void expect_definition(const graph::Admg& graph, const graph::NodeSet& x,
                              const graph::NodeSet& y) {
  const std::size_t n = graph.nodes();
  const auto problem = adjustment_problem(graph, x, y, graph::NodeSet::all(n));
  const std::vector<std::uint32_t> others = (graph::NodeSet::all(n) - x - y).members();
  std::vector<graph::NodeSet> valid;
  for (std::size_t code = 0; code < (std::size_t{1} << others.size()); ++code) {
    const graph::NodeSet set = graph::subset(n, others, code);
    const bool defined = valid_by_definition(graph, x, y, set);
    ASSERT_EQ(valid_adjustment(problem, set), defined);
    if (defined) {
      valid.push_back(set);
    }
  }
  std::vector<graph::NodeSet> minimal;
  for (const auto& set : valid) {
    if (std::none_of(valid.begin(), valid.end(),
                     [&](const auto& other) { return other != set && other.subset_of(set); })) {
      minimal.push_back(set);
    }
  }
  auto listed = minimal_adjustments(problem, 1000).sets;
  std::sort(listed.begin(), listed.end());
  std::sort(minimal.begin(), minimal.end());
  ASSERT_EQ(listed, minimal);
  const auto one = minimal_adjustment(problem);
  ASSERT_EQ(one.has_value(), !valid.empty());
  if (one) {
    ASSERT_TRUE(std::binary_search(minimal.begin(), minimal.end(), *one));
    ASSERT_TRUE(valid_adjustment(problem, canonical_adjustment(problem)));
  }
}

/// The sum over z of P(y | x, z) P(z), for every minimal set and the canonical one, against the
/// truncated factorisation of a random model. False when no set is valid.
inline bool expect_formula(const graph::Admg& graph, const graph::NodeSet& x,
                           const graph::NodeSet& y, Random& random) {
  const std::size_t n = graph.nodes();
  const auto problem = adjustment_problem(graph, x, y, graph::NodeSet::all(n));
  auto sets = minimal_adjustments(problem, 1000).sets;
  if (sets.empty()) {
    return false;
  }
  sets.push_back(canonical_adjustment(problem));
  const RandomModel model(graph, random);
  for (const auto& set : sets) {
    expect_truncated(graph, model, x, y, graph::NodeSet(n), adjustment_estimand(x, y, set));
  }
  return true;
}

}  // namespace thaw::effect
