#include "graph/separators.h"

#include <algorithm>

namespace thaw::graph {
namespace {

/// The moral graph of the ancestors of the query: separation there is separation by sets of nodes.
class MoralGraph {
 public:
  MoralGraph(const Admg& graph, const SeparatorQuery& query)
      : n_(graph.nodes()),
        query_(query),
        kept_(ancestors(graph, query.a | query.b | query.include, query.cuts)),
        joined_(n_, NodeSet(n_)) {
    moralise(graph);
    query.include.for_each([&](std::uint32_t v) { remove(v); });
    const NodeSet usable = (query.allowed & kept_) - query.a - query.b;
    (kept_ - query.a - query.b - usable).for_each([&](std::uint32_t v) { pass_through(v); });
    query.a.for_each([&](std::uint32_t v) { around_a_ |= joined_[v]; });
    query.b.for_each([&](std::uint32_t v) { around_b_ |= joined_[v]; });
    around_a_ -= query.a;
    around_b_ -= query.b;
  }

  /// No separator at all: an edge runs from a to b.
  bool hopeless() const { return around_a_.intersects(query_.b); }

  /// What is reached from `start` through nodes outside `wall`.
  NodeSet spread(const NodeSet& start, const NodeSet& wall) const {
    NodeSet reached = start - wall;
    std::vector<std::uint32_t> stack = reached.members();
    while (!stack.empty()) {
      const std::uint32_t v = stack.back();
      stack.pop_back();
      ((joined_[v] & kept_) - wall - reached).for_each([&](std::uint32_t w) {
        reached.insert(w);
        stack.push_back(w);
      });
    }
    return reached;
  }

  /// Nodes outside `part` that an edge joins to it.
  NodeSet border(const NodeSet& part) const {
    NodeSet found(n_);
    part.for_each([&](std::uint32_t v) { found |= joined_[v]; });
    return (found & kept_) - part;
  }

 private:
  void join(std::uint32_t u, std::uint32_t v) {
    if (u != v) {
      joined_[u].insert(v);
      joined_[v].insert(u);
    }
  }

  void moralise(const Admg& graph) {
    const Cuts& cuts = query_.cuts;
    // A district and all its parents are joined with each other.
    NodeSet left = kept_;
    kept_.for_each([&](std::uint32_t v) {
      if (!left.contains(v)) {
        return;
      }
      const NodeSet district =
          cuts.set.contains(v) ? NodeSet(n_, {v}) : district_of(graph, v, kept_ - cuts.set);
      left -= district;
      NodeSet family = district;
      district.for_each([&](std::uint32_t w) {
        if (cuts.set.contains(w)) {
          return;
        }
        const bool into = cuts.into.contains(w);
        for (const std::uint32_t p : graph.parents(w)) {
          if (kept_.contains(p) && !(into && cuts.from.contains(p))) {
            family.insert(p);
          }
        }
      });
      family.for_each([&](std::uint32_t w) { joined_[w] |= family; });
    });
    kept_.for_each([&](std::uint32_t v) { joined_[v].erase(v); });
  }

  void remove(std::uint32_t v) {
    joined_[v].for_each([&](std::uint32_t w) { joined_[w].erase(v); });
    joined_[v] = NodeSet(n_);
    kept_.erase(v);
  }

  /// Takes out `v`, which no separator may hold: whatever could pass it, passes.
  void pass_through(std::uint32_t v) {
    const NodeSet around = joined_[v];
    remove(v);
    around.for_each([&](std::uint32_t w) {
      joined_[w] |= around;
      joined_[w].erase(w);
    });
  }

  std::size_t n_;
  const SeparatorQuery& query_;
  NodeSet kept_;
  std::vector<NodeSet> joined_;
  NodeSet around_a_ = NodeSet(n_), around_b_ = NodeSet(n_);
};

/// Lists separators by the part that stays with a.
class Lister {
 public:
  Lister(const MoralGraph& graph, const SeparatorQuery& query, std::size_t most)
      : graph_(graph), query_(query), most_(most) {}

  SeparatorList run() {
    if (!graph_.hopeless()) {
      walk(query_.a, query_.a - query_.a);
    }
    return std::move(list_);
  }

 private:
  /// All separators that leave `inside` with a and nothing of `outside`.
  void walk(NodeSet inside, NodeSet outside) {
    while (list_.complete) {
      const NodeSet wall = graph_.border(inside);
      if (wall.intersects(query_.b)) {
        return;
      }
      const NodeSet far = graph_.spread(query_.b, wall);
      const NodeSet separator = graph_.border(far);
      inside = graph_.spread(query_.a, separator);
      if ((inside - query_.a).intersects(outside)) {
        return;
      }
      const std::vector<std::uint32_t> free = (separator - outside).members();
      if (free.empty()) {
        add(separator);
        return;
      }
      NodeSet larger = inside;
      larger.insert(free.front());
      walk(std::move(larger), outside);
      outside.insert(free.front());
    }
  }

  void add(const NodeSet& separator) {
    if (list_.sets.size() == most_) {
      list_.complete = false;
      return;
    }
    list_.sets.push_back(separator | query_.include);
  }

  const MoralGraph& graph_;
  const SeparatorQuery& query_;
  std::size_t most_;
  SeparatorList list_;
};

}  // namespace

std::optional<NodeSet> minimal_separator(const Admg& graph, const SeparatorQuery& query) {
  const NodeSet relevant = ancestors(graph, query.a | query.b | query.include, query.cuts);
  const NodeSet widest = ((query.allowed & relevant) - query.a - query.b) | query.include;
  const NodeSet from_a = reachable(graph, query.a, widest, query.cuts);
  if (from_a.intersects(query.b)) {
    return std::nullopt;
  }
  const NodeSet near_a = (widest & from_a) | query.include;
  const NodeSet from_b = reachable(graph, query.b, near_a, query.cuts);
  return (near_a & from_b) | query.include;
}

SeparatorList minimal_separators(const Admg& graph, const SeparatorQuery& query, std::size_t most) {
  const MoralGraph moral(graph, query);
  SeparatorList list = Lister(moral, query, most).run();
  std::vector<std::pair<std::vector<std::uint32_t>, NodeSet>> keyed;
  for (NodeSet& set : list.sets) {
    keyed.emplace_back(set.members(), std::move(set));
  }
  std::sort(keyed.begin(), keyed.end(), [](const auto& x, const auto& y) {
    return x.first.size() != y.first.size() ? x.first.size() < y.first.size() : x.first < y.first;
  });
  list.sets.clear();
  for (auto& [members, set] : keyed) {
    list.sets.push_back(std::move(set));
  }
  return list;
}

}  // namespace thaw::graph
