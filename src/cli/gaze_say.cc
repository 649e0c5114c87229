#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/voice_given.h"
#include "cli/workspace.h"
#include "gaze/spoken_text.h"
#include "gaze/text_engine.h"
#include "gaze/voice_json.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string text;
  std::string pinyin;
  std::string out;
  double rate = 1;
  VoiceGiven voice;
};

/// Cuts the text into words; with --pinyin, its syllables go to the Hanzi one by one.
Result<std::vector<gaze::Word>> words_given(const Arguments& given, gaze::Language language) {
  gaze::EngineOptions engine_options;
  engine_options.use_libime = false;  // its start takes longer than the speech
  const auto counts =
      bundled_file(language == gaze::Language::kChinese ? "gaze/zh.counts" : "gaze/en.counts");
  (language == gaze::Language::kChinese ? engine_options.zh_counts : engine_options.en_counts) =
      counts ? *counts : std::string_view();
  THAW_TRY(const auto engine, gaze::TextEngine::make(std::move(engine_options)));
  std::vector<gaze::Word> words = engine->words_of(language, given.text);
  for (gaze::Word& word : words) {  // the tones know more of polyphones than the cut's guesses
    word.pinyin.clear();
  }
  if (!given.pinyin.empty()) {
    THAW_CHECK(gaze::give_pinyin(words, given.pinyin));
  }
  return words;
}

std::string readable(const boost::json::object& document, const Options& options,
                     const std::string& out) {
  const bool zh = options.lang == "zh";
  std::string text(document.at("pinyin").as_string());
  if (const auto* duration = document.if_contains("duration_ms")) {
    const double seconds = duration->to_number<double>() / 1000;
    text += fmt::format(fmt::runtime(zh ? "\n{:.2f} \u79d2\uff0c{}" : "\n{:.2f} s, {}"), seconds,
                        std::string_view(document.at("adapter").as_string()));
  }
  if (!out.empty()) {
    text += fmt::format(fmt::runtime(zh ? "\n\u5df2\u5199\u5165 {}" : "\nwritten to {}"), out);
  }
  return text;
}

Result<Done> say(const Arguments& given, const Options& options) {
  if (first_invalid_utf8(given.text)) {
    return invalid_argument("the text is not UTF-8");
  }
  THAW_TRY(const auto tones, bundled_tones());
  const gaze::Language language = options.lang == "zh" || gaze::holds_hanzi(given.text)
                                      ? gaze::Language::kChinese
                                      : gaze::Language::kEnglish;
  THAW_TRY(const auto words, words_given(given, language));
  THAW_TRY(const auto voice, make_voice(given.voice));
  boost::json::object document = gaze::said_json(language, words, *tones);
  const auto status = voice->status();
  document["adapter"] = status.adapter;
  if (status.adapter != "none") {
    THAW_TRY(gaze::Spoken spoken, voice->speak(language, words, {given.rate}));
    gaze::wait_for_times(spoken);
    gaze::add_spoken(document, spoken);
    if (!given.out.empty()) {
      THAW_CHECK(write_file(given.out, *spoken.wav));
      document["out"] = given.out;
    }
  } else if (!given.out.empty()) {
    return invalid_argument("--out wants a voice, and --voice none has no sound");
  }
  if (options.json) {
    print_document(document);
  } else {
    print_line(readable(document, options, given.out));
  }
  return Done{};
}

}  // namespace

void add_gaze_say(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb = program.verb("gaze", "say", "Say a text, and show the tones it is said with");
  verb.add_option("text", given->text, "What to say; Chinese where it holds Hanzi or --lang is zh")
      ->required();
  verb.add_option("--pinyin", given->pinyin,
                  "Its syllables, one a Hanzi, with or without tones: \"chong qing\"");
  verb.add_option("--out", given->out, "WAV file to write");
  verb.add_option("--rate", given->rate, "Pace, 0.5 to 2 times the usual")->capture_default_str();
  add_voice_options(verb, given->voice);
  program.on(verb, [given](const Options& options) { return say(*given, options); });
}

}  // namespace thaw::cli
