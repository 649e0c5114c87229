// A directed graph whose edges raise or lower, each with a probability: what paths and worlds run
// on.
//
// It knows nothing of evidence: a node is a number, an edge two probabilities and an id.
// Parallel edges are allowed (two claims about one pair); a self-loop is kept but lies on no path.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace thaw::graph {

enum class Sign : std::uint8_t { kPlus, kMinus };

/// The sign of two effects one after the other: lowering what lowers is raising.
constexpr Sign operator*(Sign a, Sign b) {
  return a == b ? Sign::kPlus : Sign::kMinus;
}

struct SignedEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  double p_plus = 0;   // probability that `from` raises `to`
  double p_minus = 0;  // that it lowers it; the two exclude each other, the rest is no effect
  std::uint64_t id = 0;

  /// The likelier of the two signs, plus when equal.
  Sign claimed() const { return p_minus > p_plus ? Sign::kMinus : Sign::kPlus; }
  double probability(Sign sign) const { return sign == Sign::kPlus ? p_plus : p_minus; }
};

/// One of the two effects of an edge.
struct Hop {
  std::uint32_t edge;  // index into SignedGraph::edges()
  Sign sign;           // which of the edge's two effects is meant

  friend bool operator==(const Hop&, const Hop&) = default;
};

/// Edges in compressed rows, both ways. The numbering of nodes and the order in which edges were
/// given change no answer of this folder: random draws and ties hang on edge ids only.
class SignedGraph {
 public:
  /// Fails: kInvalidArgument when an end is not below `nodes`, a probability is not in [0, 1], the
  /// two of an edge sum above 1 (by more than 1e-12), or an id is used twice.
  static Result<SignedGraph> build(std::uint32_t nodes, std::vector<SignedEdge> edges);

  std::uint32_t nodes() const { return nodes_; }

  /// All edges, sorted by (from, to, id). An "edge index" is a place in this span.
  std::span<const SignedEdge> edges() const { return edges_; }

  /// Edge indices that leave `node`: [out_begin(node), out_begin(node + 1)).
  std::uint32_t out_begin(std::uint32_t node) const { return out_begin_[node]; }

  /// Edge indices that enter `node`.
  std::span<const std::uint32_t> in(std::uint32_t node) const {
    return std::span(in_).subspan(in_begin_[node], in_begin_[node + 1] - in_begin_[node]);
  }

 private:
  std::uint32_t nodes_ = 0;
  std::vector<SignedEdge> edges_;
  std::vector<std::uint32_t> out_begin_;  // nodes_ + 1
  std::vector<std::uint32_t> in_begin_;   // nodes_ + 1
  std::vector<std::uint32_t> in_;
};

}  // namespace thaw::graph
