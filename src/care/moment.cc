#include "care/moment.h"

#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <optional>

#include "base/text.h"

namespace thaw::care {
namespace {

/// Rounds down, also below 1970.
Moment floor_divide(Moment a, Moment b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

/// The number that `text` is, digits only.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    value = value * 10 + (c - '0');
  }
  return text.empty() ? std::nullopt : std::optional(value);
}

}  // namespace

Zone system_zone() {
  return [](Moment at) {
    const auto seconds = static_cast<std::time_t>(floor_divide(at, kSecond));
    std::tm local{};
    if (::localtime_r(&seconds, &local) == nullptr) {
      return 0;
    }
    return static_cast<int>(local.tm_gmtoff / 60);
  };
}

Zone fixed_zone(int minutes) {
  return [minutes](Moment) { return minutes; };
}

Day local_day(Moment at, const Zone& zone) {
  return Day(std::chrono::days(floor_divide(at + zone(at) * kMinute, kDay)));
}

int local_minute(Moment at, const Zone& zone) {
  const Moment local = at + zone(at) * kMinute;
  return static_cast<int>((local - floor_divide(local, kDay) * kDay) / kMinute);
}

Moment from_local(Day day, int minute, const Zone& zone) {
  const Moment local = Moment{day.time_since_epoch().count()} * kDay + minute * kMinute;
  // The offset before any change near this time, and the one after it.
  const int before = zone(local - kDay);
  const int after = zone(local + kDay);
  const Moment early = local - before * kMinute;
  if (zone(early) == before) {
    return early;  // right as it stands, or the first of two
  }
  Moment late = local - after * kMinute;
  if (zone(late) == after) {
    return late;
  }
  Moment changed = early;  // skipped: the clocks change between the two
  while (changed - late > kSecond) {
    const Moment middle = late + (changed - late) / 2;
    (zone(middle) == before ? late : changed) = middle;
  }
  return floor_divide(changed, kSecond) * kSecond;
}

std::string iso_text(Moment at) {
  const std::chrono::sys_seconds seconds{std::chrono::seconds(floor_divide(at, kSecond))};
  const Day day = std::chrono::floor<std::chrono::days>(seconds);
  const auto rest = static_cast<int>((seconds - day).count());
  return fmt::format("{}T{:02}:{:02}:{:02}Z", to_string(day), rest / 3600, rest / 60 % 60,
                     rest % 60);
}

Result<Moment> parse_moment(std::string_view text) {
  const auto bad = [&] {
    return invalid_argument(
        fmt::format("'{}' is not a time such as 2026-11-26T04:25:07Z", text.substr(0, 40)));
  };
  if (text.size() < 20 || text.size() > 24 || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':' || text.back() != 'Z') {
    return bad();
  }
  const auto day = parse_day(text.substr(0, 10));
  const auto hour = digits(text.substr(11, 2));
  const auto minute = digits(text.substr(14, 2));
  const auto second = digits(text.substr(17, 2));
  Moment milliseconds = 0;
  if (text.size() > 20) {
    const std::string_view fraction = text.substr(20, text.size() - 21);
    const auto value = digits(fraction);
    if (text[19] != '.' || !value) {
      return bad();
    }
    milliseconds = *value * (fraction.size() == 1 ? 100 : fraction.size() == 2 ? 10 : 1);
  }
  if (!day || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) {
    return bad();
  }
  return Moment{day->time_since_epoch().count()} * kDay + *hour * kHour + *minute * kMinute +
         *second * kSecond + milliseconds;
}

std::string clock_text(int minute) {
  return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

Result<int> parse_clock(std::string_view text) {
  const auto hour = text.size() == 5 ? digits(text.substr(0, 2)) : std::nullopt;
  const auto minute = text.size() == 5 ? digits(text.substr(3, 2)) : std::nullopt;
  if (!hour || !minute || text[2] != ':' || *hour > 23 || *minute > 59) {
    return invalid_argument(
        fmt::format("'{}' is not a time of day such as 08:00", text.substr(0, 40)));
  }
  return *hour * 60 + *minute;
}

}  // namespace thaw::care
