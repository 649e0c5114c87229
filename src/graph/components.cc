#include "graph/components.h"

#include <algorithm>

namespace thaw::graph {
namespace {

std::vector<bool> reaching(const SignedGraph& graph, std::uint32_t target) {
  std::vector<bool> reaches(graph.nodes(), false);
  std::vector<std::uint32_t> open{target};
  reaches[target] = true;
  while (!open.empty()) {
    const std::uint32_t node = open.back();
    open.pop_back();
    for (const std::uint32_t i : graph.in(node)) {
      const std::uint32_t from = graph.edges()[i].from;
      if (!reaches[from]) {
        reaches[from] = true;
        open.push_back(from);
      }
    }
  }
  return reaches;
}

class Tarjan {
 public:
  Tarjan(const SignedGraph& graph, std::uint32_t target)
      : graph_(graph),
        target_(target),
        reaches_(reaching(graph, target)),
        number_(graph.nodes(), 0),
        low_(graph.nodes(), 0),
        on_stack_(graph.nodes(), false) {
    visit(target);
    for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
      if (reaches_[node] && number_[node] == 0) {
        visit(node);
      }
    }
  }

  std::vector<std::vector<std::uint32_t>> take() { return std::move(components_); }

 private:
  struct Frame {
    std::uint32_t node;
    std::uint32_t next;  // edge to look at next
    std::uint32_t end;
  };

  void enter(std::uint32_t node) {
    number_[node] = low_[node] = ++count_;
    stack_.push_back(node);
    on_stack_[node] = true;
    const std::uint32_t begin = graph_.out_begin(node);
    frames_.push_back({node, begin, node == target_ ? begin : graph_.out_begin(node + 1)});
  }

  void visit(std::uint32_t root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      if (frame.next == frame.end) {
        leave(frame.node);
        continue;
      }
      const std::uint32_t to = graph_.edges()[frame.next++].to;
      if (!reaches_[to]) {
        continue;
      }
      if (number_[to] == 0) {
        enter(to);
      } else if (on_stack_[to]) {
        low_[frame.node] = std::min(low_[frame.node], number_[to]);
      }
    }
  }

  void leave(std::uint32_t node) {
    frames_.pop_back();
    if (!frames_.empty()) {
      low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
    }
    if (low_[node] != number_[node]) {
      return;
    }
    std::vector<std::uint32_t> component;
    std::uint32_t member = 0;
    do {
      member = stack_.back();
      stack_.pop_back();
      on_stack_[member] = false;
      component.push_back(member);
    } while (member != node);
    std::ranges::sort(component);
    components_.push_back(std::move(component));
  }

  const SignedGraph& graph_;
  std::uint32_t target_;
  std::vector<bool> reaches_;
  std::vector<std::uint32_t> number_, low_;
  std::vector<bool> on_stack_;
  std::vector<std::uint32_t> stack_;
  std::vector<Frame> frames_;
  std::uint32_t count_ = 0;
  std::vector<std::vector<std::uint32_t>> components_;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> components_towards(const SignedGraph& graph,
                                                           std::uint32_t target) {
  return Tarjan(graph, target).take();
}

}  // namespace thaw::graph
