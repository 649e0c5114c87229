#include "discovery/colliders.h"

#include <algorithm>
#include <cmath>

#include "discovery/subsets.h"

namespace thaw::discovery {
namespace {

class Weigher {
 public:
  Weigher(IndependenceTest& test, const Knowledge& knowledge, const SkeletonOptions& options,
          const Skeleton& skeleton)
      : test_(test), knowledge_(knowledge), options_(options), skeleton_(skeleton) {}

  /// Weighs the sets around `x` for all those two steps away; returns the tests done.
  std::uint64_t weigh(std::uint32_t x) {
    find_targets(x);
    std::vector<std::uint32_t> candidates;
    for (const std::uint32_t z : skeleton_.adjacent[x]) {
      if (may_separate(knowledge_, options_, z, x)) {
        candidates.push_back(z);
      }
    }
    const std::size_t deepest =
        std::min(candidates.size(), options_.max_depth.value_or(candidates.size()));
    std::uint64_t tests = 0;
    for (std::size_t size = 0; !targets_.empty() && size <= deepest; ++size) {
      const double cost = static_cast<double>(targets_.size()) *
                          subset_count(candidates.size(), size) * test_.nominal_cost(size);
      if (size >= 2 && cost > options_.work_per_variable * 1e6) {
        break;
      }
      tests += test_.weigh_neighbours(
          {.x = x, .candidates = candidates, .targets = targets_, .size = size}, evidence_);
    }
    return tests;
  }

  const std::vector<std::uint32_t>& targets() const { return targets_; }
  std::vector<NeighbourEvidence>& evidence(std::size_t target) { return evidence_[target]; }

 private:
  /// Those two steps from `x` and not joined to it, rising, each with the neighbours they share.
  void find_targets(std::uint32_t x) {
    targets_.clear();
    for (const std::uint32_t c : skeleton_.adjacent[x]) {
      for (const std::uint32_t b : skeleton_.adjacent[c]) {
        if (b != x && !skeleton_.joined(x, b)) {
          targets_.push_back(b);
        }
      }
    }
    std::ranges::sort(targets_);
    targets_.erase(std::ranges::unique(targets_).begin(), targets_.end());
    evidence_.assign(targets_.size(), {});
    for (const std::uint32_t c : skeleton_.adjacent[x]) {
      for (const std::uint32_t b : skeleton_.adjacent[c]) {
        const auto at = std::ranges::lower_bound(targets_, b);
        if (at != targets_.end() && *at == b) {
          evidence_[static_cast<std::size_t>(at - targets_.begin())].push_back({.c = c});
        }
      }
    }
  }

  IndependenceTest& test_;
  const Knowledge& knowledge_;
  const SkeletonOptions& options_;
  const Skeleton& skeleton_;
  std::vector<std::uint32_t> targets_;
  std::vector<std::vector<NeighbourEvidence>> evidence_;
};

struct WeighedPair {
  std::uint32_t b = 0;
  std::vector<NeighbourEvidence> neighbours;
};

void add_claims(std::uint32_t a, const WeighedPair& pair, std::vector<TripleClaim>& claims) {
  for (const NeighbourEvidence& neighbour : pair.neighbours) {
    if (std::isfinite(neighbour.with) && std::isfinite(neighbour.without)) {
      claims.push_back({.a = a,
                        .c = neighbour.c,
                        .b = pair.b,
                        .collider = neighbour.without < neighbour.with,
                        .strength = std::fabs(neighbour.with - neighbour.without),
                        .deviate = std::min(neighbour.with, neighbour.without)});
    }
  }
}

}  // namespace

Result<std::vector<TripleClaim>> claim_triples(IndependenceTest& test, const Knowledge& knowledge,
                                               const SkeletonOptions& options,
                                               const Skeleton& skeleton, std::uint64_t& tests) {
  const auto n = static_cast<std::uint32_t>(skeleton.adjacent.size());
  Weigher weigher(test, knowledge, options, skeleton);
  std::vector<std::vector<WeighedPair>> by_first(n);
  for (std::uint32_t x = 0; x < n; ++x) {
    if (options.progress && !options.progress("colliders", x, n)) {
      return unavailable("stopped before the colliders were found");
    }
    tests += weigher.weigh(x);
    for (std::size_t i = 0; i < weigher.targets().size(); ++i) {
      const std::uint32_t other = weigher.targets()[i];
      if (x < other) {
        by_first[x].push_back({other, std::move(weigher.evidence(i))});
        continue;
      }
      auto& seen = *std::ranges::lower_bound(by_first[other], x, {}, &WeighedPair::b);
      for (std::size_t at = 0; at < seen.neighbours.size(); ++at) {
        const NeighbourEvidence& more = weigher.evidence(i)[at];
        seen.neighbours[at].with = std::min(seen.neighbours[at].with, more.with);
        seen.neighbours[at].without = std::min(seen.neighbours[at].without, more.without);
      }
    }
  }
  std::vector<TripleClaim> claims;
  for (std::uint32_t a = 0; a < n; ++a) {
    for (const WeighedPair& pair : by_first[a]) {
      add_claims(a, pair, claims);
    }
  }
  return claims;
}

}  // namespace thaw::discovery
