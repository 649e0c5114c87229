#include "registry/import_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace thaw::registry {

Result<PartialDate> parse_import_date(std::string_view text, DateOrder order) {
  if (order == DateOrder::kIso) {
    return parse_partial_date(text);
  }
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    const bool sign = rest.starts_with("年") || rest.starts_with("月") || rest.starts_with("日");
    if (sign || rest[0] == '/' || rest[0] == '-' || rest[0] == '.') {
      i += sign ? 2 : 0;  // each of the signs has three bytes
      parts.emplace_back();
    } else {
      parts.back() += rest[0];
    }
  }
  if (parts.back().empty()) {
    parts.pop_back();
  }
  if (order != DateOrder::kYearMonthDay) {
    std::ranges::reverse(parts);  // year first; then day, month when the month came first
    if (order == DateOrder::kMonthDayYear && parts.size() == 3) {
      std::swap(parts[1], parts[2]);
    }
  }
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (parts[i].size() == 1) {
      parts[i] = fmt::format("0{}", parts[i]);
    }
  }
  auto date = parse_partial_date(join(parts, "-"));
  if (!date) {
    return invalid_argument(fmt::format("'{}' is not a date in the order of the map", text));
  }
  return date;
}

}  // namespace thaw::registry
