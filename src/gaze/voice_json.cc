#include "gaze/voice_json.h"

#include <boost/json.hpp>

#include "gaze/spoken_text.h"

namespace thaw::gaze {

namespace json = boost::json;

json::object voice_status_json(const VoiceStatus& status) {
  json::value note = nullptr;
  if (!status.note_en.empty()) {
    note = json::object{{"en", status.note_en}, {"zh", status.note_zh}};
  }
  return {{"adapter", status.adapter}, {"note", std::move(note)}};
}

json::object spoken_json(const Spoken& spoken) {
  json::array words;
  words.reserve(spoken.times.size());
  for (const WordTime& time : spoken.times) {
    words.push_back(
        json::object{{"index", time.word}, {"start_ms", time.start_ms}, {"end_ms", time.end_ms}});
  }
  return {{"duration_ms", spoken.duration_ms},
          {"times", spoken.times_measured ? "measured" : "estimated"},
          {"words", std::move(words)}};
}

json::object said_json(Language language, const std::vector<Word>& words, const Tones& tones) {
  json::array list;
  const std::vector<std::string> pinyin = numbered_by_word(words, tones);
  for (std::size_t w = 0; w < words.size(); ++w) {
    const bool read = holds_hanzi(words[w].text);
    list.push_back(json::object{
        {"index", w}, {"text", words[w].text}, {"pinyin", read ? pinyin[w] : std::string()}});
  }
  return {{"lang", language_code(language)},
          {"text", text_of(words)},
          {"pinyin", numbered_pinyin(words, tones)},
          {"sent", espeak_text(language, spoken_text(language, words, tones))},
          {"words", std::move(list)}};
}

void add_spoken(json::object& document, const Spoken& spoken) {
  document["duration_ms"] = spoken.duration_ms;
  document["times"] = spoken.times_measured ? "measured" : "estimated";
  document["bytes"] = spoken.wav->size();
  json::array& words = document.at("words").as_array();
  for (json::value& word : words) {
    word.as_object()["start_ms"] = nullptr;
    word.as_object()["end_ms"] = nullptr;
  }
  for (const WordTime& time : spoken.times) {
    json::object& word = words.at(time.word).as_object();
    word["start_ms"] = time.start_ms;
    word["end_ms"] = time.end_ms;
  }
}

}  // namespace thaw::gaze
