// All names that are known, in one compact table: exact, normalised and fuzzy look-up, and finding
// names in running text.
//
// Holds the knowledge's concepts and the imported name tables (a quarter of a million names in tens
// of megabytes). Fuzzy look-up is by segments (Li, Deng, Wang, Feng: Pass-Join, PVLDB 5(3), 2011):
// a name is cut into one segment more than the edits allowed, so that a name within the bound keeps
// a segment whole near its place; only names that share one are compared letter by letter.
// Checked against a scan of all names by evidence/name_book_test.cc; measured by bench/names_bench.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evidence/model.h"

namespace thaw::evidence {

/// A concept, or an entry of a name table.
struct Term {
  std::string_view id, kind, en, zh;
  bool core = false;        // of the knowledge, not only of a name table
  std::uint32_t group = 0;  // equal for terms that are one thing by their cross references
};

/// One name of one term.
struct TermName {
  std::uint32_t term = 0;
  std::string_view name;    // as it is kept
  std::string_view normal;  // evidence/normal_name.h
  bool primary = false;     // the term's own name, not a synonym
};

/// Edits allowed for names of `length` characters: none under 6, 1 to 11, 2 to 19, then 3; in
/// scripts of one character a syllable none under 4, 1 to 7, then 2.
std::size_t edits_allowed(std::size_t length, bool ascii);

/// Edits (one character changed, added or dropped) between two texts of at most `bound`, else
/// `bound` + 1. Cost: O(length x bound).
std::size_t bounded_edits(std::u32string_view a, std::u32string_view b, std::size_t bound);

class NameBook {
 public:
  NameBook(NameBook&&) noexcept;
  NameBook& operator=(NameBook&&) noexcept;
  ~NameBook();

  std::size_t terms() const { return terms_.size(); }
  std::size_t names() const { return names_.size(); }
  Term term(std::uint32_t index) const;

  /// The term with this id, or -1.
  std::int64_t find_id(std::string_view id) const;

  /// All ids that are one thing with `term`, itself too: ids of terms and of cross references.
  std::vector<std::string_view> same_as(std::uint32_t term) const;

  /// The term that speaks for all of its group: of the knowledge first, then by namespace and id.
  std::uint32_t spokesman(std::uint32_t term) const { return spokesman_[term]; }

  /// Names whose normal form is that of `text`.
  std::vector<TermName> look_up(std::string_view text) const;

  struct Near {
    std::vector<TermName> names;  // all of one normal form
    std::size_t edits = 0;
    std::size_t length = 0;  // characters of the longer
  };
  /// Normal forms within the edits allowed (by the shorter of the two) of that of `text`, the
  /// nearest first; digits are never edited (SOD1 is not SOD2). At most `limit`. Safe to call from
  /// several threads. The first call makes the index (about 0.2 s for 240,000 names).
  std::vector<Near> near(std::string_view text, std::size_t limit) const;

  struct Found {
    std::size_t begin = 0, end = 0;  // bytes of the text as given
    std::vector<TermName> names;
  };
  /// Names in running text: from the left, each time the longest; whole words, and anywhere in
  /// Chinese. Names of one letter or of digits alone are not looked for.
  std::vector<Found> find_in(std::string_view text) const;

  /// Bytes held, without the index of near().
  std::size_t bytes() const;

 private:
  friend class NameBookBuilder;
  NameBook();

  struct Slice {
    std::uint32_t at = 0, length = 0;
  };
  struct TermRow {
    Slice id, en, zh;
    std::uint32_t group = 0;
    std::uint8_t kind = 0;
    bool core = false;
  };
  struct NameRow {
    Slice name;
    std::uint32_t term = 0;
    std::uint32_t normal = 0;
    bool primary = false;
  };
  struct Fuzzy;

  std::string_view text(Slice slice) const { return {arena_.data() + slice.at, slice.length}; }
  std::vector<TermName> names_of(std::uint32_t normal) const;
  const Fuzzy& fuzzy() const;

  std::vector<char> arena_;
  std::vector<std::string> kinds_;
  std::vector<TermRow> terms_;                              // by id
  std::vector<NameRow> names_;                              // by normal form, then term
  std::vector<Slice> normals_;                              // sorted
  std::vector<std::uint32_t> first_name_;                   // of each normal form, and the end
  std::vector<std::uint32_t> spokesman_;                    // of each term
  std::vector<std::pair<std::uint32_t, Slice>> group_ids_;  // by group
  std::unique_ptr<Fuzzy> fuzzy_;
};

/// Collects terms and names in any order; the book does not depend on the order.
class NameBookBuilder {
 public:
  /// A concept of the knowledge, with its aliases and cross references.
  void add(const Concept& record);

  // An entry of a name table, one part at a time.
  void add_term(std::string_view id, std::string_view kind, const Name& name, bool core = false);
  void add_name(std::string_view id, std::string_view name);
  void add_xref(std::string_view id, std::string_view xref);

  NameBook build();

 private:
  struct Draft {
    std::string kind;
    Name name;
    bool core = false;
    std::vector<std::string> names;
    std::vector<std::string> xrefs;
  };
  friend class TermGroups;
  std::map<std::string, Draft, std::less<>> drafts_;
};

/// The id in the letters that are used here: "mesh:D1" and "MESH:D1" are "MESH:D1", "ORDO:803" and
/// "Orphanet:803" are "Orphanet:803".
std::string standard_id(std::string_view id);

}  // namespace thaw::evidence
