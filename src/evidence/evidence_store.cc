#include "evidence/evidence_store.h"

#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <map>

#include "evidence/assessment_store.h"
#include "evidence/record_store.h"
#include "evidence/records_json.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

constexpr std::array<db::Migration, 3> kMigrations = {{{1, R"sql(
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
)sql"},
                                                       {3, R"sql(
create table concept_key (search_key text not null, concept_id text not null, kind text not null,
  primary key (search_key, concept_id));
create index concept_key_concept on concept_key (concept_id);
create index concept_parent_parent on concept_parent (parent_id);
create table import_progress (id text primary key, file text not null, format text not null,
  bytes bigint not null, head_digest text not null, records bigint not null, report text not null,
  finished bigint not null);
create table import_deferred (import_id text not null, number bigint not null,
  line bigint not null, record bigint not null, item text not null,
  primary key (import_id, number));
)sql"}}};

/// Calls `take` with the record text of each row of `sql` (id, record); a later row of an id stands
/// in the place of an earlier one.
template <class Kept>
Result<std::vector<Kept>> read_all(db::Connection& connection, std::string_view sql,
                                   Result<Kept> (*from_json)(const json::object&)) {
  THAW_TRY(auto statement, connection.prepare(sql));
  std::vector<Kept> out;
  while (true) {
    THAW_TRY(const bool more, statement->step());
    if (!more) {
      return out;
    }
    const std::string id = statement->text(0).value_or("");
    json::error_code error;
    const json::value value = json::parse(statement->text(1).value_or(""), error);
    if (error || !value.is_object()) {
      return corrupt(fmt::format("the stored record '{}' cannot be read", id));
    }
    auto record = from_json(value.get_object());
    if (!record) {
      return corrupt(fmt::format("the stored record '{}': {}", id, record.error().message));
    }
    if (!out.empty() && out.back().id == id) {
      out.back() = std::move(record).value();
    } else {
      out.push_back(std::move(record).value());
    }
  }
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

/// What the bundle before brought: id -> record text.
Result<std::map<std::string, std::string>> bundled_before(db::Connection& connection,
                                                          const std::string& kind) {
  THAW_TRY(auto statement,
           connection.prepare("select id, record from bundled_record where kind = ?1"));
  statement->bind(1, kind);
  std::map<std::string, std::string> out;
  while (true) {
    THAW_TRY(const bool more, statement->step());
    if (!more) {
      return out;
    }
    out[statement->text(0).value_or("")] = statement->text(1).value_or("");
  }
}

/// Drops from `records` those that people changed since the program last brought them, and notes in
/// `bundled_record` what it brings now.
template <class Kept>
Result<Done> yield_to_people(db::Connection& connection, RecordKind record_kind,
                             const std::string& kind, std::vector<Kept>& records) {
  std::vector<std::string> ids;
  for (const Kept& record : records) {
    ids.push_back(record.id);
  }
  THAW_TRY(const auto stored, stored_records(connection, record_kind, ids));
  THAW_TRY(const auto before, bundled_before(connection, kind));
  for (const Kept& record : records) {
    THAW_CHECK(run_with(connection,
                        "insert into bundled_record (kind, id, record) values (?1, ?2, ?3) "
                        "on conflict (kind, id) do update set record = excluded.record",
                        {kind, record.id, json::serialize(to_json(record))}));
  }
  std::erase_if(records, [&](const Kept& record) {
    const auto now = stored.find(record.id);
    const auto then = before.find(record.id);
    return now != stored.end() && (then == before.end() || then->second != now->second.text);
  });
  return Done{};
}

}  // namespace

Result<Done> migrate_evidence(db::Connection& connection) {
  THAW_CHECK(db::migrate(connection, "evidence", kMigrations));
  THAW_CHECK(migrate_assessments(connection));
  return ensure_concept_keys(connection);
}

Result<std::vector<Concept>> load_concepts(db::Connection& connection) {
  return read_all<Concept>(connection, "select id, record from concept order by id",
                           concept_from_json);
}

Result<std::vector<Source>> load_sources(db::Connection& connection) {
  return read_all<Source>(connection, "select id, record from source order by id",
                          source_from_json);
}

Result<Knowledge> load_knowledge(db::Connection& connection) {
  // What refers is read before what it refers to: records are only added, so an import that
  // commits in between cannot leave an item without its ends.
  THAW_TRY(auto items,
           read_all<Item>(connection, "select id, record from evidence_item order by id, version",
                          item_from_json));
  THAW_TRY(auto sources, load_sources(connection));
  THAW_TRY(auto concepts, load_concepts(connection));
  THAW_TRY(auto readings, read_readings(connection, items));
  return Knowledge::build(std::move(concepts), std::move(sources), std::move(items),
                          std::move(readings));
}

Result<Done> leave_what_people_changed(db::Connection& connection, std::vector<Concept>& concepts,
                                       std::vector<Source>& sources, std::vector<Item>& items) {
  THAW_CHECK(yield_to_people(connection, RecordKind::kConcept, "concept", concepts));
  THAW_CHECK(yield_to_people(connection, RecordKind::kSource, "source", sources));
  THAW_CHECK(yield_to_people(connection, RecordKind::kItem, "item", items));
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
