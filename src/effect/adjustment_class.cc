// Adjustment in graphs that stand for a class: CPDAG, MAG and PAG.
#include <utility>
#include <vector>

#include "effect/adjustment.h"
#include "graph/class_member.h"

namespace thaw::effect {

using graph::Mark;
using graph::MixedGraph;
using graph::NodeSet;

namespace {

/// Whether v -> w is possible: no arrowhead at v, and no tail at w but that of a line, which says
/// "not known" in a CPDAG.
bool possible(const MixedGraph& graph, std::uint32_t v, std::uint32_t w) {
  return graph.adjacent(v, w) && graph.mark(w, v) != Mark::kArrow &&
         (graph.mark(v, w) != Mark::kTail || graph.undirected(v, w));
}

NodeSet possibly_reached(const MixedGraph& graph, const NodeSet& from, const NodeSet& avoid,
                         bool forward) {
  NodeSet reached = from;
  std::vector<std::uint32_t> stack = from.members();
  while (!stack.empty()) {
    const std::uint32_t v = stack.back();
    stack.pop_back();
    for (const std::uint32_t w : graph.neighbours(v)) {
      if (!reached.contains(w) && !avoid.contains(w) &&
          (forward ? possible(graph, v, w) : possible(graph, w, v))) {
        reached.insert(w);
        stack.push_back(w);
      }
    }
  }
  return reached;
}

/// The first edge of unknown effect that a path from x to y, maybe causal, starts with.
std::optional<graph::NodePair> unclear_start(const MixedGraph& graph, const NodeSet& x,
                                             const NodeSet& to_y, bool hidden_causes) {
  std::optional<graph::NodePair> found;
  x.for_each([&](std::uint32_t v) {
    for (const std::uint32_t w : graph.neighbours(v)) {
      const bool starts = !found && to_y.contains(w) && !x.contains(w) && possible(graph, v, w);
      if (starts && !(graph.directed(v, w) && (!hidden_causes || visible(graph, v, w)))) {
        found = {v, w};
      }
    }
  });
  return found;
}

}  // namespace

std::optional<AdjustmentProblem> adjustment_problem(const MixedGraph& graph, const NodeSet& x,
                                                    const NodeSet& y, const NodeSet& measured,
                                                    bool hidden_causes) {
  auto member = hidden_causes ? mag_member(graph) : dag_member(graph);
  if (!member) {
    return std::nullopt;
  }
  // Validity is the same in every member once the class as a whole says which edges are causal and
  // which nodes are forbidden (Perkovic et al. 2018).
  AdjustmentProblem problem = adjustment_problem(*member, x, y, measured);
  const NodeSet none(graph.nodes());
  const NodeSet to_y = possibly_reached(graph, y, x, false);
  NodeSet first(graph.nodes());
  x.for_each([&](std::uint32_t v) {
    for (const std::uint32_t w : graph.neighbours(v)) {
      if (!x.contains(w) && possible(graph, v, w)) {
        first.insert(w);
      }
    }
  });
  const NodeSet proper = possibly_reached(graph, first, x, true) & to_y;
  problem.forbidden = possibly_reached(graph, proper, none, true);
  problem.usable = measured - x - y - problem.forbidden;
  problem.unclear = unclear_start(graph, x, to_y, hidden_causes);
  problem.amenable = !problem.unclear;
  return problem;
}

}  // namespace thaw::effect
