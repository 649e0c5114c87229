// Where every reminder stands now: a pure state machine over moments that are handed in.
//
// It never repeats a flood and never loses one silently: what was due while the program was off or
// asleep becomes one "missed" event a reminder, with how many times; an interval is then due at
// once. A clock set back cannot repeat what was done, and cannot push an interval further away than
// its own length; one set forward acts as time off. A machine that starts with a date long before
// what it wrote last has no clock yet: it reminds and gives nothing to be kept until it has one.
// Check: care_board_test.cc.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "care/care_event.h"
#include "care/moment.h"
#include "care/reminder.h"

namespace thaw::care {

/// What has to be remembered of one reminder besides its settings.
struct ReminderState {
  Moment anchor = 0;          // see due_after
  std::optional<Moment> due;  // the time it is due, past or future
  Moment snoozed_until = 0;   // 0: not snoozed
  int snooze_min = 0;         // how long that snooze is
  Moment escalated = 0;       // when it last went to a call, 0: not yet for this due
  Moment done_at = 0;         // when it was done, where that set the anchor; else 0

  bool operator==(const ReminderState&) const = default;
};

struct Tracked {
  Reminder reminder;
  ReminderState state;
};

struct Missed {
  std::string id;  // of its event
  std::string reminder;
  Moment due_at = 0;
  int times = 1;
};

enum class Standing { kWaiting, kDue, kOverdue, kSnoozed };  // the word of each: standing_word

std::string_view standing_word(Standing standing);

/// What came of a step.
struct CareStep {
  std::vector<CareEvent> events;  // to be kept, in order
  bool changed = false;           // what a page shows is another
  bool call = false;              // an overdue reminder asks for a call
  std::string call_reminder;      // which
};

/// A value: copied, tried and kept or dropped. Belongs to one thread at a time.
class CareBoard {
 public:
  using NewId = std::function<std::string(Moment)>;

  /// Time off longer than this makes what fell due in it "missed".
  static constexpr Moment kOffAfter = 3 * kMinute;
  /// Something that fell due so shortly before it is simply due.
  static constexpr Moment kStillDue = 10 * kMinute;
  static constexpr Moment kStillDueAtTime = 60 * kMinute;
  /// Without escalation a reminder is shown overdue after this.
  static constexpr Moment kOverdueAfter = 30 * kMinute;
  static constexpr int kSnoozeMax = 480;  // minutes
  static constexpr std::size_t kRemindersMax = 60;
  static constexpr std::size_t kMissedMax = 50;  // shown; older ones stand in the history
  /// Not writing for so long is a screen break.
  static constexpr Moment kBreak = 5 * kMinute;
  /// A clock so far behind the store at the start is not set; staying so for kBelieved, it is
  /// believed (what was stored lay ahead), but never before 2026.
  static constexpr Moment kBehind = kDay;
  static constexpr Moment kBelieved = 15 * kMinute;
  static constexpr Moment kNeverBefore = 1'767'225'600'000;  // 2026-01-01T00:00Z

  CareBoard(Zone zone, NewId new_id);

  /// As kept in the store; `alive` is when the program last ticked, 0: never; `newest` the time of
  /// the newest event that is kept, 0: none. What is not past at `now` is due by this board's zone.
  void load(std::vector<Tracked> tracked, std::vector<Missed> missed, Moment alive, Moment newest,
            Moment now);

  /// Lets time pass; call it every second or so. `call_on`: a call is on already, so none is asked.
  CareStep tick(Moment now, bool call_on);

  /// Done before its time, a time of day is settled up to two hours early, but not by a second
  /// "done" that lies nearer to the first, or within 15 minutes of it: that one moves nothing.
  /// `acts_on` is the due time that was shown: one before that of now is settled, and nothing
  /// changes. kNotFound; kConflict for one that is turned off.
  Result<CareStep> done(std::string_view reminder, std::string_view name, std::string_view by,
                        Moment now, std::optional<Moment> acts_on = {});
  /// `acts_on` as above. kNotFound; kInvalidArgument: minutes not 1..kSnoozeMax; kConflict when it
  /// is not due.
  Result<CareStep> snooze(std::string_view reminder, int minutes, std::string_view name,
                          std::string_view by, Moment now, std::optional<Moment> acts_on = {});
  /// Takes `missed` off the list. kNotFound names one that is not on it; kUnavailable while the
  /// clock is not set.
  Result<CareStep> seen(const std::vector<std::string>& missed, std::string_view name, Moment now);

  /// Adds or changes one; its time begins anew only where its times changed. As check_reminder, and
  /// kConflict over kRemindersMax, kUnavailable while the clock is not set.
  Result<Done> put(Reminder reminder, Moment now);
  /// kNotFound.
  Result<Done> remove(std::string_view reminder);

  /// The person writes now: the screen break counts from the beginning of writing.
  void writing(Moment now);
  /// A call for an overdue reminder was answered: it may ask again only after its time has passed.
  void call_ended(Moment now);
  void use_zone(Zone zone, Moment now);

  bool knows(std::string_view reminder) const;
  const std::vector<Tracked>& tracked() const { return tracked_; }
  const std::vector<Missed>& missed() const { return missed_; }  // oldest first
  Standing standing(const Tracked& tracked, Moment now) const;
  Moment alive() const { return alive_; }
  const Zone& zone() const { return zone_; }
  /// Whether the clock can be right. While it is not, no step has an event and nothing of where
  /// reminders stand is to be kept.
  bool clock_is_set() const { return !before_; }

 private:
  /// What stood in the store when the clock was found not to be set.
  struct Before {
    std::vector<Tracked> tracked;
    std::vector<Missed> missed;
    Moment alive = 0;
    Moment newest = 0;
    Moment since = 0;
  };

  Tracked* find(std::string_view reminder);
  CareEvent event_of(const Tracked& tracked, std::string_view what, Moment now) const;
  void hold_to_clock(Tracked& tracked, Moment now) const;
  void pass_by(Tracked& tracked, Moment now, bool was_off, CareStep& step);
  void pass_interval(Tracked& tracked, Moment now, CareStep& step);
  void pass_times(Tracked& tracked, Moment now, bool was_off, CareStep& step);
  void miss(Tracked& tracked, Moment first, int times, Moment now, CareStep& step);
  void escalate(Tracked& tracked, Moment now, bool call_on, CareStep& step);
  void rest_from_screen(Tracked& tracked, Moment now) const;
  void begin_anew(Tracked& tracked, Moment anchor, Moment done_at = 0) const;
  void look_at_clock(Moment now);
  void follow_zone(Moment now);

  Zone zone_;
  NewId new_id_;
  std::vector<Tracked> tracked_;
  std::vector<Missed> missed_;
  Moment alive_ = 0;  // of the last tick
  Moment wrote_ = 0;  // last sign of writing
  std::optional<Before> before_;
  std::vector<Standing> shown_;  // at the last tick, to see changes
};

}  // namespace thaw::care
