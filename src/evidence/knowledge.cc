#include "evidence/knowledge.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <numeric>
#include <set>
#include <tuple>

#include "base/digest.h"
#include "evidence/claim_lattice.h"
#include "evidence/effect_scale.h"
#include "evidence/hierarchy.h"
#include "evidence/records_json.h"

namespace thaw::evidence {
namespace {

/// Sorts by id and indexes; kConflict when an id stands twice.
template <class Record>
Result<std::unordered_map<std::string, std::size_t>> index_by_id(std::vector<Record>& records,
                                                                 std::string_view what) {
  std::ranges::sort(records, {}, &Record::id);
  std::unordered_map<std::string, std::size_t> at;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (!at.emplace(records[i].id, i).second) {
      return conflict(fmt::format("{} '{}' stands twice", what, records[i].id));
    }
  }
  return at;
}

/// Soft links (same laboratory, same consortium) discount, they do not join.
bool joins(const std::string& key) {
  return !key.starts_with("lab:") && !key.starts_with("consortium:");
}

std::string mirror_of(const std::string& relation) {
  static const std::map<std::string, std::string> kMirror = {
      {"slows", "worsens"},
      {"worsens", "slows"},
      {"extends", "shortens"},
      {"shortens", "extends"},
      {"improves", "impairs"},
      {"impairs", "improves"},
      {"increases", "decreases"},
      {"decreases", "increases"},
      {"causes", "protects_against"},
      {"increases_risk", "protects_against"},
      {"protects_against", "increases_risk"}};
  const auto found = kMirror.find(relation);
  return found == kMirror.end() ? fmt::format("opposite_of_{}", relation) : found->second;
}

std::string key_of(const Item& item, Sign sign) {
  std::string key = fmt::format("{}\n{}\n{}\n{}", item.subject, item.object, to_string(sign),
                                item.causal ? "causal" : "association");
  for (const auto& [name, value] : item.qualifiers) {
    key += fmt::format("\n{}={}", name, value);
  }
  return key;
}

}  // namespace

Result<Knowledge> Knowledge::build(std::vector<Concept> concepts, std::vector<Source> sources,
                                   std::vector<Item> items,
                                   std::map<std::string, Reading> readings) {
  Knowledge k;
  k.concepts_ = std::move(concepts);
  k.sources_ = std::move(sources);
  k.items_ = std::move(items);
  k.readings_ = std::move(readings);
  THAW_TRY(k.concept_at_, index_by_id(k.concepts_, "concept"));
  THAW_TRY(k.source_at_, index_by_id(k.sources_, "source"));
  THAW_CHECK(index_by_id(k.items_, "item"));
  std::string all;
  for (const auto& c : k.concepts_) {
    all += boost::json::serialize(to_json(c)) + '\n';
  }
  for (const auto& s : k.sources_) {
    all += boost::json::serialize(to_json(s)) + '\n';
  }
  for (const Item& item : k.items_) {
    for (const auto& end : {item.subject, item.object}) {
      if (!k.concept_at_.contains(end)) {
        return invalid_argument(
            fmt::format("item {} names the unknown concept '{}'", item.id, end));
      }
    }
    if (!k.source_at_.contains(item.source)) {
      return invalid_argument(
          fmt::format("item {} names the unknown source '{}'", item.id, item.source));
    }
    all += boost::json::serialize(to_json(item)) + '\n';
  }
  for (const auto& [item, reading] : k.readings_) {
    all += fmt::format("{} {} {} {}\n", item, reading.right, reading.opposite, reading.negative);
  }
  k.digest_ = sha256_hex(all);
  k.join_groups();
  k.join_claims();
  THAW_CHECK(k.index_claims());
  k.facts_ = Facts::of(k);
  return k;
}

void Knowledge::join_groups() {
  std::vector<std::size_t> parent(items_.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const auto root = [&](std::size_t i) {
    while (parent[i] != i) {
      i = parent[i] = parent[parent[i]];
    }
    return i;
  };
  std::map<std::string, std::size_t> first_with;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    auto keys = items_[i].group_keys;
    keys.push_back(items_[i].source);
    for (const auto& key : keys) {
      if (joins(key)) {
        const auto [at, inserted] = first_with.emplace(key, i);
        const std::size_t a = root(i);
        const std::size_t b = root(at->second);
        parent[std::max(a, b)] = std::min(a, b);
      }
    }
  }
  std::map<std::size_t, int> number;
  group_of_item_.resize(items_.size());
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const auto [at, inserted] = number.emplace(root(i), static_cast<int>(number.size()));
    group_of_item_[i] = at->second;
    if (inserted) {
      group_labels_.emplace_back();
    }
    auto& label = group_labels_[static_cast<std::size_t>(at->second)];
    const auto& own = items_[i].group_label;
    if (!own.empty() && (label.empty() || own.size() < label.size())) {
      label = own;  // the shortest name given: "CENTAUR", not "CENTAUR long-term"
    }
  }
  for (std::size_t i = 0; i < items_.size(); ++i) {
    auto& label = group_labels_[static_cast<std::size_t>(group_of_item_[i])];
    if (label.empty()) {
      label = items_[i].source;
    }
  }
  for (const auto& [key, item] : first_with) {
    group_at_key_[key] = group_of_item_[item];
  }
}

void Knowledge::join_claims() {
  struct Draft {
    Claim claim;
    std::string relation_from;  // the item id that named the relation; empty: only mirrored
  };
  std::map<std::string, Draft> drafts;
  const auto draft_for = [&](const Item& item, Sign sign) -> Draft& {
    Draft& draft = drafts[key_of(item, sign)];
    if (draft.claim.subject.empty()) {
      draft.claim.subject = item.subject;
      draft.claim.object = item.object;
      draft.claim.sign = sign;
      draft.claim.causal = item.causal;
      draft.claim.qualifiers = item.qualifiers;
      draft.claim.id = fmt::format("c{}", sha256_hex(key_of(item, sign)).substr(0, 12));
    }
    return draft;
  };
  const auto read_of_both = [&](std::size_t index) {
    const Item& item = items_[index];
    return (item.effect && natural_effect(*item.effect, item.n)) || reading(index).opposite > 0;
  };
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const Item& item = items_[i];
    Draft& own = draft_for(item, item.sign);
    if (own.relation_from.empty()) {
      own.relation_from = item.id;
      own.claim.relation = item.relation;
    }
    if (read_of_both(i)) {
      Draft& mirror = draft_for(item, opposite(item.sign));
      if (mirror.claim.relation.empty()) {
        mirror.claim.relation = mirror_of(item.relation);
      }
    }
  }
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const Item& item = items_[i];
    drafts[key_of(item, item.sign)].claim.items.push_back(i);
    const auto mirror = drafts.find(key_of(item, opposite(item.sign)));
    const bool speaks_of_both = item.direction == Direction::kNoEffectSeen || read_of_both(i);
    if (mirror != drafts.end() && speaks_of_both) {
      mirror->second.claim.items.push_back(i);
    }
  }
  for (auto& [key, draft] : drafts) {
    claims_.push_back(std::move(draft.claim));
  }
  std::ranges::sort(claims_, [](const Claim& a, const Claim& b) {
    return std::tie(a.subject, a.object, a.qualifiers, b.sign, b.causal, a.id) <
           std::tie(b.subject, b.object, b.qualifiers, a.sign, a.causal, b.id);
  });
  for (std::size_t i = 0; i < claims_.size(); ++i) {
    claim_at_[claims_[i].id] = i;
  }
}

const Concept* Knowledge::find_concept(std::string_view id) const {
  const auto at = concept_at_.find(std::string(id));
  return at == concept_at_.end() ? nullptr : &concepts_[at->second];
}

const Source* Knowledge::find_source(std::string_view id) const {
  const auto at = source_at_.find(std::string(id));
  return at == source_at_.end() ? nullptr : &sources_[at->second];
}

Reading Knowledge::reading(std::size_t index) const {
  const Item& item = items_[index];
  const auto found = readings_.find(item.id);
  return found == readings_.end() ? Reading{item.faithful, 0, 0} : found->second;
}

const Item* Knowledge::find_item(std::string_view id) const {
  const auto at =
      std::lower_bound(items_.begin(), items_.end(), id,
                       [](const Item& item, std::string_view x) { return item.id < x; });
  return at == items_.end() || at->id != id ? nullptr : &*at;
}

const Claim* Knowledge::find_claim(std::string_view id) const {
  const auto at = claim_at_.find(std::string(id));
  return at == claim_at_.end() ? nullptr : &claims_[at->second];
}

int Knowledge::group_of_key(const std::string& key) const {
  const auto at = group_at_key_.find(key);
  return at == group_at_key_.end() ? -1 : at->second;
}

struct Knowledge::Order {
  Hierarchy hierarchy;
  QualifierSets sets;
  ClaimLattice lattice;

  explicit Order(Hierarchy built) : hierarchy(std::move(built)), lattice(hierarchy, sets) {}
};

Result<Done> Knowledge::index_claims() {
  by_object_.resize(claims_.size());
  std::iota(by_object_.begin(), by_object_.end(), 0U);
  std::ranges::stable_sort(by_object_, [&](std::uint32_t a, std::uint32_t b) {
    return claims_[a].object < claims_[b].object;
  });
  const auto place = [&](const std::string& id) {
    return static_cast<std::uint32_t>(concept_at_.at(id));
  };
  std::vector<Hierarchy::Edge> edges;
  for (std::uint32_t i = 0; i < concepts_.size(); ++i) {
    for (const auto& parent : concepts_[i].parents) {
      if (concept_at_.contains(parent)) {
        edges.push_back({i, place(parent)});
      }
    }
  }
  THAW_TRY(auto hierarchy, Hierarchy::build(concepts_.size(), std::move(edges)));
  const auto order = std::make_shared<Order>(std::move(hierarchy));
  std::unordered_map<std::string, std::uint32_t> qualifiers;
  for (const Claim& claim : claims_) {
    std::vector<std::uint32_t> set;
    for (const auto& [name, value] : claim.qualifiers) {
      const auto number = static_cast<std::uint32_t>(qualifiers.size());
      set.push_back(qualifiers.emplace(name + "\n" + value, number).first->second);
    }
    order->lattice.add({.subject = place(claim.subject),
                        .object = place(claim.object),
                        .qualifiers = order->sets.intern(std::move(set)),
                        .relation = static_cast<std::uint16_t>(claim.causal ? 0 : 1),
                        .sign = claim.sign});
  }
  order_ = order;
  return Done{};
}

const Hierarchy& Knowledge::hierarchy() const {
  return order_->hierarchy;
}

std::vector<const Claim*> Knowledge::claims_at(std::vector<std::uint32_t> places) const {
  std::ranges::sort(places);
  std::vector<const Claim*> out;
  for (const std::uint32_t place : places) {
    out.push_back(&claims_[place]);
  }
  return out;
}

std::vector<const Claim*> Knowledge::refinements(const Claim& claim) const {
  std::vector<std::uint32_t> places;
  order_->lattice.narrower(static_cast<std::uint32_t>(claim_at_.at(claim.id)), places);
  return claims_at(std::move(places));
}

std::vector<const Claim*> Knowledge::opposed(const Claim& claim) const {
  std::vector<std::uint32_t> places;
  order_->lattice.opposed(static_cast<std::uint32_t>(claim_at_.at(claim.id)), places);
  return claims_at(std::move(places));
}

std::vector<const Claim*> Knowledge::between(std::string_view subject,
                                             std::string_view object) const {
  using Ends = std::pair<std::string_view, std::string_view>;
  const auto found =
      std::ranges::equal_range(claims_, Ends{subject, object}, {}, [](const Claim& c) {
        return Ends{c.subject, c.object};
      });
  std::vector<const Claim*> out;
  for (const Claim& claim : found) {
    out.push_back(&claim);
  }
  return out;
}

std::vector<const Claim*> Knowledge::about(std::string_view concept_id) const {
  const auto first = std::ranges::equal_range(
      claims_, concept_id, {}, [](const Claim& c) { return std::string_view(c.subject); });
  const auto second = std::ranges::equal_range(by_object_, concept_id, {}, [&](std::uint32_t i) {
    return std::string_view(claims_[i].object);
  });
  std::vector<const Claim*> out;
  for (const Claim& claim : first) {
    out.push_back(&claim);
  }
  for (const std::uint32_t i : second) {
    if (claims_[i].subject != concept_id) {
      out.push_back(&claims_[i]);
    }
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace thaw::evidence
