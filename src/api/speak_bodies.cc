#include "api/speak_bodies.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <limits>

#include "api/body.h"
#include "base/text.h"
#include "care/answer_json.h"
#include "care/selection.h"
#include "care/word_json.h"
#include "evidence/json_reader.h"
#include "gaze/utf8.h"

namespace thaw::api {
namespace {

namespace json = boost::json;
using evidence::JsonReader;

constexpr int kCountMax = std::numeric_limits<int>::max();
constexpr std::size_t kBeforeBytesMax = 64 * 1024;
constexpr std::size_t kPhraseBytesMax = 600;

/// The member `key`, taken out of `object`; null where it is missing.
json::value take(json::object& object, std::string_view key) {
  const auto found = object.find(key);
  if (found == object.end()) {
    return nullptr;
  }
  json::value value = std::move(found->value());
  object.erase(found);
  return value;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

Result<Done> check_line(std::string_view what, std::string_view text, std::size_t characters_max) {
  if (has_control(text)) {
    return invalid_argument(fmt::format("'{}' holds a control character", what));
  }
  if (gaze::utf8_length(text) > characters_max) {
    return invalid_argument(fmt::format("'{}' is over {} characters long", what, characters_max));
  }
  return Done{};
}

Result<Done> check_client(std::string_view client) {
  const bool fits = !client.empty() && client.size() <= 64 &&
                    std::all_of(client.begin(), client.end(), [](char c) {
                      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                             (c >= '0' && c <= '9') || c == '_' || c == '-';
                    });
  return fits ? Result<Done>(Done{})
              : Result<Done>(invalid_argument("'client' must be 1 to 64 letters, digits, _ or -"));
}

Result<Done> check_bytes(std::string_view what, std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) {
    return invalid_argument(fmt::format("'{}' is over {} bytes long", what, bytes_max));
  }
  if (text.find('\0') != std::string_view::npos) {
    return invalid_argument(fmt::format("'{}' holds a zero byte", what));
  }
  return Done{};
}

/// Text in both languages: {"en","zh"}, one of them may be missing.
Result<std::pair<std::string, std::string>> read_pair(JsonReader& reader) {
  const json::object* text = reader.object("text");
  if (text == nullptr) {
    reader.fail("text", "must be {\"en\",\"zh\"}");
    return std::pair<std::string, std::string>();
  }
  JsonReader inner(*text, "text");
  std::pair<std::string, std::string> out{inner.text("en"), inner.text("zh")};
  THAW_CHECK(inner.finish());
  THAW_CHECK(check_bytes("text", out.first, kPhraseBytesMax));
  THAW_CHECK(check_bytes("text", out.second, kPhraseBytesMax));
  if (has_control(out.first) || has_control(out.second)) {
    return invalid_argument("'text' holds a control character");
  }
  return out;
}

std::optional<int> read_clock(JsonReader& reader, std::string_view key) {
  const std::string text = reader.text(key);
  if (text.empty()) {
    return std::nullopt;
  }
  const auto minute = care::parse_clock(text);
  if (!minute) {
    reader.fail(key, "must be a time of day such as \"08:00\"");
    return std::nullopt;
  }
  return *minute;
}

}  // namespace

Result<SelectBody> read_select(std::string_view body) {
  THAW_TRY(json::object object, body_object(body));
  const json::value draft = take(object, "draft");
  JsonReader reader(object, "body");
  SelectBody out;
  out.client = reader.text("client", true);
  out.revision = reader.whole("revision", 0, kCountMax).value_or(-1);
  out.act = reader.text("act", true);
  out.key = reader.text("key");
  THAW_CHECK(reader.finish());
  THAW_CHECK(check_client(out.client));
  THAW_CHECK(care::check_act(out.act));
  if (out.revision < 0) {
    return invalid_argument("body: 'revision' is missing");
  }
  if (!draft.is_object()) {
    return invalid_argument("body: 'draft' must be an object");
  }
  out.draft = json::serialize(draft);
  THAW_CHECK(check_bytes("draft", out.draft, kDraftBytesMax));
  if (const json::value* text = draft.get_object().if_contains("text");
      text != nullptr && text->is_string()) {
    out.draft_text = std::string(text->get_string());
  }
  return out;
}

Result<SaidBody> read_said(std::string_view body) {
  THAW_TRY(json::object object, body_object(body));
  const json::value words = take(object, "words");
  JsonReader reader(object, "body");
  SaidBody out;
  out.client = reader.text("client", true);
  const std::string lang = reader.text("lang", true);
  out.selections = reader.whole("selections", 0, kCountMax).value_or(0);
  out.undos = reader.whole("undos", 0, kCountMax).value_or(0);
  const std::string begun = reader.text("begun_at");
  out.seconds = reader.number("seconds");
  out.question = reader.text("question");
  THAW_CHECK(reader.finish());
  THAW_CHECK(check_client(out.client));
  THAW_TRY(out.language, gaze::parse_language(lang));
  THAW_TRY(out.words, care::read_words(words, "words"));
  THAW_CHECK(check_line("question", out.question, kNameCharactersMax));
  if (out.seconds && (*out.seconds < 0 || *out.seconds > 1e8)) {
    return invalid_argument("'seconds' must be 0 to 100000000");
  }
  if (!begun.empty()) {
    THAW_TRY(out.begun_at, care::parse_moment(begun));
  }
  return out;
}

Result<gaze::SuggestRequest> read_suggest(std::string_view body) {
  THAW_TRY(const json::object object, body_object(body));
  JsonReader reader(object, "body");
  gaze::SuggestRequest out;
  const std::string lang = reader.text("lang", true);
  out.before = reader.text("before");
  out.typed = reader.text("typed");
  out.offers = static_cast<std::size_t>(
      reader.whole("offers", 1, static_cast<int>(gaze::kMaxOffers)).value_or(6));
  out.page = static_cast<std::size_t>(
      reader.whole("page", 0, static_cast<int>(gaze::kMaxPages)).value_or(0));
  THAW_CHECK(reader.finish());
  THAW_TRY(out.language, gaze::parse_language(lang));
  THAW_CHECK(check_bytes("before", out.before, kBeforeBytesMax));
  THAW_CHECK(check_bytes("typed", out.typed, gaze::kMaxTyped));
  return out;
}

Result<gaze::RepairRequest> read_alternatives(std::string_view body) {
  THAW_TRY(json::object object, body_object(body));
  const json::value word = take(object, "word");
  JsonReader reader(object, "body");
  gaze::RepairRequest out;
  const std::string lang = reader.text("lang", true);
  out.before = reader.text("before");
  out.after = reader.text("after");
  out.offers = static_cast<std::size_t>(
      reader.whole("offers", 1, static_cast<int>(gaze::kMaxOffers)).value_or(6));
  THAW_CHECK(reader.finish());
  THAW_TRY(out.language, gaze::parse_language(lang));
  THAW_TRY(out.word, care::read_word(word, "word"));
  THAW_CHECK(check_bytes("before", out.before, kBeforeBytesMax));
  THAW_CHECK(check_bytes("after", out.after, kBeforeBytesMax));
  return out;
}

Result<TextBody> read_text(std::string_view body) {
  THAW_TRY(const json::object object, body_object(body));
  JsonReader reader(object, "body");
  TextBody out;
  const std::string lang = reader.text("lang", true);
  out.text = reader.text("text", true);
  THAW_CHECK(reader.finish());
  THAW_TRY(out.language, gaze::parse_language(lang));
  THAW_CHECK(check_bytes("text", out.text, care::kTextBytesMax));
  return out;
}

Result<care::PhraseChange> read_phrase(std::string_view body) {
  THAW_TRY(const json::object object, body_object(body));
  JsonReader reader(object, "body");
  care::PhraseChange out;
  out.id = reader.text("id");
  out.page = reader.text("page", true);
  out.place = reader.whole("place", 0, 1000).value_or(1000);
  THAW_TRY(const auto text, read_pair(reader));
  out.text_en = text.first;
  out.text_zh = text.second;
  THAW_CHECK(reader.finish());
  THAW_CHECK(check_line("id", out.id, kNameCharactersMax));
  THAW_CHECK(check_line("page", out.page, kNameCharactersMax));
  if (out.text_en.empty() && out.text_zh.empty()) {
    return invalid_argument("a phrase needs a text in one language at least");
  }
  return out;
}

Result<care::Question> read_asked(std::string_view body) {
  THAW_TRY(const json::object object, body_object(body));
  JsonReader reader(object, "body");
  care::Question out;
  out.from = reader.text("from", true);
  out.text = reader.text("text", true);
  const std::string lang = reader.text("lang", true);
  out.source = reader.text("source");
  out.item = reader.text("item");
  THAW_CHECK(reader.finish());
  THAW_TRY(out.language, gaze::parse_language(lang));
  if (out.source.empty()) {
    out.source = "person";
  }
  if (out.source != "person" && out.source != "review") {
    return invalid_argument("'source' must be person or review");
  }
  if (trim(out.text).empty() || trim(out.from).empty()) {
    return invalid_argument("a question needs a text and who asks");
  }
  THAW_CHECK(check_line("from", out.from, kNameCharactersMax));
  THAW_CHECK(check_line("item", out.item, 200));
  THAW_CHECK(check_bytes("text", out.text, kQuestionBytesMax));
  return out;
}

Result<AnswerBody> read_answer(std::string_view body) {
  THAW_TRY(json::object object, body_object(body));
  const json::value sentences = take(object, "sentences");
  JsonReader reader(object, "body");
  AnswerBody out;
  out.client = reader.text("client", true);
  out.question = reader.text("question", true);
  out.answer.seconds = reader.number("seconds").value_or(0);
  out.answer.selections = reader.whole("selections", 0, kCountMax).value_or(0);
  THAW_CHECK(reader.finish());
  THAW_CHECK(check_client(out.client));
  THAW_CHECK(check_line("question", out.question, kNameCharactersMax));
  if (out.answer.seconds < 0 || out.answer.seconds > 1e8) {
    return invalid_argument("'seconds' must be 0 to 100000000");
  }
  THAW_TRY(out.answer.sentences, care::read_sentences(sentences));
  return out;
}

Result<care::Reminder> read_reminder(std::string_view body) {
  THAW_TRY(const json::object object, body_object(body));
  JsonReader reader(object, "body");
  care::Reminder out;
  out.id = reader.text("id");
  out.kind = reader.text("kind", true);
  THAW_TRY(const auto text, read_pair(reader));
  out.text_en = text.first;
  out.text_zh = text.second;
  out.every_min = reader.whole("every_min", 1, 100'000);
  for (const std::string& time : reader.texts("at")) {
    const auto minute = care::parse_clock(time);
    if (!minute) {
      return minute.error();
    }
    out.at.push_back(*minute);
  }
  std::sort(out.at.begin(), out.at.end());
  out.at.erase(std::unique(out.at.begin(), out.at.end()), out.at.end());
  out.from = read_clock(reader, "from");
  out.until = read_clock(reader, "until");
  out.enabled = reader.flag("enabled", true);
  out.escalate_after_min = reader.whole("escalate_after_min", 0, 100'000);
  if (out.escalate_after_min == 0) {
    out.escalate_after_min.reset();
  }
  THAW_CHECK(reader.finish());
  THAW_CHECK(check_line("id", out.id, kNameCharactersMax));
  THAW_CHECK(care::check_reminder(out));
  return out;
}

Result<std::vector<std::string>> read_texts(std::string_view body,
                                            const std::vector<std::string_view>& keys) {
  THAW_TRY(const json::object object, body_object(body));
  JsonReader reader(object, "body");
  std::vector<std::string> out;
  for (const std::string_view key : keys) {
    const bool may_miss = key.ends_with('?');
    out.push_back(reader.text(key.substr(0, key.size() - (may_miss ? 1 : 0)), !may_miss));
  }
  THAW_CHECK(reader.finish());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    THAW_CHECK(check_line(keys[i], out[i], kNameCharactersMax));
    if (!keys[i].ends_with('?') && trim(out[i]).empty()) {
      return invalid_argument(fmt::format("'{}' is empty", keys[i]));
    }
  }
  return out;
}

Result<DoneBody> read_done(std::string_view body, bool snooze) {
  THAW_TRY(const json::object object, body_object(body));
  JsonReader reader(object, "body");
  DoneBody out;
  out.reminder = reader.text("reminder", true);
  out.name = reader.text("name");
  out.by = reader.text("by");
  const std::string due_at = reader.text("due_at");
  if (snooze) {
    out.minutes = reader.whole("minutes", 1, 100'000);
  }
  THAW_CHECK(reader.finish());
  THAW_CHECK(check_line("reminder", out.reminder, kNameCharactersMax));
  THAW_CHECK(check_line("name", out.name, kNameCharactersMax));
  if (snooze && !out.minutes) {
    return invalid_argument("body: 'minutes' is missing");
  }
  if (!out.by.empty() && out.by != "partner" && out.by != "gaze") {
    return invalid_argument("'by' must be partner or gaze");
  }
  if (!due_at.empty()) {
    THAW_TRY(out.acts_on, care::parse_moment(due_at));
  }
  return out;
}

Result<SeenBody> read_seen(std::string_view body) {
  THAW_TRY(const json::object object, body_object(body));
  JsonReader reader(object, "body");
  SeenBody out;
  out.missed = reader.texts("missed");
  out.name = reader.text("name");
  THAW_CHECK(reader.finish());
  THAW_CHECK(check_line("name", out.name, kNameCharactersMax));
  if (out.missed.empty() || out.missed.size() > 100) {
    return invalid_argument("'missed' must be 1 to 100 ids");
  }
  std::sort(out.missed.begin(), out.missed.end());
  out.missed.erase(std::unique(out.missed.begin(), out.missed.end()), out.missed.end());
  return out;
}

Result<bool> read_composing(std::string_view body) {
  THAW_TRY(const json::object object, body_object(body));
  JsonReader reader(object, "body");
  const bool composing = reader.flag("composing", true);
  THAW_CHECK(reader.finish());
  return composing;
}

Result<std::optional<std::string>> read_board(std::string_view body) {
  THAW_TRY(const json::object object, body_object(body));
  JsonReader reader(object, "body");
  std::string question = reader.text("question");
  THAW_CHECK(reader.finish());
  if (trim(question).empty()) {
    return std::optional<std::string>();
  }
  THAW_CHECK(check_line("question", question, 200));
  return std::optional<std::string>(std::move(question));
}

Result<json::object> read_settings(std::string_view body) {
  THAW_TRY(json::object object, body_object(body));
  if (object.size() == 1 && object.contains("document")) {
    json::value document = take(object, "document");
    if (!document.is_object()) {
      return invalid_argument("'document' must be an object");
    }
    object = std::move(document.get_object());
  }
  const std::string text = json::serialize(object);
  THAW_CHECK(check_bytes("document", text, kSettingsBytesMax));
  return object;
}

}  // namespace thaw::api
