// For tests only: every maximal ancestral graph without lines on a few nodes, and the classes that
// they fall into, by trying everything.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "graph/mixed_graph.h"
#include "graph/path_oracle.h"

namespace thaw::graph {

inline Admg arrows_as_admg(const MixedGraph& graph) {
  std::vector<NodePair> directed, bidirected;
  for (const MixedEdge& edge : graph.edges()) {
    if (graph.bidirected(edge.a, edge.b)) {
      bidirected.emplace_back(edge.a, edge.b);
    } else {
      directed.emplace_back(graph.directed(edge.a, edge.b) ? edge.a : edge.b,
                            graph.directed(edge.a, edge.b) ? edge.b : edge.a);
    }
  }
  return {graph.nodes(), directed, bidirected};
}

/// Which of all (a, b, given) are separated, one after another, by walking paths.
inline std::vector<bool> separations_by_paths(const Admg& graph) {
  const std::size_t n = graph.nodes();
  std::vector<bool> found;
  for (std::uint32_t a = 0; a < n; ++a) {
    for (std::uint32_t b = a + 1; b < n; ++b) {
      for (std::size_t code = 0; code < (std::size_t{1} << n); ++code) {
        if (((code >> a) & 1) == 0 && ((code >> b) & 1) == 0) {
          NodeSet given(n);
          for (std::uint32_t v = 0; v < n; ++v) {
            if (((code >> v) & 1) != 0)
              given.insert(v);
          }
          found.push_back(separated_by_paths(graph, NodeSet(n, {a}), NodeSet(n, {b}), given));
        }
      }
    }
  }
  return found;
}

/// By definition: no circle, no <-> to a cause, and every pair that is not joined is separated
/// once.
inline bool is_mag_by_definition(const MixedGraph& graph, const std::vector<bool>& separations) {
  const Admg admg = arrows_as_admg(graph);
  const std::size_t n = graph.nodes();
  if (admg.order().empty()) {
    return false;
  }
  for (const auto& [a, b] : admg.bidirected_edges()) {
    if (ancestors(admg, NodeSet(n, {a})).contains(b) ||
        ancestors(admg, NodeSet(n, {b})).contains(a)) {
      return false;
    }
  }
  std::size_t at = 0;
  for (std::uint32_t a = 0; a < n; ++a) {
    for (std::uint32_t b = a + 1; b < n; ++b) {
      bool ever = false;
      for (std::size_t i = 0; i < (std::size_t{1} << (n - 2)); ++i) {
        ever = separations[at++] || ever;
      }
      if (!ever && !graph.adjacent(a, b)) {
        return false;
      }
    }
  }
  return true;
}

/// Every graph of ->, <- and <-> on `nodes` nodes.
inline void for_each_arrow_graph(std::size_t nodes,
                                 const std::function<void(const MixedGraph&)>& visit) {
  std::vector<NodePair> pairs;
  for (std::uint32_t a = 0; a < nodes; ++a) {
    for (std::uint32_t b = a + 1; b < nodes; ++b) {
      pairs.emplace_back(a, b);
    }
  }
  for (std::size_t code = 0; code < (std::size_t{1} << (2 * pairs.size())); ++code) {
    MixedGraph graph(nodes);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const std::size_t kind = (code >> (2 * i)) & 3;
      const auto [a, b] = pairs[i];
      if (kind == 1)
        graph.direct(a, b);
      if (kind == 2)
        graph.direct(b, a);
      if (kind == 3)
        graph.set_edge(a, b, Mark::kArrow, Mark::kArrow);
    }
    visit(graph);
  }
}

/// The classes of MAGs with the same separations.
inline std::vector<std::vector<MixedGraph>> every_mag_class(std::size_t nodes) {
  std::map<std::vector<bool>, std::vector<MixedGraph>> classes;
  for_each_arrow_graph(nodes, [&](const MixedGraph& graph) {
    if (arrows_as_admg(graph).order().empty()) {
      return;
    }
    const auto separations = separations_by_paths(arrows_as_admg(graph));
    if (is_mag_by_definition(graph, separations)) {
      classes[separations].push_back(graph);
    }
  });
  std::vector<std::vector<MixedGraph>> found;
  for (auto& [key, members] : classes) {
    found.push_back(std::move(members));
  }
  return found;
}

/// The marks that all members share, a circle where they differ.
inline MixedGraph common_marks(const std::vector<MixedGraph>& members) {
  MixedGraph pag = members.front();
  for (const MixedEdge& edge : members.front().edges()) {
    for (const MixedGraph& member : members) {
      if (member.mark(edge.b, edge.a) != edge.mark_a)
        pag.set_mark(edge.b, edge.a, Mark::kCircle);
      if (member.mark(edge.a, edge.b) != edge.mark_b)
        pag.set_mark(edge.a, edge.b, Mark::kCircle);
    }
  }
  return pag;
}

}  // namespace thaw::graph
