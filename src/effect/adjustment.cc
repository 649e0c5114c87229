#include "effect/adjustment.h"

#include <utility>

namespace thaw::effect {

using graph::Admg;
using graph::Cuts;
using graph::NodeSet;
using graph::SeparatorList;
using graph::SeparatorQuery;

namespace {

SeparatorQuery query_of(const AdjustmentProblem& problem) {
  return {problem.x, problem.y, problem.include, problem.usable, problem.cuts};
}

}  // namespace

AdjustmentProblem adjustment_problem(const Admg& graph, const NodeSet& x, const NodeSet& y,
                                     const NodeSet& measured) {
  const std::size_t n = graph.nodes();
  const NodeSet others = NodeSet::all(n) - x;
  AdjustmentProblem problem{.graph = graph, .x = x, .y = y};
  // Proper: a path from x that does not come back to x.
  problem.causal = (descendants(graph, x, others) - x) & ancestors(graph, y, others);
  problem.forbidden = descendants(graph, problem.causal);
  problem.usable = measured - x - y - problem.forbidden;
  problem.include = NodeSet(n);
  problem.cuts = {x, problem.causal, NodeSet(n)};
  return problem;
}

bool valid_adjustment(const AdjustmentProblem& problem, const NodeSet& set) {
  return problem.amenable && set.subset_of(problem.usable) &&
         separated(problem.graph, problem.x, problem.y, set, problem.cuts);
}

std::optional<NodeSet> minimal_adjustment(const AdjustmentProblem& problem) {
  if (!problem.amenable || !problem.include.subset_of(problem.usable)) {
    return std::nullopt;
  }
  return minimal_separator(problem.graph, query_of(problem));
}

NodeSet canonical_adjustment(const AdjustmentProblem& problem) {
  return ancestors(problem.graph, problem.x | problem.y) & problem.usable;
}

SeparatorList minimal_adjustments(const AdjustmentProblem& problem, std::size_t most) {
  if (!problem.amenable || !problem.include.subset_of(problem.usable)) {
    return {};
  }
  return minimal_separators(problem.graph, query_of(problem), most);
}

std::optional<NodeSet> optimal_adjustment(const AdjustmentProblem& problem) {
  const std::size_t n = problem.graph.nodes();
  if (!problem.amenable || !problem.graph.bidirected_edges().empty() ||
      !problem.y.subset_of(problem.causal)) {
    return std::nullopt;
  }
  NodeSet set(n);
  problem.causal.for_each([&](std::uint32_t v) {
    for (const std::uint32_t p : problem.graph.parents(v)) {
      set.insert(p);
    }
  });
  set -= problem.forbidden;
  set -= problem.x;
  if (!valid_adjustment(problem, set)) {  // A member is not measured, or no set is valid at all.
    return std::nullopt;
  }
  return set;
}

Estimand adjustment_estimand(const NodeSet& x, const NodeSet& y, const NodeSet& set) {
  Estimand inner = Estimand::probability(y, x | set);
  if (set.empty()) {
    return inner;
  }
  Estimand weight = Estimand::probability(set, set - set);
  return Estimand::sum(set, Estimand::product({std::move(inner), std::move(weight)}));
}

SeparatorList direct_effect_adjustments(const Admg& graph, const NodeSet& x, const NodeSet& y,
                                        const NodeSet& measured, const NodeSet& include,
                                        std::size_t most) {
  const NodeSet usable = measured - x - y - descendants(graph, y);
  if (!include.subset_of(usable)) {
    return {};
  }
  return minimal_separators(graph, {x, y, include, usable, {x, y, NodeSet(graph.nodes())}}, most);
}

}  // namespace thaw::effect
