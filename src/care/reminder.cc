#include "care/reminder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace thaw::care {
namespace {

constexpr std::array<std::string_view, 6> kKinds = {"reposition", "suction",      "eye_drops",
                                                    "medicine",   "screen_break", "other"};
constexpr std::size_t kTimesMax = 48;
constexpr std::size_t kTextBytesMax = 600;
constexpr int kEveryMin = 5;
constexpr int kEveryMax = 7 * 24 * 60;

Result<Done> check_times(const Reminder& reminder) {
  if (reminder.every_min && !reminder.at.empty()) {
    return invalid_argument("a reminder is either every so many minutes or at times of the day");
  }
  if (reminder.enabled && !reminder.every_min && reminder.at.empty()) {
    return invalid_argument("set minutes or times of the day before turning this reminder on");
  }
  if (reminder.every_min && (*reminder.every_min < kEveryMin || *reminder.every_min > kEveryMax)) {
    return invalid_argument(fmt::format("'every_min' is {}, it must be {} to {}",
                                        *reminder.every_min, kEveryMin, kEveryMax));
  }
  if (reminder.at.size() > kTimesMax) {
    return invalid_argument(fmt::format("'at' has over {} times", kTimesMax));
  }
  if (reminder.from.has_value() != reminder.until.has_value()) {
    return invalid_argument("give both 'from' and 'until', or neither");
  }
  const auto& after = reminder.escalate_after_min;
  if (after && (*after < 1 || *after > 24 * 60)) {
    return invalid_argument(
        fmt::format("'escalate_after_min' is {}, it must be 1 to 1440, or null for never", *after));
  }
  return Done{};
}

}  // namespace

Result<Done> check_reminder(const Reminder& reminder) {
  if (std::find(kKinds.begin(), kKinds.end(), reminder.kind) == kKinds.end()) {
    return invalid_argument(
        "'kind' must be reposition, suction, eye_drops, medicine, screen_break or other");
  }
  if (reminder.text_en.empty() && reminder.text_zh.empty()) {
    return invalid_argument("a reminder needs a text in one language at least");
  }
  if (reminder.text_en.size() > kTextBytesMax || reminder.text_zh.size() > kTextBytesMax) {
    return invalid_argument(
        fmt::format("the text of a reminder is over {} bytes long", kTextBytesMax));
  }
  return check_times(reminder);
}

bool within_hours(const Reminder& reminder, int minute) {
  if (!reminder.from || !reminder.until || *reminder.from == *reminder.until) {
    return true;
  }
  return *reminder.from < *reminder.until ? minute >= *reminder.from && minute < *reminder.until
                                          : minute >= *reminder.from || minute < *reminder.until;
}

Moment into_hours(const Reminder& reminder, Moment at, const Zone& zone) {
  if (within_hours(reminder, local_minute(at, zone))) {
    return at;
  }
  const Day today = local_day(at, zone);
  const Moment opens = from_local(today, *reminder.from, zone);
  return opens > at ? opens : from_local(today + std::chrono::days(1), *reminder.from, zone);
}

std::optional<Moment> due_after(const Reminder& reminder, Moment anchor, const Zone& zone) {
  if (reminder.every_min) {
    return into_hours(reminder, anchor + *reminder.every_min * kMinute, zone);
  }
  const Day today = local_day(anchor, zone);
  for (int ahead = 0; ahead <= 2 && !reminder.at.empty(); ++ahead) {
    std::optional<Moment> first;
    for (const int minute : reminder.at) {
      const Moment due = from_local(today + std::chrono::days(ahead), minute, zone);
      if (due > anchor && (!first || due < *first)) {
        first = due;
      }
    }
    if (first) {
      return first;
    }
  }
  return std::nullopt;
}

std::vector<Reminder> default_reminders() {
  Reminder turn{"reminder-reposition", "reposition", "Turn over", "翻身", 120};
  turn.escalate_after_min = 30;
  Reminder suction{"reminder-suction", "suction", "Suction", "吸痰", 240};
  suction.escalate_after_min = 30;
  Reminder eyes{"reminder-eye-drops", "eye_drops", "Eye drops", "滴眼药水", 180};
  eyes.from = 7 * 60;
  eyes.until = 22 * 60;
  Reminder medicine{"reminder-medicine", "medicine", "Medicine", "吃药"};
  medicine.enabled = false;
  medicine.escalate_after_min = 30;
  Reminder screen{"reminder-screen-break", "screen_break", "Rest the eyes", "让眼睛休息一下", 20};
  return {turn, suction, eyes, medicine, screen};
}

}  // namespace thaw::care
