#include "evidence/hierarchy.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace thaw::evidence {
namespace {

using Edge = Hierarchy::Edge;
using Lists = std::vector<std::vector<std::uint32_t>>;

/// Strong components by Tarjan 1972, SIAM J Comput 1:146, without recursion: a number for each
/// concept, parents' components before their children's.
class StrongComponents {
 public:
  explicit StrongComponents(const Lists& parents)
      : parents_(parents),
        order_(parents.size(), kUnseen),
        low_(parents.size()),
        component(parents.size()) {
    for (std::uint32_t node = 0; node < parents.size(); ++node) {
      if (order_[node] == kUnseen) {
        walk_from(node);
      }
    }
  }

 private:
  static constexpr std::uint32_t kUnseen = 0xffffffffU;
  const Lists& parents_;
  std::vector<std::uint32_t> order_, low_;
  std::vector<std::uint32_t> open_;  // seen, component not settled
  std::vector<bool> settled_ = std::vector<bool>(parents_.size());
  std::uint32_t next_ = 0;

 public:
  std::vector<std::uint32_t> component;
  std::uint32_t components = 0;

 private:
  void enter(std::uint32_t node, std::vector<std::pair<std::uint32_t, std::size_t>>& path) {
    order_[node] = low_[node] = next_++;
    open_.push_back(node);
    path.emplace_back(node, 0);
  }

  void settle(std::uint32_t node) {
    while (true) {
      const std::uint32_t member = open_.back();
      open_.pop_back();
      settled_[member] = true;
      component[member] = components;
      if (member == node) {
        break;
      }
    }
    ++components;
  }

  void walk_from(std::uint32_t start) {
    std::vector<std::pair<std::uint32_t, std::size_t>> path;  // node, next parent to look at
    enter(start, path);
    while (!path.empty()) {
      const std::uint32_t node = path.back().first;
      if (path.back().second < parents_[node].size()) {
        const std::uint32_t parent = parents_[node][path.back().second++];
        if (order_[parent] == kUnseen) {
          enter(parent, path);
        } else if (!settled_[parent]) {
          low_[node] = std::min(low_[node], order_[parent]);
        }
        continue;
      }
      path.pop_back();
      if (!path.empty()) {
        const std::uint32_t below = path.back().first;
        low_[below] = std::min(low_[below], low_[node]);
      }
      if (low_[node] == order_[node]) {
        settle(node);
      }
    }
  }
};

void flatten(const Lists& lists, std::vector<std::size_t>& start,
             std::vector<std::uint32_t>& flat) {
  start.assign(1, 0);
  for (const auto& list : lists) {
    flat.insert(flat.end(), list.begin(), list.end());
    start.push_back(flat.size());
  }
}

/// Takes the edges that count: known concepts, each once, none to itself.
Result<Lists> parents_of(std::size_t concepts, std::vector<Edge>& edges,
                         Hierarchy::Report& report) {
  std::ranges::sort(edges, [](const Edge& a, const Edge& b) {
    return std::tie(a.child, a.parent) < std::tie(b.child, b.parent);
  });
  Lists parents(concepts);
  const Edge* last = nullptr;
  for (const Edge& edge : edges) {
    if (edge.child >= concepts || edge.parent >= concepts) {
      return invalid_argument("hierarchy: an edge names a concept that is not there");
    }
    if (edge.child == edge.parent) {
      ++report.to_itself;
    } else if (last == nullptr || last->child != edge.child || last->parent != edge.parent) {
      parents[edge.child].push_back(edge.parent);
    }
    last = &edge;
  }
  return parents;
}

void cut_loops(Lists& parents, const StrongComponents& strong, Hierarchy::Report& report) {
  Lists members(strong.components);
  for (std::uint32_t node = 0; node < parents.size(); ++node) {
    members[strong.component[node]].push_back(node);
    report.in_loops += std::erase_if(parents[node], [&](std::uint32_t parent) {
      return strong.component[parent] == strong.component[node];
    });
    report.edges += parents[node].size();
  }
  for (auto& loop : members) {
    if (loop.size() > 1) {
      report.loops.push_back(std::move(loop));
    }
  }
  std::ranges::sort(report.loops);
}

}  // namespace

Result<Hierarchy> Hierarchy::build(std::size_t concepts, std::vector<Edge> edges,
                                   std::size_t most_pairs) {
  Hierarchy out;
  THAW_TRY(Lists parents, parents_of(concepts, edges, out.report_));
  const StrongComponents strong(parents);
  cut_loops(parents, strong, out.report_);
  std::vector<std::uint32_t> order(concepts);
  for (std::uint32_t i = 0; i < concepts; ++i) {
    order[i] = i;
  }
  std::ranges::stable_sort(order, {}, [&](std::uint32_t node) { return strong.component[node]; });
  Lists above(concepts);
  Lists below(concepts);
  for (const std::uint32_t node : order) {  // whatever is above it is complete already
    auto& mine = above[node];
    for (const std::uint32_t parent : parents[node]) {
      mine.push_back(parent);
      mine.insert(mine.end(), above[parent].begin(), above[parent].end());
    }
    std::ranges::sort(mine);
    mine.erase(std::unique(mine.begin(), mine.end()), mine.end());
    out.report_.pairs += mine.size();
    if (out.report_.pairs > most_pairs) {
      return invalid_argument(fmt::format(
          "hierarchy: its closure has more than {} pairs; use a smaller hierarchy", most_pairs));
    }
  }
  for (std::uint32_t node = 0; node < concepts; ++node) {
    for (const std::uint32_t wide : above[node]) {
      below[wide].push_back(node);
    }
  }
  flatten(above, out.above_start_, out.above_);
  flatten(below, out.below_start_, out.below_);
  return out;
}

bool Hierarchy::covers(std::uint32_t wide, std::uint32_t narrow) const {
  return wide == narrow || std::ranges::binary_search(above(narrow), wide);
}

}  // namespace thaw::evidence
