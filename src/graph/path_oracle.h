// For tests only: what a graph says, by walking every path of it as the definitions do.
// Exponential.
#pragma once

#include <functional>
#include <vector>

#include "base/random.h"
#include "graph/admg.h"

namespace thaw::graph {

/// One step of a path: from `u` to `v`, with what stands at either end.
struct PathStep {
  std::uint32_t u, v;
  bool head_u, head_v;
};

/// Calls `visit` with each path from `a` to `b` (no node twice; parallel edges make paths of their
/// own); stops when it says true, and gives that back.
inline bool any_path(const Admg& graph, std::uint32_t a, std::uint32_t b,
                     const std::function<bool(const std::vector<PathStep>&)>& visit) {
  std::vector<PathStep> path;
  NodeSet used(graph.nodes(), {a});
  const std::function<bool(std::uint32_t)> go = [&](std::uint32_t v) {
    if (v == b) {
      return visit(path);
    }
    const auto step = [&](std::uint32_t w, bool head_v, bool head_w) {
      if (used.contains(w)) {
        return false;
      }
      used.insert(w);
      path.push_back({v, w, head_v, head_w});
      const bool found = go(w);
      path.pop_back();
      used.erase(w);
      return found;
    };
    for (const std::uint32_t w : graph.children(v)) {
      if (step(w, false, true))
        return true;
    }
    for (const std::uint32_t w : graph.parents(v)) {
      if (step(w, true, false))
        return true;
    }
    for (const std::uint32_t w : graph.siblings(v)) {
      if (step(w, true, true))
        return true;
    }
    return false;
  };
  return go(a);
}

/// Whether the path is open given `given`: the definition of m-connection.
inline bool open_path(const Admg& graph, const std::vector<PathStep>& path, const NodeSet& given) {
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const std::uint32_t v = path[i].v;
    const bool collider = path[i].head_v && path[i + 1].head_u;
    if (collider ? !descendants(graph, NodeSet(graph.nodes(), {v})).intersects(given)
                 : given.contains(v)) {
      return false;
    }
  }
  return true;
}

inline bool separated_by_paths(const Admg& graph, const NodeSet& a, const NodeSet& b,
                               const NodeSet& given) {
  bool connected = false;
  a.for_each([&](std::uint32_t u) {
    b.for_each([&](std::uint32_t v) {
      connected = connected || any_path(graph, u, v, [&](const std::vector<PathStep>& path) {
                    return open_path(graph, path, given);
                  });
    });
  });
  return !connected;
}

/// An acyclic graph whose edges each stand with the given chance, causes before effects in a random
/// order of the nodes.
inline Admg random_admg(Random& random, std::size_t nodes, double directed, double bidirected) {
  std::vector<std::uint32_t> order(nodes);
  for (std::uint32_t v = 0; v < nodes; ++v) {
    order[v] = v;
    std::swap(order[v], order[random.index(v + 1)]);
  }
  std::vector<NodePair> arrows, arcs;
  for (std::size_t i = 0; i < nodes; ++i) {
    for (std::size_t j = i + 1; j < nodes; ++j) {
      if (random.bernoulli(directed)) {
        arrows.emplace_back(order[i], order[j]);
      }
      if (random.bernoulli(bidirected)) {
        arcs.emplace_back(order[i], order[j]);
      }
    }
  }
  return {nodes, arrows, arcs};
}

/// Every DAG of `nodes` nodes, once.
inline void for_each_dag(std::size_t nodes, const std::function<void(const Admg&)>& visit) {
  std::vector<NodePair> pairs;
  for (std::uint32_t a = 0; a < nodes; ++a) {
    for (std::uint32_t b = a + 1; b < nodes; ++b) {
      pairs.emplace_back(a, b);
    }
  }
  std::size_t combinations = 1;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    combinations *= 3;
  }
  for (std::size_t code = 0; code < combinations; ++code) {
    std::vector<NodePair> arrows;
    std::size_t rest = code;
    for (const auto& [a, b] : pairs) {
      if (rest % 3 == 1)
        arrows.emplace_back(a, b);
      if (rest % 3 == 2)
        arrows.emplace_back(b, a);
      rest /= 3;
    }
    const Admg graph(nodes, arrows, {});
    if (!graph.order().empty()) {
      visit(graph);
    }
  }
}

/// The subset of `members` whose bits are set in `code`.
inline NodeSet subset(std::size_t nodes, const std::vector<std::uint32_t>& members,
                      std::size_t code) {
  NodeSet set(nodes);
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (((code >> i) & 1) != 0) {
      set.insert(members[i]);
    }
  }
  return set;
}

}  // namespace thaw::graph
