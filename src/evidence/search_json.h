// Search answers and groundings as the documents of docs/formats/api.md.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>
#include <vector>

#include "evidence/grounding.h"
#include "evidence/search_store.h"

namespace thaw::evidence {

/// {"query","parts":[{"in","total","offset","hits":[{"id","title","kind","score","snippet",...}]}]}
boost::json::object search_document(std::string_view query, std::size_t offset,
                                    const std::vector<SearchAnswer>& answers);

/// {"text","ambiguous","meant","expanded","candidates":[{"id","kind","name","matched","how",...}]}
boost::json::object grounding_document(std::string_view text, const Grounding& grounding);

}  // namespace thaw::evidence
