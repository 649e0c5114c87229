#include "evidence/claim_lattice.h"

#include <algorithm>

namespace thaw::evidence {
namespace {

constexpr std::uint32_t kNone = 0xffffffffU;
constexpr std::size_t kFirstSlots = 1024;  // a power of two

std::uint64_t mix(std::uint64_t x) {  // the finisher of splitmix64
  x ^= x >> 30U;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27U;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31U);
}

/// Subject, relation and sign in one number: exact for 2^32 subjects, 2^16 relations.
std::uint64_t subject_key(std::uint32_t subject, std::uint16_t relation, Sign sign) {
  return (std::uint64_t{subject} << 32U) | (std::uint64_t{relation} << 1U) |
         (sign == Sign::kRaises ? 1U : 0U);
}

}  // namespace

QualifierSets::QualifierSets() {
  sets_.emplace_back();
}

std::uint32_t QualifierSets::intern(std::vector<std::uint32_t> qualifiers) {
  if (qualifiers.empty()) {
    return 0;
  }
  std::ranges::sort(qualifiers);
  qualifiers.erase(std::unique(qualifiers.begin(), qualifiers.end()), qualifiers.end());
  std::uint64_t hash = qualifiers.size();
  for (const std::uint32_t q : qualifiers) {
    hash = mix(hash ^ q);
  }
  auto& same = by_hash_[hash];
  for (const std::uint32_t set : same) {
    if (sets_[set] == qualifiers) {
      return set;
    }
  }
  same.push_back(static_cast<std::uint32_t>(sets_.size()));
  sets_.push_back(std::move(qualifiers));
  return same.back();
}

bool QualifierSets::covers(std::uint32_t wide, std::uint32_t narrow) const {
  return wide == 0 || wide == narrow || std::ranges::includes(sets_[narrow], sets_[wide]);
}

std::uint64_t ClaimLattice::hash_of(std::uint32_t subject, std::uint32_t object,
                                    std::uint16_t relation, Sign sign) const {
  return mix(mix(subject_key(subject, relation, sign)) ^ object);
}

std::uint32_t ClaimLattice::first_of_cell(std::uint32_t subject, std::uint32_t object,
                                          std::uint16_t relation, Sign sign) const {
  if (slots_.empty()) {
    return kNone;
  }
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash_of(subject, object, relation, sign) & mask;; at = (at + 1) & mask) {
    if (slots_[at] == kNone) {
      return kNone;
    }
    const ClaimKey& key = keys_[slots_[at]];
    if (key.subject == subject && key.object == object && key.relation == relation &&
        key.sign == sign) {
      return slots_[at];
    }
  }
}

void ClaimLattice::grow() {
  std::vector<std::uint32_t> old = std::move(slots_);
  slots_.assign(std::max(kFirstSlots, 2 * old.size()), kNone);
  const std::size_t mask = slots_.size() - 1;
  for (const std::uint32_t claim : old) {
    if (claim == kNone) {
      continue;
    }
    const ClaimKey& key = keys_[claim];
    std::size_t at = hash_of(key.subject, key.object, key.relation, key.sign) & mask;
    while (slots_[at] != kNone) {
      at = (at + 1) & mask;
    }
    slots_[at] = claim;
  }
}

std::optional<std::uint32_t> ClaimLattice::find(const ClaimKey& key) const {
  std::uint32_t claim = first_of_cell(key.subject, key.object, key.relation, key.sign);
  while (claim != kNone && keys_[claim].qualifiers != key.qualifiers) {
    claim = next_in_cell_[claim];
  }
  return claim == kNone ? std::nullopt : std::optional(claim);
}

std::pair<std::uint32_t, bool> ClaimLattice::add(const ClaimKey& key) {
  const std::uint32_t first = first_of_cell(key.subject, key.object, key.relation, key.sign);
  for (std::uint32_t claim = first; claim != kNone; claim = next_in_cell_[claim]) {
    if (keys_[claim].qualifiers == key.qualifiers) {
      return {claim, false};
    }
  }
  const auto claim = static_cast<std::uint32_t>(keys_.size());
  keys_.push_back(key);
  if (first != kNone) {
    next_in_cell_.push_back(next_in_cell_[first]);
    next_in_cell_[first] = claim;
    return {claim, true};
  }
  next_in_cell_.push_back(kNone);
  if (2 * (cells_ + 1) > slots_.size()) {
    grow();
  }
  ++cells_;
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash_of(key.subject, key.object, key.relation, key.sign) & mask;
  while (slots_[at] != kNone) {
    at = (at + 1) & mask;
  }
  slots_[at] = claim;
  of_subject_[subject_key(key.subject, key.relation, key.sign)].push_back(claim);
  return {claim, true};
}

template <class Take>
void ClaimLattice::visit_cell(std::uint32_t subject, std::uint32_t object, const ClaimKey& key,
                              Sign sign, Take take) const {
  for (std::uint32_t claim = first_of_cell(subject, object, key.relation, sign); claim != kNone;
       claim = next_in_cell_[claim]) {
    take(claim);
  }
}

template <class Take>
void ClaimLattice::visit_subject(std::uint32_t subject, const ClaimKey& key, Sign sign, Reach reach,
                                 Take take) const {
  const auto list = of_subject_.find(subject_key(subject, key.relation, sign));
  if (list == of_subject_.end()) {
    return;
  }
  const auto above =
      reach == Reach::kBelow ? std::span<const std::uint32_t>() : hierarchy_->above(key.object);
  const auto below =
      reach == Reach::kAbove ? std::span<const std::uint32_t>() : hierarchy_->below(key.object);
  if (1 + above.size() + below.size() <= list->second.size()) {
    visit_cell(subject, key.object, key, sign, take);
    for (const auto part : {above, below}) {
      for (const std::uint32_t object : part) {
        visit_cell(subject, object, key, sign, take);
      }
    }
    return;
  }
  for (const std::uint32_t first : list->second) {
    const std::uint32_t object = keys_[first].object;
    const bool fits = object == key.object ||
                      (reach != Reach::kBelow && std::ranges::binary_search(above, object)) ||
                      (reach != Reach::kAbove && std::ranges::binary_search(below, object));
    for (std::uint32_t claim = fits ? first : kNone; claim != kNone; claim = next_in_cell_[claim]) {
      take(claim);
    }
  }
}

template <class Take>
void ClaimLattice::visit(const ClaimKey& key, Sign sign, Reach reach, Take take) const {
  visit_subject(key.subject, key, sign, reach, take);
  if (reach != Reach::kBelow) {
    for (const std::uint32_t subject : hierarchy_->above(key.subject)) {
      visit_subject(subject, key, sign, reach, take);
    }
  }
  if (reach != Reach::kAbove) {
    for (const std::uint32_t subject : hierarchy_->below(key.subject)) {
      visit_subject(subject, key, sign, reach, take);
    }
  }
}

void ClaimLattice::narrower(std::uint32_t claim, std::vector<std::uint32_t>& out) const {
  const ClaimKey key = keys_[claim];
  visit(key, key.sign, Reach::kBelow, [&](std::uint32_t other) {
    if (other != claim && sets_->covers(key.qualifiers, keys_[other].qualifiers)) {
      out.push_back(other);
    }
  });
}

void ClaimLattice::wider(std::uint32_t claim, std::vector<std::uint32_t>& out) const {
  const ClaimKey key = keys_[claim];
  visit(key, key.sign, Reach::kAbove, [&](std::uint32_t other) {
    if (other != claim && sets_->covers(keys_[other].qualifiers, key.qualifiers)) {
      out.push_back(other);
    }
  });
}

void ClaimLattice::opposed(std::uint32_t claim, std::vector<std::uint32_t>& out) const {
  const ClaimKey key = keys_[claim];
  visit(key, opposite(key.sign), Reach::kBoth, [&](std::uint32_t other) {
    const std::uint32_t theirs = keys_[other].qualifiers;
    if (sets_->covers(key.qualifiers, theirs) || sets_->covers(theirs, key.qualifiers)) {
      out.push_back(other);
    }
  });
}

}  // namespace thaw::evidence
