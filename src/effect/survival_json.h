// The documents of docs/formats/survival.md: one analysis of times to an event, from a table to
// JSON, and the same as text for a terminal.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "effect/survival_request.h"
#include "table/table.h"

namespace thaw::effect {

/// Runs what is asked of `table`. Warnings come first in the document; every estimate has its
/// standard error, interval and unit.
/// Fails: as survival_rows and the methods of stats/ do, and kInvalidArgument for an option that
/// the analysis does not take. Cost: that of the method, and hashing the columns used.
Result<boost::json::object> survival_document(const Table& table, const SurvivalRequest& request);

/// A document of survival_document in "en" or "zh".
std::string survival_text(const boost::json::object& document, std::string_view lang);

}  // namespace thaw::effect
