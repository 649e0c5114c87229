// The report of an import as JSON: what the command prints, and what an interrupted import keeps.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "exchange/import.h"

namespace thaw::exchange {

/// How many reasons a report lists, and how many sorts of reason it counts.
inline constexpr std::size_t kMostReasons = 1000;
inline constexpr std::size_t kMostSorts = 200;

/// Notes a refusal: the count, its sort, and among the first kMostReasons the reason itself.
void note_refusal(ImportReport& report, std::size_t line, std::string reason);

/// `reason` without its particulars: what stands in '...' and numbers are left out.
std::string sort_of_reason(std::string_view reason);

/// Format: docs/formats/exchange.md.
boost::json::object to_json(const ImportReport& report);

/// kCorrupt when it is not what to_json wrote.
Result<ImportReport> report_from_json(std::string_view text);

}  // namespace thaw::exchange
