#include "care/care_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "care/draft_store.h"

namespace thaw::care {
namespace {

std::string times_text(const std::vector<int>& minutes) {
  std::vector<std::string> out;
  for (const int minute : minutes) {
    out.push_back(clock_text(minute));
  }
  return join(out, " ");
}

Result<std::vector<int>> times_of(std::string_view text) {
  std::vector<int> out;
  for (const std::string_view part : split(text, ' ')) {
    if (!part.empty()) {
      THAW_TRY(const int minute, parse_clock(part));
      out.push_back(minute);
    }
  }
  return out;
}

std::optional<int> small(const std::optional<std::int64_t>& value) {
  return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

std::optional<std::int64_t> wide(const std::optional<int>& value) {
  return value ? std::optional<std::int64_t>(*value) : std::nullopt;
}

Result<Tracked> tracked_of(const db::Statement& row) {
  Tracked out;
  Reminder& reminder = out.reminder;
  reminder.id = row.text(0).value_or("");
  reminder.kind = row.text(1).value_or("");
  reminder.text_en = row.text(2).value_or("");
  reminder.text_zh = row.text(3).value_or("");
  reminder.every_min = small(row.integer(4));
  THAW_TRY(reminder.at, times_of(row.text(5).value_or("")));
  reminder.from = small(row.integer(6));
  reminder.until = small(row.integer(7));
  reminder.enabled = row.integer(8).value_or(0) != 0;
  reminder.escalate_after_min = small(row.integer(9));
  out.state.anchor = row.integer(10).value_or(0);
  out.state.due = row.integer(11);
  out.state.snoozed_until = row.integer(12).value_or(0);
  out.state.snooze_min = static_cast<int>(row.integer(13).value_or(0));
  out.state.escalated = row.integer(14).value_or(0);
  out.state.done_at = row.integer(15).value_or(0);
  return out;
}

Result<std::vector<Tracked>> read_tracked(db::Connection& connection) {
  THAW_TRY(auto rows,
           connection.prepare("select id, kind, text_en, text_zh, every_min, at_times, from_min,"
                              " until_min, enabled, escalate_after_min, anchor_ms, due_ms,"
                              " snoozed_until_ms, snooze_min, escalated_ms, done_ms from reminder"
                              " where removed = 0 order by place, id collate \"C\""));
  std::vector<Tracked> out;
  while (true) {
    THAW_TRY(const bool more, rows->step());
    if (!more) {
      return out;
    }
    THAW_TRY(Tracked tracked, tracked_of(*rows));
    out.push_back(std::move(tracked));
  }
}

void bind_reminder(db::Statement& write, const Tracked& tracked) {
  const Reminder& reminder = tracked.reminder;
  write.bind(1, reminder.id);
  write.bind(2, reminder.kind);
  write.bind(3, reminder.text_en);
  write.bind(4, reminder.text_zh);
  write.bind(5, wide(reminder.every_min));
  write.bind(6, times_text(reminder.at));
  write.bind(7, wide(reminder.from));
  write.bind(8, wide(reminder.until));
  write.bind(9, reminder.enabled ? 1 : 0);
  write.bind(10, wide(reminder.escalate_after_min));
  write.bind(11, tracked.state.anchor);
  write.bind(12, tracked.state.due);
  write.bind(13, tracked.state.snoozed_until);
  write.bind(14, tracked.state.snooze_min);
  write.bind(15, tracked.state.escalated);
  write.bind(16, tracked.state.done_at);
}

Result<Done> write_tracked(db::Connection& connection, std::span<const Tracked> all) {
  if (all.empty()) {
    return Done{};
  }
  THAW_TRY(
      auto write,
      connection.prepare(
          "insert into reminder (id, kind, text_en, text_zh, every_min, at_times, from_min,"
          " until_min, enabled, escalate_after_min, anchor_ms, due_ms, snoozed_until_ms, "
          "snooze_min,"
          " escalated_ms, done_ms, removed, place) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
          " ?11, ?12, ?13, ?14, ?15, ?16, 0, (select coalesce(max(place), 0) + 1 from reminder)) "
          "on conflict"
          " (id) do update set kind = excluded.kind, text_en = excluded.text_en, text_zh ="
          " excluded.text_zh, every_min = excluded.every_min, at_times = excluded.at_times,"
          " from_min = excluded.from_min, until_min = excluded.until_min, enabled ="
          " excluded.enabled, escalate_after_min = excluded.escalate_after_min, anchor_ms ="
          " excluded.anchor_ms, due_ms = excluded.due_ms, snoozed_until_ms ="
          " excluded.snoozed_until_ms, snooze_min = excluded.snooze_min, escalated_ms ="
          " excluded.escalated_ms, done_ms = excluded.done_ms, removed = 0"));
  for (const Tracked& tracked : all) {
    bind_reminder(*write, tracked);
    THAW_CHECK(write->run());
  }
  return Done{};
}

Result<Done> write_events(db::Connection& connection, std::span<const CareEvent> events) {
  if (events.empty()) {
    return Done{};
  }
  THAW_TRY(auto write, connection.prepare(
                           "insert into care_event (id, at_ms, what, kind, reminder_id, call_id,"
                           " about_id, name, by_whom, late_min, due_ms, times) values (?1, ?2, ?3,"
                           " ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) on conflict (id) do nothing"));
  for (const CareEvent& event : events) {
    write->bind(1, event.id);
    write->bind(2, event.at);
    write->bind(3, event.what);
    write->bind(4, event.kind);
    write->bind(5, event.reminder);
    write->bind(6, event.call);
    write->bind(7, event.about);
    write->bind(8, event.name);
    write->bind(9, event.by);
    write->bind(10, wide(event.late_min));
    write->bind(11, event.due_at);
    write->bind(12, event.times);
    THAW_CHECK(write->run());
  }
  return Done{};
}

Result<std::vector<CareEvent>> events_of(db::Statement& rows) {
  std::vector<CareEvent> out;
  while (true) {
    THAW_TRY(const bool more, rows.step());
    if (!more) {
      return out;
    }
    CareEvent event;
    event.id = rows.text(0).value_or("");
    event.at = rows.integer(1).value_or(0);
    event.what = rows.text(2).value_or("");
    event.kind = rows.text(3).value_or("");
    event.reminder = rows.text(4).value_or("");
    event.call = rows.text(5).value_or("");
    event.about = rows.text(6).value_or("");
    event.name = rows.text(7).value_or("");
    event.by = rows.text(8).value_or("");
    event.late_min = small(rows.integer(9));
    event.due_at = rows.integer(10);
    event.times = static_cast<int>(rows.integer(11).value_or(1));
    out.push_back(std::move(event));
  }
}

constexpr std::string_view kEventColumns =
    "select id, at_ms, what, kind, reminder_id, call_id, about_id, name, by_whom, late_min, due_ms,"
    " times from care_event ";

/// Missed and not seen, oldest first; of reminders that are still there.
Result<std::vector<Missed>> read_missed(db::Connection& connection) {
  THAW_TRY(
      auto rows,
      connection.prepare(fmt::format(
          "{}where what = 'missed' and id not in (select about_id from care_event where what ="
          " 'seen') and reminder_id in (select id from reminder where removed = 0) order by seq"
          " desc limit {}",
          kEventColumns, CareBoard::kMissedMax)));
  THAW_TRY(const auto events, events_of(*rows));
  std::vector<Missed> out;
  for (const CareEvent& event : events) {
    out.push_back({event.id, event.reminder, event.due_at.value_or(event.at), event.times});
  }
  std::reverse(out.begin(), out.end());
  return out;
}

/// The newest call, where nothing has ended it.
Result<std::optional<Call>> read_call(db::Connection& connection) {
  THAW_TRY(auto rows, connection.prepare(fmt::format(
                          "{}where call_id = (select call_id from care_event where what = 'called'"
                          " order by seq desc limit 1) order by seq",
                          kEventColumns)));
  THAW_TRY(const auto events, events_of(*rows));
  std::optional<Call> call;
  for (const CareEvent& event : events) {
    if (event.what != "called") {
      return std::optional<Call>();
    }
    call = Call{event.call, call ? call->began_at : event.at, event.kind, event.by, event.reminder};
  }
  return call;
}

}  // namespace

Result<Done> keep_care(db::Connection& connection, std::span<const CareEvent> events,
                       std::span<const Tracked> tracked) {
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  THAW_CHECK(write_events(connection, events));
  THAW_CHECK(write_tracked(connection, tracked));
  return transaction.commit();
}

Result<CareState> open_care(db::Connection& connection, const Zone& zone, Moment now) {
  THAW_TRY(auto any, connection.prepare("select count(*) from reminder"));
  THAW_TRY(const bool found, any->step());
  const bool fresh = !found || any->integer(0).value_or(0) == 0;
  any->reset();
  if (fresh) {
    std::vector<Tracked> first;
    for (const Reminder& reminder : default_reminders()) {
      first.push_back({reminder, {now, std::nullopt, 0, 0, 0, 0}});
      if (reminder.enabled) {
        first.back().state.due = due_after(reminder, now, zone);
      }
    }
    THAW_CHECK(keep_care(connection, {}, first));
  }
  CareState state;
  THAW_TRY(state.tracked, read_tracked(connection));
  THAW_TRY(state.missed, read_missed(connection));
  THAW_TRY(state.call, read_call(connection));
  THAW_TRY(const std::string alive, read_setting(connection, "alive"));
  state.alive = parse_int(alive).value_or(0);
  THAW_TRY(auto newest, connection.prepare("select coalesce(max(at_ms), 0) from care_event"));
  THAW_TRY(const bool has_newest, newest->step());
  state.newest = has_newest ? newest->integer(0).value_or(0) : 0;
  newest->reset();
  return state;
}

Result<Done> remove_reminder(db::Connection& connection, std::string_view id) {
  THAW_TRY(auto update, connection.prepare("update reminder set removed = 1 where id = ?1"));
  update->bind(1, id);
  THAW_CHECK(update->run());
  return Done{};
}

Result<Done> keep_alive(db::Connection& connection, Moment now) {
  return write_setting(connection, "alive", std::to_string(now), now);
}

Result<std::vector<CareEvent>> read_events(db::Connection& connection, Moment since) {
  THAW_TRY(auto rows,
           connection.prepare(fmt::format("{}where at_ms >= ?1 order by seq", kEventColumns)));
  rows->bind(1, since);
  return events_of(*rows);
}

}  // namespace thaw::care
