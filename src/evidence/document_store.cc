#include "evidence/document_store.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/digest.h"
#include "evidence/document_json.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

Result<Document> parse(const std::string& id, const std::string& record) {
  json::error_code error;
  const json::value value = json::parse(record, error);
  if (error || !value.is_object()) {
    return corrupt(fmt::format("the stored document '{}' cannot be read", id));
  }
  auto document = document_from_json(value.get_object());
  if (!document) {
    return corrupt(fmt::format("the stored document '{}': {}", id, document.error().message));
  }
  return document;
}

/// The statements of one write, prepared once.
struct Writer {
  std::unique_ptr<db::Statement> digest, put, drop_ids, put_id;

  static Result<Writer> prepare(db::Connection& connection) {
    Writer writer;
    THAW_TRY(writer.digest, connection.prepare("select digest from document where id = ?1"));
    THAW_TRY(writer.put,
             connection.prepare(
                 "insert into document (id, language, year, journal, title, digest, record) "
                 "values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict (id) do update set "
                 "language = excluded.language, year = excluded.year, journal = excluded.journal, "
                 "title = excluded.title, digest = excluded.digest, record = excluded.record"));
    THAW_TRY(writer.drop_ids,
             connection.prepare("delete from document_same where document_id = ?1"));
    THAW_TRY(writer.put_id, connection.prepare("insert into document_same (document_id, other_id) "
                                               "values (?1, ?2) on conflict do nothing"));
    return writer;
  }

  Result<std::optional<std::string>> stored_digest(const std::string& id) const {
    digest->bind(1, id);
    THAW_TRY(const bool row, digest->step());
    auto found = row ? digest->text(0) : std::nullopt;
    digest->reset();
    return found;
  }

  Result<Done> write(const Document& document, const std::string& record,
                     const std::string& new_digest) const {
    put->bind(1, document.id);
    put->bind(2, document.language);
    put->bind(3, document.year ? std::optional<std::int64_t>(*document.year) : std::nullopt);
    put->bind(4, document.journal);
    put->bind(5, document.title());
    put->bind(6, new_digest);
    put->bind(7, record);
    THAW_CHECK(put->run());
    drop_ids->bind(1, document.id);
    THAW_CHECK(drop_ids->run());
    for (const auto& other : document.same_as) {
      put_id->bind(1, document.id);
      put_id->bind(2, other);
      THAW_CHECK(put_id->run());
    }
    return Done{};
  }
};

/// The record in the first row, or nothing.
Result<std::optional<std::string>> first_text(db::Connection& connection, std::string_view sql,
                                              std::string_view id) {
  THAW_TRY(auto statement, connection.prepare(sql));
  statement->bind(1, id);
  THAW_TRY(const bool row, statement->step());
  return row ? statement->text(0) : std::optional<std::string>();
}

}  // namespace

Result<WriteCounts> write_documents(db::Connection& connection,
                                    const std::vector<Document>& documents) {
  WriteCounts counts;
  if (documents.empty()) {
    return counts;
  }
  THAW_TRY(const Writer writer, Writer::prepare(connection));
  for (const Document& document : documents) {
    const std::string record = json::serialize(to_json(document));
    const std::string digest = sha256_hex(record);
    THAW_TRY(const auto before, writer.stored_digest(document.id));
    if (before == digest) {
      ++counts.unchanged;
      continue;
    }
    THAW_CHECK(writer.write(document, record, digest));
    ++(before ? counts.changed : counts.added);
  }
  return counts;
}

Result<Document> find_document(db::Connection& connection, std::string_view id) {
  const std::string canonical = canonical_document_id(id);
  THAW_TRY(auto record,
           first_text(connection, "select record from document where id = ?1", canonical));
  if (!record) {
    THAW_TRY(record, first_text(connection,
                                "select d.record from document d join document_same s on "
                                "s.document_id = d.id where s.other_id = ?1 order by d.id limit 1",
                                canonical));
  }
  if (!record) {
    return not_found(fmt::format("no document '{}' is in this store", canonical));
  }
  return parse(canonical, *record);
}

Result<std::size_t> count_documents(db::Connection& connection) {
  THAW_TRY(auto statement, connection.prepare("select count(*) from document"));
  THAW_TRY(const bool row, statement->step());
  return static_cast<std::size_t>(row ? statement->integer(0).value_or(0) : 0);
}

Result<std::vector<DocumentLine>> list_documents(db::Connection& connection, std::size_t offset,
                                                 std::size_t limit) {
  THAW_TRY(auto statement,
           connection.prepare("select id, title, journal, language, year from document "
                              "order by id collate \"C\" limit cast(?1 as bigint) "
                              "offset cast(?2 as bigint)"));
  statement->bind(1, static_cast<std::int64_t>(limit));
  statement->bind(2, static_cast<std::int64_t>(offset));
  std::vector<DocumentLine> out;
  while (true) {
    THAW_TRY(const bool more, statement->step());
    if (!more) {
      return out;
    }
    DocumentLine line{statement->text(0).value_or(""), statement->text(1).value_or(""),
                      statement->text(2).value_or(""), statement->text(3).value_or(""),
                      std::nullopt};
    if (const auto year = statement->integer(4)) {
      line.year = static_cast<int>(*year);
    }
    out.push_back(std::move(line));
  }
}

Result<std::vector<Document>> documents_after(db::Connection& connection, std::string_view after,
                                              std::size_t limit) {
  THAW_TRY(auto statement,
           connection.prepare("select id, record from document where id collate \"C\" > ?1 "
                              "order by id collate \"C\" limit cast(?2 as bigint)"));
  statement->bind(1, after);
  statement->bind(2, static_cast<std::int64_t>(limit));
  std::vector<Document> out;
  while (true) {
    THAW_TRY(const bool more, statement->step());
    if (!more) {
      return out;
    }
    THAW_TRY(auto document,
             parse(statement->text(0).value_or(""), statement->text(1).value_or("")));
    out.push_back(std::move(document));
  }
}

}  // namespace thaw::evidence
