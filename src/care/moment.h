// Moments in UTC, and what a clock on the wall shows then.
//
// Everything is kept in UTC; only what a person set as a time of day ("08:00", from 22:00 until
// 06:00) goes through a Zone, so a change of the clocks in spring or autumn moves no interval.
// Check: moment_test.cc, over every hour of a year with both changes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/result.h"

namespace thaw::care {

using Moment = std::int64_t;  // milliseconds since 1970-01-01T00:00Z

inline constexpr Moment kSecond = 1000;
inline constexpr Moment kMinute = 60 * kSecond;
inline constexpr Moment kHour = 60 * kMinute;
inline constexpr Moment kDay = 24 * kHour;

/// Minutes that local time is ahead of UTC at a moment, -840..840.
using Zone = std::function<int(Moment)>;

/// The machine's zone, with its changes of the clocks.
Zone system_zone();

/// Always `minutes` ahead of UTC.
Zone fixed_zone(int minutes);

/// The day of `at` on the wall.
Day local_day(Moment at, const Zone& zone);

/// Minutes since local midnight, 0..1439.
int local_minute(Moment at, const Zone& zone);

/// When the wall shows `minute` of `day`. A time that the clocks skip gives the moment of the
/// change; one that comes twice gives the first.
Moment from_local(Day day, int minute, const Zone& zone);

/// "2026-11-26T04:25:07Z".
std::string iso_text(Moment at);

/// Reads that form, with or without milliseconds. kInvalidArgument names the text.
Result<Moment> parse_moment(std::string_view text);

/// "08:05" of 485; and back: 0..1439. kInvalidArgument names the text.
std::string clock_text(int minute);
Result<int> parse_clock(std::string_view text);

}  // namespace thaw::care
