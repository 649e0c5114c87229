#include "graph/separation.h"

#include <vector>

namespace thaw::graph {
namespace {

/// Walks on from nodes as they were entered: through an arrowhead at them, or not.
class Ball {
 public:
  Ball(const Admg& graph, const NodeSet& given, const Cuts& cuts)
      : graph_(graph),
        given_(given),
        cuts_(cuts),
        open_collider_(ancestors(graph, given, cuts)),
        by_head_(graph.nodes()),
        by_tail_(graph.nodes()) {}

  NodeSet run(const NodeSet& from) {
    from.for_each([&](std::uint32_t v) {
      by_tail_.insert(v);
      up_and_across(v);
      down(v);
    });
    while (!stack_.empty()) {
      const auto [v, head] = stack_.back();
      stack_.pop_back();
      const bool blocked = given_.contains(v);
      if (!blocked) {
        down(v);
      }
      if (head ? open_collider_.contains(v) : !blocked) {
        up_and_across(v);
      }
    }
    return by_head_ | by_tail_;
  }

 private:
  struct Entry {
    std::uint32_t node;
    bool head;
  };

  bool cut(std::uint32_t parent, std::uint32_t child) const { return cuts_.cut(parent, child); }

  void enter(NodeSet& seen, std::uint32_t v, bool head) {
    if (!seen.contains(v)) {
      seen.insert(v);
      stack_.push_back({v, head});
    }
  }
  void down(std::uint32_t v) {
    for (const std::uint32_t c : graph_.children(v)) {
      if (!cut(v, c)) {
        enter(by_head_, c, true);
      }
    }
  }
  void up_and_across(std::uint32_t v) {
    for (const std::uint32_t p : graph_.parents(v)) {
      if (!cut(p, v)) {
        enter(by_tail_, p, false);
      }
    }
    if (!cuts_.set.contains(v)) {
      for (const std::uint32_t s : graph_.siblings(v)) {
        if (!cuts_.set.contains(s)) {
          enter(by_head_, s, true);
        }
      }
    }
  }

  const Admg& graph_;
  const NodeSet& given_;
  const Cuts& cuts_;
  NodeSet open_collider_, by_head_, by_tail_;
  std::vector<Entry> stack_;
};

NodeSet directed_ancestors(const MixedGraph& graph, const NodeSet& of) {
  NodeSet reached = of;
  std::vector<std::uint32_t> stack = of.members();
  while (!stack.empty()) {
    const std::uint32_t v = stack.back();
    stack.pop_back();
    for (const std::uint32_t p : graph.parents(v)) {
      if (!reached.contains(p)) {
        reached.insert(p);
        stack.push_back(p);
      }
    }
  }
  return reached;
}

/// Whether a walk u, v, w may pass v, of definite status and open.
bool passes(const MixedGraph& graph, std::uint32_t u, std::uint32_t v, std::uint32_t w,
            const NodeSet& given, const NodeSet& open_collider) {
  const Mark in = graph.mark(u, v);
  const Mark out = graph.mark(w, v);
  if (in == Mark::kArrow && out == Mark::kArrow) {
    return open_collider.contains(v);
  }
  if (given.contains(v)) {
    return false;
  }
  // A tail that stands for "not known" (a line of a CPDAG) is one where the other end is a tail
  // too.
  const bool sure = (in == Mark::kTail && !graph.undirected(u, v)) ||
                    (out == Mark::kTail && !graph.undirected(v, w));
  return sure || (in != Mark::kArrow && out != Mark::kArrow && !graph.adjacent(u, w));
}

}  // namespace

NodeSet ancestors(const Admg& graph, const NodeSet& of, const Cuts& cuts) {
  NodeSet reached = of;
  std::vector<std::uint32_t> stack = of.members();
  while (!stack.empty()) {
    const std::uint32_t v = stack.back();
    stack.pop_back();
    for (const std::uint32_t p : graph.parents(v)) {
      if (!reached.contains(p) && !cuts.cut(p, v)) {
        reached.insert(p);
        stack.push_back(p);
      }
    }
  }
  return reached;
}

NodeSet reachable(const Admg& graph, const NodeSet& from, const NodeSet& given, const Cuts& cuts) {
  return Ball(graph, given, cuts).run(from);
}

bool separated(const Admg& graph, const NodeSet& a, const NodeSet& b, const NodeSet& given,
               const Cuts& cuts) {
  return !reachable(graph, a, given, cuts).intersects(b);
}

bool separated(const Admg& graph, const NodeSet& a, const NodeSet& b, const NodeSet& given) {
  return separated(graph, a, b, given, Cuts::none(graph.nodes()));
}

bool separated(const MixedGraph& graph, const NodeSet& a, const NodeSet& b, const NodeSet& given) {
  const std::size_t n = graph.nodes();
  const NodeSet open_collider = directed_ancestors(graph, given);
  std::vector<std::uint8_t> seen(n * n, 0);  // [u * n + v]: v was entered from u
  std::vector<NodePair> stack;
  const auto enter = [&](std::uint32_t u, std::uint32_t v) {
    if (seen[u * n + v] == 0) {
      seen[u * n + v] = 1;
      stack.emplace_back(u, v);
    }
  };
  a.for_each([&](std::uint32_t v) {
    for (const std::uint32_t w : graph.neighbours(v)) {
      enter(v, w);
    }
  });
  while (!stack.empty()) {
    const auto [u, v] = stack.back();
    stack.pop_back();
    if (b.contains(v)) {
      return false;
    }
    for (const std::uint32_t w : graph.neighbours(v)) {
      if (w != u && passes(graph, u, v, w, given, open_collider)) {
        enter(v, w);
      }
    }
  }
  return true;
}

}  // namespace thaw::graph
