// When care is due: every so many minutes within hours of the day, or at times of the day.
//
// Pure: time and zone are handed in. An interval runs in UTC, so a change of the clocks does not
// touch it; times and hours of the day are those on the wall. Check: reminder_test.cc, each rule
// against a walk over every minute of a year.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "care/moment.h"

namespace thaw::care {

struct Reminder {
  std::string id;
  std::string kind;  // reposition, suction, eye_drops, medicine, screen_break or other
  std::string text_en, text_zh;
  std::optional<int> every_min;  // an interval, 5..10080; or
  std::vector<int> at;           // minutes since local midnight, ascending, at most 48
  std::optional<int> from,
      until;  // of an interval: hours of the day; from > until crosses midnight
  bool enabled = true;
  std::optional<int> escalate_after_min;  // due so long: a call; nothing: never

  bool operator==(const Reminder&) const = default;
};

/// Fine when `reminder` can be kept: one of every_min and at (neither, where it is not enabled),
/// from and until together, a text of at most 200 characters, a known kind. kInvalidArgument says
/// what is wrong.
Result<Done> check_reminder(const Reminder& reminder);

/// Whether `minute` of the day lies within its hours.
bool within_hours(const Reminder& reminder, int minute);

/// `at`, or the next moment within its hours.
Moment into_hours(const Reminder& reminder, Moment at, const Zone& zone);

/// The first time that it is due after `anchor`: when it was last done for an interval, the last
/// time of day settled for times of the day. Nothing where it has neither. Cost: a day or two.
std::optional<Moment> due_after(const Reminder& reminder, Moment anchor, const Zone& zone);

/// What a new store begins with: reposition every 120 min, suction, eye drops, medicine (its times
/// are the person's to set), and a screen break every 20 min of writing.
std::vector<Reminder> default_reminders();

}  // namespace thaw::care
