// A weighed claim in one row: the `claims` document of docs/formats/api.md.
#pragma once

#include <boost/json/object.hpp>

#include "evidence/weigh.h"

namespace thaw::evidence {

/// {"claim","subject":concept,"object":concept,"relation","sign","causal","text","qualifiers",
/// "support","opposition","belief","opinion","conflict","verdict","items","groups","latest_year",
/// "extractors"}: of all its items.
boost::json::object claim_summary_json(const Knowledge& knowledge, const WeighedClaim& weighed);

}  // namespace thaw::evidence
