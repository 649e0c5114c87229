#include "evidence/search_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <map>
#include <memory>

#include "base/text.h"
#include "evidence/document_json.h"
#include "evidence/records_json.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

/// Text of one record that is indexed, at most: a longer one is found by its beginning.
constexpr std::size_t kMostText = 300'000;
constexpr std::size_t kMostHits = 1'000;

constexpr std::array<db::Migration, 1> kSqlite = {{{1, R"sql(
create table search_changed (part text not null, ref text not null, primary key (part, ref));
create table search_entry (entry {id}, part text not null, ref text not null, unique (part, ref));
create virtual table search_documents using fts5(title, body,
  tokenize = 'unicode61 remove_diacritics 0');
create virtual table search_claims using fts5(title, body,
  tokenize = 'unicode61 remove_diacritics 0');
create virtual table search_concepts using fts5(title, body,
  tokenize = 'unicode61 remove_diacritics 0');
create index search_item_object on evidence_item (object_id);
create trigger search_document_new after insert on document begin
  insert or ignore into search_changed (part, ref) values ('documents', new.id); end;
create trigger search_document_set after update on document begin
  insert or ignore into search_changed (part, ref) values ('documents', new.id); end;
create trigger search_document_gone after delete on document begin
  insert or ignore into search_changed (part, ref) values ('documents', old.id); end;
create trigger search_item_new after insert on evidence_item begin
  insert or ignore into search_changed (part, ref) values ('claims', new.id); end;
create trigger search_concept_new after insert on concept begin
  insert or ignore into search_changed (part, ref) values ('concepts', new.id); end;
create trigger search_concept_set after update on concept begin
  insert or ignore into search_changed (part, ref) values ('concepts', new.id); end;
create trigger search_concept_renamed after update on concept
  when old.name_en <> new.name_en or old.name_zh <> new.name_zh begin
  insert or ignore into search_changed (part, ref)
    select 'claims', id from evidence_item where subject_id = new.id or object_id = new.id; end;
insert or ignore into search_changed (part, ref) select 'documents', id from document;
insert or ignore into search_changed (part, ref) select 'concepts', id from concept;
insert or ignore into search_changed (part, ref) select 'claims', id from evidence_item;
)sql"}}};

constexpr std::array<db::Migration, 1> kPostgres = {{{1, R"sql(
create table search_changed (part text not null, ref text not null, primary key (part, ref));
create table search_entry (part text not null, ref text not null, terms tsvector not null,
  primary key (part, ref));
create index search_entry_terms on search_entry using gin (terms);
create index search_item_object on evidence_item (object_id);
create function search_note() returns trigger language plpgsql as 'begin
  insert into search_changed (part, ref)
    values (tg_argv[0], case when tg_op = ''DELETE'' then old.id else new.id end)
    on conflict do nothing;
  return null;
end';
create function search_note_renamed() returns trigger language plpgsql as 'begin
  insert into search_changed (part, ref)
    select distinct ''claims'', id from evidence_item
    where subject_id = new.id or object_id = new.id on conflict do nothing;
  return null;
end';
create trigger search_document after insert or update or delete on document
  for each row execute function search_note('documents');
create trigger search_item after insert on evidence_item
  for each row execute function search_note('claims');
create trigger search_concept after insert or update on concept
  for each row execute function search_note('concepts');
create trigger search_concept_renamed after update on concept
  for each row when (old.name_en <> new.name_en or old.name_zh <> new.name_zh)
  execute function search_note_renamed();
insert into search_changed (part, ref) select 'documents', id from document on conflict do nothing;
insert into search_changed (part, ref) select 'concepts', id from concept on conflict do nothing;
insert into search_changed (part, ref) select distinct 'claims', id from evidence_item
  on conflict do nothing;
)sql"}}};

constexpr std::array kParts = {SearchPart::kDocuments, SearchPart::kClaims, SearchPart::kConcepts};

/// What is shown and searched of one record.
struct SearchText {
  Name title;
  std::string body;
  std::string kind, subject, object;

  std::string all_titles() const {
    return title.en == title.zh ? title.en : title.en + '\n' + title.zh;
  }
};

Result<json::object> parsed(std::string_view record, std::string_view id) {
  json::error_code error;
  json::value value = json::parse(record, error);
  if (error || !value.is_object()) {
    return corrupt(fmt::format("the stored record '{}' cannot be read", id));
  }
  return std::move(value.get_object());
}

/// Reads the records of the three parts, with its statements kept.
class TextReader {
 public:
  static Result<TextReader> open(db::Connection& connection) {
    TextReader reader;
    THAW_TRY(reader.document_,
             connection.prepare("select language, title, record from document where id = ?1"));
    THAW_TRY(reader.concept_, connection.prepare("select record from concept where id = ?1"));
    THAW_TRY(reader.item_, connection.prepare("select record from evidence_item where id = ?1 "
                                              "order by version desc limit 1"));
    THAW_TRY(reader.names_,
             connection.prepare("select name_en, name_zh from concept where id = ?1"));
    return reader;
  }

  /// Nothing when the record is gone.
  Result<std::optional<SearchText>> read(SearchPart part, std::string_view id) {
    db::Statement& statement = part == SearchPart::kDocuments  ? *document_
                               : part == SearchPart::kConcepts ? *concept_
                                                               : *item_;
    statement.bind(1, id);
    THAW_TRY(const bool found, statement.step());
    if (!found) {
      return std::optional<SearchText>();
    }
    const int column = part == SearchPart::kDocuments ? 2 : 0;
    SearchText text;
    if (part == SearchPart::kDocuments) {
      text.kind = statement.text(0).value_or("");
      text.title.en = text.title.zh = statement.text(1).value_or("");
    }
    const std::string record = statement.text(column).value_or("");
    statement.reset();
    THAW_TRY(const json::object object, parsed(record, id));
    if (part == SearchPart::kDocuments) {
      THAW_TRY(const Document document, document_from_json(object));
      text.body = document.text();
    } else if (part == SearchPart::kConcepts) {
      THAW_TRY(const Concept c, concept_from_json(object));
      text.title = c.name;
      text.kind = c.kind;
      text.body = join(c.aliases, "\n");
    } else {
      THAW_TRY(const Item item, item_from_json(object));
      THAW_CHECK(describe(item, text));
    }
    return std::optional<SearchText>(std::move(text));
  }

 private:
  Result<Name> name_of(const std::string& id) {
    names_->bind(1, id);
    THAW_TRY(const bool found, names_->step());
    Name name =
        found ? Name{names_->text(0).value_or(id), names_->text(1).value_or(id)} : Name{id, id};
    names_->reset();
    return name;
  }

  Result<Done> describe(const Item& item, SearchText& text) {
    THAW_TRY(const Name subject, name_of(item.subject));
    THAW_TRY(const Name object, name_of(item.object));
    text.subject = item.subject;
    text.object = item.object;
    text.kind = to_string(item.sign);
    std::string relation = item.relation;
    std::ranges::replace(relation, '_', ' ');
    text.title = {fmt::format("{} {} {}", subject.en, relation, object.en),
                  fmt::format("{} {} {}", subject.zh, relation, object.zh)};
    std::vector<std::string> parts = {item.note,         item.note_zh,
                                      item.participants, item.participants_zh,
                                      item.group_label,  item.source};
    if (item.effect) {
      parts.push_back(item.effect->printed);
      parts.push_back(item.effect->printed_zh);
    }
    std::erase_if(parts, [](const std::string& part) { return part.empty(); });
    text.body = join(parts, "\n");
    return Done{};
  }

  std::unique_ptr<db::Statement> document_, concept_, item_, names_;
};

/// Writes entries into the index of one engine.
class IndexWriter {
 public:
  static Result<IndexWriter> open(db::Connection& connection) {
    IndexWriter writer;
    writer.sqlite_ = connection.engine() == db::Engine::kSqlite;
    if (!writer.sqlite_) {
      THAW_TRY(writer.put_,
               connection.prepare("insert into search_entry (part, ref, terms) values "
                                  "(?1, ?2, cast(?3 as tsvector)) on conflict (part, ref) "
                                  "do update set terms = excluded.terms"));
      THAW_TRY(writer.drop_,
               connection.prepare("delete from search_entry where part = ?1 and ref = ?2"));
      return writer;
    }
    THAW_TRY(writer.find_,
             connection.prepare("select entry from search_entry where part = ?1 and ref = ?2"));
    THAW_TRY(writer.put_, connection.prepare("insert into search_entry (part, ref) values (?1, ?2) "
                                             "returning entry"));
    for (const SearchPart part : kParts) {
      THAW_TRY(writer.drop_text_[part],
               connection.prepare(
                   fmt::format("delete from search_{} where rowid = ?1", to_string(part))));
      THAW_TRY(
          writer.put_text_[part],
          connection.prepare(fmt::format(
              "insert into search_{} (rowid, title, body) values (?1, ?2, ?3)", to_string(part))));
    }
    return writer;
  }

  Result<Done> write(SearchPart part, std::string_view ref, const SearchText* text) {
    return sqlite_ ? write_sqlite(part, ref, text) : write_postgres(part, ref, text);
  }

 private:
  static std::string_view head(std::string_view text) {
    std::size_t end = std::min(text.size(), kMostText);
    while (end < text.size() && end > 0 &&
           (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
      --end;
    }
    return text.substr(0, end);
  }

  Result<Done> write_postgres(SearchPart part, std::string_view ref, const SearchText* text) {
    db::Statement& statement = text == nullptr ? *drop_ : *put_;
    statement.bind(1, to_string(part));
    statement.bind(2, ref);
    if (text != nullptr) {
      statement.bind(
          3, tsvector_literal(search_terms(text->all_titles()), search_terms(head(text->body))));
    }
    THAW_CHECK(statement.run());
    return Done{};
  }

  Result<Done> write_sqlite(SearchPart part, std::string_view ref, const SearchText* text) {
    find_->bind(1, to_string(part));
    find_->bind(2, ref);
    THAW_TRY(const bool known, find_->step());
    std::int64_t entry = known ? find_->integer(0).value_or(0) : 0;
    find_->reset();
    if (known) {
      drop_text_.at(part)->bind(1, entry);
      THAW_CHECK(drop_text_.at(part)->run());
    }
    if (text == nullptr) {
      return Done{};
    }
    if (!known) {
      put_->bind(1, to_string(part));
      put_->bind(2, ref);
      THAW_TRY(const bool row, put_->step());
      entry = row ? put_->integer(0).value_or(0) : 0;
      put_->reset();
    }
    db::Statement& put = *put_text_.at(part);
    put.bind(1, entry);
    put.bind(2, fts5_text(search_terms(text->all_titles())));
    put.bind(3, fts5_text(search_terms(head(text->body))));
    THAW_CHECK(put.run());
    return Done{};
  }

  bool sqlite_ = true;
  std::unique_ptr<db::Statement> find_, put_, drop_;
  std::map<SearchPart, std::unique_ptr<db::Statement>> drop_text_, put_text_;
};

/// The next of what is noted as changed, at most `limit`.
Result<std::vector<std::pair<SearchPart, std::string>>> next_changes(db::Connection& connection,
                                                                     std::int64_t limit) {
  THAW_TRY(auto statement,
           connection.prepare("select part, ref from search_changed order by part, ref limit ?1"));
  statement->bind(1, limit);
  std::vector<std::pair<SearchPart, std::string>> out;
  while (true) {
    THAW_TRY(const bool more, statement->step());
    if (!more) {
      return out;
    }
    THAW_TRY(const SearchPart part, search_part(statement->text(0).value_or("")));
    out.emplace_back(part, statement->text(1).value_or(""));
  }
}

/// ids and scores of the hits, and how many there are in all.
Result<Done> find_hits(db::Connection& connection, const SearchQuery& query, std::size_t limit,
                       std::size_t offset, SearchAnswer& answer) {
  const bool sqlite = connection.engine() == db::Engine::kSqlite;
  const auto part = to_string(answer.part);
  const std::string expression = sqlite ? fts5_expression(query) : tsquery_expression(query);
  const std::string from =
      sqlite ? fmt::format("from search_{0} where search_{0} match ?1", part)
             : fmt::format("from search_entry where part = '{}' and terms @@ cast(?1 as tsquery)",
                           part);
  THAW_TRY(auto count, connection.prepare("select count(*) " + from));
  count->bind(1, expression);
  THAW_TRY(const bool counted, count->step());
  answer.total = counted ? static_cast<std::size_t>(count->integer(0).value_or(0)) : 0;
  count->reset();
  const std::string sql =
      sqlite ? fmt::format(
                   "select e.ref, h.score from (select rowid as entry, "
                   "bm25(search_{0}, 4.0, 1.0) as score {1} order by score, rowid "
                   "limit ?2 offset ?3) h join search_entry e on e.entry = h.entry "
                   "order by h.score, h.entry",
                   part, from)
             : fmt::format(
                   "select ref, cast(ts_rank_cd(terms, cast(?1 as tsquery)) as double "
                   "precision) {} order by 2 desc, ref collate \"C\" limit ?2 offset ?3",
                   from);
  THAW_TRY(auto rows, connection.prepare(sql));
  rows->bind(1, expression);
  rows->bind(2, static_cast<std::int64_t>(limit));
  rows->bind(3, static_cast<std::int64_t>(offset));
  while (true) {
    THAW_TRY(const bool more, rows->step());
    if (!more) {
      return Done{};
    }
    const double score = rows->real(1).value_or(0);
    SearchHit hit;
    hit.id = rows->text(0).value_or("");
    hit.score = sqlite ? -score : score;
    answer.hits.push_back(std::move(hit));
  }
}

}  // namespace

std::string_view to_string(SearchPart part) {
  switch (part) {
    case SearchPart::kDocuments:
      return "documents";
    case SearchPart::kClaims:
      return "claims";
    case SearchPart::kConcepts:
      return "concepts";
  }
  return "";
}

Result<SearchPart> search_part(std::string_view word) {
  for (const SearchPart part : kParts) {
    if (to_string(part) == word) {
      return part;
    }
  }
  return invalid_argument(
      fmt::format("'{}' cannot be searched; it must be documents, claims or concepts", word));
}

Result<Done> migrate_search(db::Connection& connection) {
  if (connection.engine() == db::Engine::kSqlite) {
    return db::migrate(connection, "search", kSqlite);
  }
  return db::migrate(connection, "search", kPostgres);
}

Result<std::size_t> index_changes(db::Connection& connection) {
  THAW_TRY(auto reader, TextReader::open(connection));
  THAW_TRY(auto writer, IndexWriter::open(connection));
  THAW_TRY(auto done,
           connection.prepare("delete from search_changed where part = ?1 and ref = ?2"));
  std::size_t indexed = 0;
  while (true) {
    THAW_TRY(const auto changes, next_changes(connection, 1000));
    for (const auto& [part, ref] : changes) {
      THAW_TRY(const auto text, reader.read(part, ref));
      THAW_CHECK(writer.write(part, ref, text ? &*text : nullptr));
      done->bind(1, to_string(part));
      done->bind(2, ref);
      THAW_CHECK(done->run());
    }
    indexed += changes.size();
    if (changes.empty()) {
      return indexed;
    }
  }
}

Result<std::size_t> refresh_search(db::Connection& connection) {
  THAW_TRY(const auto changes, next_changes(connection, 1));
  if (changes.empty()) {
    return std::size_t{0};
  }
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  THAW_TRY(const std::size_t indexed, index_changes(connection));
  THAW_CHECK(transaction.commit());
  return indexed;
}

Result<SearchAnswer> search(db::Connection& connection, SearchPart part, std::string_view query,
                            std::size_t limit, std::size_t offset) {
  const SearchQuery parts = search_query(query);
  if (parts.empty()) {
    return invalid_argument("the query holds no word to look for");
  }
  SearchAnswer answer;
  answer.part = part;
  THAW_CHECK(find_hits(connection, parts, std::min(limit, kMostHits), offset, answer));
  THAW_TRY(auto reader, TextReader::open(connection));
  for (SearchHit& hit : answer.hits) {
    THAW_TRY(auto text, reader.read(part, hit.id));
    if (text) {
      const std::string& shown = text->body.empty() ? text->title.en : text->body;
      hit.snippet = snippet_of(shown, parts);
      hit.title = std::move(text->title);
      hit.kind = std::move(text->kind);
      hit.subject = std::move(text->subject);
      hit.object = std::move(text->object);
    }
  }
  return answer;
}

}  // namespace thaw::evidence
