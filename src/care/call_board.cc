#include "care/call_board.h"

#include "care/secrets.h"

namespace thaw::care {
namespace {

CareEvent event_of(const Call& call, std::string what, Moment now) {
  CareEvent event;
  event.id = new_id("care", now);
  event.at = now;
  event.what = std::move(what);
  event.kind = call.kind;
  event.reminder = call.reminder;
  event.call = call.id;
  return event;
}

}  // namespace

const Call& CallBoard::call(Call wanted, std::optional<CareEvent>& event) {
  const bool persons_own = on_ && on_->kind == "overdue" && wanted.kind == "call";
  if (on_ && !persons_own) {
    return *on_;
  }
  on_ = std::move(wanted);
  event = event_of(*on_, "called", on_->began_at);
  event->by = on_->by;
  return *on_;
}

Result<EndedCall> CallBoard::end(std::string_view id, EndedCall ended, Moment now,
                                 std::optional<CareEvent>& event) {
  if (ended_ && ended_->id == id) {
    return *ended_;
  }
  if (!on_ || on_->id != id) {
    return not_found("no call with this id is on");
  }
  event = event_of(*on_, ended.how, now);
  event->name = ended.name;
  event->by = ended.how == "acknowledged" ? "partner" : "gaze";
  on_.reset();
  ended_ = ended;
  return ended;
}

Result<EndedCall> CallBoard::acknowledge(std::string_view id, std::string_view name, Moment now,
                                         std::optional<CareEvent>& event) {
  return end(id, {std::string(id), "acknowledged", std::string(name)}, now, event);
}

Result<EndedCall> CallBoard::cancel(std::string_view id, Moment now,
                                    std::optional<CareEvent>& event) {
  return end(id, {std::string(id), "cancelled", ""}, now, event);
}

}  // namespace thaw::care
