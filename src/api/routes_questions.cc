#include <boost/json.hpp>

#include "api/json_reply.h"
#include "api/route_guard.h"
#include "api/speak_bodies.h"
#include "api/speaker_desk.h"
#include "care/answer_json.h"
#include "care/secrets.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kSmallBody = 16 * 1024;
constexpr std::size_t kAnswerBody = 2 * 1024 * 1024;
constexpr std::size_t kSentListed = 100;

Result<care::Question> question_of(SpeakerDesk& desk, const std::string& id) {
  return desk.store().with([&](db::Connection& c) { return care::read_question(c, id); });
}

Result<Response> ask(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(care::Question question, read_asked(request.body));
  if (question.source == "review" && !is_from_this_machine(request)) {
    return denied("only the person's own machine puts questions of the review queue");
  }
  question.asked_at = desk.now();
  question.id = care::new_id("question", question.asked_at);
  THAW_CHECK(desk.store().with([&](db::Connection& c) { return care::add_question(c, question); }));
  desk.hub().publish("question", care::question_json(question), EventHub::Audience::kEveryone);
  return ok(json::object{{"id", question.id}});
}

Result<Response> list(SpeakerDesk& desk) {
  THAW_TRY(const auto questions, desk.store().with([](db::Connection& c) {
    return care::list_questions(c, kSentListed);
  }));
  json::array out;
  for (const care::Question& question : questions) {
    out.push_back(care::question_json(question));
  }
  return ok(json::object{{"questions", std::move(out)}});
}

Result<Response> answer(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(AnswerBody given, read_answer(request.body));
  THAW_TRY(const care::Answer kept, desk.store().with([&](db::Connection& c) {
    return care::keep_answer(c, given.question, std::move(given.answer));
  }));
  desk.hub().publish("answer",
                     json::object{{"question", given.question},
                                  {"state", "open"},
                                  {"client", given.client},
                                  {"sentences", care::sentences_json(kept.sentences)},
                                  {"seconds", kept.seconds},
                                  {"selections", kept.selections}},
                     EventHub::Audience::kOwn);
  return ok(json::object{{"seconds", kept.seconds}, {"selections", kept.selections}});
}

/// The first step: what would be sent, and a token for exactly that.
Result<Response> propose_sending(SpeakerDesk& desk, const std::string& id) {
  THAW_TRY(const care::Question question, question_of(desk, id));
  THAW_CHECK(care::check_sendable(question));
  const std::string text = care::answer_text(*question.answer);
  THAW_TRY(std::string token, desk.send_token(id, text));
  return ok(json::object{{"confirm", std::move(token)}, {"text", text}});
}

Result<Response> send(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const auto given, read_texts(request.body, {"question", "confirm?"}));
  if (given[1].empty()) {
    return propose_sending(desk, given[0]);
  }
  const auto text = desk.take_send_text(given[0], given[1]);
  if (!text) {
    return conflict("this confirmation is not good any more; look at the answer and send it again");
  }
  const care::Moment now = desk.now();
  THAW_CHECK(desk.store().with(
      [&](db::Connection& c) { return care::send_answer(c, given[0], *text, now); }));
  const auto sent = question_of(desk, given[0]);
  if (sent) {
    json::object event = care::question_json(*sent);
    event["question"] = given[0];
    event["state"] = "sent";
    desk.hub().publish("answer", event, EventHub::Audience::kEveryone);
  }
  return ok(json::object{{"sent_at", care::iso_text(now)}});
}

}  // namespace

void add_question_routes(Site& site, SpeakerDesk& desk) {
  site.guarded_write(
      "/api/speak/question", kSmallBody,
      [&desk](const Request& r) { return desk.partners().admit(r); },
      [&desk](const Request& r) { return ask(desk, r); });
  site.guarded_read("/api/speak/questions", {}, this_machine_only,
                    [&desk](const Request&) { return list(desk); });
  site.guarded_write("/api/speak/answer", kAnswerBody, this_machine_only,
                     [&desk](const Request& r) { return answer(desk, r); });
  site.guarded_write("/api/speak/send", kSmallBody, this_machine_only,
                     [&desk](const Request& r) { return send(desk, r); });
}

}  // namespace thaw::api
