#include <boost/json.hpp>

#include "api/json_text.h"
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

}  // namespace

void add_gaze_routes(Site& site, SpeakerDesk& desk) {
  site.guarded_write(
      "/api/gaze/suggest", kBodyMax, this_machine_only,
      [&desk](const Request& request) -> Result<Response> {
        THAW_TRY(const auto asked, read_suggest(request.body));
        THAW_TRY(gaze::TextEngine * engine, desk.engine().wait(kEnginePatience));
        const gaze::Suggestions found = engine->suggest(asked);
        return json_response(json_line(json::object{{"reading", found.reading},
                                                    {"offers", offers_json(found.offers)},
                                                    {"more", found.more},
                                                    {"engine", engine_json(engine->status())}}));
      });
  site.guarded_write("/api/gaze/alternatives", kBodyMax, this_machine_only,
                     [&desk](const Request& request) -> Result<Response> {
                       THAW_TRY(const auto asked, read_alternatives(request.body));
                       THAW_TRY(gaze::TextEngine * engine, desk.engine().wait(kEnginePatience));
                       return json_response(json_line(
                           json::object{{"offers", offers_json(engine->alternatives(asked))}}));
                     });
  site.guarded_write(
      "/api/gaze/words", kBodyMax, this_machine_only,
      [&desk](const Request& request) -> Result<Response> {
        THAW_TRY(const TextBody asked, read_text(request.body));
        THAW_TRY(gaze::TextEngine * engine, desk.engine().wait(kEnginePatience));
        return json_response(json_line(json::object{
            {"words", care::words_json(engine->words_of(asked.language, asked.text))}}));
      });
}

}  // namespace thaw::api
