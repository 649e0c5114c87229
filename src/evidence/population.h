// The ancestries that the knowledge speaks of, and whether a question asks for one of them.
//
// Source: the field `population` of an item, docs/formats/evidence.md. Asking for another one would
// discount every item alike and say nothing, so it is refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/knowledge.h"

namespace thaw::evidence {

/// The ancestries that at least one item states, sorted, each once. Cost: linear in the items.
std::vector<std::string> populations(const Knowledge& knowledge);

/// Fine when `asked` is empty or one of populations(). kNotFound lists those that are known.
Result<Done> check_population(const Knowledge& knowledge, std::string_view asked);

}  // namespace thaw::evidence
