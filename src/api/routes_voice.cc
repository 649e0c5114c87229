#include <boost/json.hpp>

#include "api/body.h"
#include "api/json_text.h"
#include "api/route_guard.h"
#include "api/speech.h"
#include "care/word_json.h"
#include "evidence/json_reader.h"
#include "gaze/voice_json.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kBodyMax = 256 * 1024;

struct SpeechBody {
  gaze::Language language = gaze::Language::kChinese;
  std::vector<gaze::Word> words;
  gaze::VoiceOptions options;
};

Result<SpeechBody> read_speech(const std::string& text) {
  THAW_TRY(json::object body, body_object(text));
  const auto* words = body.if_contains("words");
  if (words == nullptr) {
    return invalid_argument("body: 'words' is missing");
  }
  SpeechBody speech;
  THAW_TRY(speech.words, care::read_words(*words, "words"));
  body.erase("words");
  evidence::JsonReader reader(body, "body");
  const std::string language = reader.text("lang", true);
  const auto rate = reader.number("rate");
  THAW_CHECK(reader.finish());
  THAW_TRY(speech.language, gaze::parse_language(language));
  speech.options.rate = rate.value_or(1);
  return speech;
}

Result<Response> speak(gaze::VoiceDesk& desk, const Request& request) {
  THAW_TRY(const SpeechBody asked, read_speech(request.body));
  THAW_TRY(const gaze::KeptSpeech speech, desk.say(asked.language, asked.words, asked.options));
  json::object document{{"id", speech.id}, {"url", "/api/voice/wav?id=" + speech.id}};
  for (auto& [key, value] : gaze::spoken_json(speech.spoken)) {
    document.emplace(key, std::move(value));
  }
  return json_response(json_line(document));
}

Result<Response> sound(gaze::VoiceDesk& desk, const Request& request) {
  THAW_TRY(const std::string id, request.query.required("id"));
  const auto wav = desk.wav(id);
  if (wav == nullptr) {
    return not_found("this sound is not kept any more: ask for the sentence again");
  }
  Response response;
  response.content_type = "audio/wav";
  response.body = *wav;
  return response;
}

}  // namespace

void add_voice_routes(Site& site, gaze::VoiceDesk& desk) {
  site.guarded_read(
      "/api/voice", {}, this_machine_only,
      [&desk](const Request&) {
        return Result<Response>(json_response(json_line(gaze::voice_status_json(desk.status()))));
      },
      Pace::kOutside);
  site.guarded_write(
      "/api/voice", kBodyMax, this_machine_only,
      [&desk](const Request& request) { return speak(desk, request); }, Pace::kOutside);
  site.guarded_read(
      "/api/voice/wav", {"id"}, this_machine_only,
      [&desk](const Request& request) { return sound(desk, request); }, Pace::kQuick);
}

}  // namespace thaw::api
