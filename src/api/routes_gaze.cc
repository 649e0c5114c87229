#include <boost/json.hpp>

#include "api/json_reply.h"
#include "api/route_guard.h"
#include "api/speak_bodies.h"
#include "api/speaker_desk.h"
#include "care/word_json.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kBodyMax = 256 * 1024;

json::array offers_json(const std::vector<gaze::Offer>& offers) {
  json::array out;
  for (const gaze::Offer& offer : offers) {
    out.push_back(json::object{{"text", gaze::text_of(offer.words)},
                               {"words", care::words_json(offer.words)},
                               {"source", gaze::offer_source_word(offer.source)},
                               {"letters_used", offer.letters_used}});
  }
  return out;
}

json::object engine_json(const gaze::EngineStatus& status) {
  json::value note;
  if (!status.note_en.empty()) {
    note = json::object{{"en", status.note_en}, {"zh", status.note_zh}};
  }
  return {{"name", status.name}, {"note", std::move(note)}};
}

Result<Response> suggest(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const auto asked, read_suggest(request.body));
  THAW_TRY(gaze::TextEngine * engine, desk.engine().wait(kEnginePatience));
  const gaze::Suggestions found = engine->suggest(asked);
  return ok(json::object{{"reading", found.reading},
                         {"offers", offers_json(found.offers)},
                         {"more", found.more},
                         {"engine", engine_json(engine->status())}});
}

Result<Response> alternatives(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const auto asked, read_alternatives(request.body));
  THAW_TRY(gaze::TextEngine * engine, desk.engine().wait(kEnginePatience));
  return ok(json::object{{"offers", offers_json(engine->alternatives(asked))}});
}

Result<Response> words(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const TextBody asked, read_text(request.body));
  THAW_TRY(gaze::TextEngine * engine, desk.engine().wait(kEnginePatience));
  return ok(
      json::object{{"words", care::words_json(engine->words_of(asked.language, asked.text))}});
}

}  // namespace

void add_gaze_routes(Site& site, SpeakerDesk& desk) {
  const auto write = [&](std::string path, auto handler) {
    site.guarded_write(
        std::move(path), kBodyMax, this_machine_only,
        [&desk, handler](const Request& request) { return handler(desk, request); },
        Pace::kComposing);
  };
  write("/api/gaze/suggest", suggest);
  write("/api/gaze/alternatives", alternatives);
  write("/api/gaze/words", words);
}

}  // namespace thaw::api
