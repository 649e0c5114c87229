#include "evidence/assembly.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <queue>
#include <tuple>

#include "evidence/log_odds.h"

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

}  // namespace

std::uint32_t WordBook::intern(std::string_view word) {
  if (const auto at = numbers_.find(word); at != numbers_.end()) {
    return at->second;
  }
  const auto number = static_cast<std::uint32_t>(words_.size());
  words_.emplace_back(word);
  numbers_.emplace(words_.back(), number);
  return number;
}

Assembly::Assembly(WordBook concepts, Hierarchy hierarchy, double prior)
    : concepts_(std::move(concepts)),
      hierarchy_(std::move(hierarchy)),
      lattice_(hierarchy_, sets_),
      prior_nats_(logit(prior)) {}

std::uint32_t Assembly::qualifiers(std::span<const std::string_view> texts) {
  std::vector<std::uint32_t> set;
  for (const auto text : texts) {
    set.push_back(qualifier_words_.intern(text));
  }
  return sets_.intern(std::move(set));
}

std::uint32_t Assembly::claim_of(const ClaimKey& key) {
  const auto [claim, is_new] = lattice_.add(key);
  if (is_new) {
    claims_.emplace_back();
    first_row_.push_back(kNone);
    touched_.push_back(false);
    count_order(claim);
  }
  return claim;
}

void Assembly::count_order(std::uint32_t claim) {
  scratch_.clear();
  lattice_.narrower(claim, scratch_);
  claims_[claim].narrower = static_cast<std::uint32_t>(scratch_.size());
  counts_.refinements += scratch_.size();
  scratch_.clear();
  lattice_.wider(claim, scratch_);
  counts_.refinements += scratch_.size();
  for (const std::uint32_t wide : scratch_) {
    ++claims_[wide].narrower;
  }
  scratch_.clear();
  lattice_.opposed(claim, scratch_);
  claims_[claim].contradictions = static_cast<std::uint32_t>(scratch_.size());
  counts_.contradictions += scratch_.size();
  for (const std::uint32_t other : scratch_) {
    ++claims_[other].contradictions;
  }
}

std::uint32_t Assembly::root_of(std::uint32_t key) const {
  while (groups_[key].parent != key) {
    key = groups_[key].parent = groups_[groups_[key].parent].parent;
  }
  return key;
}

/// One group of all `keys`; its root. The claims of a smaller group that joins a larger are
/// touched.
std::uint32_t Assembly::join(std::span<const std::uint32_t> keys) {
  while (groups_.size() < group_keys_.size()) {
    const auto key = static_cast<std::uint32_t>(groups_.size());
    groups_.push_back({.parent = key, .first_row = kNone, .last_row = kNone, .label = key});
  }
  std::uint32_t root = root_of(keys.front());
  for (const std::uint32_t key : keys.subspan(1)) {
    std::uint32_t other = root_of(key);
    if (other == root) {
      continue;
    }
    if (groups_[other].size > groups_[root].size) {
      std::swap(root, other);
    }
    for (std::uint32_t row = groups_[other].first_row; row != kNone;
         row = rows_[row].next_of_group) {
      touch(rows_[row].claim);
    }
    Group& into = groups_[root];
    Group& from = groups_[other];
    from.parent = root;
    if (from.first_row != kNone) {
      (into.first_row == kNone ? into.first_row : rows_[into.last_row].next_of_group) =
          from.first_row;
      into.last_row = from.last_row;
    }
    into.size += from.size;
    if (group_keys_[from.label] < group_keys_[into.label]) {
      into.label = from.label;
    }
  }
  return root;
}

void Assembly::touch(std::uint32_t claim) {
  if (!touched_[claim]) {
    touched_[claim] = true;
    to_weigh_.push_back(claim);
  }
}

std::uint64_t Assembly::hash_of(const Statement& s, std::uint32_t claim) const {
  std::uint64_t hash = mix((std::uint64_t{claim} << 32U) | s.kind);
  hash = mix(hash ^ std::bit_cast<std::uint64_t>(s.nats + 0.0));
  hash = mix(hash ^ (s.quantitative ? 1U : 0U));
  std::uint64_t keys = 0;  // the order of the keys says nothing
  for (const std::uint32_t key : s.group_keys) {
    keys += mix(key + 1);
  }
  return mix(hash ^ keys);
}

bool Assembly::seen_before(const Statement& s, std::uint32_t claim, std::uint64_t hash) const {
  if (seen_.empty()) {
    return false;
  }
  const std::size_t mask = seen_.size() - 1;
  for (std::size_t at = hash & mask; seen_[at] != kNone; at = (at + 1) & mask) {
    const Row& row = rows_[seen_[at]];
    if (row.hash == hash && row.claim == claim && row.nats == s.nats && row.kind == s.kind &&
        row.quantitative == s.quantitative) {
      return true;
    }
  }
  return false;
}

void Assembly::note_seen(std::uint32_t row) {
  if (2 * rows_.size() > seen_.size()) {
    seen_.assign(std::max(kFirstSlots, 2 * seen_.size()), kNone);
    for (std::uint32_t old = 0; old < row; ++old) {
      std::size_t at = rows_[old].hash & (seen_.size() - 1);
      while (seen_[at] != kNone) {
        at = (at + 1) & (seen_.size() - 1);
      }
      seen_[at] = old;
    }
  }
  std::size_t at = rows_[row].hash & (seen_.size() - 1);
  while (seen_[at] != kNone) {
    at = (at + 1) & (seen_.size() - 1);
  }
  seen_[at] = row;
}

void Assembly::add(const Statement& statement) {
  if (statement.claim.subject == statement.claim.object) {
    ++counts_.to_itself;
    return;
  }
  const std::uint32_t claim = claim_of(statement.claim);
  const std::uint32_t root = join(statement.group_keys);
  const std::uint64_t hash = hash_of(statement, claim);
  if (seen_before(statement, claim, hash)) {
    ++counts_.duplicates;
    return;
  }
  const auto row = static_cast<std::uint32_t>(rows_.size());
  rows_.push_back({.nats = statement.nats,
                   .group_key = root,
                   .kind = statement.kind,
                   .next_of_claim = first_row_[claim],
                   .next_of_group = kNone,
                   .claim = claim,
                   .quantitative = statement.quantitative,
                   .hash = hash});
  note_seen(row);
  first_row_[claim] = row;
  Group& group = groups_[root];
  (group.first_row == kNone ? group.first_row : rows_[group.last_row].next_of_group) = row;
  group.last_row = row;
  ++group.size;
  ++claims_[claim].statements;
  ++counts_.statements;
  touch(claim);
}

void Assembly::weigh(std::uint32_t claim) {
  std::vector<Voice> voices;
  for (std::uint32_t at = first_row_[claim]; at != kNone; at = rows_[at].next_of_claim) {
    const Row& row = rows_[at];
    const std::uint32_t root = root_of(row.group_key);
    Voice voice{.group = static_cast<int>(root),
                .kind = row.kind,
                .label = group_keys_[groups_[root].label]};
    voice.item.item = at;
    voice.item.nats = voice.item.nats_low = voice.item.nats_high = row.nats;
    voice.item.quantitative = row.quantitative;
    voices.push_back(voice);
  }
  AssembledClaim& out = claims_[claim];
  if (voices.size() == 1) {
    out.support = std::max(0.0, voices.front().item.nats);
    out.opposition = std::max(0.0, -voices.front().item.nats);
  } else {
    // Of two equally strong statements of one group either may speak: let it not be the first come.
    std::ranges::sort(voices, [&](const Voice& a, const Voice& b) {
      const auto rank = [&](const Voice& v) {
        return std::tuple(-std::abs(v.item.nats), -v.item.nats, !v.item.quantitative,
                          std::string_view(kinds_[v.kind]));
      };
      return rank(a) < rank(b);
    });
    const Sides sides = sides_of(weigh_groups(std::move(voices), {}));
    out.support = sides.support;
    out.opposition = sides.opposition;
  }
  out.belief = logistic(prior_nats_ + out.support - out.opposition);
  ++counts_.weighed;
}

void Assembly::weigh_touched() {
  for (const std::uint32_t claim : to_weigh_) {
    weigh(claim);
    touched_[claim] = false;
  }
  to_weigh_.clear();
}

AssemblyCounts Assembly::counts() const {
  AssemblyCounts out = counts_;
  out.claims = claims_.size();
  for (std::uint32_t key = 0; key < groups_.size(); ++key) {
    out.groups += groups_[key].parent == key && groups_[key].size > 0 ? 1 : 0;
  }
  return out;
}

bool Assembly::text_before(std::uint32_t a, std::uint32_t b) const {
  const ClaimKey& x = lattice_[a];
  const ClaimKey& y = lattice_[b];
  const auto ends = [&](const ClaimKey& k) {
    return std::tie(concepts_[k.subject], relations_[k.relation], concepts_[k.object]);
  };
  if (ends(x) != ends(y)) {
    return ends(x) < ends(y);
  }
  if (x.sign != y.sign) {
    return x.sign == Sign::kRaises;
  }
  return x.qualifiers != y.qualifiers && text_of(a) < text_of(b);
}

bool Assembly::more_evidence(std::uint32_t a, std::uint32_t b) const {
  if (claims_[a].support != claims_[b].support) {
    return claims_[a].support > claims_[b].support;
  }
  return text_before(a, b);
}

std::vector<std::uint32_t> Assembly::by_evidence(std::vector<std::uint32_t> claims,
                                                 std::size_t most) const {
  const auto end = claims.begin() + static_cast<std::ptrdiff_t>(std::min(most, claims.size()));
  std::partial_sort(claims.begin(), end, claims.end(),
                    [&](std::uint32_t a, std::uint32_t b) { return more_evidence(a, b); });
  claims.erase(end, claims.end());
  return claims;
}

std::vector<std::uint32_t> Assembly::narrower(std::uint32_t claim, std::size_t most) const {
  std::vector<std::uint32_t> out;
  lattice_.narrower(claim, out);
  return by_evidence(std::move(out), most);
}

std::vector<std::uint32_t> Assembly::opposed(std::uint32_t claim, std::size_t most) const {
  std::vector<std::uint32_t> out;
  lattice_.opposed(claim, out);
  return by_evidence(std::move(out), most);
}

std::vector<Assembly::Contradiction> Assembly::contradictions(std::size_t most) const {
  const auto better = [&](const Contradiction& a, const Contradiction& b) {
    if (a.at_stake != b.at_stake) {
      return a.at_stake > b.at_stake;
    }
    return a.one != b.one ? text_before(a.one, b.one) : text_before(a.other, b.other);
  };
  std::priority_queue<Contradiction, std::vector<Contradiction>, decltype(better)> kept(better);
  std::vector<std::uint32_t> raising;
  for (std::uint32_t claim = 0; claim < claims_.size(); ++claim) {
    if (lattice_[claim].sign == Sign::kRaises && claims_[claim].contradictions > 0 &&
        claims_[claim].support > 0) {
      raising.push_back(claim);
    }
  }
  std::ranges::sort(raising, [&](std::uint32_t a, std::uint32_t b) {
    return claims_[a].support > claims_[b].support;
  });
  std::vector<std::uint32_t> others;
  for (const std::uint32_t claim : raising) {
    if (most == 0 || (kept.size() == most && claims_[claim].support < kept.top().at_stake)) {
      break;  // the rest has less at stake than the least that is kept
    }
    others.clear();
    lattice_.opposed(claim, others);
    for (const std::uint32_t other : others) {
      const double least = std::min(claims_[claim].support, claims_[other].support);
      if (least <= 0 || (kept.size() == most && least < kept.top().at_stake)) {
        continue;
      }
      const bool first = more_evidence(claim, other);
      kept.push({first ? claim : other, first ? other : claim, least});
      if (kept.size() > most) {
        kept.pop();
      }
    }
  }
  std::vector<Contradiction> out;
  for (; !kept.empty(); kept.pop()) {
    out.push_back(kept.top());
  }
  std::ranges::reverse(out);
  return out;
}

std::string Assembly::text_of(std::uint32_t claim) const {
  const ClaimKey& key = lattice_[claim];
  std::vector<std::string_view> texts;
  for (const std::uint32_t q : sets_.of(key.qualifiers)) {
    texts.push_back(qualifier_words_[q]);
  }
  std::ranges::sort(texts);
  std::string out = fmt::format("{} {} {} {}", concepts_[key.subject], relations_[key.relation],
                                key.sign == Sign::kRaises ? "+" : "-", concepts_[key.object]);
  for (const auto text : texts) {
    out += fmt::format(" [{}]", text);
  }
  return out;
}

}  // namespace thaw::evidence
