// One thing that happened in care, as it is kept and as another program can take it over.
#pragma once

#include <optional>
#include <string>

#include "care/moment.h"

namespace thaw::care {

/// What happened. Words: done, snoozed, missed, escalated, called, acknowledged, cancelled, seen.
/// "missed" was due while nobody could be reminded, or passed by; "escalated" went to a call.
struct CareEvent {
  std::string id;               // unique over all machines
  Moment at = 0;                // UTC
  std::string what;             // see above
  std::string kind;             // of the reminder; of a call: call or overdue
  std::string reminder;         // its id, or empty
  std::string call;             // id of the call that began or ended, or empty
  std::string about;            // seen: the missed event
  std::string name;             // who signed, or empty
  std::string by;               // partner, gaze or program
  std::optional<int> late_min;  // done: minutes after it was due
  std::optional<Moment> due_at;
  int times = 1;  // missed: how many times in a row

  bool operator==(const CareEvent&) const = default;
};

}  // namespace thaw::care
