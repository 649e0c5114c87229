#include "evidence/import_store.h"

#include <array>

namespace thaw::evidence {

Result<std::optional<ImportPlace>> import_place(db::Connection& connection, const std::string& id) {
  THAW_TRY(auto row, connection.prepare("select file, format, bytes, head_digest, records, report, "
                                        "finished from import_progress where id = ?1"));
  row->bind(1, id);
  THAW_TRY(const bool found, row->step());
  if (!found) {
    return std::optional<ImportPlace>();
  }
  ImportPlace place;
  place.id = id;
  place.file = row->text(0).value_or("");
  place.format = row->text(1).value_or("");
  place.bytes = row->integer(2).value_or(0);
  place.head_digest = row->text(3).value_or("");
  place.records = row->integer(4).value_or(0);
  place.report = row->text(5).value_or("");
  place.finished = row->integer(6).value_or(0) != 0;
  return std::optional(place);
}

Result<Done> note_import(db::Connection& connection, const ImportPlace& place) {
  THAW_TRY(auto statement,
           connection.prepare("insert into import_progress (id, file, format, bytes, head_digest, "
                              "records, report, finished) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
                              "on conflict (id) do update set records = excluded.records, "
                              "report = excluded.report, finished = excluded.finished"));
  statement->bind(1, place.id);
  statement->bind(2, place.file);
  statement->bind(3, place.format);
  statement->bind(4, place.bytes);
  statement->bind(5, place.head_digest);
  statement->bind(6, place.records);
  statement->bind(7, place.report);
  statement->bind(8, place.finished ? 1 : 0);
  THAW_CHECK(statement->run());
  return Done{};
}

Result<Done> defer_items(db::Connection& connection, const std::string& import_id,
                         const std::vector<DeferredItem>& items) {
  constexpr std::array<std::string_view, 5> kColumns = {"import_id", "number", "line", "record",
                                                        "item"};
  THAW_TRY(auto rows, connection.append("import_deferred", kColumns));
  for (const auto& item : items) {
    rows->put(import_id);
    rows->put(item.number);
    rows->put(item.line);
    rows->put(item.record);
    rows->put(item.item);
    THAW_CHECK(rows->end_row());
  }
  THAW_CHECK(rows->finish());
  return Done{};
}

Result<std::vector<DeferredItem>> deferred_items(db::Connection& connection,
                                                 const std::string& import_id, std::int64_t after,
                                                 std::int64_t limit) {
  THAW_TRY(auto row,
           connection.prepare("select number, line, record, item from import_deferred "
                              "where import_id = ?1 and number > ?2 order by number limit ?3"));
  row->bind(1, import_id);
  row->bind(2, after);
  row->bind(3, limit);
  std::vector<DeferredItem> out;
  while (true) {
    THAW_TRY(const bool more, row->step());
    if (!more) {
      return out;
    }
    out.push_back({row->integer(0).value_or(0), row->integer(1).value_or(0),
                   row->integer(2).value_or(0), row->text(3).value_or("")});
  }
}

Result<std::int64_t> last_deferred(db::Connection& connection, const std::string& import_id) {
  THAW_TRY(auto row,
           connection.prepare("select max(number) from import_deferred where import_id = ?1"));
  row->bind(1, import_id);
  THAW_TRY(const bool found, row->step());
  return found ? row->integer(0).value_or(0) : 0;
}

Result<Done> drop_deferred(db::Connection& connection, const std::string& import_id,
                           std::int64_t number) {
  THAW_TRY(auto statement,
           connection.prepare("delete from import_deferred where import_id = ?1 and number <= ?2"));
  statement->bind(1, import_id);
  statement->bind(2, number);
  THAW_CHECK(statement->run());
  return Done{};
}

}  // namespace thaw::evidence
