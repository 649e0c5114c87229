#include "graph/admg.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <queue>
#include <set>

namespace thaw::graph {
namespace {

void sort_unique(std::vector<NodePair>& pairs) {
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

std::vector<NodePair> reversed(std::vector<NodePair> pairs) {
  for (NodePair& pair : pairs) {
    std::swap(pair.first, pair.second);
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

/// Grows `reached` along `next(v)` until nothing is new.
template <class Next>
NodeSet closure(NodeSet reached, Next&& next) {
  std::vector<std::uint32_t> stack = reached.members();
  while (!stack.empty()) {
    const std::uint32_t v = stack.back();
    stack.pop_back();
    for (const std::uint32_t w : next(v)) {
      if (!reached.contains(w)) {
        reached.insert(w);
        stack.push_back(w);
      }
    }
  }
  return reached;
}

}  // namespace

Admg::Lists Admg::lists_of(std::size_t nodes, const std::vector<NodePair>& sorted) {
  Lists lists;
  lists.begin.assign(nodes + 1, 0);
  lists.nodes.reserve(sorted.size());
  for (const auto& [from, to] : sorted) {
    ++lists.begin[from + 1];
    lists.nodes.push_back(to);
  }
  for (std::size_t v = 0; v < nodes; ++v) {
    lists.begin[v + 1] += lists.begin[v];
  }
  return lists;
}

Admg::Admg(std::size_t nodes, std::vector<NodePair> directed, std::vector<NodePair> bidirected)
    : nodes_(nodes) {
  const std::size_t pairs = bidirected.size();
  for (std::size_t i = 0; i < pairs; ++i) {
    bidirected.emplace_back(bidirected[i].second, bidirected[i].first);
  }
  sort_unique(directed);
  sort_unique(bidirected);
  for ([[maybe_unused]] const auto* edges : {&directed, &bidirected}) {
    for ([[maybe_unused]] const auto& [a, b] : *edges) {
      assert(a != b && a < nodes && b < nodes);
    }
  }
  children_ = lists_of(nodes, directed);
  parents_ = lists_of(nodes, reversed(std::move(directed)));
  siblings_ = lists_of(nodes, bidirected);
}

bool Admg::directed(std::size_t from, std::size_t to) const {
  const auto list = children(from);
  return std::binary_search(list.begin(), list.end(), static_cast<std::uint32_t>(to));
}

bool Admg::bidirected(std::size_t a, std::size_t b) const {
  const auto list = siblings(a);
  return std::binary_search(list.begin(), list.end(), static_cast<std::uint32_t>(b));
}

std::vector<NodePair> Admg::directed_edges() const {
  std::vector<NodePair> found;
  for (std::uint32_t v = 0; v < nodes_; ++v) {
    for (const std::uint32_t w : children(v)) {
      found.emplace_back(v, w);
    }
  }
  return found;
}

std::vector<NodePair> Admg::bidirected_edges() const {
  std::vector<NodePair> found;
  for (std::uint32_t v = 0; v < nodes_; ++v) {
    for (const std::uint32_t w : siblings(v)) {
      if (v < w) {
        found.emplace_back(v, w);
      }
    }
  }
  return found;
}

std::vector<std::uint32_t> Admg::order() const {
  std::vector<std::size_t> waiting(nodes_);
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> ready;
  for (std::uint32_t v = 0; v < nodes_; ++v) {
    waiting[v] = parents(v).size();
    if (waiting[v] == 0) {
      ready.push(v);
    }
  }
  std::vector<std::uint32_t> found;
  while (!ready.empty()) {
    const std::uint32_t v = ready.top();
    ready.pop();
    found.push_back(v);
    for (const std::uint32_t w : children(v)) {
      if (--waiting[w] == 0) {
        ready.push(w);
      }
    }
  }
  return found.size() == nodes_ ? found : std::vector<std::uint32_t>{};
}

std::vector<std::uint32_t> Admg::cycle() const {
  // What is left after causes are taken off again and again has a parent within, so walking up
  // from any of it must come round.
  std::vector<std::size_t> waiting(nodes_);
  std::vector<std::uint32_t> stack;
  NodeSet left = NodeSet::all(nodes_);
  for (std::uint32_t v = 0; v < nodes_; ++v) {
    waiting[v] = parents(v).size();
    if (waiting[v] == 0) {
      stack.push_back(v);
    }
  }
  while (!stack.empty()) {
    const std::uint32_t v = stack.back();
    stack.pop_back();
    left.erase(v);
    for (const std::uint32_t w : children(v)) {
      if (--waiting[w] == 0) {
        stack.push_back(w);
      }
    }
  }
  const std::vector<std::uint32_t> rest = left.members();
  if (rest.empty()) {
    return {};
  }
  std::vector<std::uint32_t> walk;
  NodeSet seen(nodes_);
  for (std::uint32_t v = rest.front(); !seen.contains(v);) {
    seen.insert(v);
    walk.push_back(v);
    const auto up = parents(v);
    v = *std::find_if(up.begin(), up.end(), [&](std::uint32_t p) { return left.contains(p); });
    if (seen.contains(v)) {
      walk.erase(walk.begin(), std::find(walk.begin(), walk.end(), v));
    }
  }
  std::reverse(walk.begin(), walk.end());
  std::rotate(walk.begin(), std::min_element(walk.begin(), walk.end()), walk.end());
  return walk;
}

NodeSet ancestors(const Admg& graph, const NodeSet& of, const NodeSet& within, const NodeSet& cut) {
  NodeSet reached = of;
  std::vector<std::uint32_t> stack = of.members();
  while (!stack.empty()) {
    const std::uint32_t v = stack.back();
    stack.pop_back();
    for (const std::uint32_t w : graph.parents(v)) {
      if (within.contains(w) && !cut.contains(w) && !reached.contains(w)) {
        reached.insert(w);
        stack.push_back(w);
      }
    }
  }
  return reached;
}

NodeSet ancestors(const Admg& graph, const NodeSet& of, const NodeSet& within) {
  return ancestors(graph, of, within, NodeSet(graph.nodes()));
}

NodeSet ancestors(const Admg& graph, const NodeSet& of) {
  return closure(of, [&](std::uint32_t v) { return graph.parents(v); });
}

NodeSet descendants(const Admg& graph, const NodeSet& of, const NodeSet& within) {
  NodeSet reached = of;
  std::vector<std::uint32_t> stack = of.members();
  while (!stack.empty()) {
    const std::uint32_t v = stack.back();
    stack.pop_back();
    for (const std::uint32_t w : graph.children(v)) {
      if (within.contains(w) && !reached.contains(w)) {
        reached.insert(w);
        stack.push_back(w);
      }
    }
  }
  return reached;
}

NodeSet descendants(const Admg& graph, const NodeSet& of) {
  return closure(of, [&](std::uint32_t v) { return graph.children(v); });
}

NodeSet district_of(const Admg& graph, std::uint32_t v, const NodeSet& within) {
  NodeSet reached(graph.nodes(), {v});
  std::vector<std::uint32_t> stack = {v};
  while (!stack.empty()) {
    const std::uint32_t u = stack.back();
    stack.pop_back();
    for (const std::uint32_t w : graph.siblings(u)) {
      if (within.contains(w) && !reached.contains(w)) {
        reached.insert(w);
        stack.push_back(w);
      }
    }
  }
  return reached;
}

std::vector<NodeSet> districts(const Admg& graph, const NodeSet& within) {
  std::vector<NodeSet> found;
  NodeSet left = within;
  within.for_each([&](std::uint32_t v) {
    if (left.contains(v)) {
      found.push_back(district_of(graph, v, within));
      left -= found.back();
    }
  });
  return found;
}

Admg latent_projection(const Admg& graph, const NodeSet& latent) {
  const std::size_t n = graph.nodes();
  std::vector<std::set<std::uint32_t>> parents(n), children(n), siblings(n);
  for (std::uint32_t v = 0; v < n; ++v) {
    parents[v] = {graph.parents(v).begin(), graph.parents(v).end()};
    children[v] = {graph.children(v).begin(), graph.children(v).end()};
    siblings[v] = {graph.siblings(v).begin(), graph.siblings(v).end()};
  }
  const auto join = [&](std::uint32_t a, std::uint32_t b) {
    if (a != b) {
      siblings[a].insert(b);
      siblings[b].insert(a);
    }
  };
  // One node at a time: what passes through it becomes an edge. The order does not matter.
  latent.for_each([&](std::uint32_t u) {
    for (const std::uint32_t c : children[u]) {
      parents[c].erase(u);
      for (const std::uint32_t p : parents[u]) {
        children[p].insert(c);
        parents[c].insert(p);
      }
      for (const std::uint32_t s : siblings[u]) {
        join(s, c);
      }
      for (const std::uint32_t d : children[u]) {
        join(c, d);
      }
    }
    for (const std::uint32_t p : parents[u]) {
      children[p].erase(u);
    }
    for (const std::uint32_t s : siblings[u]) {
      siblings[s].erase(u);
    }
  });
  std::vector<std::uint32_t> number(n, 0);
  std::uint32_t kept = 0;
  for (std::uint32_t v = 0; v < n; ++v) {
    number[v] = latent.contains(v) ? 0 : kept++;
  }
  std::vector<NodePair> directed, bidirected;
  for (std::uint32_t v = 0; v < n; ++v) {
    if (latent.contains(v)) {
      continue;
    }
    for (const std::uint32_t c : children[v]) {
      directed.emplace_back(number[v], number[c]);
    }
    for (const std::uint32_t s : siblings[v]) {
      if (v < s) {
        bidirected.emplace_back(number[v], number[s]);
      }
    }
  }
  return {kept, std::move(directed), std::move(bidirected)};
}

}  // namespace thaw::graph
