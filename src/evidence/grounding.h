// From the words of a text to the concepts that they may mean, with a score and the runners-up.
//
// A mention is looked up as written, in its normal form (evidence/normal_name.h), by the long form
// where the text defines an abbreviation (evidence/abbreviation.h), without the words around a name
// ("human SOD1 gene"), and last by edits. Each candidate starts from how its name matched; the
// words around the mention speak for a kind ("patients with" for a disease, "mutations" for a
// gene), concepts named beside it speak for their neighbours. Two candidates closer than
// `kMargin` are said to be ambiguous; nothing is guessed.
// Method and what was measured on BioRED: docs/methods/grounding.md; checked by grounding_test.cc.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evidence/knowledge.h"
#include "evidence/name_book.h"

namespace thaw::evidence {

enum class MatchedBy { kExact, kNormalised, kCore, kAbbreviation, kFuzzy };

/// "exact", "normalised", "core_words", "abbreviation", "fuzzy".
std::string_view to_string(MatchedBy how);

struct GroundedConcept {
  std::uint32_t term = 0;  // of the name book
  std::string id, kind;
  Name name;
  std::string matched;  // the name that matched, as it is kept
  MatchedBy how = MatchedBy::kExact;
  bool synonym = false;
  bool core = false;      // of the knowledge; false: of an imported name table only
  std::size_t edits = 0;  // where how is kFuzzy
  double score = 0;       // 0..1
};

/// A name in a text. `context` is what stands around it, a sentence or the whole text.
struct NamedThing {
  std::string_view surface;
  std::string_view context;
  std::string_view kind;                     // what it must be, as far as is known; empty: anything
  std::span<const std::string> beside = {};  // ids of other concepts of the document
};

struct Grounding {
  std::vector<GroundedConcept> candidates;  // best first
  bool ambiguous = false;                   // the first two are too close, or the first is too weak
  std::string expanded;  // the long form that the text gives for the mention; empty: none

  /// The concept meant, or null when nothing is known or it is ambiguous.
  const GroundedConcept* meant() const {
    return ambiguous || candidates.empty() ? nullptr : &candidates.front();
  }
};

class Grounder {
 public:
  static constexpr double kMargin = 0.05;
  static constexpr double kLeast = 0.5;  // a weaker best candidate is not taken

  /// Both must outlive it. `knowledge` tells what is near what; may be null.
  Grounder(const NameBook& book, const Knowledge* knowledge);

  /// Candidates for one mention, at most `limit`. Safe to call from several threads.
  Grounding ground(const NamedThing& mention, std::size_t limit = 8) const;

  struct Found {
    std::size_t begin = 0, end = 0;  // bytes of the text
    Grounding grounding;
  };
  /// Every name in `text`, grounded in it, in order of place; a common English word that is also
  /// a gene symbol ("was", "rest", "impact") is a name only in capitals.
  std::vector<Found> find_in(std::string_view text, std::size_t limit = 8) const;

  const NameBook& book() const { return *book_; }

 private:
  struct Scene;
  Scene scene_of(std::string_view context, std::span<const std::string> beside) const;
  Grounding ground_in(const NamedThing& mention, const Scene& scene, std::size_t limit) const;
  void add_names(const std::vector<TermName>& names, std::string_view written, MatchedBy how,
                 double base, std::size_t edits, std::vector<GroundedConcept>& out) const;
  void look_up(std::string_view surface, std::vector<GroundedConcept>& out) const;
  void by_long_form(std::string_view surface, const Scene& scene, Grounding& out) const;
  void by_edits(std::string_view surface, std::vector<GroundedConcept>& out) const;
  void weigh_context(const NamedThing& mention, const Scene& scene,
                     std::vector<GroundedConcept>& candidates) const;

  const NameBook* book_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> near_;  // spokesmen, both ways
};

/// A book of the knowledge's own names only.
NameBook name_book_of(const Knowledge& knowledge);

/// Whether `word` (lower case) is a common English word that is also a gene symbol or an
/// abbreviation of something in a name table.
bool is_common_word(std::string_view word);

}  // namespace thaw::evidence
