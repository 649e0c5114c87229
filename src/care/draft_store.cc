#include "care/draft_store.h"

#include <fmt/format.h>

namespace thaw::care {
namespace {

Result<Done> insert_first_row(db::Connection& connection, Moment at) {
  THAW_TRY(auto insert,
           connection.prepare("insert into speak_draft (id, revision, holder, document, changed_ms)"
                              " values (1, 0, '', '{}', ?1) on conflict (id) do nothing"));
  insert->bind(1, at);
  THAW_CHECK(insert->run());
  return Done{};
}

Result<Done> append_log(db::Connection& connection, const Selection& selection, Moment at) {
  THAW_TRY(auto insert, connection.prepare("insert into selection_log (at_ms, act, key_class)"
                                           " values (?1, ?2, ?3)"));
  insert->bind(1, at);
  insert->bind(2, selection.act);
  insert->bind(3, selection.key_class);
  THAW_CHECK(insert->run());
  return Done{};
}

/// What a selection gets that was not kept: an answer it already has, or why not.
Result<std::int64_t> explain(const Draft& draft, std::string_view client, std::int64_t revision,
                             std::string_view document) {
  if (!draft.holder.empty() && draft.holder != client) {
    return conflict("another page holds the draft; take it here to go on");
  }
  if (draft.revision == revision + 1 && draft.document == document) {
    return draft.revision;
  }
  return conflict(fmt::format("the draft is at revision {}, this page knows {}; load it anew",
                              draft.revision, revision));
}

}  // namespace

Result<Draft> read_draft(db::Connection& connection) {
  THAW_TRY(auto row,
           connection.prepare("select revision, holder, document from speak_draft where id = 1"));
  THAW_TRY(const bool found, row->step());
  if (!found) {
    return Draft{0, "", "{}"};
  }
  return Draft{row->integer(0).value_or(0), row->text(1).value_or(""), row->text(2).value_or("{}")};
}

Result<Draft> take_draft(db::Connection& connection, std::string_view client, Moment at) {
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  THAW_CHECK(insert_first_row(connection, at));
  THAW_TRY(auto update, connection.prepare("update speak_draft set holder = ?1 where id = 1"));
  update->bind(1, client);
  THAW_CHECK(update->run());
  THAW_TRY(Draft draft, read_draft(connection));
  THAW_CHECK(transaction.commit());
  return draft;
}

Result<std::int64_t> keep_selection(db::Connection& connection, std::string_view client,
                                    std::int64_t revision, std::string_view document,
                                    const Selection& selection, Moment at) {
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  if (revision == 0) {
    THAW_CHECK(insert_first_row(connection, at));
  }
  THAW_TRY(auto update,
           connection.prepare("update speak_draft set revision = revision + 1, holder = ?1,"
                              " document = ?2, changed_ms = ?3 where id = 1 and revision = ?4"
                              " and (holder = '' or holder = ?1)"));
  update->bind(1, client);
  update->bind(2, document);
  update->bind(3, at);
  update->bind(4, revision);
  THAW_TRY(const std::int64_t changed, update->run());
  if (changed == 0) {
    THAW_TRY(const Draft draft, read_draft(connection));
    return explain(draft, client, revision, document);
  }
  THAW_CHECK(append_log(connection, selection, at));
  THAW_CHECK(transaction.commit());
  return revision + 1;
}

Result<std::string> read_setting(db::Connection& connection, std::string_view name) {
  THAW_TRY(auto row, connection.prepare("select document from speak_setting where name = ?1"));
  row->bind(1, name);
  THAW_TRY(const bool found, row->step());
  return found ? row->text(0).value_or("") : std::string();
}

Result<Done> write_setting(db::Connection& connection, std::string_view name,
                           std::string_view document, Moment at) {
  THAW_TRY(auto write, connection.prepare(
                           "insert into speak_setting (name, document, changed_ms) values (?1, ?2,"
                           " ?3) on conflict (name) do update set document = excluded.document,"
                           " changed_ms = excluded.changed_ms"));
  write->bind(1, name);
  write->bind(2, document);
  write->bind(3, at);
  THAW_CHECK(write->run());
  return Done{};
}

}  // namespace thaw::care
