// What is below what: the closure of is-a and part-of over the concepts that occur.
//
// For each concept the sorted list of everything above it and of everything below it; a list and
// not a bit matrix, so that memory follows the closure and not the square of the concepts. A loop
// of is-a edges says nothing about which is narrower: its edges are left out and the loop is
// reported. Check: hierarchy_test.cc against reachability by search on random graphs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace thaw::evidence {

class Hierarchy {
 public:
  struct Edge {
    std::uint32_t child, parent;
  };

  /// What was not taken as it came.
  struct Report {
    std::size_t edges = 0;                          // taken, each once
    std::size_t to_itself = 0;                      // refused: a concept below itself
    std::size_t in_loops = 0;                       // left out: they close a loop
    std::vector<std::vector<std::uint32_t>> loops;  // concepts of each loop, sorted
    std::size_t pairs = 0;                          // (below, above) pairs of the closure
  };

  Hierarchy() = default;

  /// The closure over concepts 0 .. `concepts`-1. kInvalidArgument when an edge names another
  /// concept, or when the closure has more than `most_pairs` pairs (8 bytes each). Cost: linear in
  /// edges and pairs.
  static Result<Hierarchy> build(std::size_t concepts, std::vector<Edge> edges,
                                 std::size_t most_pairs = 100'000'000);

  std::size_t concepts() const { return above_start_.empty() ? 0 : above_start_.size() - 1; }

  /// Everything above or below a concept, sorted, without itself. Empty for a concept that came
  /// after the hierarchy was built.
  std::span<const std::uint32_t> above(std::uint32_t of) const {
    return part(above_start_, above_, of);
  }
  std::span<const std::uint32_t> below(std::uint32_t of) const {
    return part(below_start_, below_, of);
  }

  /// `narrow` is `wide` or is below it. Cost: logarithmic.
  bool covers(std::uint32_t wide, std::uint32_t narrow) const;

  const Report& report() const { return report_; }

 private:
  static std::span<const std::uint32_t> part(const std::vector<std::size_t>& start,
                                             const std::vector<std::uint32_t>& list,
                                             std::uint32_t of) {
    return of + 1 >= start.size() ? std::span<const std::uint32_t>()
                                  : std::span(list).subspan(start[of], start[of + 1] - start[of]);
  }

  std::vector<std::size_t> above_start_, below_start_;
  std::vector<std::uint32_t> above_, below_;
  Report report_;
};

}  // namespace thaw::evidence
