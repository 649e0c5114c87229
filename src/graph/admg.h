// A causal diagram: directed edges a -> b (a causes b) and bidirected edges a <-> b (a common cause
// of both that is not measured). Both may join the same two nodes; no directed cycle.
//
// Richardson 2003, Scand J Stat 30:145; districts ("c-components") as in Tian and Pearl 2002, AAAI;
// latent projection as in Verma and Pearl 1990. Check: projection keeps every m-separation among
// the nodes that stay, for all DAGs of 4 nodes (admg_test.cc).
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "graph/node_set.h"

namespace thaw::graph {

using NodePair = std::pair<std::uint32_t, std::uint32_t>;

/// Nodes 0 .. n-1, unchanged once made. Memory O(n + m).
class Admg {
 public:
  Admg() = default;
  /// Edges (from, to), and pairs joined by <->; repeats count once. A node joined to itself, and a
  /// number that is no node, are bugs of the caller (asserted); directed edges may run in a circle:
  /// ask order().
  Admg(std::size_t nodes, std::vector<NodePair> directed, std::vector<NodePair> bidirected);

  std::size_t nodes() const { return nodes_; }
  /// The neighbours of `v` of that kind, rising.
  std::span<const std::uint32_t> parents(std::size_t v) const { return parents_.of(v); }
  std::span<const std::uint32_t> children(std::size_t v) const { return children_.of(v); }
  std::span<const std::uint32_t> siblings(std::size_t v) const { return siblings_.of(v); }
  bool directed(std::size_t from, std::size_t to) const;
  bool bidirected(std::size_t a, std::size_t b) const;
  bool adjacent(std::size_t a, std::size_t b) const {
    return directed(a, b) || directed(b, a) || bidirected(a, b);
  }

  /// Every edge (from, to), and every pair a < b of <->, in rising order.
  std::vector<NodePair> directed_edges() const;
  std::vector<NodePair> bidirected_edges() const;

  /// Causes before effects, smallest number first where free; empty when there is a directed cycle.
  /// Cost: O((n + m) log n).
  std::vector<std::uint32_t> order() const;
  /// Nodes of one directed cycle in its order, the smallest first; empty when there is none.
  std::vector<std::uint32_t> cycle() const;

  friend bool operator==(const Admg&, const Admg&) = default;

 private:
  struct Lists {
    std::vector<std::uint32_t> begin;  // (n + 1)
    std::vector<std::uint32_t> nodes;
    std::span<const std::uint32_t> of(std::size_t v) const {
      return std::span(nodes).subspan(begin[v], begin[v + 1] - begin[v]);
    }
    friend bool operator==(const Lists&, const Lists&) = default;
  };
  static Lists lists_of(std::size_t nodes, const std::vector<NodePair>& sorted);

  std::size_t nodes_ = 0;
  Lists parents_, children_, siblings_;
};

/// `of` and everything that causes it, by directed edges inside `within`, none of them out of a
/// node of `cut`. Cost O(n + m), as its two siblings.
NodeSet ancestors(const Admg& graph, const NodeSet& of, const NodeSet& within, const NodeSet& cut);
NodeSet ancestors(const Admg& graph, const NodeSet& of, const NodeSet& within);
NodeSet ancestors(const Admg& graph, const NodeSet& of);
/// `of` and everything it causes inside `within`.
NodeSet descendants(const Admg& graph, const NodeSet& of, const NodeSet& within);
NodeSet descendants(const Admg& graph, const NodeSet& of);

/// The districts of the part `within`: its largest sets joined by <->, by their smallest node.
std::vector<NodeSet> districts(const Admg& graph, const NodeSet& within);
/// The one that holds `v`.
NodeSet district_of(const Admg& graph, std::uint32_t v, const NodeSet& within);

/// What `graph` says of the nodes that are not in `latent`. Kept nodes keep their order and are
/// numbered anew from 0. Cost: the sum over latent nodes of the square of their neighbours.
Admg latent_projection(const Admg& graph, const NodeSet& latent);

}  // namespace thaw::graph
