#include "care/said_store.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "care/word_json.h"
#include "gaze/utf8.h"

namespace thaw::care {
namespace {

constexpr double kSecondsMax = 3600;  // of writing, for one utterance

Result<Utterance> utterance_of(const db::Statement& row) {
  Utterance said;
  said.id = row.text(0).value_or("");
  said.at = row.integer(1).value_or(0);
  THAW_TRY(said.language, gaze::parse_language(row.text(2).value_or("zh")));
  said.text = row.text(3).value_or("");
  boost::system::error_code error;
  const auto words = boost::json::parse(row.text(4).value_or("[]"), error);
  if (error) {
    return corrupt("a stored utterance cannot be read");
  }
  THAW_TRY(said.words, read_words(words, "words"));
  said.selections = row.integer(5).value_or(0);
  said.undos = row.integer(6).value_or(0);
  said.begun_at = row.integer(7).value_or(0);
  said.question = row.text(8).value_or("");
  return said;
}

Result<Done> count_selections(db::Connection& connection, Moment since, const Zone& zone,
                              std::map<Day, UseDay>& days) {
  THAW_TRY(auto rows, connection.prepare("select at_ms, act from selection_log where at_ms >= ?1"));
  rows->bind(1, since);
  while (true) {
    THAW_TRY(const bool more, rows->step());
    if (!more) {
      return Done{};
    }
    UseDay& day = days[local_day(rows->integer(0).value_or(0), zone)];
    const std::string act = rows->text(1).value_or("");
    ++day.selections;
    day.offers_taken += act == "pick" ? 1 : 0;
    day.undos += act == "undo" ? 1 : 0;
  }
}

Result<Done> count_utterances(db::Connection& connection, Moment since, const Zone& zone,
                              std::map<Day, UseDay>& days) {
  THAW_TRY(auto rows,
           connection.prepare("select at_ms, begun_ms, text from utterance where at_ms >= ?1"));
  rows->bind(1, since);
  while (true) {
    THAW_TRY(const bool more, rows->step());
    if (!more) {
      return Done{};
    }
    const Moment at = rows->integer(0).value_or(0);
    UseDay& day = days[local_day(at, zone)];
    day.characters += static_cast<std::int64_t>(gaze::utf8_length(rows->text(2).value_or("")));
    const double seconds = static_cast<double>(at - rows->integer(1).value_or(at)) / 1000;
    day.seconds += std::clamp(seconds, 0.0, kSecondsMax);
  }
}

/// The page with the text stays in the log until that is written over.
Result<Done> empty_log(db::Connection& connection) {
  if (connection.engine() != db::Engine::kSqlite) {
    return Done{};
  }
  THAW_TRY(auto checkpoint, connection.prepare("pragma wal_checkpoint(truncate)"));
  THAW_CHECK(checkpoint->step());
  checkpoint->reset();
  return Done{};
}

}  // namespace

Result<Done> add_utterance(db::Connection& connection, const Utterance& said) {
  THAW_TRY(auto insert,
           connection.prepare("insert into utterance (id, at_ms, lang, text, words, selections,"
                              " undos, begun_ms, question_id)"
                              " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
  insert->bind(1, said.id);
  insert->bind(2, said.at);
  insert->bind(3, gaze::language_code(said.language));
  insert->bind(4, said.text);
  insert->bind(5, boost::json::serialize(words_json(said.words)));
  insert->bind(6, said.selections);
  insert->bind(7, said.undos);
  insert->bind(8, said.begun_at);
  insert->bind(9, said.question);
  THAW_CHECK(insert->run());
  return Done{};
}

Result<Done> forget_utterance(db::Connection& connection, std::string_view id) {
  THAW_TRY(auto erase, connection.prepare("delete from utterance where id = ?1"));
  erase->bind(1, id);
  THAW_TRY(const std::int64_t gone, erase->run());
  if (gone == 0) {
    return not_found("nothing that was said has this id");
  }
  return empty_log(connection);
}

Result<std::vector<Utterance>> newest_utterances(db::Connection& connection, std::size_t limit) {
  THAW_TRY(auto rows,
           connection.prepare("select id, at_ms, lang, text, words, selections, undos, begun_ms,"
                              " question_id from utterance order by seq desc limit ?1"));
  rows->bind(1, static_cast<std::int64_t>(limit));
  std::vector<Utterance> out;
  while (true) {
    THAW_TRY(const bool more, rows->step());
    if (!more) {
      return out;
    }
    THAW_TRY(Utterance said, utterance_of(*rows));
    out.push_back(std::move(said));
  }
}

Result<std::vector<UseDay>> use_by_day(db::Connection& connection, Moment since, const Zone& zone) {
  std::map<Day, UseDay> days;
  THAW_CHECK(count_selections(connection, since, zone, days));
  THAW_CHECK(count_utterances(connection, since, zone, days));
  std::vector<UseDay> out;
  for (auto& [day, use] : days) {
    use.day = day;
    out.push_back(use);
  }
  return out;
}

}  // namespace thaw::care
