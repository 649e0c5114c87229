// The call for help that is on, if one is: it stays until a partner acknowledges it by name or the
// person cancels it. In memory only: an alarm waits for no disk.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "care/care_event.h"

namespace thaw::care {

struct Call {
  std::string id;
  Moment began_at = 0;
  std::string kind;      // "call", or "overdue": of a reminder that was not done
  std::string by;        // gaze, page or program
  std::string reminder;  // of "overdue", or empty

  bool operator==(const Call&) const = default;
};

struct EndedCall {
  std::string id;
  std::string how;   // acknowledged or cancelled
  std::string name;  // who acknowledged
};

/// Belongs to one thread at a time; no call of it waits.
class CallBoard {
 public:
  /// The call that is on. A second one while it is on is the same call, told again; the person's
  /// own takes the place of one for an overdue reminder, with an id of its own, so that who answers
  /// the reminder does not end it. `event` is what is to be kept, nothing for a repeat.
  const Call& call(Call wanted, std::optional<CareEvent>& event);

  /// Ends it. kNotFound for a call that never was or ended long ago; the one that ended last is
  /// answered again as it ended, without an event.
  Result<EndedCall> acknowledge(std::string_view id, std::string_view name, Moment now,
                                std::optional<CareEvent>& event);
  Result<EndedCall> cancel(std::string_view id, Moment now, std::optional<CareEvent>& event);

  /// The call that was on when the program ended.
  void restore(Call call) { on_ = std::move(call); }

  const std::optional<Call>& on() const { return on_; }
  const std::optional<EndedCall>& last_ended() const { return ended_; }

 private:
  Result<EndedCall> end(std::string_view id, EndedCall ended, Moment now,
                        std::optional<CareEvent>& event);

  std::optional<Call> on_;
  std::optional<EndedCall> ended_;
};

}  // namespace thaw::care
