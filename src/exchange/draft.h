// Pieces that every reader makes records of: sources of citations, mentions, item ids, kinds.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/model.h"
#include "exchange/format.h"

namespace thaw::exchange {

/// The source that a citation names: "PMID:123", "123" of a PubMed page's address, "DOI:10...",
/// "PMC...", "NCT...", "clinicaltrials:NCT...", an https address, or any "name:accession".
/// kInvalidArgument when it is empty or none of these.
Result<evidence::Source> source_of(std::string_view citation);

/// Whether `text` is a PubMed number: 1 to 8 digits, not all zero.
bool is_pmid(std::string_view text);

/// An id that depends on the content alone: prefix and 16 hexadecimal digits of SHA-256.
std::string content_id(std::string_view prefix, std::initializer_list<std::string_view> parts);

/// A concept as a file mentions it. An empty id becomes "name:" and the folded name; an empty name
/// becomes the id.
evidence::Concept mention_of(std::string_view id, std::string_view name, std::string_view kind,
                             std::vector<std::string> xrefs = {});

/// What a relation's word says, as far as it is known.
struct RelationMeaning {
  std::string_view word;  // our word for it
  int sign;               // +1, -1, or 0: none stated
  bool causal;
  bool from_object = false;  // "caused by": the object acts on the subject
};

/// The meaning of a predicate of Biolink, DrugMechDB, SIF or our own tables, written in any case
/// with spaces, '_' or '-', with or without "biolink:"; nothing when it is not in the table.
std::optional<RelationMeaning> meaning_of(std::string_view predicate);

/// Puts the meaning into an item: relation, sign, causal, and the ends where they are swapped. A
/// relation without a sign is an association: causal false, sign + for want of another.
void apply(const RelationMeaning& meaning, evidence::Item& item);

/// A kind of study as other files call it ("RCT", "MODEL_ORGANISM"), or "" when it is not known.
std::string study_kind_of(std::string_view name);

}  // namespace thaw::exchange
