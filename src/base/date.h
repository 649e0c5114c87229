// Calendar dates as people give them: a day, only a month, or only a year.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace thaw {

using Day = std::chrono::sys_days;

/// Length of a month in days wherever months are counted: 365.25 / 12.
inline constexpr double kDaysPerMonth = 365.25 / 12;

enum class DatePrecision { kDay, kMonth, kYear };

/// A date known to the day, the month or the year: the interval [first, last] of days it can be.
struct PartialDate {
  Day first;
  Day last;
  DatePrecision precision;

  friend bool operator==(const PartialDate&, const PartialDate&) = default;
};

/// Reads "YYYY-MM-DD", "YYYY-MM" or "YYYY", years 1900 to 2199. kInvalidArgument names the text.
Result<PartialDate> parse_partial_date(std::string_view text);

/// Reads "YYYY-MM-DD" only.
Result<Day> parse_day(std::string_view text);

/// "2024-03-10", "2024-03" or "2024": parse_partial_date reads it back to the same value.
std::string to_string(const PartialDate& date);
std::string to_string(Day day);

/// Months of 30.4375 days from `from` to `to`; negative when `to` is earlier.
double months_between(Day from, Day to);

}  // namespace thaw
