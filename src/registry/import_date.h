// Dates as people write them in tables: day first, month first, year first, or ISO 8601.
#pragma once

#include <string_view>

#include "base/date.h"
#include "base/result.h"
#include "registry/import_csv.h"

namespace thaw::registry {

/// A date in the order of the map: full, or year and month, or a year. Separators - / . and the
/// Chinese signs for year, month and day.
Result<PartialDate> parse_import_date(std::string_view text, DateOrder order);

}  // namespace thaw::registry
