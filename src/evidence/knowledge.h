// Everything known, in memory and immutable: concepts, sources, items, and the claims they make.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "evidence/item_facts.h"
#include "evidence/model.h"

namespace thaw::evidence {

class Hierarchy;

class Knowledge {
 public:
  /// Joins the records into claims and groups. kInvalidArgument when an item names a concept or
  /// source that is not there. The result does not depend on the order of the records.
  static Result<Knowledge> build(std::vector<Concept> concepts, std::vector<Source> sources,
                                 std::vector<Item> items);

  const std::vector<Concept>& concepts() const { return concepts_; }  // by id
  const std::vector<Source>& sources() const { return sources_; }     // by id
  const std::vector<Item>& items() const { return items_; }           // by id
  const std::vector<Claim>& claims() const { return claims_; }        // by subject, object, sign

  const Concept* find_concept(std::string_view id) const;  // null when absent
  const Source* find_source(std::string_view id) const;
  const Claim* find_claim(std::string_view id) const;
  const Item* find_item(std::string_view id) const;

  /// Claims between two concepts, in the order of claims().
  std::vector<const Claim*> between(std::string_view subject, std::string_view object) const;

  /// Claims in which a concept takes part on either side.
  std::vector<const Claim*> about(std::string_view concept_id) const;

  /// Claims that say the same of something narrower: in both roles the same concept or one below it
  /// (is-a, part-of), and at least these qualifiers. In the order of claims(); all of them, not
  /// only the next ones down.
  std::vector<const Claim*> refinements(const Claim& claim) const;

  /// Claims of the opposite sign about the same concepts, or about ones above or below them.
  std::vector<const Claim*> opposed(const Claim& claim) const;

  /// The closure of is-a and part-of over concepts(), by their place there.
  const Hierarchy& hierarchy() const;

  /// Independence group of items()[index]: equal numbers share a paper, trial, cohort or dataset.
  int group_of(std::size_t index) const { return group_of_item_[index]; }
  const std::string& group_label(int group) const {
    return group_labels_[static_cast<std::size_t>(group)];
  }

  /// The group that holds `key`, or -1 when no item names it.
  int group_of_key(const std::string& key) const;

  /// The items as numbers, for the weight.
  const Facts& facts() const { return facts_; }

  /// SHA-256 over all records: equal digests are equal knowledge.
  const std::string& digest() const { return digest_; }

 private:
  void join_groups();
  Result<Done> index_claims();
  std::vector<const Claim*> claims_at(std::vector<std::uint32_t> places) const;
  void join_claims();

  std::vector<Concept> concepts_;
  std::vector<Source> sources_;
  std::vector<Item> items_;
  std::vector<Claim> claims_;
  std::vector<int> group_of_item_;
  std::vector<std::string> group_labels_;
  std::unordered_map<std::string, std::size_t> concept_at_, source_at_, claim_at_;
  std::unordered_map<std::string, int> group_at_key_;
  std::vector<std::uint32_t> by_object_;  // claims by object, then place; claims_ is by subject
  struct Order;                           // hierarchy and lattice of the claims
  std::shared_ptr<const Order> order_;
  Facts facts_;
  std::string digest_;
};

}  // namespace thaw::evidence
