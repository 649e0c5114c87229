// Care while the server runs: lets time pass for the reminders, tells every page, and writes down.
//
// A call for help is made in memory and told to every listener first; the store gets it after, as
// soon as it takes it. Everything else is answered once it is on disk.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "api/event_hub.h"
#include "api/outbox.h"
#include "api/store_door.h"
#include "base/clock.h"
#include "care/call_board.h"
#include "care/care_board.h"
#include "care/care_json.h"

namespace thaw::api {

care::Moment moment_of(const Clock& clock);

/// Safe to use from several threads.
class CareDesk {
 public:
  struct Parts {
    StoreDoor* door = nullptr;
    Outbox* outbox = nullptr;
    EventHub* hub = nullptr;
    const Clock* clock = nullptr;
    std::vector<std::string> call_command;                                   // empty: none
    std::function<std::size_t()> listening = [] { return std::size_t{0}; };  // paired devices
  };

  explicit CareDesk(Parts parts);

  /// Goes on from the store. Call before anything else.
  Result<Done> open(care::Zone zone);

  /// Lets time pass every half second on a thread of its own, until the end.
  void start();
  void stop();
  void tick();  // once, as that thread does

  // None of these three waits for the store or for anyone. A call tells by `listening` how many
  // paired devices hear it now, and by `command` whether the call command could be started.
  boost::json::object call(std::string kind, std::string by, std::string reminder = {});
  Result<boost::json::object> acknowledge(std::string_view id, std::string_view name);
  Result<boost::json::object> cancel(std::string_view id);

  boost::json::object document() const;   // `care`; from memory
  boost::json::value call_event() const;  // what the event "call" tells now
  void writing();                         // the person makes selections now

  // Kept before they are answered.
  Result<Done> done(std::string_view reminder, std::string_view name, std::string_view by,
                    std::optional<care::Moment> acts_on = {});
  Result<Done> snooze(std::string_view reminder, int minutes, std::string_view name,
                      std::string_view by, std::optional<care::Moment> acts_on = {});
  Result<Done> seen(const std::vector<std::string>& missed, std::string_view name);
  Result<std::string> put(
      care::Reminder reminder);  // its id: a new one where it has none; kNotFound
  Result<Done> remove(std::string_view reminder);
  Result<boost::json::object> history(int days);
  void use_zone(care::Zone zone);
  care::Zone zone() const;

 private:
  using Change = std::function<Result<care::CareStep>(care::CareBoard&, care::Moment)>;
  Result<Done> change(const Change& change);
  void keep_later(std::vector<care::CareEvent> events);
  boost::json::object end_call(const care::EndedCall& ended, std::optional<care::CareEvent> event);
  boost::json::object call_locked(care::Call wanted);
  void tell_call() const;
  void tell_care() const;
  boost::json::value call_json_locked() const;
  boost::json::value ended_json_locked() const;
  boost::json::value call_event_locked() const;
  boost::json::object document_locked() const;
  std::optional<bool> run_command(const care::Call& call) const;

  Parts parts_;
  mutable std::mutex mutex_;  // of the boards; never held while the store is waited for
  care::CareBoard board_;
  care::CallBoard calls_;
  std::optional<bool> command_started_;  // of the call that is on
  care::Moment kept_alive_ = 0;
  std::jthread ticker_;
};

}  // namespace thaw::api
