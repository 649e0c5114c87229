#include "care/care_board.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace thaw::care {
namespace {

constexpr std::string_view kScreenBreak = "screen_break";
constexpr int kCountMax = 1000;  // of times in a row that were missed
constexpr std::string_view kNoClock =
    "the clock of this machine is not set, so nothing can be kept; set date and time first";
constexpr Moment kDoneEarly = 2 * kHour;     // before a time of day that still counts as that time
constexpr Moment kDoneAgain = 15 * kMinute;  // a second "done" so soon tells of the same deed

bool is_past(const std::optional<Moment>& due, Moment now) {
  return due && *due <= now;
}

/// Since when it asks to be done.
Moment asks_since(const ReminderState& state) {
  return std::max(*state.due, state.snoozed_until);
}

/// Whether what was done at `done_at`, if it was, is what a "done" at `now` tells of, not `due`.
bool tells_again(Moment done_at, Moment due, Moment now) {
  return done_at != 0 && std::abs(now - done_at) < std::max(kDoneAgain, due - now);
}

/// Whether the due time that a page showed, to the second, lies before the one of now.
bool is_settled(const std::optional<Moment>& acts_on, const std::optional<Moment>& due) {
  return acts_on && due && *acts_on / kSecond < *due / kSecond;
}

bool same_times(const Reminder& a, const Reminder& b) {
  return a.every_min == b.every_min && a.at == b.at && a.from == b.from && a.until == b.until &&
         a.enabled == b.enabled;
}

}  // namespace

std::string_view standing_word(Standing standing) {
  switch (standing) {
    case Standing::kWaiting:
      return "waiting";
    case Standing::kDue:
      return "due";
    case Standing::kOverdue:
      return "overdue";
    case Standing::kSnoozed:
      break;
  }
  return "snoozed";
}

CareBoard::CareBoard(Zone zone, NewId new_id)
    : zone_(std::move(zone)), new_id_(std::move(new_id)) {}

void CareBoard::load(std::vector<Tracked> tracked, std::vector<Missed> missed, Moment alive,
                     Moment newest, Moment now) {
  tracked_ = std::move(tracked);
  missed_ = std::move(missed);
  alive_ = alive;
  shown_.clear();
  follow_zone(now);
  before_.reset();
  if (now < std::max(newest, alive) - kBehind) {
    before_ = Before{tracked_, missed_, alive, std::max(newest, alive), now};
  }
}

// Until the clock is set, time passes on the side; then everything goes on from the store.
void CareBoard::look_at_clock(Moment now) {
  if (!before_) {
    return;
  }
  if (now >= before_->newest - kBehind) {
    tracked_ = std::move(before_->tracked);
    missed_ = std::move(before_->missed);
    alive_ = before_->alive;
    before_.reset();
    follow_zone(now);
    return;
  }
  before_->since = std::min(before_->since, now);
  if (now >= kNeverBefore) {
    before_->since = std::max(before_->since, kNeverBefore);
    if (now - before_->since >= kBelieved) {
      before_.reset();
    }
  }
}

Tracked* CareBoard::find(std::string_view reminder) {
  const auto found = std::find_if(tracked_.begin(), tracked_.end(),
                                  [&](const Tracked& t) { return t.reminder.id == reminder; });
  return found == tracked_.end() ? nullptr : &*found;
}

bool CareBoard::knows(std::string_view reminder) const {
  return std::any_of(tracked_.begin(), tracked_.end(),
                     [&](const Tracked& t) { return t.reminder.id == reminder; });
}

CareEvent CareBoard::event_of(const Tracked& tracked, std::string_view what, Moment now) const {
  CareEvent event;
  event.id = new_id_(now);
  event.at = now;
  event.what = what;
  event.kind = tracked.reminder.kind;
  event.reminder = tracked.reminder.id;
  event.by = "program";
  event.due_at = tracked.state.due;
  return event;
}

Standing CareBoard::standing(const Tracked& tracked, Moment now) const {
  const ReminderState& state = tracked.state;
  if (!tracked.reminder.enabled || !is_past(state.due, now)) {
    return Standing::kWaiting;
  }
  if (state.snoozed_until > now) {
    return Standing::kSnoozed;
  }
  const auto& after = tracked.reminder.escalate_after_min;
  const Moment overdue = asks_since(state) + (after ? *after * kMinute : kOverdueAfter);
  return now >= overdue ? Standing::kOverdue : Standing::kDue;
}

void CareBoard::begin_anew(Tracked& tracked, Moment anchor, Moment done_at) const {
  tracked.state = {anchor, std::nullopt, 0, 0, 0, done_at};
  if (tracked.reminder.enabled) {
    tracked.state.due = due_after(tracked.reminder, anchor, zone_);
  }
}

// Whatever a clock did, nothing may lie further ahead than it could.
void CareBoard::hold_to_clock(Tracked& tracked, Moment now) const {
  ReminderState& state = tracked.state;
  if (state.snoozed_until - now > state.snooze_min * kMinute) {
    state.snoozed_until = now + state.snooze_min * kMinute;
  }
  state.escalated = std::min(state.escalated, now);
  const bool interval = tracked.reminder.every_min.has_value();
  // What was done stays done over a clock set back a little, as nobody is to take it twice; an
  // anchor that no deed set was only passed by, and is not past any more.
  const bool done = !interval && state.done_at != 0 && state.done_at <= now + kDoneEarly;
  if (state.anchor > now && !done) {
    begin_anew(tracked, now);
  }
  const auto latest = due_after(tracked.reminder, now, zone_);
  if (interval && state.due && latest && *state.due > *latest) {
    begin_anew(tracked, now);
  }
}

void CareBoard::miss(Tracked& tracked, Moment first, int times, Moment now, CareStep& step) {
  CareEvent event = event_of(tracked, "missed", now);
  event.due_at = first;
  event.times = times;
  missed_.push_back({event.id, tracked.reminder.id, first, times});
  if (missed_.size() > kMissedMax) {
    missed_.erase(missed_.begin());
  }
  step.events.push_back(std::move(event));
  step.changed = true;
}

void CareBoard::pass_interval(Tracked& tracked, Moment now, CareStep& step) {
  ReminderState& state = tracked.state;
  const Moment first = *state.due;
  if (first <= alive_ || now - first < kStillDue) {
    return;  // it was seen, or is only just due
  }
  int times = 1;
  for (auto next = due_after(tracked.reminder, first, zone_);
       is_past(next, now) && times < kCountMax; next = due_after(tracked.reminder, *next, zone_)) {
    ++times;
  }
  miss(tracked, first, times, now, step);
  begin_anew(tracked, now);
  state.due = into_hours(tracked.reminder, now, zone_);
}

void CareBoard::pass_times(Tracked& tracked, Moment now, bool was_off, CareStep& step) {
  ReminderState& state = tracked.state;
  const Moment first = *state.due;
  Moment last = first;
  int times = 1;  // that are due by now
  for (auto next = due_after(tracked.reminder, first, zone_);
       is_past(next, now) && times < kCountMax; next = due_after(tracked.reminder, last, zone_)) {
    last = *next;
    ++times;
  }
  const bool unseen = was_off && last > alive_;
  const bool last_missed = unseen && now - last >= kStillDueAtTime;
  const int missed = last_missed ? times : times - 1;
  if (missed > 0) {
    miss(tracked, first, missed, now, step);
  }
  if (last_missed) {
    begin_anew(tracked, now);
  } else if (missed > 0 || unseen) {
    // Nobody could have done it while the program was off: it asks from now on.
    state = {last - 1, last, unseen ? now : 0, 0, 0, 0};
  }
}

void CareBoard::pass_by(Tracked& tracked, Moment now, bool was_off, CareStep& step) {
  if (!is_past(tracked.state.due, now)) {
    return;
  }
  if (tracked.reminder.every_min) {
    if (was_off) {
      pass_interval(tracked, now, step);
    }
  } else {
    pass_times(tracked, now, was_off, step);
  }
}

void CareBoard::rest_from_screen(Tracked& tracked, Moment now) const {
  if (now - wrote_ >= kBreak || now < wrote_) {
    tracked.state = {now, std::nullopt, 0, 0, 0, 0};  // counts again from the next writing on
  }
}

void CareBoard::escalate(Tracked& tracked, Moment now, bool call_on, CareStep& step) {
  ReminderState& state = tracked.state;
  const auto& after = tracked.reminder.escalate_after_min;
  if (!after || !is_past(state.due, now) || state.snoozed_until > now || call_on || step.call) {
    return;
  }
  if (now - std::max(asks_since(state), state.escalated) >= *after * kMinute) {
    state.escalated = now;
    step.events.push_back(event_of(tracked, "escalated", now));
    step.call = true;
    step.call_reminder = tracked.reminder.id;
  }
}

CareStep CareBoard::tick(Moment now, bool call_on) {
  CareStep step;
  look_at_clock(now);
  const bool was_off = alive_ == 0 || now - alive_ > kOffAfter;
  for (Tracked& tracked : tracked_) {
    if (!tracked.reminder.enabled) {
      continue;
    }
    hold_to_clock(tracked, now);
    if (tracked.reminder.kind == kScreenBreak) {
      rest_from_screen(tracked, now);
    }
    pass_by(tracked, now, was_off, step);
    escalate(tracked, now, call_on, step);
  }
  alive_ = now;
  std::vector<Standing> shown;
  for (const Tracked& tracked : tracked_) {
    shown.push_back(standing(tracked, now));
  }
  step.changed = step.changed || step.call || shown != shown_;
  shown_ = std::move(shown);
  if (before_) {
    step.events.clear();
    missed_ = before_->missed;
  }
  return step;
}

Result<CareStep> CareBoard::done(std::string_view reminder, std::string_view name,
                                 std::string_view by, Moment now, std::optional<Moment> acts_on) {
  Tracked* tracked = find(reminder);
  if (tracked == nullptr) {
    return not_found("no reminder has this id");
  }
  if (!tracked->reminder.enabled) {
    return conflict("this reminder is turned off");
  }
  CareStep step;
  if (is_settled(acts_on, tracked->state.due)) {
    return step;
  }
  CareEvent event = event_of(*tracked, "done", now);
  event.name = name;
  event.by = by;
  const ReminderState& state = tracked->state;
  step.changed = true;
  const bool interval = tracked->reminder.every_min.has_value();
  if (is_past(state.due, now)) {
    event.late_min = static_cast<int>((now - *state.due) / kMinute);
    begin_anew(*tracked, now, now);
  } else if (interval) {
    begin_anew(*tracked, now, now);
  } else if (state.due && *state.due - now <= kDoneEarly &&
             !tells_again(state.done_at, *state.due, now)) {
    begin_anew(*tracked, *state.due, now);
  } else {
    event.due_at.reset();  // it stands for none of its times
  }
  if (!before_) {
    step.events.push_back(std::move(event));
  }
  return step;
}

Result<CareStep> CareBoard::snooze(std::string_view reminder, int minutes, std::string_view name,
                                   std::string_view by, Moment now, std::optional<Moment> acts_on) {
  Tracked* tracked = find(reminder);
  if (tracked == nullptr) {
    return not_found("no reminder has this id");
  }
  if (minutes < 1 || minutes > kSnoozeMax) {
    return invalid_argument(
        fmt::format("'minutes' is {}, it must be 1 to {}", minutes, kSnoozeMax));
  }
  CareStep step;
  if (is_settled(acts_on, tracked->state.due)) {
    return step;
  }
  if (standing(*tracked, now) == Standing::kWaiting) {
    return conflict("this reminder is not due, so there is nothing to put off");
  }
  CareEvent event = event_of(*tracked, "snoozed", now);
  event.name = name;
  event.by = by;
  if (!before_) {
    step.events.push_back(std::move(event));
  }
  step.changed = true;
  tracked->state.snoozed_until = now + minutes * kMinute;
  tracked->state.snooze_min = minutes;
  return step;
}

Result<CareStep> CareBoard::seen(const std::vector<std::string>& missed, std::string_view name,
                                 Moment now) {
  if (before_) {
    return unavailable(std::string(kNoClock));
  }
  CareStep step;
  for (const std::string& id : missed) {
    const auto found = std::find_if(missed_.begin(), missed_.end(),
                                    [&](const Missed& each) { return each.id == id; });
    if (found == missed_.end()) {
      return not_found("no missed reminder has the id '" + id.substr(0, 60) + "'");
    }
    CareEvent event;
    event.id = new_id_(now);
    event.at = now;
    event.what = "seen";
    if (const Tracked* tracked = find(found->reminder)) {
      event.kind = tracked->reminder.kind;
    }
    event.reminder = found->reminder;
    event.about = id;
    event.name = name;
    event.by = "partner";
    event.due_at = found->due_at;
    step.events.push_back(std::move(event));
    missed_.erase(found);
  }
  step.changed = !missed.empty();
  return step;
}

Result<Done> CareBoard::put(Reminder reminder, Moment now) {
  THAW_CHECK(check_reminder(reminder));
  if (before_) {
    return unavailable(std::string(kNoClock));
  }
  if (Tracked* known = find(reminder.id)) {
    const bool anew = !same_times(known->reminder, reminder);
    known->reminder = std::move(reminder);
    if (anew) {
      begin_anew(*known, now);
    }
    return Done{};
  }
  if (tracked_.size() >= kRemindersMax) {
    return conflict(fmt::format("there are {} reminders already; remove one first", kRemindersMax));
  }
  tracked_.push_back({std::move(reminder), {}});
  begin_anew(tracked_.back(), now);
  return Done{};
}

Result<Done> CareBoard::remove(std::string_view reminder) {
  if (find(reminder) == nullptr) {
    return not_found("no reminder has this id");
  }
  std::erase_if(tracked_, [&](const Tracked& t) { return t.reminder.id == reminder; });
  std::erase_if(missed_, [&](const Missed& m) { return m.reminder == reminder; });
  if (before_) {
    std::erase_if(before_->tracked, [&](const Tracked& t) { return t.reminder.id == reminder; });
    std::erase_if(before_->missed, [&](const Missed& m) { return m.reminder == reminder; });
  }
  return Done{};
}

void CareBoard::writing(Moment now) {
  if (now - wrote_ >= kBreak || now < wrote_) {
    for (Tracked& tracked : tracked_) {
      if (tracked.reminder.kind == kScreenBreak) {
        begin_anew(tracked, now);
      }
    }
  }
  wrote_ = now;
}

void CareBoard::call_ended(Moment now) {
  for (Tracked& tracked : tracked_) {
    if (tracked.state.escalated != 0) {
      tracked.state.escalated = now;
    }
  }
}

void CareBoard::use_zone(Zone zone, Moment now) {
  zone_ = std::move(zone);
  follow_zone(now);
}

void CareBoard::follow_zone(Moment now) {
  for (Tracked& tracked : tracked_) {
    ReminderState& state = tracked.state;
    if (!tracked.reminder.enabled || !state.due || is_past(state.due, now)) {
      continue;
    }
    const auto& every = tracked.reminder.every_min;
    // After time off an interval is due at once, or when its hours begin.
    state.due = every ? into_hours(tracked.reminder,
                                   std::min(*state.due, state.anchor + *every * kMinute), zone_)
                      : due_after(tracked.reminder, state.anchor, zone_);
  }
}

}  // namespace thaw::care
