#include "effect/front_door.h"

#include <utility>
#include <vector>

#include "graph/separation.h"

namespace thaw::effect {

using graph::Admg;
using graph::Cuts;
using graph::NodeSet;

namespace {

constexpr std::size_t kMostTried = 20'000;

bool intercepts(const Admg& graph, const NodeSet& x, const NodeSet& y, const NodeSet& set) {
  return !descendants(graph, x, NodeSet::all(graph.nodes()) - set).intersects(y);
}

}  // namespace

bool valid_front_door(const Admg& graph, const NodeSet& x, const NodeSet& y, const NodeSet& set) {
  const std::size_t n = graph.nodes();
  return !set.intersects(x | y) && intercepts(graph, x, y, set) &&
         separated(graph, x, set, NodeSet(n), Cuts::out_of(x, n)) &&
         separated(graph, set, y, x, Cuts::out_of(set, n));
}

std::optional<NodeSet> largest_front_door(const Admg& graph, const NodeSet& x, const NodeSet& y,
                                          const NodeSet& measured) {
  const std::size_t n = graph.nodes();
  if (!descendants(graph, x).intersects(y)) {
    return std::nullopt;
  }
  NodeSet set = measured - x - y - reachable(graph, x, NodeSet(n), Cuts::out_of(x, n));
  // A node with an open way to y that starts with an arrow into it keeps it in every smaller set.
  while (true) {
    const NodeSet open = reachable(graph, y, x, Cuts::out_of(set, n)) & set;
    if (open.empty()) {
      break;
    }
    set -= open;
  }
  return intercepts(graph, x, y, set) ? std::optional(set) : std::nullopt;
}

graph::SeparatorList small_front_doors(const Admg& graph, const NodeSet& x, const NodeSet& y,
                                       const NodeSet& measured, std::size_t most) {
  graph::SeparatorList list;
  const auto largest = largest_front_door(graph, x, y, measured);
  if (!largest) {
    return list;
  }
  const std::vector<std::uint32_t> nodes = largest->members();
  std::size_t tried = 0;
  NodeSet set(graph.nodes());
  const auto add = [&] {
    for (const NodeSet& smaller : list.sets) {
      if (smaller.subset_of(set)) {
        return;
      }
    }
    if (++tried > kMostTried || list.sets.size() == most) {
      list.complete = false;
    } else if (valid_front_door(graph, x, y, set)) {
      list.sets.push_back(set);
    }
  };
  const auto grow = [&](const auto& self, std::size_t from, std::size_t wanted) -> void {
    if (wanted == 0) {
      add();
      return;
    }
    for (std::size_t i = from; i + wanted <= nodes.size() && list.complete; ++i) {
      set.insert(nodes[i]);
      self(self, i + 1, wanted - 1);
      set.erase(nodes[i]);
    }
  };
  for (std::size_t wanted = 1; wanted <= 3 && list.complete; ++wanted) {
    grow(grow, 0, wanted);
  }
  return list;
}

Estimand front_door_estimand(const NodeSet& x, const NodeSet& y, const NodeSet& set) {
  const NodeSet none = x - x;
  Estimand inner = Estimand::sum(
      x, Estimand::product({Estimand::probability(y, x | set), Estimand::probability(x, none)}));
  return Estimand::sum(set, Estimand::product({Estimand::probability(set, x), std::move(inner)}));
}

}  // namespace thaw::effect
