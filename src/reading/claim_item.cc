#include "reading/claim_item.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "evidence/document_json.h"

namespace thaw::reading {
namespace {

Result<std::string> end_of(const Mention& mention) {
  if (mention.ambiguous) {
    return invalid_argument(fmt::format("'{}' is ambiguous", mention.surface));
  }
  if (mention.candidates.empty()) {
    return invalid_argument(fmt::format("nothing is known by the name '{}'", mention.surface));
  }
  return mention.candidates.front().concept_id;
}

/// The document's own kind of study counts only where a publication type names it.
std::string study_kind_of(const ReadClaim& claim) {
  return claim.study_kind && claim.study_kind->span.empty() ? claim.study_kind->value
                                                            : "text_mined";
}

}  // namespace

evidence::Source source_of(const evidence::Document& document) {
  evidence::Source source;
  source.id = document.id;
  const std::string journal = document.journal.empty() ? "" : " " + document.journal;
  source.citation = document.year ? fmt::format("{}{} {}", document.id, journal, *document.year)
                                  : document.id + journal;
  source.url = document.url.empty() ? evidence::document_url(document.id) : document.url;
  source.year = document.year;
  return source;
}

Result<evidence::Item> item_of(const ReadClaim& claim, const evidence::Document& document,
                               const std::string& reader) {
  evidence::Item item;
  THAW_TRY(item.subject, end_of(claim.subject));
  THAW_TRY(item.object, end_of(claim.object));
  if (item.subject == item.object) {
    return invalid_argument(fmt::format("both ends are {}", item.subject));
  }
  if (!claim.sign && claim.causal && claim.direction == evidence::Direction::kSupports) {
    return invalid_argument("whether it raises or lowers is not told");
  }
  item.relation = claim.relation;
  item.sign = claim.sign.value_or(evidence::Sign::kRaises);
  item.causal = claim.causal;
  item.direction = claim.hedged && claim.direction == evidence::Direction::kSupports
                       ? evidence::Direction::kInconclusive
                       : claim.direction;
  item.study_kind = study_kind_of(claim);
  item.grade = "unstated";
  item.faithful = claim.probability;
  item.extractor = reader;
  item.year = document.year;
  if (claim.n) {
    item.n = claim.n->value;
  }
  if (claim.organism) {
    item.organism = claim.organism->value;
  }
  // A figure weighs by itself: only of a study that the document's type names.
  if (claim.effect && item.study_kind != "text_mined") {
    item.effect = claim.effect->value;
  }
  item.quote = claim.quote;
  item.quote_check = "verbatim";  // the law of every reader: reading_check.h
  item.quote_begin = static_cast<std::int64_t>(claim.evidence.begin);
  item.source = document.id;
  const std::string key =
      fmt::format("{}|{}|{}|{}|{}|{}", document.id, reader, item.subject, item.object,
                  static_cast<int>(item.sign), static_cast<int>(item.direction));
  item.id = "read:" + sha256_hex(key).substr(0, 16);
  return item;
}

}  // namespace thaw::reading
