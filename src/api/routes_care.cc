#include <boost/json.hpp>

#include "api/json_reply.h"
#include "api/route_guard.h"
#include "api/speak_bodies.h"
#include "api/speaker_desk.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kSmallBody = 16 * 1024;

/// Who signs: the name given, else that of the paired device. kInvalidArgument for a partner
/// without.
Result<std::string> signer(SpeakerDesk& desk, const Request& request, const std::string& given) {
  if (!given.empty() || is_from_this_machine(request)) {
    return given;
  }
  return desk.partners().name_of(request).value_or("");
}

/// The page of this machine acts by gaze unless it says otherwise; a paired device never does.
std::string actor(const Request& request, const std::string& given) {
  return is_from_this_machine(request) ? (given.empty() ? "gaze" : given) : "partner";
}

Result<Response> call(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const auto given, read_texts(request.body, {"kind?"}));
  const std::string kind = given[0].empty() ? "call" : given[0];
  if (kind != "call" && kind != "overdue") {
    return invalid_argument("'kind' must be call or overdue");
  }
  return ok(desk.care().call(kind, "gaze"));
}

Result<Response> acknowledge(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const auto given, read_texts(request.body, {"id", "name?"}));
  THAW_TRY(const std::string name, signer(desk, request, given[1]));
  if (name.empty()) {
    return invalid_argument("say by 'name' who has heard the call");
  }
  THAW_TRY(const json::object ended, desk.care().acknowledge(given[0], name));
  return ok(ended);
}

Result<Response> cancel(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const auto given, read_texts(request.body, {"id"}));
  THAW_TRY(const json::object ended, desk.care().cancel(given[0]));
  return ok(ended);
}

Result<Response> done(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const DoneBody given, read_done(request.body, false));
  THAW_TRY(const std::string name, signer(desk, request, given.name));
  THAW_CHECK(desk.care().done(given.reminder, name, actor(request, given.by), given.acts_on));
  return ok(desk.care().document());
}

Result<Response> snooze(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const DoneBody given, read_done(request.body, true));
  THAW_TRY(const std::string name, signer(desk, request, given.name));
  THAW_CHECK(desk.care().snooze(given.reminder, *given.minutes, name, actor(request, given.by),
                                given.acts_on));
  return ok(desk.care().document());
}

Result<Response> seen(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const SeenBody given, read_seen(request.body));
  THAW_TRY(const std::string name, signer(desk, request, given.name));
  THAW_CHECK(desk.care().seen(given.missed, name));
  return ok(desk.care().document());
}

Result<Response> put(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(care::Reminder reminder, read_reminder(request.body));
  THAW_TRY(const std::string id, desk.care().put(std::move(reminder)));
  return ok(json::object{{"id", id}});
}

Result<Response> remove(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const auto given, read_texts(request.body, {"id"}));
  THAW_CHECK(desk.care().remove(given[0]));
  return ok(json::object{{"id", given[0]}});
}

Result<Response> history(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const std::int64_t days, request.query.integer("days", 7, 1, 366));
  THAW_TRY(const json::object document, desk.care().history(static_cast<int>(days)));
  return ok(document);
}

}  // namespace

void add_care_routes(Site& site, SpeakerDesk& desk) {
  const Guard partner = [&desk](const Request& r) { return desk.partners().admit(r); };
  const auto write = [&](std::string path, const Guard& guard, auto handler,
                         Pace pace = Pace::kKeeping) {
    site.guarded_write(
        std::move(path), kSmallBody, guard,
        [&desk, handler](const Request& r) { return handler(desk, r); }, pace);
  };
  site.guarded_read(
      "/api/care", {}, partner,
      [&desk](const Request&) -> Result<Response> { return ok(desk.care().document()); },
      Pace::kQuick);
  site.guarded_read("/api/care/history", {"days"}, partner,
                    [&desk](const Request& r) { return history(desk, r); });
  write("/api/care/call", this_machine_only, call, Pace::kQuick);
  write("/api/care/call/acknowledge", partner, acknowledge, Pace::kQuick);
  write("/api/care/call/cancel", this_machine_only, cancel, Pace::kQuick);
  write("/api/care/done", partner, done);
  write("/api/care/snooze", partner, snooze);
  write("/api/care/seen", partner, seen);
  write("/api/care/reminder", this_machine_only, put);
  write("/api/care/reminder/remove", this_machine_only, remove);
}

}  // namespace thaw::api
