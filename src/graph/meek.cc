#include "graph/meek.h"

#include <algorithm>
#include <utility>

namespace thaw::graph {
namespace {

using Arrow = std::pair<std::uint32_t, std::uint32_t>;

/// Applies the rules to one arrow after the other; each rule is tried at each of its premises, so
/// it is seen when the last of them is made.
class Closure {
 public:
  explicit Closure(MixedGraph& graph) : graph_(graph) {
    for (std::size_t a = 0; a < graph.nodes(); ++a) {
      near_.push_back(graph.neighbours(a));
      for (const std::uint32_t b : near_.back()) {
        if (graph.directed(a, b)) {
          waiting_.emplace_back(static_cast<std::uint32_t>(a), b);
        }
      }
    }
  }

  void run() {
    for (std::size_t next = 0; next < waiting_.size(); ++next) {
      const auto [u, v] = waiting_[next];
      rule_one(u, v);
      rule_two(u, v);
      rule_three(u, v);
      rule_four(u, v);
    }
  }

 private:
  void direct(std::uint32_t a, std::uint32_t b) {
    if (graph_.undirected(a, b)) {
      graph_.direct(a, b);
      waiting_.emplace_back(a, b);
    }
  }

  /// u -> v --- c, u and c not joined: v -> c, or v were a collider.
  void rule_one(std::uint32_t u, std::uint32_t v) {
    for (const std::uint32_t c : near_[v]) {
      if (c != u && graph_.undirected(v, c) && !graph_.adjacent(u, c)) {
        direct(v, c);
      }
    }
  }

  /// a -> b -> c with a --- c: a -> c, or there were a circle. u -> v is either of the two arrows.
  void rule_two(std::uint32_t u, std::uint32_t v) {
    for (const std::uint32_t c : near_[v]) {
      if (graph_.directed(v, c) && graph_.undirected(u, c)) {
        direct(u, c);
      }
    }
    for (const std::uint32_t a : near_[u]) {
      if (graph_.directed(a, u) && graph_.undirected(a, v)) {
        direct(a, v);
      }
    }
  }

  /// a --- v, a --- u -> v, a --- d -> v, u and d not joined: a -> v.
  void rule_three(std::uint32_t u, std::uint32_t v) {
    for (const std::uint32_t a : near_[v]) {
      if (!graph_.undirected(a, v) || !graph_.undirected(a, u)) {
        continue;
      }
      for (const std::uint32_t d : near_[v]) {
        if (d != u && graph_.directed(d, v) && graph_.undirected(a, d) && !graph_.adjacent(u, d)) {
          direct(a, v);
          break;
        }
      }
    }
  }

  /// a --- b, d -> c -> b, a joined to c and d, b and d not joined: a -> b.
  void rule_four(std::uint32_t u, std::uint32_t v) {
    for (const std::uint32_t b : near_[v]) {  // u -> v is d -> c
      if (graph_.directed(v, b)) {
        rule_four_at(u, v, b);
      }
    }
    for (const std::uint32_t d : near_[u]) {  // u -> v is c -> b
      if (graph_.directed(d, u)) {
        rule_four_at(d, u, v);
      }
    }
  }

  void rule_four_at(std::uint32_t d, std::uint32_t c, std::uint32_t b) {
    if (graph_.adjacent(d, b)) {
      return;
    }
    for (const std::uint32_t a : near_[b]) {
      if (graph_.undirected(a, b) && graph_.adjacent(a, c) && graph_.adjacent(a, d)) {
        direct(a, b);
      }
    }
  }

  MixedGraph& graph_;
  std::vector<std::vector<std::uint32_t>> near_;
  std::vector<Arrow> waiting_;
};

/// Takes sinks off a partly directed graph, one after the other.
class Extension {
 public:
  explicit Extension(const MixedGraph& pdag) : pdag_(pdag), dag_(pdag), left_(pdag.nodes(), true) {
    for (std::size_t a = 0; a < pdag.nodes(); ++a) {
      near_.push_back(pdag.neighbours(a));
    }
  }

  /// The node that may be the last one with the fewest new colliders, or n when each has an
  /// outgoing arrow. `colliders` is how many unjoined pairs it would be between.
  std::size_t best_sink(std::size_t* colliders) const {
    std::size_t best = pdag_.nodes();
    for (std::size_t x = 0; x < pdag_.nodes(); ++x) {
      if (!left_[x] || has_child(x)) {
        continue;
      }
      const std::size_t made = new_colliders(x);
      if (best == pdag_.nodes() || made < *colliders) {
        best = x;
        *colliders = made;
      }
      if (made == 0) {
        break;
      }
    }
    return best;
  }

  void take(std::size_t sink) {
    for (const std::uint32_t y : near_[sink]) {
      if (left_[y] && pdag_.undirected(sink, y)) {
        dag_.direct(y, sink);
      }
    }
    left_[sink] = false;
  }

  MixedGraph dag() && { return std::move(dag_); }

 private:
  bool has_child(std::size_t x) const {
    return std::ranges::any_of(near_[x],
                               [&](std::uint32_t y) { return left_[y] && pdag_.directed(x, y); });
  }

  /// Pairs of an undirected neighbour of `x` and another neighbour that are not joined.
  std::size_t new_colliders(std::size_t x) const {
    std::size_t made = 0;
    for (const std::uint32_t y : near_[x]) {
      if (!left_[y] || !pdag_.undirected(x, y)) {
        continue;
      }
      for (const std::uint32_t z : near_[x]) {
        const bool counted = z == y || (z < y && pdag_.undirected(x, z));
        made += !counted && left_[z] && !pdag_.adjacent(y, z) ? 1U : 0U;
      }
    }
    return made;
  }

  const MixedGraph& pdag_;
  MixedGraph dag_;
  std::vector<bool> left_;
  std::vector<std::vector<std::uint32_t>> near_;
};

}  // namespace

void close_under_meek(MixedGraph& graph) {
  Closure(graph).run();
}

MixedGraph cpdag_of(const MixedGraph& dag) {
  const std::size_t n = dag.nodes();
  MixedGraph cpdag(n);
  std::vector<std::vector<std::uint32_t>> parents(n);
  for (std::size_t b = 0; b < n; ++b) {
    for (std::size_t a = 0; a < n; ++a) {
      if (dag.directed(a, b)) {
        parents[b].push_back(static_cast<std::uint32_t>(a));
        cpdag.set_edge(a, b, Mark::kTail, Mark::kTail);
      }
    }
  }
  for (std::size_t c = 0; c < n; ++c) {
    for (const std::uint32_t a : parents[c]) {
      for (const std::uint32_t b : parents[c]) {
        if (a != b && !dag.adjacent(a, b)) {
          cpdag.direct(a, c);
          break;
        }
      }
    }
  }
  close_under_meek(cpdag);
  return cpdag;
}

std::optional<MixedGraph> consistent_extension(const MixedGraph& pdag, bool* new_collider) {
  Extension extension(pdag);
  bool clean = true;
  for (std::size_t step = 0; step < pdag.nodes(); ++step) {
    std::size_t made = 0;
    const std::size_t sink = extension.best_sink(&made);
    clean = clean && made == 0;
    if (sink == pdag.nodes() || (!clean && new_collider == nullptr)) {
      return std::nullopt;
    }
    extension.take(sink);
  }
  if (new_collider != nullptr) {
    *new_collider = !clean;
  }
  return std::move(extension).dag();
}

bool is_cpdag(const MixedGraph& graph) {
  for (const MixedEdge& edge : graph.edges()) {
    if (!graph.undirected(edge.a, edge.b) && !graph.directed(edge.a, edge.b) &&
        !graph.directed(edge.b, edge.a)) {
      return false;
    }
  }
  const auto dag = consistent_extension(graph);
  return dag && cpdag_of(*dag) == graph;
}

}  // namespace thaw::graph
