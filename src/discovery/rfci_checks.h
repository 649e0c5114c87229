// What RFCI tests before it orients: unshielded triples and discriminating paths.
//
// Colombo et al. 2012, Ann Stat 40:294, algorithms 3.2 (lemma 3.1, triples) and 3.3 (lemma 3.2,
// paths): an edge of them that a part of the separating set takes away is removed, with its own
// set, and whatever that makes unshielded is tested too.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "discovery/independence.h"
#include "discovery/knowledge.h"
#include "discovery/skeleton.h"

namespace thaw::discovery {

class RfciChecks {
 public:
  /// Changes `skeleton` where a check takes an edge away.
  RfciChecks(IndependenceTest& test, const Knowledge& knowledge, double alpha, Skeleton& skeleton)
      : test_(test), knowledge_(knowledge), level_(alpha, knowledge), skeleton_(skeleton) {}

  /// Tests every unshielded triple that was not tested yet, until all that are left hold.
  void check_triples();
  /// Tests the edges of a discriminating path; true when one had to go.
  bool breaks(const std::vector<std::uint32_t>& path);

  std::uint64_t tests() const { return tests_; }

 private:
  using Triple = std::array<std::uint32_t, 3>;  // a < b with c between: {a, c, b}

  bool unshielded(const Triple& triple) const;
  bool independent(std::uint32_t a, std::uint32_t b, const std::vector<std::uint32_t>& given);
  /// The first set of the smallest size within `of` that separates a and b, or nothing.
  std::optional<std::vector<std::uint32_t>> smallest_set(std::uint32_t a, std::uint32_t b,
                                                         std::vector<std::uint32_t> of);
  void remove(std::uint32_t a, std::uint32_t b, std::vector<std::uint32_t> given);

  IndependenceTest& test_;
  const Knowledge& knowledge_;
  TestLevel level_;
  Skeleton& skeleton_;
  std::set<Triple> held_;
  std::uint64_t tests_ = 0;
};

}  // namespace thaw::discovery
