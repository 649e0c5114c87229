// Questions put to the person, and their answers from the first word to the sending.
//
// Contract: tests/contract/speak_store_contract_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "care/moment.h"
#include "db/db.h"
#include "gaze/word.h"

namespace thaw::care {

enum class SentenceState { kDraft, kHeard, kApproved };  // "draft", "heard", "approved"

std::string_view sentence_state_word(SentenceState state);
Result<SentenceState> parse_sentence_state(std::string_view word);

struct Sentence {
  gaze::Language language = gaze::Language::kChinese;
  std::vector<gaze::Word> words;
  SentenceState state = SentenceState::kDraft;
};

struct Answer {
  std::vector<Sentence> sentences;
  double seconds = 0;           // spent on it, the largest ever told
  std::int64_t selections = 0;  // likewise
};

struct Question {
  std::string id;
  std::string from;  // who asks
  std::string text;
  gaze::Language language = gaze::Language::kChinese;
  std::string source;  // "person", or "review": the brain's review queue
  std::string item;    // of the review queue, or empty
  Moment asked_at = 0;
  std::optional<Moment> sent_at;
  std::optional<Answer> answer;
};

inline constexpr std::size_t kSentencesMax = 500;
inline constexpr std::size_t kOpenQuestionsMax = 200;

/// The sentences one after another, one a line: what is sent.
std::string answer_text(const Answer& answer);

/// kConflict over kOpenQuestionsMax that are not answered.
Result<Done> add_question(db::Connection& connection, const Question& question);

/// kNotFound.
Result<Question> read_question(db::Connection& connection, std::string_view id);

/// Open ones first, oldest first; then sent ones, newest first, at most `sent_max`.
Result<std::vector<Question>> list_questions(db::Connection& connection, std::size_t sent_max);

/// Keeps an answer that is being written; `seconds` and `selections` only ever grow. What is kept
/// comes back. kNotFound; kConflict when it was sent.
Result<Answer> keep_answer(db::Connection& connection, std::string_view question, Answer answer);

/// Marks the answer sent, if its text is still `text` and every sentence approved. kNotFound;
/// kConflict: no answer, not all approved, changed meanwhile, or sent before.
Result<Done> send_answer(db::Connection& connection, std::string_view question,
                         std::string_view text, Moment at);

/// Fine when `question` can be sent. kConflict as send_answer.
Result<Done> check_sendable(const Question& question);

}  // namespace thaw::care
