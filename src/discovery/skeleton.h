// The skeleton of PC-stable: which pairs of variables no set of neighbours makes independent.
//
// Colombo and Maathuis 2014, JMLR 15:3741: sets grow level by level, and within a level they are
// drawn from the neighbours as they stood at its beginning, so that the order of the variables
// changes nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "discovery/independence.h"
#include "discovery/knowledge.h"

namespace thaw::discovery {

/// Told now and then how far a learner is; false stops it.
using Progress = std::function<bool(std::string_view stage, std::size_t done, std::size_t of)>;

struct SkeletonOptions {
  double alpha = 0.01;
  /// Largest set; none: as large as the neighbourhoods, while `work` lasts.
  std::optional<std::size_t> max_depth;
  /// Nominal seconds (IndependenceTest::nominal_cost) that one variable may need at one level, and
  /// that the whole search may need. Beyond it sets of that size are not tried, and the pairs are
  /// reported. Counted from sizes, not by a clock: the same on every machine.
  double work_per_variable = 5;
  double work = 60;
  /// With hidden causes a set may hold variables that are no causes of either.
  bool hidden_causes = false;
  bool keep_sets = true;
  Progress progress;
};

/// Two that are still joined, though larger sets than `depth` were not tried.
struct CappedPair {
  std::uint32_t a = 0, b = 0;  // a < b
  std::size_t depth = 0;       // all sets up to this size were tried
};

/// Sets that made two variables independent, by pair.
class SeparatingSets {
 public:
  explicit SeparatingSets(std::size_t variables = 0)
      : n_(variables), empty_(variables * variables, false) {}

  void put(std::uint32_t a, std::uint32_t b, std::vector<std::uint32_t> given);
  bool known(std::uint32_t a, std::uint32_t b) const;
  /// Whether `c` is in the set of a and b; false when there is none.
  bool holds(std::uint32_t a, std::uint32_t b, std::uint32_t c) const;
  /// The set of a and b, rising; empty when there is none.
  std::vector<std::uint32_t> of(std::uint32_t a, std::uint32_t b) const;

 private:
  std::uint64_t key(std::uint32_t a, std::uint32_t b) const {
    return a < b ? std::uint64_t{a} * n_ + b : std::uint64_t{b} * n_ + a;
  }
  std::size_t n_;
  std::vector<bool> empty_;  // most sets are
  std::map<std::uint64_t, std::vector<std::uint32_t>> sets_;
};

struct Skeleton {
  std::vector<std::vector<std::uint32_t>> adjacent;  // rising
  SeparatingSets sets;                               // empty unless keep_sets
  std::vector<CappedPair> capped;
  std::size_t depth = 0;  // the largest set that was tried
  std::uint64_t tests = 0;

  bool joined(std::uint32_t a, std::uint32_t b) const;
};

/// Pairs that `knowledge` requires stay; those it never joins are not joined, unless a hidden cause
/// may be what they share. Memory: O(p^2)
/// bytes. Fails: kUnavailable when `progress` stopped it.
Result<Skeleton> learn_skeleton(IndependenceTest& test, const Knowledge& knowledge,
                                const SkeletonOptions& options);

/// Whether `z` may be in a set that separates `x` from another: without hidden causes one made of
/// causes of x is enough, so what cannot cause x is left out.
bool may_separate(const Knowledge& knowledge, const SkeletonOptions& options, std::uint32_t z,
                  std::uint32_t x);

}  // namespace thaw::discovery
