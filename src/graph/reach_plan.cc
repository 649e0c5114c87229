#include "graph/reach_plan.h"

#include <algorithm>

#include "graph/components.h"

namespace thaw::graph {
namespace {

struct Masks {
  const std::uint64_t* plus;
  const std::uint64_t* minus;
};

struct Target {
  std::uint64_t* plus;
  std::uint64_t* minus;
};

/// `into` gains what `step` followed by `rest` does: equal signs raise, unequal lower.
void add_product(Target into, Masks step, Masks rest, std::size_t words) {
  for (std::size_t w = 0; w < words; ++w) {
    into.plus[w] |= (step.plus[w] & rest.plus[w]) | (step.minus[w] & rest.minus[w]);
    into.minus[w] |= (step.plus[w] & rest.minus[w]) | (step.minus[w] & rest.plus[w]);
  }
}

}  // namespace

ReachPlan::ReachPlan(const SignedGraph& graph, std::uint32_t target, std::size_t loop_steps_max)
    : graph_(graph), target_(target), component_(graph.nodes(), kNone) {
  for (auto& nodes : components_towards(graph, target)) {
    for (const std::uint32_t node : nodes) {
      component_[node] = static_cast<std::uint32_t>(stages_.size());
    }
    stages_.push_back({std::move(nodes), {}, false, 0});
  }
  for (auto& stage : stages_) {
    if (stage.nodes.size() > 1) {
      list_chains(stage, loop_steps_max);
      depth_max_ = std::max(depth_max_, stage.depth_max);
    }
    if (stage.walks) {
      by_walks_.insert(by_walks_.end(), stage.nodes.begin(), stage.nodes.end());
    }
    for (const std::uint32_t node : stage.nodes) {
      for (std::uint32_t i = graph.out_begin(node); i < graph.out_begin(node + 1); ++i) {
        if (usable(i)) {
          edges_.push_back(i);
        }
      }
    }
  }
  std::ranges::sort(by_walks_);
}

bool ReachPlan::usable(std::uint32_t edge) const {
  const SignedEdge& e = graph_.edges()[edge];
  return e.from != e.to && e.from != target_ && component_[e.to] != kNone;
}

void ReachPlan::list_chains(Stage& stage, std::size_t steps_max) const {
  for (const std::uint32_t start : stage.nodes) {
    if (!list_from(stage, start, steps_max)) {
      stage.steps.clear();
      stage.walks = true;
      stage.depth_max = 0;
      return;
    }
  }
}

/// Appends the tree of all simple chains from `start` inside the component. False: too many.
bool ReachPlan::list_from(Stage& stage, std::uint32_t start, std::size_t steps_max) const {
  struct Frame {
    std::uint32_t node;
    std::uint32_t next;
  };
  std::vector<bool> seen(graph_.nodes(), false);
  std::vector<Frame> frames{{start, graph_.out_begin(start)}};
  seen[start] = true;
  stage.steps.push_back({0, 0, start});
  while (!frames.empty()) {
    Frame& frame = frames.back();
    if (frame.next == graph_.out_begin(frame.node + 1)) {
      seen[frame.node] = false;
      frames.pop_back();
      continue;
    }
    const std::uint32_t edge = frame.next++;
    const std::uint32_t to = graph_.edges()[edge].to;
    if (!usable(edge) || component_[to] != component_[start] || seen[to]) {
      continue;
    }
    if (stage.steps.size() >= steps_max) {
      return false;
    }
    const auto depth = static_cast<std::uint32_t>(frames.size());
    stage.steps.push_back({depth, edge, to});
    stage.depth_max = std::max(stage.depth_max, depth);
    seen[to] = true;
    frames.push_back({to, graph_.out_begin(to)});
  }
  return true;
}

ReachPlan::Block ReachPlan::make_block(std::size_t words) const {
  Block block;
  block.words = words;
  block.plus.assign(graph_.edges().size() * words, 0);
  block.minus.assign(graph_.edges().size() * words, 0);
  block.raises.assign(graph_.nodes() * words, 0);
  block.lowers.assign(graph_.nodes() * words, 0);
  std::size_t largest = 0;
  for (const Stage& stage : stages_) {
    largest = std::max(largest, stage.nodes.size());
  }
  // Prefix masks per depth, then the exits of each node of a component.
  block.scratch.assign(2 * (depth_max_ + 1 + largest) * words, 0);
  return block;
}

void ReachPlan::sweep(Block& block, std::size_t first) const {
  for (std::size_t c = first; c < stages_.size(); ++c) {
    const Stage& stage = stages_[c];
    for (const std::uint32_t node : stage.nodes) {
      const auto at = static_cast<std::ptrdiff_t>(node * block.words);
      std::fill_n(block.raises.begin() + at, block.words, node == target_ ? ~std::uint64_t{0} : 0);
      std::fill_n(block.lowers.begin() + at, block.words, 0);
      exits_of(block, node, /*inner_too=*/false);
    }
    if (stage.walks) {
      iterate(block, stage);
    } else if (!stage.steps.empty()) {
      replay(block, stage);
    }
  }
}

/// Adds to `node` what its edges out of its component bring; with `inner_too`, all its edges.
void ReachPlan::exits_of(Block& block, std::uint32_t node, bool inner_too) const {
  const std::size_t words = block.words;
  const Target into{block.raises.data() + node * words, block.lowers.data() + node * words};
  for (std::uint32_t i = graph_.out_begin(node); i < graph_.out_begin(node + 1); ++i) {
    const std::size_t to = graph_.edges()[i].to;
    if (usable(i) && (inner_too || component_[to] != component_[node])) {
      add_product(into, {block.plus.data() + i * words, block.minus.data() + i * words},
                  {block.raises.data() + to * words, block.lowers.data() + to * words}, words);
    }
  }
}

/// Each node's exits are known; gives every node those at the ends of its simple chains.
void ReachPlan::replay(Block& block, const Stage& stage) const {
  const std::size_t words = block.words;
  std::uint64_t* const prefix = block.scratch.data();
  std::uint64_t* const exits = prefix + 2 * (depth_max_ + 1) * words;
  const auto place = [&](std::uint32_t node) {
    const auto found = std::ranges::lower_bound(stage.nodes, node);
    return exits + 2 * static_cast<std::size_t>(found - stage.nodes.begin()) * words;
  };
  for (const std::uint32_t node : stage.nodes) {
    const auto at = static_cast<std::ptrdiff_t>(node * words);
    std::copy_n(block.raises.begin() + at, words, place(node));
    std::copy_n(block.lowers.begin() + at, words, place(node) + words);
  }
  std::size_t start = 0;
  for (const Step& step : stage.steps) {
    if (step.depth == 0) {  // its own exits are in place already
      start = step.node;
      std::fill_n(prefix, words, ~std::uint64_t{0});
      std::fill_n(prefix + words, words, 0);
      continue;
    }
    const std::uint64_t* before = prefix + 2 * (step.depth - 1) * words;
    std::uint64_t* here = prefix + 2 * step.depth * words;
    std::fill_n(here, 2 * words, 0);
    add_product({here, here + words}, {before, before + words},
                {block.plus.data() + step.edge * words, block.minus.data() + step.edge * words},
                words);
    const std::uint64_t* exit = place(step.node);
    add_product({block.raises.data() + start * words, block.lowers.data() + start * words},
                {here, here + words}, {exit, exit + words}, words);
  }
}

/// Walks to a fixed point: the masks only grow, so it ends.
void ReachPlan::iterate(Block& block, const Stage& stage) const {
  const auto total = [&] {
    std::uint64_t sum = 0;
    for (const std::uint32_t node : stage.nodes) {
      for (std::size_t w = node * block.words; w < (node + 1) * block.words; ++w) {
        sum += static_cast<std::uint64_t>(__builtin_popcountll(block.raises[w]) +
                                          __builtin_popcountll(block.lowers[w]));
      }
    }
    return sum;
  };
  std::uint64_t before = total();
  while (true) {
    for (const std::uint32_t node : stage.nodes) {
      exits_of(block, node, /*inner_too=*/true);
    }
    const std::uint64_t now = total();
    if (now == before) {
      return;
    }
    before = now;
  }
}

}  // namespace thaw::graph
