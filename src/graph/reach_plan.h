// One sweep from a target back through a block of worlds: which nodes raise it, which lower it.
//
// What counts is an entity-simple chain: one that visits no node twice, so that a feedback loop
// cannot turn a sign by going round. Outside loops every walk is simple and one pass is exact.
// Inside a strong component the simple chains are listed once and replayed for every block, which
// is exact too; a component with too many is swept to a fixed point over walks instead, which can
// only add signs, and its nodes are named.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/signed_graph.h"

namespace thaw::graph {

class ReachPlan {
 public:
  /// `graph` must outlive the plan; `target` is one of its nodes. A component whose simple chains
  /// take more than `loop_steps_max` steps in all is swept by walks.
  ReachPlan(const SignedGraph& graph, std::uint32_t target, std::size_t loop_steps_max);

  /// Edges that can lie on a way to the target, by component of their start, those nearest the
  /// target first. The masks of all other edges are never read.
  std::span<const std::uint32_t> edges() const { return edges_; }

  std::size_t components() const { return stages_.size(); }
  std::uint32_t component_of(std::uint32_t node) const { return component_[node]; }

  /// Nodes whose loop was too large, so that walks count for them and for what leads to them only
  /// through them; sorted.
  std::span<const std::uint32_t> by_walks() const { return by_walks_; }

  /// `words` words of masks: `plus` and `minus` per edge index (edge * words), `raises` and
  /// `lowers` per node (node * words).
  struct Block {
    std::size_t words = 0;
    std::vector<std::uint64_t> plus, minus;
    std::vector<std::uint64_t> raises, lowers;
    std::vector<std::uint64_t> scratch;
  };
  Block make_block(std::size_t words) const;

  /// Fills `raises` and `lowers` of all components from `first` on, reading those before it. The
  /// target raises itself in every world; nodes that cannot reach it keep 0.
  void sweep(Block& block, std::size_t first = 0) const;

 private:
  struct Step {           // one hop of a listed chain, in depth-first order
    std::uint32_t depth;  // 0: the start of a new tree, `edge` unused
    std::uint32_t edge;
    std::uint32_t node;
  };
  struct Stage {
    std::vector<std::uint32_t> nodes;
    std::vector<Step> steps;  // empty: a single node, or a loop by walks
    bool walks = false;
    std::uint32_t depth_max = 0;
  };

  void list_chains(Stage& stage, std::size_t steps_max) const;
  bool list_from(Stage& stage, std::uint32_t start, std::size_t steps_max) const;
  void exits_of(Block& block, std::uint32_t node, bool inner_too) const;
  void replay(Block& block, const Stage& stage) const;
  void iterate(Block& block, const Stage& stage) const;
  bool usable(std::uint32_t edge) const;

  static constexpr std::uint32_t kNone = UINT32_MAX;
  const SignedGraph& graph_;
  std::uint32_t target_;
  std::vector<std::uint32_t> component_;  // per node; kNone: cannot reach the target
  std::vector<Stage> stages_;
  std::vector<std::uint32_t> edges_;
  std::vector<std::uint32_t> by_walks_;
  std::uint32_t depth_max_ = 0;
};

}  // namespace thaw::graph
