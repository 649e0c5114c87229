#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/doorkeeper.h"
#include "api/json_reply.h"
#include "api/own_addresses.h"
#include "api/route_guard.h"
#include "api/speak_bodies.h"
#include "api/speaker_desk.h"
#include "api/speaker_json.h"
#include "care/answer_json.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kSmallBody = 16 * 1024;
constexpr std::size_t kSaidShown = 20;
constexpr std::size_t kSentShown = 20;
constexpr int kCookieSeconds = 400 * 24 * 3600;

json::array partner_addresses(const SpeakerOptions& options) {
  json::array out;
  for (const std::string& url : urls_for_others(options.address, options.port)) {
    out.push_back(json::value(url + "/partner"));
  }
  return out;
}

json::value unreachable_note(const SpeakerOptions& options) {
  if (!is_loopback(options.address)) {
    return nullptr;
  }
  return json::object{
      {"en",
       "Only this machine can open the pages now. Start with --address 0.0.0.0 to let a phone "
       "in the same network open /partner."},
      {"zh",
       "现在只有本机能打开这些页面。用 --address 0.0.0.0 启动后，"
       "同一网络里的手机就能打开 /partner。"}};
}

Result<Response> new_code(SpeakerDesk& desk) {
  THAW_TRY(const PartnerDoor::Code code, desk.partners().new_code());
  return ok(json::object{{"code", code.digits},
                         {"expires_at", care::iso_text(code.until)},
                         {"addresses", partner_addresses(desk.options())},
                         {"note", unreachable_note(desk.options())}});
}

Result<Response> pair(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const auto given, read_texts(request.body, {"code", "name"}));
  THAW_TRY(const std::string token, desk.partners().pair(given[0], given[1]));
  desk.hub().publish("partner", json::object{{"name", given[1]}, {"paired", true}},
                     EventHub::Audience::kOwn);
  Response response = ok(json::object{{"name", given[1]}});
  response.headers.emplace_back("Set-Cookie",
                                fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict",
                                            kPartnerCookie, token, kCookieSeconds));
  return response;
}

Result<Response> forget(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const auto given, read_texts(request.body, {"name"}));
  THAW_CHECK(desk.partners().forget(given[0]));
  desk.hub().publish("partner", json::object{{"name", given[0]}, {"paired", false}},
                     EventHub::Audience::kOwn);
  return ok(json::object{{"name", given[0]}});
}

struct Shown {
  std::vector<care::Utterance> said;
  std::vector<care::Question> questions;
};

Result<Shown> read_shown(SpeakerDesk& desk) {
  return desk.store().with([](db::Connection& c) -> Result<Shown> {
    Shown shown;
    THAW_TRY(shown.said, care::newest_utterances(c, kSaidShown));
    THAW_TRY(shown.questions, care::list_questions(c, kSentShown));
    return shown;
  });
}

Result<Response> overview(SpeakerDesk& desk, const Request& request) {
  const bool here = is_from_this_machine(request);
  const auto name = desk.partners().name_of(request);
  json::object out{{"paired", name.has_value()}, {"here", here}};
  if (!here && !name) {
    return ok(out);
  }
  THAW_TRY(const Shown shown, read_shown(desk));
  json::array said;
  for (const care::Utterance& each : shown.said) {
    said.push_back(said_event(each));
  }
  json::array questions;
  for (const care::Question& each : shown.questions) {
    questions.push_back(care::question_json_for_partner(each));
  }
  out["name"] = name ? json::value(*name) : json::value();
  out["composing"] = desk.composing();
  out["draft"] = desk.shares_draft() ? json::value(desk.draft_text()) : json::value();
  out["said"] = std::move(said);
  out["board"] = desk.board();
  out["care"] = desk.care().document();
  out["questions"] = std::move(questions);
  return ok(out);
}

Result<Response> events(SpeakerDesk& desk, const Request& request) {
  const auto first = [&desk] { return first_events(desk); };
  if (is_from_this_machine(request)) {
    return desk.hub().listen(EventHub::Listener::kPartner, first);
  }
  // What is held with `allowed` says, until the answer ends, that the device listens.
  const auto open = desk.partners().listens(desk.partners().name_of(request).value_or(""));
  return desk.hub().listen(EventHub::Listener::kPartner, first,
                           [&desk, request, open] { return desk.partners().is_paired(request); });
}

Result<Response> open_board(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const auto question, read_board(request.body));
  json::value board;
  if (question) {
    const auto name = desk.partners().name_of(request);
    board = json::object{{"question", *question},
                         {"by", name ? json::value(*name) : json::value()},
                         {"asked_at", care::iso_text(desk.now())},
                         {"answer", nullptr},
                         {"answered_at", nullptr}};
  }
  THAW_CHECK(desk.keep_board(board));
  return ok(json::object{{"board", board}});
}

}  // namespace

void add_partner_routes(Site& site, SpeakerDesk& desk) {
  const Guard partner = [&desk](const Request& r) { return desk.partners().admit(r); };
  const Guard anyone = [](const Request&) -> Result<Done> { return Done{}; };
  site.guarded_write("/api/partner/code", kSmallBody, this_machine_only,
                     [&desk](const Request&) { return new_code(desk); });
  site.guarded_write("/api/partner/pair", kSmallBody, anyone,
                     [&desk](const Request& r) { return pair(desk, r); });
  site.guarded_write("/api/partner/forget", kSmallBody, this_machine_only,
                     [&desk](const Request& r) { return forget(desk, r); });
  site.guarded_read("/api/partner/list", {}, this_machine_only,
                    [&desk](const Request&) -> Result<Response> {
                      return ok(json::object{{"partners", desk.partners().list()}});
                    });
  site.guarded_read("/api/partner", {}, anyone,
                    [&desk](const Request& r) { return overview(desk, r); });
  site.guarded_read(
      "/api/partner/events", {}, partner, [&desk](const Request& r) { return events(desk, r); },
      Pace::kQuick);
  site.guarded_write("/api/partner/board", kSmallBody, partner,
                     [&desk](const Request& r) { return open_board(desk, r); });
}

}  // namespace thaw::api
