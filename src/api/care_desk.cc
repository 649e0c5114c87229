#include "api/care_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>

#include "care/call_command.h"
#include "care/care_store.h"
#include "care/secrets.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::chrono::milliseconds kTick{500};
constexpr int kHistoryDaysMax = 366;

std::string new_care_id(care::Moment at) {
  return care::new_id("care", at);
}

/// Those of `now` that differ from `before`.
std::vector<care::Tracked> changed(const std::vector<care::Tracked>& before,
                                   const std::vector<care::Tracked>& now) {
  std::vector<care::Tracked> out;
  for (const care::Tracked& each : now) {
    const auto old = std::find_if(before.begin(), before.end(), [&](const care::Tracked& t) {
      return t.reminder.id == each.reminder.id;
    });
    if (old == before.end() || old->reminder != each.reminder || old->state != each.state) {
      out.push_back(each);
    }
  }
  return out;
}

}  // namespace

care::Moment moment_of(const Clock& clock) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(clock.now().time_since_epoch())
      .count();
}

CareDesk::CareDesk(Parts parts)
    : parts_(std::move(parts)), board_(care::system_zone(), new_care_id) {}

Result<Done> CareDesk::open(care::Zone zone) {
  const care::Moment now = moment_of(*parts_.clock);
  THAW_TRY(care::CareState state, parts_.door->with([&](db::Connection& connection) {
    return care::open_care(connection, zone, now);
  }));
  const std::lock_guard lock(mutex_);
  board_ = care::CareBoard(std::move(zone), new_care_id);
  board_.load(std::move(state.tracked), std::move(state.missed), state.alive, state.newest, now);
  if (!board_.clock_is_set()) {
    fmt::print(stderr,
               "thaw: the clock of this machine lies before what was kept last; care reminds, and "
               "keeps nothing until date and time are set\n");
  }
  if (state.call) {
    calls_.restore(*std::move(state.call));
  }
  return Done{};
}

void CareDesk::start() {
  ticker_ = std::jthread([this](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      tick();
      never.wait_for(lock, stop, kTick, [] { return false; });
    }
  });
}

void CareDesk::stop() {
  ticker_ = {};
}

void CareDesk::tick() {
  const care::Moment now = moment_of(*parts_.clock);
  const std::lock_guard lock(mutex_);
  care::CareStep step = board_.tick(now, calls_.on().has_value());
  if (!step.events.empty()) {
    keep_later(std::move(step.events));
  }
  if (step.call) {
    call_locked({care::new_id("call", now), now, "overdue", "program", step.call_reminder});
  }
  if (step.changed) {
    tell_care();
  }
  if (board_.clock_is_set() && (now - kept_alive_ >= care::kMinute || now < kept_alive_)) {
    kept_alive_ = now;
    parts_.outbox->add_unimportant(
        [now](db::Connection& connection) { return care::keep_alive(connection, now); });
  }
}

// The reminders are written as they stand when their turn comes, so that nothing newer is undone;
// a call is kept also without a clock, so that it is still on after a restart.
void CareDesk::keep_later(std::vector<care::CareEvent> events) {
  std::string what;
  for (const care::CareEvent& event : events) {
    what += fmt::format("{}{} {}{} at {}", what.empty() ? "" : ", ", event.what, event.kind,
                        event.call.empty() ? "" : " " + event.call, care::iso_text(event.at));
  }
  parts_.outbox->add(
      [this, events = std::move(events)](db::Connection& connection) {
        std::vector<care::Tracked> standing;
        {
          const std::lock_guard lock(mutex_);
          for (const care::Tracked& tracked : board_.tracked()) {
            if (board_.clock_is_set() &&
                std::any_of(events.begin(), events.end(), [&](const care::CareEvent& event) {
                  return event.reminder == tracked.reminder.id;
                })) {
              standing.push_back(tracked);
            }
          }
        }
        return care::keep_care(connection, events, standing);
      },
      std::move(what));
}

json::object CareDesk::call(std::string kind, std::string by, std::string reminder) {
  const care::Moment now = moment_of(*parts_.clock);
  const std::lock_guard lock(mutex_);
  return call_locked(
      {care::new_id("call", now), now, std::move(kind), std::move(by), std::move(reminder)});
}

json::object CareDesk::call_locked(care::Call wanted) {
  std::optional<care::CareEvent> event;
  const care::Call on = calls_.call(std::move(wanted), event);
  if (event) {
    command_started_.reset();
  }
  tell_call();
  if (event) {
    keep_later({*std::move(event)});
    command_started_ = run_command(on);
    tell_care();
  }
  return call_event_locked().as_object();
}

std::optional<bool> CareDesk::run_command(const care::Call& call) const {
  if (parts_.call_command.empty()) {
    return std::nullopt;
  }
  const auto started = care::start_detached(
      parts_.call_command, {{"THAW_CALL_ID", call.id}, {"THAW_CALL_KIND", call.kind}});
  if (!started) {
    fmt::print(stderr, "thaw: {}\n", started.error().message);
  }
  return static_cast<bool>(started);
}

json::object CareDesk::end_call(const care::EndedCall& ended,
                                std::optional<care::CareEvent> event) {
  if (event) {
    board_.call_ended(event->at);
    keep_later({*std::move(event)});
    tell_call();
    tell_care();
  }
  return {{"id", ended.id}, {"how", ended.how}, {"name", ended.name}};
}

Result<json::object> CareDesk::acknowledge(std::string_view id, std::string_view name) {
  const care::Moment now = moment_of(*parts_.clock);
  const std::lock_guard lock(mutex_);
  std::optional<care::CareEvent> event;
  THAW_TRY(const care::EndedCall ended, calls_.acknowledge(id, name, now, event));
  return end_call(ended, std::move(event));
}

Result<json::object> CareDesk::cancel(std::string_view id) {
  const care::Moment now = moment_of(*parts_.clock);
  const std::lock_guard lock(mutex_);
  std::optional<care::CareEvent> event;
  THAW_TRY(const care::EndedCall ended, calls_.cancel(id, now, event));
  return end_call(ended, std::move(event));
}

json::value CareDesk::call_json_locked() const {
  json::value call = care::call_json(calls_.on());
  if (call.is_object()) {
    json::object& told = call.get_object();
    told["listening"] = parts_.listening();
    told["command"] = command_started_ ? json::value(*command_started_ ? "ok" : "failed") : nullptr;
  }
  return call;
}

json::value CareDesk::ended_json_locked() const {
  if (calls_.on() || !calls_.last_ended()) {
    return nullptr;
  }
  const care::EndedCall& last = *calls_.last_ended();
  return json::object{{"id", last.id}, {"how", last.how}, {"name", last.name}};
}

json::value CareDesk::call_event_locked() const {
  return json::object{{"call", call_json_locked()}, {"ended", ended_json_locked()}};
}

json::object CareDesk::document_locked() const {
  json::object out = care::care_document(board_, calls_.on(), moment_of(*parts_.clock));
  out["call"] = call_json_locked();
  out["ended"] = ended_json_locked();
  out["clock_set"] = board_.clock_is_set();
  return out;
}

json::value CareDesk::call_event() const {
  const std::lock_guard lock(mutex_);
  return call_event_locked();
}

void CareDesk::tell_call() const {
  parts_.hub->publish("call", call_event_locked(), EventHub::Audience::kEveryone);
}

void CareDesk::tell_care() const {
  parts_.hub->publish("care", document_locked(), EventHub::Audience::kEveryone);
}

json::object CareDesk::document() const {
  const std::lock_guard lock(mutex_);
  return document_locked();
}

void CareDesk::writing() {
  const std::lock_guard lock(mutex_);
  board_.writing(moment_of(*parts_.clock));
}

// Tried on a copy, kept, and only then done: whoever waits for the answer can rely on it.
Result<Done> CareDesk::change(const Change& change) {
  const care::Moment now = moment_of(*parts_.clock);
  return parts_.door->with([&](db::Connection& connection) -> Result<Done> {
    std::unique_lock lock(mutex_);
    care::CareBoard trial = board_;
    lock.unlock();
    const std::vector<care::Tracked> before = trial.tracked();
    THAW_TRY(const care::CareStep step, change(trial, now));
    if (trial.clock_is_set()) {  // else it holds until the clock is set
      THAW_CHECK(care::keep_care(connection, step.events, changed(before, trial.tracked())));
    }
    lock.lock();
    THAW_CHECK(change(board_, now));
    tell_care();
    return Done{};
  });
}

Result<Done> CareDesk::done(std::string_view reminder, std::string_view name, std::string_view by,
                            std::optional<care::Moment> acts_on) {
  return change([&](care::CareBoard& board, care::Moment now) {
    return board.done(reminder, name, by, now, acts_on);
  });
}

Result<Done> CareDesk::snooze(std::string_view reminder, int minutes, std::string_view name,
                              std::string_view by, std::optional<care::Moment> acts_on) {
  return change([&](care::CareBoard& board, care::Moment now) {
    return board.snooze(reminder, minutes, name, by, now, acts_on);
  });
}

Result<Done> CareDesk::seen(const std::vector<std::string>& missed, std::string_view name) {
  return change(
      [&](care::CareBoard& board, care::Moment now) { return board.seen(missed, name, now); });
}

Result<std::string> CareDesk::put(care::Reminder reminder) {
  const bool fresh = reminder.id.empty();
  if (fresh) {
    reminder.id = care::new_id("reminder", moment_of(*parts_.clock));
  }
  const Change put_it = [&](care::CareBoard& board, care::Moment now) -> Result<care::CareStep> {
    if (!fresh && !board.knows(reminder.id)) {
      return not_found("no reminder has this id");
    }
    THAW_CHECK(board.put(reminder, now));
    return care::CareStep{};
  };
  THAW_CHECK(change(put_it));
  return reminder.id;
}

Result<Done> CareDesk::remove(std::string_view reminder) {
  return parts_.door->with([&](db::Connection& connection) -> Result<Done> {
    {
      const std::lock_guard lock(mutex_);
      care::CareBoard trial = board_;
      THAW_CHECK(trial.remove(reminder));
    }
    THAW_CHECK(care::remove_reminder(connection, reminder));
    const std::lock_guard lock(mutex_);
    THAW_CHECK(board_.remove(reminder));
    tell_care();
    return Done{};
  });
}

Result<json::object> CareDesk::history(int days) {
  const care::Moment since =
      moment_of(*parts_.clock) - std::min(days, kHistoryDaysMax) * care::kDay;
  THAW_TRY(const auto events, parts_.door->with([&](db::Connection& connection) {
    return care::read_events(connection, since);
  }));
  return care::history_document(events, zone());
}

void CareDesk::use_zone(care::Zone zone) {
  const std::lock_guard lock(mutex_);
  board_.use_zone(std::move(zone), moment_of(*parts_.clock));
  parts_.outbox->add([this](db::Connection& connection) {
    std::unique_lock own(mutex_);
    const std::vector<care::Tracked> standing =
        board_.clock_is_set() ? board_.tracked() : std::vector<care::Tracked>();
    own.unlock();
    return care::keep_care(connection, {}, standing);
  });
  tell_care();
}

care::Zone CareDesk::zone() const {
  const std::lock_guard lock(mutex_);
  return board_.zone();
}

}  // namespace thaw::api
