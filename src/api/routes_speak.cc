#include <boost/json.hpp>

#include "api/json_reply.h"
#include "api/route_guard.h"
#include "api/speak_bodies.h"
#include "api/speaker_desk.h"
#include "api/speaker_json.h"
#include "care/draft_store.h"
#include "care/phrase_store.h"
#include "care/question_store.h"
#include "care/secrets.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kSmallBody = 16 * 1024;
constexpr std::size_t kDraftBody = kDraftBytesMax + 64 * 1024;
constexpr std::size_t kSaidBody = 1024 * 1024;

Result<Response> state(SpeakerDesk& desk) {
  THAW_TRY(const care::Draft draft,
           desk.store().with([](db::Connection& c) { return care::read_draft(c); }));
  return json_response(draft_document(draft));
}

Result<Response> take(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const auto given, read_texts(request.body, {"client"}));
  THAW_TRY(const care::Draft draft, desk.store().with([&](db::Connection& c) {
    return care::take_draft(c, given[0], desk.now());
  }));
  desk.hub().publish("holder", json::object{{"client", given[0]}}, EventHub::Audience::kOwn);
  return json_response(draft_document(draft));
}

Result<Response> select(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const SelectBody given, read_select(request.body));
  THAW_TRY(const std::int64_t revision, desk.store().with([&](db::Connection& c) {
    return care::keep_selection(c, given.client, given.revision, given.draft,
                                {given.act, care::key_class_of(given.key)}, desk.now());
  }));
  desk.set_draft_text(given.draft_text.value_or(""));
  desk.care().writing();
  return ok(json::object{{"revision", revision}});
}

Result<Response> said(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(SaidBody given, read_said(request.body));
  const care::Moment now = desk.now();
  care::Utterance utterance;
  utterance.id = care::new_id("said", now);
  utterance.at = now;
  utterance.language = given.language;
  utterance.words = std::move(given.words);
  utterance.text = gaze::text_of(utterance.words);
  utterance.selections = given.selections;
  utterance.undos = given.undos;
  utterance.begun_at = given.begun_at == 0 ? now : given.begun_at;
  if (given.seconds) {
    utterance.begun_at = now - static_cast<care::Moment>(*given.seconds * care::kSecond);
  }
  utterance.question = given.question;
  THAW_CHECK(
      desk.store().with([&](db::Connection& c) { return care::add_utterance(c, utterance); }));
  desk.engine().when_made(
      [learned = gaze::Said{utterance.language, utterance.words, now / care::kSecond}](
          gaze::TextEngine& engine) { engine.learn(learned); });
  desk.hub().publish("said", said_event(utterance), EventHub::Audience::kEveryone);
  return ok(json::object{{"id", utterance.id}, {"at", care::iso_text(now)}});
}

Result<Response> forget(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const auto given, read_texts(request.body, {"id"}));
  THAW_TRY(auto rest,
           desk.store().with([&](db::Connection& c) -> Result<std::vector<care::Utterance>> {
             THAW_CHECK(care::forget_utterance(c, given[0]));
             return care::newest_utterances(c, kHistoryLearned);
           }));
  desk.engine().when_made([history = history_of(std::move(rest))](gaze::TextEngine& engine) {
    engine.forget_all_and_learn(history);
  });
  desk.hub().publish("said", json::object{{"id", given[0]}, {"forgotten", true}},
                     EventHub::Audience::kEveryone);
  return ok(json::object{{"id", given[0]}});
}

Result<Response> list_said(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const std::int64_t limit, request.query.integer("limit", 50, 1, 1000));
  THAW_TRY(const auto found, desk.store().with([&](db::Connection& c) {
    return care::newest_utterances(c, static_cast<std::size_t>(limit));
  }));
  return ok(said_document(found));
}

Result<Response> phrases(SpeakerDesk& desk) {
  THAW_TRY(const auto pages, desk.phrases());
  const gaze::TextEngine* engine = desk.engine().now();
  const auto words_of = [engine](const std::string& text) {
    return engine == nullptr ? std::vector<gaze::Word>{{text, ""}}
                             : engine->words_of(gaze::Language::kChinese, text);
  };
  return ok(json::object{{"pages", care::phrase_pages_json(pages, words_of)}});
}

Result<Response> keep_phrase(SpeakerDesk& desk, const Request& request, bool removed) {
  care::PhraseChange change;
  if (removed) {
    THAW_TRY(const auto given, read_texts(request.body, {"id"}));
    change.id = given[0];
  } else {
    THAW_TRY(change, read_phrase(request.body));
  }
  THAW_TRY(const auto pages, desk.phrases());
  THAW_CHECK(settle_phrase_change(pages, removed, desk.now(), change));
  THAW_CHECK(desk.store().with([&](db::Connection& c) { return care::keep_phrase(c, change); }));
  desk.teach_phrases();
  return ok(json::object{{"id", change.id}});
}

Result<Response> keep_settings(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(json::object settings, read_settings(request.body));
  THAW_CHECK(desk.keep_settings(std::move(settings)));
  return ok(desk.settings());
}

Result<Response> use(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const std::int64_t days, request.query.integer("days", 7, 1, 366));
  const care::Moment since = desk.now() - days * care::kDay;
  const care::Zone zone = desk.care().zone();
  THAW_TRY(const auto by_day,
           desk.store().with([&](db::Connection& c) { return care::use_by_day(c, since, zone); }));
  THAW_TRY(const auto questions,
           desk.store().with([&](db::Connection& c) { return care::list_questions(c, 200); }));
  return ok(use_document(by_day, questions, since));
}

Result<Response> events(SpeakerDesk& desk) {
  return desk.hub().listen(EventHub::Listener::kOwn, [&desk] { return first_events(desk); });
}

Result<Response> composing(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const bool composing, read_composing(request.body));
  desk.set_composing(composing);
  if (composing) {
    desk.care().writing();
  }
  return ok(json::object{{"composing", composing}});
}

Result<Response> answer_board(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const auto given, read_texts(request.body, {"answer"}));
  if (given[0] != "yes" && given[0] != "no" && given[0] != "unsure") {
    return invalid_argument("'answer' must be yes, no or unsure");
  }
  json::value board = desk.board();
  if (!board.is_object()) {
    return conflict("no yes/no question is open");
  }
  board.get_object()["answer"] = given[0];
  board.get_object()["answered_at"] = care::iso_text(desk.now());
  THAW_CHECK(desk.keep_board(board));
  return ok(board);
}

}  // namespace

void add_speak_routes(Site& site, SpeakerDesk& desk) {
  const auto read = [&](std::string path, std::vector<std::string> parameters, auto handler) {
    site.guarded_read(std::move(path), std::move(parameters), this_machine_only,
                      [&desk, handler](const Request& r) { return handler(desk, r); });
  };
  const auto write = [&](std::string path, std::size_t body_max, auto handler) {
    site.guarded_write(std::move(path), body_max, this_machine_only,
                       [&desk, handler](const Request& r) { return handler(desk, r); });
  };
  read("/api/speak/state", {}, [](SpeakerDesk& d, const Request&) { return state(d); });
  write("/api/speak/take", kSmallBody, take);
  write("/api/speak/select", kDraftBody, select);
  write("/api/speak/said", kSaidBody, said);
  read("/api/speak/said", {"limit"}, list_said);
  write("/api/speak/forget", kSmallBody, forget);
  read("/api/speak/phrases", {}, [](SpeakerDesk& d, const Request&) { return phrases(d); });
  write("/api/speak/phrase", kSmallBody,
        [](SpeakerDesk& d, const Request& r) { return keep_phrase(d, r, false); });
  write("/api/speak/phrase/remove", kSmallBody,
        [](SpeakerDesk& d, const Request& r) { return keep_phrase(d, r, true); });
  site.guarded_read(
      "/api/speak/settings", {}, this_machine_only,
      [&desk](const Request&) -> Result<Response> { return ok(desk.settings()); }, Pace::kQuick);
  write("/api/speak/settings", 2 * kSettingsBytesMax, keep_settings);
  read("/api/speak/use", {"days"}, use);
  write("/api/speak/board", kSmallBody, answer_board);
  site.guarded_read(
      "/api/speak/events", {}, this_machine_only, [&desk](const Request&) { return events(desk); },
      Pace::kQuick);
  site.guarded_write(
      "/api/speak/composing", kSmallBody, this_machine_only,
      [&desk](const Request& r) { return composing(desk, r); }, Pace::kQuick);
}

}  // namespace thaw::api
