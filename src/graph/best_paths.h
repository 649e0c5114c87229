// The K best signed chains between two nodes: by product of edge probabilities, no node twice.
//
// A chain that visits one node in both signs ("A up, then A down") is not a mechanism and is never
// given. Method: Yen 1971 in Lawler's partition, each part bounded by an exact reverse Dijkstra
// over (node, sign) and solved by A* only when its bound comes up. A* may find a chain that repeats
// a node; it then serves as a bound and its part is split further, so the answer is exact. Finding
// one entity-simple signed chain is NP-hard in general: a limit on searches is a field of the
// answer, never a silent cut.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "graph/signed_graph.h"

namespace thaw::graph {

struct SignedPath {
  std::vector<Hop> hops;
  Sign sign = Sign::kPlus;  // product of the hops' signs
  double probability = 0;   // product of the hops' probabilities
};

struct PathQuery {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::optional<Sign> sign = {};  // nothing: either
  std::size_t k = 10;             // how many at most
  std::span<const std::uint8_t> allowed =
      {};  // per node, 0 = not as an inner node; empty: all allowed
  std::optional<std::uint32_t> max_hops = {};  // chains of at most so many hops; nothing: any
  std::size_t max_searches = 20000;            // A* runs before giving up on completeness

  bool may_pass(std::uint32_t node) const { return allowed.empty() || allowed[node] != 0; }
};

struct PathAnswer {
  std::vector<SignedPath> paths;  // best first; ties by edge ids
  bool complete = true;           // false: max_searches was reached, later paths may be missing
};

/// Costs of one graph laid out for searching. Build once, query from any number of threads.
class PathFinder {
 public:
  /// Keeps no reference to `graph`. Edges of probability 0 in a sign are not walked in that sign.
  explicit PathFinder(const SignedGraph& graph);

  /// None when `from` equals `to`, an end is no node, or nothing joins them. Costs are integers of
  /// 2^-40 nats with the edge id hashed into the last bits, so that sums are exact and equal
  /// products come in one order on every machine; two chains nearer than 1e-8 in probability may
  /// therefore swap.
  /// Checked against enumeration of all chains on random graphs. Cost: one Dijkstra over the part
  /// of the graph nearer to `to` than `from` is, then about one small A* a path.
  PathAnswer best(const PathQuery& query) const;

  struct Arc {             // 16 bytes: a graph of millions must fit
    std::uint32_t node;    // the other end
    std::uint32_t effect;  // 2 * index into SignedGraph::edges(), + 1 when it lowers
    std::uint64_t cost;    // of this sign

    std::uint32_t edge() const { return effect / 2; }
    Sign sign() const { return effect % 2 == 0 ? Sign::kPlus : Sign::kMinus; }
  };
  std::uint32_t nodes() const { return nodes_; }
  /// Arcs from and to a node, cheapest first.
  std::span<const Arc> out(std::uint32_t node) const { return row(out_, out_begin_, node); }
  std::span<const Arc> in(std::uint32_t node) const { return row(in_, in_begin_, node); }

 private:
  SignedPath to_path(std::span<const Arc> arcs, Sign sign) const;
  void lay_out(const SignedGraph& graph);
  static void sort_rows(std::vector<Arc>& arcs, const std::vector<std::uint32_t>& begin);
  static std::span<const Arc> row(const std::vector<Arc>& arcs,
                                  const std::vector<std::uint32_t>& begin, std::uint32_t node) {
    return std::span(arcs).subspan(begin[node], begin[node + 1] - begin[node]);
  }

  std::uint32_t nodes_ = 0;
  std::vector<Arc> out_, in_;
  std::vector<std::uint32_t> out_begin_, in_begin_;
  std::vector<double> probability_;  // per effect
  std::vector<std::uint64_t> id_;    // per edge
};

}  // namespace thaw::graph
