#include "evidence/evidence_store.h"

#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <map>

#include "evidence/records_json.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

constexpr std::array<db::Migration, 2> kMigrations = {{{1, R"sql(
create table concept (id text primary key, kind text not null, name_en text not null,
  name_zh text not null, wanted text not null, record text not null);
create table concept_name (concept_id text not null references concept(id), name text not null,
  primary key (concept_id, name));
create table concept_parent (concept_id text not null references concept(id),
  parent_id text not null, primary key (concept_id, parent_id));
create table source (id text primary key, citation text not null, as_reported_by text not null,
  url text not null, year bigint, status text not null, status_year bigint, record text not null);
create table evidence_item (id text not null, version bigint not null, subject_id text not null,
  relation text not null, sign text not null, object_id text not null, causal bigint not null,
  direction text not null, study_kind text not null, grade text not null,
  directness double precision not null, quality double precision not null,
  faithful double precision not null, extractor text not null, year bigint, n double precision,
  population text not null, organism text not null, measure text, effect_value double precision,
  effect_low double precision, effect_high double precision, effect_p double precision,
  source_id text not null references source(id), record text not null,
  primary key (id, version));
create index evidence_item_claim on evidence_item (subject_id, object_id);
create table item_group (item_id text not null, group_key text not null,
  primary key (item_id, group_key));
create table item_qualifier (item_id text not null, name text not null, value text not null,
  primary key (item_id, name));
create table assessment (id {id}, item_id text not null, curator text not null,
  verdict text not null, reason text not null, made_at text not null, signature text not null);
create table change_log (id {id}, claim_id text not null, changed_at text not null,
  cause text not null, support_before double precision, support_after double precision,
  opposition_before double precision, opposition_after double precision,
  belief_before double precision, belief_after double precision);
create table loaded_file (name text primary key, digest text not null);
create table bundled_record (kind text not null, id text not null, record text not null,
  primary key (kind, id));
create table record_history (kind text not null, id text not null, version bigint not null,
  record text not null, primary key (kind, id, version));
)sql"},
                                                       {2, R"sql(
create table document (id text primary key, language text not null, year bigint,
  journal text not null, title text not null, digest text not null, record text not null);
create table document_same (document_id text not null references document(id),
  other_id text not null, primary key (document_id, other_id));
create index document_same_other on document_same (other_id);
)sql"}}};

/// id -> record text of one table, current versions only.
Result<std::map<std::string, std::string>> records_of(db::Connection& connection,
                                                      std::string_view sql) {
  THAW_TRY(auto statement, connection.prepare(sql));
  std::map<std::string, std::string> out;
  while (true) {
    THAW_TRY(const bool more, statement->step());
    if (!more) {
      return out;
    }
    out[statement->text(0).value_or("")] = statement->text(1).value_or("");
  }
}

Result<std::map<std::string, std::string>> concepts_of(db::Connection& connection) {
  return records_of(connection, "select id, record from concept");
}
Result<std::map<std::string, std::string>> sources_of(db::Connection& connection) {
  return records_of(connection, "select id, record from source");
}
Result<std::map<std::string, std::string>> items_of(db::Connection& connection) {
  return records_of(connection, "select id, record from evidence_item order by id, version");
}

template <class Record>
Result<std::vector<Record>> parse_all(const std::map<std::string, std::string>& records,
                                      Result<Record> (*from_json)(const json::object&)) {
  std::vector<Record> out;
  for (const auto& [id, text] : records) {
    json::error_code error;
    const json::value value = json::parse(text, error);
    if (error || !value.is_object()) {
      return corrupt(fmt::format("the stored record '{}' cannot be read", id));
    }
    auto record = from_json(value.get_object());
    if (!record) {
      return corrupt(fmt::format("the stored record '{}': {}", id, record.error().message));
    }
    out.push_back(std::move(record).value());
  }
  return out;
}

Result<Done> run_with(db::Connection& connection, std::string_view sql,
                      const std::vector<std::string>& texts) {
  THAW_TRY(auto statement, connection.prepare(sql));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    statement->bind(static_cast<int>(i) + 1, texts[i]);
  }
  THAW_CHECK(statement->run());
  return Done{};
}

/// Keeps every version of a record whose table holds only the newest one.
Result<Done> keep_version(db::Connection& connection, const std::string& kind,
                          const std::string& id, const std::string& record) {
  THAW_TRY(auto count,
           connection.prepare("select count(*) from record_history where kind = ?1 and id = ?2"));
  count->bind(1, kind);
  count->bind(2, id);
  THAW_TRY(const bool row, count->step());
  const std::int64_t version = row ? count->integer(0).value_or(0) + 1 : 1;
  count->reset();
  THAW_TRY(auto insert, connection.prepare("insert into record_history (kind, id, version, record) "
                                           "values (?1, ?2, ?3, ?4)"));
  insert->bind(1, kind);
  insert->bind(2, id);
  insert->bind(3, version);
  insert->bind(4, record);
  THAW_CHECK(insert->run());
  return Done{};
}

Result<Done> write_concept(db::Connection& connection, const Concept& c,
                           const std::string& record) {
  THAW_CHECK(keep_version(connection, "concept", c.id, record));
  THAW_CHECK(run_with(connection, "delete from concept_name where concept_id = ?1", {c.id}));
  THAW_CHECK(run_with(connection, "delete from concept_parent where concept_id = ?1", {c.id}));
  THAW_CHECK(run_with(connection,
                      "insert into concept (id, kind, name_en, name_zh, wanted, record) "
                      "values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (id) do update set "
                      "kind = excluded.kind, name_en = excluded.name_en, "
                      "name_zh = excluded.name_zh, wanted = excluded.wanted, "
                      "record = excluded.record",
                      {c.id, c.kind, c.name.en, c.name.zh, c.wanted, record}));
  for (const auto& alias : c.aliases) {
    THAW_CHECK(run_with(connection,
                        "insert into concept_name (concept_id, name) values (?1, ?2) "
                        "on conflict do nothing",
                        {c.id, alias}));
  }
  for (const auto& parent : c.parents) {
    THAW_CHECK(run_with(connection,
                        "insert into concept_parent (concept_id, parent_id) values (?1, ?2) "
                        "on conflict do nothing",
                        {c.id, parent}));
  }
  return Done{};
}

Result<Done> write_source(db::Connection& connection, const Source& s, const std::string& record) {
  THAW_CHECK(keep_version(connection, "source", s.id, record));
  THAW_TRY(auto statement,
           connection.prepare(
               "insert into source (id, citation, as_reported_by, url, year, status, status_year, "
               "record) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) on conflict (id) do update set "
               "citation = excluded.citation, as_reported_by = excluded.as_reported_by, "
               "url = excluded.url, year = excluded.year, status = excluded.status, "
               "status_year = excluded.status_year, record = excluded.record"));
  statement->bind(1, s.id);
  statement->bind(2, s.citation);
  statement->bind(3, s.as_reported_by);
  statement->bind(4, s.url);
  statement->bind(5, s.year);
  statement->bind(6, to_string(s.status));
  statement->bind(7, s.status_year);
  statement->bind(8, record);
  THAW_CHECK(statement->run());
  return Done{};
}

Result<std::int64_t> next_version(db::Connection& connection, const std::string& id) {
  THAW_TRY(auto statement, connection.prepare("select count(*) from evidence_item where id = ?1"));
  statement->bind(1, id);
  THAW_TRY(const bool row, statement->step());
  return row ? statement->integer(0).value_or(0) + 1 : 1;
}

void bind_effect(db::Statement& statement, const Item& item) {
  const PrintedEffect none;
  const PrintedEffect& e = item.effect ? *item.effect : none;
  if (item.effect) {
    statement.bind(19, e.measure);
  } else {
    statement.bind_null(19);
  }
  statement.bind(20, e.value);
  statement.bind(21, e.low);
  statement.bind(22, e.high);
  statement.bind(23, e.p);
}

Result<Done> write_item(db::Connection& connection, const Item& item, const std::string& record) {
  THAW_TRY(const std::int64_t version, next_version(connection, item.id));
  THAW_TRY(auto statement,
           connection.prepare(
               "insert into evidence_item (id, version, subject_id, relation, sign, object_id, "
               "causal, direction, study_kind, grade, directness, quality, faithful, extractor, "
               "year, n, population, organism, measure, effect_value, effect_low, effect_high, "
               "effect_p, source_id, record) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
               "?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)"));
  statement->bind(1, item.id);
  statement->bind(2, version);
  statement->bind(3, item.subject);
  statement->bind(4, item.relation);
  statement->bind(5, to_string(item.sign));
  statement->bind(6, item.object);
  statement->bind(7, item.causal ? 1 : 0);
  statement->bind(8, to_string(item.direction));
  statement->bind(9, item.study_kind);
  statement->bind(10, item.grade);
  statement->bind(11, item.directness);
  statement->bind(12, item.quality);
  statement->bind(13, item.faithful);
  statement->bind(14, item.extractor);
  statement->bind(15, item.year);
  statement->bind(16, item.n);
  statement->bind(17, item.population);
  statement->bind(18, item.organism);
  bind_effect(*statement, item);
  statement->bind(24, item.source);
  statement->bind(25, record);
  THAW_CHECK(statement->run());
  THAW_CHECK(run_with(connection, "delete from item_group where item_id = ?1", {item.id}));
  THAW_CHECK(run_with(connection, "delete from item_qualifier where item_id = ?1", {item.id}));
  for (const auto& key : item.group_keys) {
    THAW_CHECK(run_with(connection,
                        "insert into item_group (item_id, group_key) values (?1, ?2) "
                        "on conflict do nothing",
                        {item.id, key}));
  }
  for (const auto& [name, value] : item.qualifiers) {
    THAW_CHECK(run_with(connection,
                        "insert into item_qualifier (item_id, name, value) values (?1, ?2, ?3)",
                        {item.id, name, value}));
  }
  return Done{};
}

/// Drops from `records` those that people changed since the program last brought them, and notes in
/// `bundled_record` what it brings now.
template <class Record>
Result<Done> yield_to_people(db::Connection& connection, const std::string& kind,
                             const std::map<std::string, std::string>& stored,
                             std::vector<Record>& records) {
  THAW_TRY(
      const auto before,
      records_of(connection, "select id, record from bundled_record where kind = '" + kind + "'"));
  for (const Record& record : records) {
    THAW_CHECK(run_with(connection,
                        "insert into bundled_record (kind, id, record) values (?1, ?2, ?3) "
                        "on conflict (kind, id) do update set record = excluded.record",
                        {kind, record.id, json::serialize(to_json(record))}));
  }
  std::erase_if(records, [&](const Record& record) {
    const auto now = stored.find(record.id);
    const auto then = before.find(record.id);
    return now != stored.end() && (then == before.end() || then->second != now->second);
  });
  return Done{};
}

/// Writes those of `records` whose text differs from `known`.
template <class Record>
Result<Done> write_new(db::Connection& connection, const std::vector<Record>& records,
                       const std::map<std::string, std::string>& known,
                       Result<Done> (*write)(db::Connection&, const Record&, const std::string&),
                       WriteCounts& counts) {
  for (const Record& record : records) {
    const std::string text = json::serialize(to_json(record));
    const auto before = known.find(record.id);
    if (before != known.end() && before->second == text) {
      ++counts.unchanged;
      continue;
    }
    THAW_CHECK(write(connection, record, text));
    ++(before == known.end() ? counts.added : counts.changed);
  }
  return Done{};
}

}  // namespace

Result<Done> migrate_evidence(db::Connection& connection) {
  return db::migrate(connection, "evidence", kMigrations);
}

Result<Knowledge> load_knowledge(db::Connection& connection) {
  THAW_TRY(const auto concepts, concepts_of(connection));
  THAW_TRY(const auto sources, sources_of(connection));
  THAW_TRY(const auto items, items_of(connection));
  THAW_TRY(auto read_concepts, parse_all<Concept>(concepts, concept_from_json));
  THAW_TRY(auto read_sources, parse_all<Source>(sources, source_from_json));
  THAW_TRY(auto read_items, parse_all<Item>(items, item_from_json));
  return Knowledge::build(std::move(read_concepts), std::move(read_sources), std::move(read_items));
}

Result<WriteCounts> write_records(db::Connection& connection, const std::vector<Concept>& concepts,
                                  const std::vector<Source>& sources,
                                  const std::vector<Item>& items) {
  WriteCounts counts;
  THAW_TRY(const auto known_concepts, concepts_of(connection));
  THAW_CHECK(write_new(connection, concepts, known_concepts, write_concept, counts));
  THAW_TRY(const auto known_sources, sources_of(connection));
  THAW_CHECK(write_new(connection, sources, known_sources, write_source, counts));
  THAW_TRY(const auto known_items, items_of(connection));
  THAW_CHECK(write_new(connection, items, known_items, write_item, counts));
  return counts;
}

Result<Done> leave_what_people_changed(db::Connection& connection, std::vector<Concept>& concepts,
                                       std::vector<Source>& sources, std::vector<Item>& items) {
  THAW_TRY(const auto stored_concepts, concepts_of(connection));
  THAW_TRY(const auto stored_sources, sources_of(connection));
  THAW_TRY(const auto stored_items, items_of(connection));
  THAW_CHECK(yield_to_people(connection, "concept", stored_concepts, concepts));
  THAW_CHECK(yield_to_people(connection, "source", stored_sources, sources));
  THAW_CHECK(yield_to_people(connection, "item", stored_items, items));
  return Done{};
}

Result<std::string> loaded_digest(db::Connection& connection, std::string_view name) {
  THAW_TRY(auto statement, connection.prepare("select digest from loaded_file where name = ?1"));
  statement->bind(1, name);
  THAW_TRY(const bool row, statement->step());
  return row ? statement->text(0).value_or("") : std::string();
}

Result<Done> note_loaded(db::Connection& connection, std::string_view name,
                         std::string_view digest) {
  return run_with(connection,
                  "insert into loaded_file (name, digest) values (?1, ?2) "
                  "on conflict (name) do update set digest = excluded.digest",
                  {std::string(name), std::string(digest)});
}

}  // namespace thaw::evidence
