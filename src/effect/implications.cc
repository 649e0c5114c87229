#include "effect/implications.h"

#include "graph/separators.h"

namespace thaw::effect {

using graph::Cuts;
using graph::NodeSet;
using graph::SeparatorQuery;

namespace {

/// Above this many nodes the smallest set is not looked for, a minimal one will do.
constexpr std::size_t kSmallGraph = 60;
constexpr std::size_t kSetsCompared = 50;

std::vector<NodeSet> sets_between(const graph::Admg& graph, const SeparatorQuery& query, bool every,
                                  std::size_t most) {
  if (every) {
    return minimal_separators(graph, query, most).sets;
  }
  const auto one = minimal_separator(graph, query);
  if (!one) {
    return {};
  }
  if (one->size() <= 1 || graph.nodes() > kSmallGraph) {
    return {*one};
  }
  return {minimal_separators(graph, query, kSetsCompared).sets.front()};
}

}  // namespace

Implications implications(const graph::Admg& graph, const NodeSet& measured, bool every,
                          std::size_t most) {
  const std::size_t n = graph.nodes();
  const std::vector<std::uint32_t> nodes = measured.members();
  Implications found;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    for (std::size_t j = i + 1; j < nodes.size(); ++j) {
      if (graph.adjacent(nodes[i], nodes[j])) {
        continue;
      }
      ++found.missing_edges;
      const std::size_t room = most - found.independences.size();
      const SeparatorQuery query{NodeSet(n, {nodes[i]}), NodeSet(n, {nodes[j]}), NodeSet(n),
                                 measured, Cuts::none(n)};
      const std::vector<NodeSet> sets = sets_between(graph, query, every, room + 1);
      found.not_separable += sets.empty() ? 1 : 0;
      for (const NodeSet& set : sets) {
        if (found.independences.size() == most) {
          found.complete = false;
          return found;
        }
        found.independences.push_back({nodes[i], nodes[j], set});
      }
    }
  }
  return found;
}

}  // namespace thaw::effect
