// Any bytes as the body of a request about writing or care: refused with a sentence, or read into
// something that keeps its limits and can be written again. `make fuzz F=speak_body_fuzz`
#include <boost/json.hpp>
#include <cstdlib>

#include "api/report_body.h"
#include "api/speak_bodies.h"
#include "base/text.h"
#include "care/answer_json.h"
#include "care/word_json.h"

namespace {

void must(bool holds) {
  if (!holds) {
    std::abort();
  }
}

bool is_text(std::string_view text) {
  return !thaw::first_invalid_utf8(text) && text.find('\0') == std::string_view::npos;
}

template <class T>
bool read(const thaw::Result<T>& result) {
  if (!result) {
    must(!result.error().message.empty() && !thaw::first_invalid_utf8(result.error().message));
  }
  return static_cast<bool>(result);
}

void check_words(const std::vector<thaw::gaze::Word>& words) {
  const auto again = thaw::care::read_words(thaw::care::words_json(words), "words");
  must(again && *again == words);
  for (const auto& word : words) {
    must(is_text(word.text) && is_text(word.pinyin));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace thaw;
  const std::string_view body(reinterpret_cast<const char*>(bytes), size);
  if (const auto select = api::read_select(body); read(select)) {
    must(select->draft.size() <= api::kDraftBytesMax && is_text(select->draft));
    boost::system::error_code error;
    must(boost::json::parse(select->draft, error).is_object() && !error);
  }
  if (const auto said = api::read_said(body); read(said)) {
    check_words(said->words);
    must(is_text(said->question) && said->selections >= 0);
  }
  if (const auto answer = api::read_answer(body); read(answer)) {
    const auto again = care::parse_sentences(care::sentences_text(answer->answer.sentences));
    must(again && again->size() == answer->answer.sentences.size());
  }
  if (const auto reminder = api::read_reminder(body); read(reminder)) {
    must(static_cast<bool>(care::check_reminder(*reminder)));
    (void)care::due_after(*reminder, 1'795'680'000'000, care::fixed_zone(60));
  }
  if (const auto asked = api::read_asked(body); read(asked)) {
    must(is_text(asked->text) && is_text(asked->from));
  }
  if (const auto phrase = api::read_phrase(body); read(phrase)) {
    must(is_text(phrase->text_en) && is_text(phrase->text_zh));
  }
  if (const auto repair = api::read_alternatives(body); read(repair)) {
    check_words({repair->word});
  }
  if (const auto suggest = api::read_suggest(body); read(suggest)) {
    must(suggest->offers >= 1 && suggest->offers <= gaze::kMaxOffers);
  }
  if (const auto text = api::read_text(body); read(text)) {
    must(is_text(text->text));
  }
  if (const auto settings = api::read_settings(body); read(settings)) {
    must(boost::json::serialize(*settings).size() <= api::kSettingsBytesMax);
  }
  const auto today = *parse_day("2026-11-26");
  if (const auto report = api::read_report(body, today); read(report)) {
    must(static_cast<bool>(care::check_self_report(*report)) && report->day <= today);
  }
  read(api::read_done(body, false));
  read(api::read_done(body, true));
  read(api::read_seen(body));
  read(api::read_board(body));
  read(api::read_composing(body));
  read(api::read_texts(body, {"client"}));
  read(api::read_texts(body, {"code", "name?"}));
  return 0;
}
