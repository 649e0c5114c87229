#include "discovery/equivalence.h"

#include "graph/meek.h"

namespace thaw::discovery {

void direct_by_knowledge(graph::MixedGraph& graph, const Knowledge& knowledge) {
  if (knowledge.empty()) {
    return;
  }
  for (const graph::MixedEdge& edge : graph.edges()) {
    if (!graph.undirected(edge.a, edge.b)) {
      continue;
    }
    if (knowledge.forbidden(edge.a, edge.b)) {
      graph.direct(edge.b, edge.a);
    } else if (knowledge.forbidden(edge.b, edge.a)) {
      graph.direct(edge.a, edge.b);
    }
  }
  graph::close_under_meek(graph);
}

graph::MixedGraph class_under(const graph::MixedGraph& dag, const Knowledge& knowledge) {
  graph::MixedGraph result = graph::cpdag_of(dag);
  direct_by_knowledge(result, knowledge);
  return result;
}

}  // namespace thaw::discovery
