// Statements as they arrive, merged into weighed claims with their order and their contradictions.
//
// A statement is one finding: subject, relation class, sign, object, qualifiers, the groups it
// belongs to, its kind of study and the nats it says for or against. Equal claims merge by hash,
// the same statement twice counts once, statements that share a group key become one group, and
// the group rules of group_weight.h give support and opposition. Only claims that a statement (or a
// joining of groups) touched are weighed again. What a claim refines and what speaks against it
// comes from claim_lattice.h, counted as claims arrive. The order of arrival changes no number, and
// one by one is as all at once: assembly_test.cc holds both, and all pairs by brute force.
// Method and measured figures: docs/methods/assembly.md.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "evidence/claim_lattice.h"
#include "evidence/group_weight.h"
#include "evidence/hierarchy.h"

namespace thaw::evidence {

/// Words as numbers, in the order in which they came.
class WordBook {
 public:
  WordBook() = default;
  WordBook(WordBook&&) = default;  // the words stay where they are
  WordBook& operator=(WordBook&&) = default;
  std::uint32_t intern(std::string_view word);
  const std::string& operator[](std::uint32_t number) const { return words_[number]; }
  std::size_t size() const { return words_.size(); }

 private:
  std::deque<std::string> words_;  // never moves a word
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

struct Statement {
  ClaimKey claim;  // concepts, qualifiers and relation of the assembly's books
  std::vector<std::uint32_t> group_keys;  // at least one: what it must not be counted beside
  std::uint32_t kind = 0;                 // of study, of the assembly's book
  double nats = 0;                        // signed: positive supports the claim
  bool quantitative = false;              // from a figure: not damped with its kind
};

struct AssembledClaim {
  double support = 0, opposition = 0;  // nats
  double belief = 0.5;
  std::uint32_t statements = 0;      // each once
  std::uint32_t narrower = 0;        // claims that refine it
  std::uint32_t contradictions = 0;  // claims of the opposite sign about the same or below or above
};

struct AssemblyCounts {
  std::size_t statements = 0;  // taken, each once
  std::size_t duplicates = 0;  // the same statement again
  std::size_t to_itself = 0;   // refused: subject and object are one concept
  std::size_t claims = 0;
  std::size_t refinements = 0;     // (wider, narrower) pairs of claims
  std::size_t contradictions = 0;  // pairs of claims
  std::size_t groups = 0;
  std::size_t weighed = 0;  // claims weighed so far, again and again counted again
};

class Assembly {
 public:
  /// `hierarchy` is over the concepts of `concepts`, by their number; both may be empty. `prior` is
  /// P of a claim before any evidence.
  Assembly(WordBook concepts, Hierarchy hierarchy, double prior = 0.5);
  Assembly(const Assembly&) = delete;
  Assembly& operator=(const Assembly&) = delete;

  // The books. A concept that came after the hierarchy stands alone in it.
  WordBook& concepts() { return concepts_; }
  WordBook& relations() { return relations_; }
  WordBook& kinds() { return kinds_; }
  WordBook& groups() { return group_keys_; }
  std::uint32_t qualifiers(std::span<const std::string_view> texts);
  const WordBook& concepts() const { return concepts_; }
  const WordBook& relations() const { return relations_; }
  const std::string& qualifier_text(std::uint32_t q) const { return qualifier_words_[q]; }

  /// Takes one statement. What it touches is weighed at the next weigh_touched().
  void add(const Statement& statement);

  /// Weighs what was touched since the last time. Cost: linear in its statements.
  void weigh_touched();

  const AssembledClaim& operator[](std::uint32_t claim) const { return claims_[claim]; }
  const ClaimLattice& lattice() const { return lattice_; }
  const QualifierSets& sets() const { return sets_; }
  const Hierarchy& hierarchy() const { return hierarchy_; }
  AssemblyCounts counts() const;

  /// Claims that refine `claim`, or speak against it: at most `most`, strongest evidence first,
  /// then by their texts, so that the order of arrival shows nowhere.
  std::vector<std::uint32_t> narrower(std::uint32_t claim, std::size_t most) const;
  std::vector<std::uint32_t> opposed(std::uint32_t claim, std::size_t most) const;

  /// The claims with the most at stake on both sides, each pair once: by the lesser of the two
  /// supports falling, then by text; at most `most`. Cost: counts().contradictions, no pair is
  /// kept.
  struct Contradiction {
    std::uint32_t one, other;  // `one` has the greater support
    double at_stake;           // nats: the lesser support
  };
  std::vector<Contradiction> contradictions(std::size_t most) const;

  /// "subject + object [name=value]" of a claim.
  std::string text_of(std::uint32_t claim) const;

 private:
  struct Row {  // a statement as it is kept
    double nats;
    std::uint32_t group_key;  // one of its keys: any, as they are joined
    std::uint32_t kind;
    std::uint32_t next_of_claim;
    std::uint32_t next_of_group;
    std::uint32_t claim;
    bool quantitative;
    std::uint64_t hash;
  };
  struct Group {  // of a key; joined by union-find
    std::uint32_t parent;
    std::uint32_t size = 0;             // rows; right at the root
    std::uint32_t first_row, last_row;  // right at the root
    std::uint32_t label;                // the least of its keys as text; right at the root
  };

  std::uint32_t claim_of(const ClaimKey& key);
  void count_order(std::uint32_t claim);
  std::uint32_t root_of(std::uint32_t key) const;
  std::uint32_t join(std::span<const std::uint32_t> keys);
  void touch(std::uint32_t claim);
  void weigh(std::uint32_t claim);
  std::uint64_t hash_of(const Statement& statement, std::uint32_t claim) const;
  bool seen_before(const Statement& statement, std::uint32_t claim, std::uint64_t hash) const;
  void note_seen(std::uint32_t row);
  bool text_before(std::uint32_t a, std::uint32_t b) const;
  bool more_evidence(std::uint32_t a, std::uint32_t b) const;
  std::vector<std::uint32_t> by_evidence(std::vector<std::uint32_t> claims, std::size_t most) const;

  WordBook concepts_, relations_, kinds_, group_keys_, qualifier_words_;
  Hierarchy hierarchy_;
  QualifierSets sets_;
  ClaimLattice lattice_;
  double prior_nats_;
  std::vector<AssembledClaim> claims_;
  std::vector<std::uint32_t> first_row_;  // by claim
  std::vector<bool> touched_;
  std::vector<std::uint32_t> to_weigh_;
  std::vector<Row> rows_;
  mutable std::vector<Group> groups_;  // paths are shortened while looking
  std::vector<std::uint32_t> seen_;    // open addressing: rows by hash
  std::vector<std::uint32_t> scratch_;
  AssemblyCounts counts_;
};

}  // namespace thaw::evidence
