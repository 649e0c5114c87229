// From a name as a person writes it to the concept it means.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "evidence/knowledge.h"

namespace thaw::evidence {

struct Mention {
  const Concept* subject;  // the concept meant
  std::string matched;     // the name that matched, as it is kept
  double score;            // 1 exact name, less for a looser match
};

/// An index of names over one Knowledge, which must outlive it.
class NameIndex {
 public:
  explicit NameIndex(const Knowledge& knowledge);

  /// The concept meant by `text`: an id, a name or an alias, letters folded (base/text.h fold). A
  /// name two concepts share is kConflict and lists both; an unknown one is kNotFound and lists
  /// the nearest names.
  Result<const Concept*> resolve(std::string_view text) const;

  /// At most `limit` concepts whose names hold `text` (or its words), best first.
  std::vector<Mention> search(std::string_view text, std::size_t limit) const;

  /// Names found inside a sentence, longest first and not overlapping, in order of place.
  struct Found {
    std::vector<const Concept*> candidates;  // more than one: ambiguous
    std::size_t begin, end;                  // bytes in fold(sentence)
  };
  std::vector<Found> find_in(std::string_view sentence) const;

 private:
  const Knowledge* knowledge_;
  std::unordered_map<std::string, std::vector<const Concept*>> by_name_;
  std::vector<std::pair<std::string, const Concept*>> names_;  // folded name, concept; sorted
};

}  // namespace thaw::evidence
