#include "care/answer_json.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "care/word_json.h"

namespace thaw::care {
namespace {

namespace json = boost::json;

Result<Sentence> read_sentence(const json::value& value, const std::string& what) {
  if (!value.is_object()) {
    return invalid_argument(what + " must be an object with 'lang', 'words' and 'state'");
  }
  Sentence sentence;
  const json::object& object = value.get_object();
  for (const auto& [key, unused] : object) {
    if (key != "lang" && key != "words" && key != "state" && key != "text") {
      return invalid_argument(what + " has a key that is not 'lang', 'words' or 'state'");
    }
  }
  const json::value* lang = object.if_contains("lang");
  const json::value* state = object.if_contains("state");
  const json::value* words = object.if_contains("words");
  if (lang == nullptr || !lang->is_string() || state == nullptr || !state->is_string() ||
      words == nullptr) {
    return invalid_argument(what + " must have 'lang', 'words' and 'state'");
  }
  THAW_TRY(sentence.language, gaze::parse_language(lang->get_string()));
  THAW_TRY(sentence.state, parse_sentence_state(state->get_string()));
  THAW_TRY(sentence.words, read_words(*words, what + ".words"));
  return sentence;
}

}  // namespace

std::string_view sentence_state_word(SentenceState state) {
  switch (state) {
    case SentenceState::kDraft:
      return "draft";
    case SentenceState::kHeard:
      return "heard";
    case SentenceState::kApproved:
      break;
  }
  return "approved";
}

Result<SentenceState> parse_sentence_state(std::string_view word) {
  for (const auto state :
       {SentenceState::kDraft, SentenceState::kHeard, SentenceState::kApproved}) {
    if (word == sentence_state_word(state)) {
      return state;
    }
  }
  return invalid_argument("the state of a sentence is draft, heard or approved");
}

json::array sentences_json(const std::vector<Sentence>& sentences) {
  json::array out;
  for (const Sentence& sentence : sentences) {
    out.push_back(json::object{{"lang", gaze::language_code(sentence.language)},
                               {"words", words_json(sentence.words)},
                               {"text", gaze::text_of(sentence.words)},
                               {"state", sentence_state_word(sentence.state)}});
  }
  return out;
}

std::string sentences_text(const std::vector<Sentence>& sentences) {
  return json::serialize(sentences_json(sentences));
}

Result<std::vector<Sentence>> read_sentences(const json::value& value) {
  if (!value.is_array()) {
    return invalid_argument("'sentences' must be a list");
  }
  if (value.get_array().size() > kSentencesMax) {
    return invalid_argument(fmt::format("'sentences' has over {} sentences", kSentencesMax));
  }
  std::vector<Sentence> out;
  for (const json::value& each : value.get_array()) {
    THAW_TRY(Sentence sentence, read_sentence(each, fmt::format("sentences[{}]", out.size())));
    out.push_back(std::move(sentence));
  }
  return out;
}

Result<std::vector<Sentence>> parse_sentences(std::string_view text) {
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  if (error) {
    return corrupt("a stored answer cannot be read");
  }
  return read_sentences(value);
}

json::object question_json(const Question& question) {
  json::object out{{"id", question.id},
                   {"from", question.from},
                   {"text", question.text},
                   {"lang", gaze::language_code(question.language)},
                   {"source", question.source},
                   {"item", question.item.empty() ? json::value() : json::value(question.item)},
                   {"asked_at", iso_text(question.asked_at)},
                   {"state", question.sent_at ? "sent" : "open"},
                   {"sent_at", nullptr},
                   {"answer", nullptr}};
  if (question.sent_at) {
    out["sent_at"] = iso_text(*question.sent_at);
  }
  if (question.answer) {
    out["answer"] = json::object{{"sentences", sentences_json(question.answer->sentences)},
                                 {"seconds", question.answer->seconds},
                                 {"selections", question.answer->selections}};
  }
  return out;
}

json::object question_json_for_partner(const Question& question) {
  json::object out = question_json(question);
  if (!question.sent_at) {
    out["answer"] = nullptr;
  }
  return out;
}

}  // namespace thaw::care
