#include "care/phrase_store.h"

#include <fmt/format.h>

namespace thaw::care {

Result<Done> keep_phrase(db::Connection& connection, const PhraseChange& change) {
  THAW_TRY(auto count, connection.prepare("select count(*) from phrase where id <> ?1"));
  count->bind(1, change.id);
  THAW_TRY(const bool found, count->step());
  if (found && count->integer(0).value_or(0) >= static_cast<std::int64_t>(kPhraseChangesMax)) {
    return conflict(fmt::format("there are {} phrases of your own already; remove one first",
                                kPhraseChangesMax));
  }
  count->reset();
  THAW_TRY(auto write,
           connection.prepare(
               "insert into phrase (id, page, place, text_en, text_zh, removed) values (?1, ?2, ?3,"
               " ?4, ?5, ?6) on conflict (id) do update set page = excluded.page, place ="
               " excluded.place, text_en = excluded.text_en, text_zh = excluded.text_zh, removed ="
               " excluded.removed"));
  write->bind(1, change.id);
  write->bind(2, change.page);
  write->bind(3, change.place);
  write->bind(4, change.text_en);
  write->bind(5, change.text_zh);
  write->bind(6, change.removed ? 1 : 0);
  THAW_CHECK(write->run());
  return Done{};
}

Result<std::vector<PhraseChange>> phrase_changes(db::Connection& connection) {
  THAW_TRY(auto rows, connection.prepare(
                          "select id, page, place, text_en, text_zh, removed from phrase order by"
                          " removed desc, page collate \"C\", place, id collate \"C\""));
  std::vector<PhraseChange> out;
  while (true) {
    THAW_TRY(const bool more, rows->step());
    if (!more) {
      return out;
    }
    out.push_back({rows->text(0).value_or(""), rows->text(1).value_or(""),
                   rows->integer(2).value_or(0), rows->text(3).value_or(""),
                   rows->text(4).value_or(""), rows->integer(5).value_or(0) != 0});
  }
}

}  // namespace thaw::care
