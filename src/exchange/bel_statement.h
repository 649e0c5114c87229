// One BEL statement with its citation as a batch; shared by the script and the node-link form.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "exchange/bel_term.h"
#include "exchange/format.h"

namespace thaw::exchange {

/// What stands around a statement.
struct BelContext {
  std::string citation;                            // as source_of reads it; "" when none
  std::string evidence;                            // the sentence
  std::map<std::string, std::string> annotations;  // Species, Cell, Disease, ...
};

/// kInvalidArgument: no citation, or a relation that is not known.
Result<Batch> bel_batch(const BelTerm& subject, std::string_view relation, const BelTerm& object,
                        const BelContext& context);

/// {"PubMed","Title","123"}, {"PubMed","123"} or PubMed and 123: as source_of reads it.
std::string bel_citation(std::string_view type, std::string_view reference);

}  // namespace thaw::exchange
