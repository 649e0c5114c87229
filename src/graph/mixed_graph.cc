#include "graph/mixed_graph.h"

#include <cassert>
#include <functional>
#include <queue>

namespace thaw::graph {

std::string_view to_string(Mark mark) {
  switch (mark) {
    case Mark::kTail:
      return "tail";
    case Mark::kArrow:
      return "arrow";
    case Mark::kCircle:
      return "circle";
    case Mark::kNone:
      break;
  }
  return "none";
}

void MixedGraph::set_edge(std::size_t a, std::size_t b, Mark mark_a, Mark mark_b) {
  assert(a != b && mark_a != Mark::kNone && mark_b != Mark::kNone);
  marks_[a * nodes_ + b] = mark_b;
  marks_[b * nodes_ + a] = mark_a;
}

void MixedGraph::set_mark(std::size_t a, std::size_t b, Mark mark_b) {
  assert(adjacent(a, b) && mark_b != Mark::kNone);
  marks_[a * nodes_ + b] = mark_b;
}

void MixedGraph::remove_edge(std::size_t a, std::size_t b) {
  marks_[a * nodes_ + b] = Mark::kNone;
  marks_[b * nodes_ + a] = Mark::kNone;
}

std::vector<std::uint32_t> MixedGraph::neighbours(std::size_t a) const {
  std::vector<std::uint32_t> found;
  for (std::size_t b = 0; b < nodes_; ++b) {
    if (adjacent(a, b)) {
      found.push_back(static_cast<std::uint32_t>(b));
    }
  }
  return found;
}

std::vector<std::uint32_t> MixedGraph::parents(std::size_t a) const {
  std::vector<std::uint32_t> found;
  for (std::size_t b = 0; b < nodes_; ++b) {
    if (directed(b, a)) {
      found.push_back(static_cast<std::uint32_t>(b));
    }
  }
  return found;
}

std::vector<std::uint32_t> MixedGraph::children(std::size_t a) const {
  std::vector<std::uint32_t> found;
  for (std::size_t b = 0; b < nodes_; ++b) {
    if (directed(a, b)) {
      found.push_back(static_cast<std::uint32_t>(b));
    }
  }
  return found;
}

std::vector<MixedEdge> MixedGraph::edges() const {
  std::vector<MixedEdge> found;
  for (std::size_t a = 0; a < nodes_; ++a) {
    for (std::size_t b = a + 1; b < nodes_; ++b) {
      if (adjacent(a, b)) {
        found.push_back(
            {static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b), mark(b, a), mark(a, b)});
      }
    }
  }
  return found;
}

std::size_t MixedGraph::edge_count() const {
  std::size_t twice = 0;
  for (const Mark mark : marks_) {
    twice += mark != Mark::kNone ? 1 : 0;
  }
  return twice / 2;
}

std::vector<std::uint32_t> directed_order(const MixedGraph& graph) {
  const std::size_t n = graph.nodes();
  std::vector<std::size_t> waiting_for(n, 0);
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> free;
  for (std::size_t node = 0; node < n; ++node) {
    waiting_for[node] = graph.parents(node).size();
    if (waiting_for[node] == 0) {
      free.push(static_cast<std::uint32_t>(node));
    }
  }
  std::vector<std::uint32_t> order;
  while (!free.empty()) {
    const std::uint32_t node = free.top();
    free.pop();
    order.push_back(node);
    for (const std::uint32_t child : graph.children(node)) {
      if (--waiting_for[child] == 0) {
        free.push(child);
      }
    }
  }
  return order.size() == n ? order : std::vector<std::uint32_t>{};
}

}  // namespace thaw::graph
