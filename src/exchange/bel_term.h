// Terms of the Biological Expression Language: p(HGNC:AKT1), act(p(...)), complex(...).
//
// Format: BEL 2.1 (language.bel.bio). A term becomes a concept; modifications, variants, fragments
// and places make another form of it, as qualifiers of the claim.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/model.h"

namespace thaw::exchange {

struct BelTerm {
  evidence::Concept mention;
  std::string form;  // pmod, var, frag, loc; "" for the plain thing
  std::string note;  // that its activity or move is meant
};

/// kInvalidArgument: a term that is not well formed, nested over 8 deep, or has no namespace.
Result<BelTerm> parse_bel_term(std::string_view text);

/// A statement "term relation term" cut in three; a single term has only the first part.
/// kInvalidArgument: brackets or quotes that do not close. A nested statement (its object is in
/// brackets of its own) is kInvalidArgument too: it says something of a relation, not of a thing.
Result<std::vector<std::string>> split_bel_statement(std::string_view statement);

}  // namespace thaw::exchange
