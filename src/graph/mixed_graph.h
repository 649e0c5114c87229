// A graph whose edges carry a mark at each end: DAG, CPDAG, MAG and PAG are all such graphs.
//
// At most one edge joins two nodes. A mark says what the edge knows at that end: a tail "is a cause
// of the other", an arrow "is no cause of the other", a circle "not known". Richardson and Spirtes
// 2002, Ann Stat 30:962; Zhang 2008, Artif Intell 172:1873.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace thaw::graph {

enum class Mark : std::uint8_t { kNone = 0, kTail, kArrow, kCircle };

/// "tail", "arrow", "circle"; "none" where no edge is.
std::string_view to_string(Mark mark);

/// One edge, a < b, with its mark at either end.
struct MixedEdge {
  std::uint32_t a;
  std::uint32_t b;
  Mark mark_a;
  Mark mark_b;

  friend bool operator==(const MixedEdge&, const MixedEdge&) = default;
};

/// Nodes 0 .. n-1. Memory n^2 bytes; a query of a mark costs one load.
class MixedGraph {
 public:
  explicit MixedGraph(std::size_t nodes) : nodes_(nodes), marks_(nodes * nodes, Mark::kNone) {}

  std::size_t nodes() const { return nodes_; }

  /// The mark at `b` of the edge between `a` and `b`; kNone when there is none.
  Mark mark(std::size_t a, std::size_t b) const { return marks_[a * nodes_ + b]; }
  bool adjacent(std::size_t a, std::size_t b) const { return mark(a, b) != Mark::kNone; }
  /// a -> b, the only edge that orders its ends for sure.
  bool directed(std::size_t a, std::size_t b) const {
    return mark(a, b) == Mark::kArrow && mark(b, a) == Mark::kTail;
  }
  bool undirected(std::size_t a, std::size_t b) const {
    return mark(a, b) == Mark::kTail && mark(b, a) == Mark::kTail;
  }
  bool bidirected(std::size_t a, std::size_t b) const {
    return mark(a, b) == Mark::kArrow && mark(b, a) == Mark::kArrow;
  }

  /// Joins `a` and `b` (different), or changes their edge. Neither mark may be kNone (asserted).
  void set_edge(std::size_t a, std::size_t b, Mark mark_a, Mark mark_b);
  void direct(std::size_t from, std::size_t to) { set_edge(from, to, Mark::kTail, Mark::kArrow); }
  /// Changes the mark at `b` of the edge that joins `a` and `b` (asserted).
  void set_mark(std::size_t a, std::size_t b, Mark mark_b);
  void remove_edge(std::size_t a, std::size_t b);

  /// The nodes joined to `a`, rising; those with a -> / <- / --- of the kind named. Cost: O(n).
  std::vector<std::uint32_t> neighbours(std::size_t a) const;
  std::vector<std::uint32_t> parents(std::size_t a) const;
  std::vector<std::uint32_t> children(std::size_t a) const;

  /// Every edge by (a, b).
  std::vector<MixedEdge> edges() const;
  std::size_t edge_count() const;

  friend bool operator==(const MixedGraph&, const MixedGraph&) = default;

 private:
  std::size_t nodes_;
  std::vector<Mark> marks_;  // [a * n + b]: the mark at b
};

/// The order of the nodes along the directed edges of `graph`, smallest number first where free;
/// empty when they run in a circle (or there is no node). Edges of other kinds are left aside.
std::vector<std::uint32_t> directed_order(const MixedGraph& graph);

}  // namespace thaw::graph
