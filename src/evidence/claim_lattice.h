// Which claims are narrower than which, and which speak against each other: found by index.
//
// A claim refines another of the same relation class and sign when in both roles its concept is the
// other's or below it, and its qualifiers hold all of the other's. Two claims of opposite sign
// contradict when in each role the concepts are equal or one is below the other, and one's
// qualifiers hold all of the other's. Nothing is stored of this: for each subject that may stand
// there, the claims of that subject are scanned or probed, whichever is shorter, so that a question
// costs about what its answer is long. Both relations are read off the hierarchy's closure, so they
// are transitive as far as it is. Check: claim_lattice_test.cc against all pairs on random
// hierarchies. Reference for the definitions: INDRA's preassembler, docs/methods/assembly.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "evidence/hierarchy.h"
#include "evidence/model.h"

namespace thaw::evidence {

/// Sets of qualifiers as numbers: 0 is the empty set. A qualifier is any number of the caller's.
class QualifierSets {
 public:
  QualifierSets();

  std::uint32_t intern(std::vector<std::uint32_t> qualifiers);
  std::span<const std::uint32_t> of(std::uint32_t set) const { return sets_[set]; }

  /// `narrow` holds every qualifier of `wide`.
  bool covers(std::uint32_t wide, std::uint32_t narrow) const;

 private:
  std::vector<std::vector<std::uint32_t>> sets_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_hash_;
};

struct ClaimKey {
  std::uint32_t subject = 0, object = 0;
  std::uint32_t qualifiers = 0;  // a set of QualifierSets
  std::uint16_t relation = 0;    // class: what can be opposed or refined within
  Sign sign = Sign::kRaises;

  friend bool operator==(const ClaimKey&, const ClaimKey&) = default;
};

class ClaimLattice {
 public:
  /// Both must outlive it.
  ClaimLattice(const Hierarchy& hierarchy, const QualifierSets& sets)
      : hierarchy_(&hierarchy), sets_(&sets) {}

  /// The claim's number, and whether it is new. Numbers count up from 0.
  std::pair<std::uint32_t, bool> add(const ClaimKey& key);

  std::optional<std::uint32_t> find(const ClaimKey& key) const;
  const ClaimKey& operator[](std::uint32_t claim) const { return keys_[claim]; }
  std::size_t size() const { return keys_.size(); }

  // The answers, each claim once, in no order that means anything. `claim` itself is in none.
  void narrower(std::uint32_t claim, std::vector<std::uint32_t>& out) const;
  void wider(std::uint32_t claim, std::vector<std::uint32_t>& out) const;
  void opposed(std::uint32_t claim, std::vector<std::uint32_t>& out) const;

 private:
  enum class Reach : std::uint8_t { kBelow, kAbove, kBoth };

  /// Calls `take(claim)` for the claims of `relation` and `sign` whose subject is `key.subject` or
  /// in reach of it, and the object likewise.
  template <class Take>
  void visit(const ClaimKey& key, Sign sign, Reach reach, Take take) const;
  template <class Take>
  void visit_subject(std::uint32_t subject, const ClaimKey& key, Sign sign, Reach reach,
                     Take take) const;
  template <class Take>
  void visit_cell(std::uint32_t subject, std::uint32_t object, const ClaimKey& key, Sign sign,
                  Take take) const;

  std::uint64_t hash_of(std::uint32_t subject, std::uint32_t object, std::uint16_t relation,
                        Sign sign) const;
  std::uint32_t first_of_cell(std::uint32_t subject, std::uint32_t object, std::uint16_t relation,
                              Sign sign) const;
  void grow();

  const Hierarchy* hierarchy_;
  const QualifierSets* sets_;
  std::vector<ClaimKey> keys_;
  std::vector<std::uint32_t> next_in_cell_;  // another claim with other qualifiers
  std::vector<std::uint32_t> slots_;         // open addressing: first claim of a cell
  std::size_t cells_ = 0;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> of_subject_;  // first of each cell
};

}  // namespace thaw::evidence
