#include "graph/class_member.h"

#include <vector>

#include "graph/meek.h"
#include "graph/separation.h"

namespace thaw::graph {
namespace {

/// Directs the part joined by o-o, the node joined to most numbered ones next: an order whose
/// earlier neighbours are joined with each other, if any order is (Tarjan and Yannakakis 1984).
std::vector<std::uint32_t> search_order(const MixedGraph& graph) {
  const std::size_t n = graph.nodes();
  std::vector<std::size_t> weight(n, 0);
  std::vector<std::uint32_t> order;
  NodeSet left = NodeSet::all(n);
  for (std::size_t step = 0; step < n; ++step) {
    std::uint32_t best = 0;
    bool any = false;
    left.for_each([&](std::uint32_t v) {
      if (!any || weight[v] > weight[best]) {
        best = v;
        any = true;
      }
    });
    left.erase(best);
    order.push_back(best);
    left.for_each([&](std::uint32_t v) {
      if (graph.mark(best, v) == Mark::kCircle && graph.mark(v, best) == Mark::kCircle) {
        ++weight[v];
      }
    });
  }
  return order;
}

/// No directed cycle, and no <-> between a node and one that it causes.
bool ancestral(const Admg& graph) {
  if (graph.order().empty() && graph.nodes() > 0) {
    return false;
  }
  for (std::uint32_t v = 0; v < graph.nodes(); ++v) {
    if (graph.siblings(v).empty()) {
      continue;
    }
    const NodeSet causes = ancestors(graph, NodeSet(graph.nodes(), {v}));
    for (const std::uint32_t s : graph.siblings(v)) {
      if (causes.contains(s)) {
        return false;
      }
    }
  }
  return true;
}

/// The arrows and <-> of `graph`.
Admg arrows_of(const MixedGraph& graph) {
  std::vector<NodePair> directed, bidirected;
  for (const MixedEdge& edge : graph.edges()) {
    if (graph.directed(edge.a, edge.b)) {
      directed.emplace_back(edge.a, edge.b);
    } else if (graph.directed(edge.b, edge.a)) {
      directed.emplace_back(edge.b, edge.a);
    } else if (graph.bidirected(edge.a, edge.b)) {
      bidirected.emplace_back(edge.a, edge.b);
    }
  }
  return {graph.nodes(), std::move(directed), std::move(bidirected)};
}

bool lines_stand_apart(const MixedGraph& graph) {
  for (const MixedEdge& edge : graph.edges()) {
    if (!graph.undirected(edge.a, edge.b)) {
      continue;
    }
    for (const std::uint32_t end : {edge.a, edge.b}) {
      for (const std::uint32_t w : graph.neighbours(end)) {
        if (graph.mark(w, end) == Mark::kArrow) {
          return false;
        }
      }
    }
  }
  return true;
}

/// `v`, all its causes, and all that a line joins to any of these.
NodeSet anterior(const MixedGraph& graph, std::uint32_t a, std::uint32_t b) {
  NodeSet reached(graph.nodes(), {a, b});
  std::vector<std::uint32_t> stack = {a, b};
  while (!stack.empty()) {
    const std::uint32_t v = stack.back();
    stack.pop_back();
    for (const std::uint32_t w : graph.neighbours(v)) {
      if (!reached.contains(w) && graph.mark(v, w) == Mark::kTail) {
        reached.insert(w);
        stack.push_back(w);
      }
    }
  }
  return reached;
}

/// Whether some path between `a` and `b` is open given everything before them: an edge is missing.
bool inducing(const MixedGraph& graph, std::uint32_t a, std::uint32_t b) {
  NodeSet given = anterior(graph, a, b);
  given.erase(a);
  given.erase(b);
  // Open given all of them: every inner node is a collider among them.
  NodeSet reached(graph.nodes());
  std::vector<std::uint32_t> stack;
  const auto enter = [&](std::uint32_t from, std::uint32_t v) {
    if (graph.mark(from, v) == Mark::kArrow && given.contains(v) && !reached.contains(v)) {
      reached.insert(v);
      stack.push_back(v);
    }
  };
  for (const std::uint32_t v : graph.neighbours(a)) {
    enter(a, v);
  }
  while (!stack.empty()) {
    const std::uint32_t v = stack.back();
    stack.pop_back();
    for (const std::uint32_t w : graph.neighbours(v)) {
      if (graph.mark(w, v) != Mark::kArrow) {
        continue;
      }
      if (w == b) {
        return true;
      }
      if (w != a) {
        enter(v, w);
      }
    }
  }
  return false;
}

}  // namespace

std::optional<Admg> dag_member(const MixedGraph& cpdag) {
  const auto extension = consistent_extension(cpdag);
  if (!extension) {
    return std::nullopt;
  }
  return arrows_of(*extension);
}

std::optional<Admg> mag_member(const MixedGraph& pag) {
  std::vector<NodePair> directed, bidirected;
  std::vector<std::size_t> place(pag.nodes());
  const std::vector<std::uint32_t> order = search_order(pag);
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
  }
  for (const MixedEdge& edge : pag.edges()) {
    const bool head_a = edge.mark_a == Mark::kArrow;
    const bool head_b = edge.mark_b == Mark::kArrow;
    if (head_a && head_b) {
      bidirected.emplace_back(edge.a, edge.b);
    } else if (head_a || head_b) {
      directed.emplace_back(head_b ? edge.a : edge.b, head_b ? edge.b : edge.a);
    } else if (edge.mark_a == Mark::kTail || edge.mark_b == Mark::kTail) {
      return std::nullopt;
    } else if (place[edge.a] < place[edge.b]) {
      directed.emplace_back(edge.a, edge.b);
    } else {
      directed.emplace_back(edge.b, edge.a);
    }
  }
  Admg member(pag.nodes(), std::move(directed), std::move(bidirected));
  return ancestral(member) ? std::optional(std::move(member)) : std::nullopt;
}

bool visible(const MixedGraph& graph, std::uint32_t a, std::uint32_t b) {
  // Back from a over nodes that are colliders on the way and parents of b.
  NodeSet seen(graph.nodes(), {a});
  std::vector<std::uint32_t> stack = {a};
  while (!stack.empty()) {
    const std::uint32_t v = stack.back();
    stack.pop_back();
    for (const std::uint32_t c : graph.neighbours(v)) {
      if (c == b || seen.contains(c) || graph.mark(c, v) != Mark::kArrow) {
        continue;
      }
      if (!graph.adjacent(c, b)) {
        return true;
      }
      if (graph.mark(v, c) == Mark::kArrow && graph.directed(c, b)) {
        seen.insert(c);
        stack.push_back(c);
      }
    }
  }
  return false;
}

bool is_dag(const MixedGraph& graph) {
  for (const MixedEdge& edge : graph.edges()) {
    if (!graph.directed(edge.a, edge.b) && !graph.directed(edge.b, edge.a)) {
      return false;
    }
  }
  return graph.nodes() == 0 || !directed_order(graph).empty();
}

bool is_mag(const MixedGraph& graph) {
  for (const MixedEdge& edge : graph.edges()) {
    if (edge.mark_a == Mark::kCircle || edge.mark_b == Mark::kCircle) {
      return false;
    }
  }
  if (!lines_stand_apart(graph) || !ancestral(arrows_of(graph))) {
    return false;
  }
  for (std::uint32_t a = 0; a < graph.nodes(); ++a) {
    for (std::uint32_t b = a + 1; b < graph.nodes(); ++b) {
      if (!graph.adjacent(a, b) && inducing(graph, a, b)) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace thaw::graph
