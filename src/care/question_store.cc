#include "care/question_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "care/answer_json.h"

namespace thaw::care {
namespace {

constexpr std::string_view kColumns =
    "select id, from_name, text, lang, source, item, asked_ms, sent_ms, answer, seconds, selections"
    " from question ";

Result<Question> question_of(const db::Statement& row) {
  Question question;
  question.id = row.text(0).value_or("");
  question.from = row.text(1).value_or("");
  question.text = row.text(2).value_or("");
  THAW_TRY(question.language, gaze::parse_language(row.text(3).value_or("zh")));
  question.source = row.text(4).value_or("");
  question.item = row.text(5).value_or("");
  question.asked_at = row.integer(6).value_or(0);
  question.sent_at = row.integer(7);
  if (const auto answer = row.text(8)) {
    Answer kept;
    THAW_TRY(kept.sentences, parse_sentences(*answer));
    kept.seconds = row.real(9).value_or(0);
    kept.selections = row.integer(10).value_or(0);
    question.answer = std::move(kept);
  }
  return question;
}

Result<std::vector<Question>> read_all(db::Statement& rows) {
  std::vector<Question> out;
  while (true) {
    THAW_TRY(const bool more, rows.step());
    if (!more) {
      return out;
    }
    THAW_TRY(Question question, question_of(rows));
    out.push_back(std::move(question));
  }
}

Result<std::int64_t> open_questions(db::Connection& connection) {
  THAW_TRY(auto row, connection.prepare("select count(*) from question where sent_ms is null"));
  THAW_TRY(const bool found, row->step());
  return found ? row->integer(0).value_or(0) : 0;
}

}  // namespace

std::string answer_text(const Answer& answer) {
  std::string text;
  for (const Sentence& sentence : answer.sentences) {
    text += (text.empty() ? "" : "\n") + gaze::text_of(sentence.words);
  }
  return text;
}

Result<Done> add_question(db::Connection& connection, const Question& question) {
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  THAW_TRY(const std::int64_t open, open_questions(connection));
  if (open >= static_cast<std::int64_t>(kOpenQuestionsMax)) {
    return conflict(fmt::format("{} questions wait already; let some be answered first", open));
  }
  THAW_TRY(auto insert,
           connection.prepare("insert into question (id, from_name, text, lang, source, item,"
                              " asked_ms, seconds, selections)"
                              " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0)"));
  insert->bind(1, question.id);
  insert->bind(2, question.from);
  insert->bind(3, question.text);
  insert->bind(4, gaze::language_code(question.language));
  insert->bind(5, question.source);
  insert->bind(6, question.item);
  insert->bind(7, question.asked_at);
  THAW_CHECK(insert->run());
  return transaction.commit();
}

Result<Question> read_question(db::Connection& connection, std::string_view id) {
  THAW_TRY(auto row, connection.prepare(fmt::format("{}where id = ?1", kColumns)));
  row->bind(1, id);
  THAW_TRY(std::vector<Question> found, read_all(*row));
  if (found.empty()) {
    return not_found("no question has this id");
  }
  return std::move(found.front());
}

Result<std::vector<Question>> list_questions(db::Connection& connection, std::size_t sent_max) {
  THAW_TRY(auto open,
           connection.prepare(fmt::format("{}where sent_ms is null order by seq", kColumns)));
  THAW_TRY(std::vector<Question> out, read_all(*open));
  THAW_TRY(auto sent,
           connection.prepare(fmt::format(
               "{}where sent_ms is not null order by sent_ms desc, seq desc limit ?1", kColumns)));
  sent->bind(1, static_cast<std::int64_t>(sent_max));
  THAW_TRY(std::vector<Question> rest, read_all(*sent));
  std::move(rest.begin(), rest.end(), std::back_inserter(out));
  return out;
}

Result<Answer> keep_answer(db::Connection& connection, std::string_view question, Answer answer) {
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  THAW_TRY(const Question before, read_question(connection, question));
  if (before.sent_at) {
    return conflict("this answer was sent; it cannot be changed any more");
  }
  if (before.answer) {
    answer.seconds = std::max(answer.seconds, before.answer->seconds);
    answer.selections = std::max(answer.selections, before.answer->selections);
  }
  THAW_TRY(auto update, connection.prepare("update question set answer = ?1, seconds = ?2,"
                                           " selections = ?3 where id = ?4 and sent_ms is null"));
  update->bind(1, sentences_text(answer.sentences));
  update->bind(2, answer.seconds);
  update->bind(3, answer.selections);
  update->bind(4, question);
  THAW_CHECK(update->run());
  THAW_CHECK(transaction.commit());
  return answer;
}

Result<Done> check_sendable(const Question& question) {
  if (question.sent_at) {
    return conflict("this answer was sent already");
  }
  if (!question.answer || question.answer->sentences.empty()) {
    return conflict("there is no answer yet");
  }
  const auto& sentences = question.answer->sentences;
  const auto open = std::count_if(sentences.begin(), sentences.end(), [](const Sentence& s) {
    return s.state != SentenceState::kApproved;
  });
  if (open > 0) {
    return conflict(fmt::format("{} of {} sentences are not approved yet", open, sentences.size()));
  }
  return Done{};
}

Result<Done> send_answer(db::Connection& connection, std::string_view question,
                         std::string_view text, Moment at) {
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  THAW_TRY(const Question now, read_question(connection, question));
  THAW_CHECK(check_sendable(now));
  if (answer_text(*now.answer) != text) {
    return conflict("the answer has changed since; look at it again before sending");
  }
  THAW_TRY(auto update, connection.prepare(
                            "update question set sent_ms = ?1 where id = ?2 and sent_ms is null"));
  update->bind(1, at);
  update->bind(2, question);
  THAW_CHECK(update->run());
  return transaction.commit();
}

}  // namespace thaw::care
