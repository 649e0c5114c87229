#include "base/date.h"

#include <fmt/format.h>

#include <optional>

#include "base/text.h"

namespace thaw {
namespace {

using std::chrono::day;
using std::chrono::last;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

/// `text` as a number of exactly `digits` digits.
std::optional<unsigned> digits(std::string_view text, std::size_t count) {
  if (text.size() != count) {
    return std::nullopt;
  }
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

Error not_a_date(std::string_view text) {
  return invalid_argument(
      fmt::format("'{}' is not a date; write YYYY-MM-DD, YYYY-MM or YYYY", text));
}

}  // namespace

Result<PartialDate> parse_partial_date(std::string_view text) {
  const auto parts = split(text, '-');
  const auto y = digits(parts[0], 4);
  if (!y || *y < 1900 || *y > 2199 || parts.size() > 3) {
    return not_a_date(text);
  }
  const year in_year{static_cast<int>(*y)};
  if (parts.size() == 1) {
    return PartialDate{in_year / 1 / 1, in_year / 12 / 31, DatePrecision::kYear};
  }
  const auto m = digits(parts[1], 2);
  if (!m || *m < 1 || *m > 12) {
    return not_a_date(text);
  }
  const auto in_month = in_year / month{*m};
  if (parts.size() == 2) {
    return PartialDate{in_month / 1, in_month / last, DatePrecision::kMonth};
  }
  const auto d = digits(parts[2], 2);
  if (!d || !(in_month / day{*d}).ok()) {
    return not_a_date(text);
  }
  return PartialDate{in_month / day{*d}, in_month / day{*d}, DatePrecision::kDay};
}

Result<Day> parse_day(std::string_view text) {
  THAW_TRY(const auto date, parse_partial_date(text));
  if (date.precision != DatePrecision::kDay) {
    return invalid_argument(fmt::format("'{}' is not a full date; write YYYY-MM-DD", text));
  }
  return date.first;
}

std::string to_string(Day value) {
  const year_month_day ymd{value};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::string to_string(const PartialDate& date) {
  const std::string full = to_string(date.first);
  switch (date.precision) {
    case DatePrecision::kYear:
      return full.substr(0, 4);
    case DatePrecision::kMonth:
      return full.substr(0, 7);
    case DatePrecision::kDay:
      break;
  }
  return full;
}

double months_between(Day from, Day to) {
  return static_cast<double>((to - from).count()) / kDaysPerMonth;
}

}  // namespace thaw
