// Which nodes of hop_worlds need their chains listed, and the lists.
#include <algorithm>

#include "graph/components.h"
#include "graph/hop_worlds.h"

namespace thaw::graph {
namespace {

constexpr std::uint32_t kFar = UINT32_MAX;

}  // namespace

/// A walk that comes twice to x is at least as long as the way to x, a round of two hops or more
/// and the way from x to the target. So x must lie in a loop.
void HopWorlds::find_walkers() {
  std::vector<std::vector<std::uint32_t>> at_length(options_.max_hops + std::size_t{1});
  for (const auto& component : components_towards(graph_, target_)) {
    for (const std::uint32_t node : component) {
      const std::uint64_t length = std::uint64_t{distance_[node]} + 2;
      if (component.size() > 1 && length <= options_.max_hops) {
        at_length[length].push_back(node);
      }
    }
  }
  std::vector<std::uint8_t> found(graph_.nodes(), 0);
  for (std::size_t length = 0; length <= options_.max_hops; ++length) {
    for (std::size_t k = 0; k < at_length[length].size(); ++k) {
      const std::uint32_t node = at_length[length][k];
      if (found[node] != 0) {
        continue;
      }
      found[node] = 1;
      walkers_.push_back(node);
      for (std::uint32_t i = in_begin_[node]; i < in_begin_[node + 1]; ++i) {
        if (length < options_.max_hops && found[starts_[i]] == 0) {
          at_length[length + 1].push_back(starts_[i]);
        }
      }
    }
  }
  std::ranges::sort(walkers_);
}

void HopWorlds::list_chains() {
  constexpr std::size_t kWorthwhile = 8;
  if (walkers_.empty() || options_.list_steps_max / walkers_.size() < kWorthwhile) {
    return;
  }
  std::vector<std::uint32_t> slot_of(graph_.edges().size(), kFar);
  for (std::uint32_t i = 0; i < slots_.size(); ++i) {
    slot_of[slots_[i].edge] = i;
  }
  for (const std::uint32_t node : walkers_) {
    const std::size_t begin = steps_.size();
    if (list_from(node, slot_of, options_.list_steps_max / walkers_.size())) {
      listed_.push_back({node, begin, steps_.size()});
    } else {
      steps_.resize(begin);
    }
  }
}

/// Appends the tree of all simple chains from `start` to the target. False: too many.
bool HopWorlds::list_from(std::uint32_t start, const std::vector<std::uint32_t>& slot_of,
                          std::size_t steps_max) {
  struct Frame {
    std::uint32_t node;
    std::uint32_t next;
  };
  const std::size_t begin = steps_.size();
  std::vector<std::uint32_t> on_chain{start};
  std::vector<Frame> frames{{start, graph_.out_begin(start)}};
  while (!frames.empty()) {
    Frame& frame = frames.back();
    if (frame.node == target_ || frame.next == graph_.out_begin(frame.node + 1)) {
      frames.pop_back();
      on_chain.pop_back();
      continue;
    }
    const std::uint32_t edge = frame.next++;
    const std::uint32_t to = graph_.edges()[edge].to;
    const std::size_t depth = frames.size();
    if (slot_of[edge] == kFar || distance_[to] == kFar ||
        depth + distance_[to] > options_.max_hops ||
        std::ranges::find(on_chain, to) != on_chain.end()) {
      continue;
    }
    if (steps_.size() - begin >= steps_max) {
      return false;
    }
    steps_.push_back({static_cast<std::uint32_t>(depth), slot_of[edge], to});
    on_chain.push_back(to);
    frames.push_back({to, graph_.out_begin(to)});
  }
  return true;
}

}  // namespace thaw::graph
