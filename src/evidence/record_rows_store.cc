#include "evidence/record_rows_store.h"

#include <array>
#include <set>

#include "evidence/record_store.h"
#include "evidence/records_json.h"

namespace thaw::evidence {
namespace {

constexpr std::array<std::string_view, 4> kHistory = {"kind", "id", "version", "record"};
constexpr std::array<std::string_view, 6> kConcept = {"id",      "kind",   "name_en",
                                                      "name_zh", "wanted", "record"};
constexpr std::array<std::string_view, 2> kName = {"concept_id", "name"};
constexpr std::array<std::string_view, 2> kParent = {"concept_id", "parent_id"};
constexpr std::array<std::string_view, 3> kKey = {"search_key", "concept_id", "kind"};
constexpr std::array<std::string_view, 8> kSource = {
    "id", "citation", "as_reported_by", "url", "year", "status", "status_year", "record"};
constexpr std::array<std::string_view, 25> kItem = {
    "id",         "version",     "subject_id", "relation",   "sign",
    "object_id",  "causal",      "direction",  "study_kind", "grade",
    "directness", "quality",     "faithful",   "extractor",  "year",
    "n",          "population",  "organism",   "measure",    "effect_value",
    "effect_low", "effect_high", "effect_p",   "source_id",  "record"};
constexpr std::array<std::string_view, 2> kGroup = {"item_id", "group_key"};
constexpr std::array<std::string_view, 3> kQualifier = {"item_id", "name", "value"};

Result<Done> run_for(db::Statement& statement, const std::string& id) {
  statement.bind(1, id);
  THAW_CHECK(statement.run());
  return Done{};
}

Result<Done> put_concept_keys(db::Appender& rows, const Concept& record) {
  for (const auto& key : keys_of(record)) {
    rows.put(key);
    rows.put(record.id);
    rows.put(record.kind);
    THAW_CHECK(rows.end_row());
  }
  return Done{};
}

}  // namespace

Result<std::unique_ptr<db::Appender>> history_rows(db::Connection& connection) {
  return connection.append("record_history", kHistory);
}

Result<Done> put_history(db::Appender& rows, std::string_view kind, std::string_view id,
                         std::int64_t version, std::string_view text) {
  rows.put(kind);
  rows.put(id);
  rows.put(version);
  rows.put(text);
  return rows.end_row();
}

Result<Done> put_keys(db::Connection& connection, const std::vector<Concept>& concepts) {
  THAW_TRY(auto rows, connection.append("concept_key", kKey));
  for (const Concept& record : concepts) {
    THAW_CHECK(put_concept_keys(*rows, record));
  }
  THAW_CHECK(rows->finish());
  return Done{};
}

Result<ConceptRows> ConceptRows::open(db::Connection& connection) {
  ConceptRows out;
  THAW_TRY(out.rows_, connection.append("concept", kConcept));
  THAW_TRY(out.names_, connection.append("concept_name", kName));
  THAW_TRY(out.parents_, connection.append("concept_parent", kParent));
  THAW_TRY(out.keys_, connection.append("concept_key", kKey));
  THAW_TRY(out.update_,
           connection.prepare("update concept set kind = ?2, name_en = ?3, name_zh = ?4, "
                              "wanted = ?5, record = ?6 where id = ?1"));
  THAW_TRY(out.drop_names_, connection.prepare("delete from concept_name where concept_id = ?1"));
  THAW_TRY(out.drop_parents_,
           connection.prepare("delete from concept_parent where concept_id = ?1"));
  THAW_TRY(out.drop_keys_, connection.prepare("delete from concept_key where concept_id = ?1"));
  return out;
}

Result<Done> ConceptRows::replace(const Concept& record, const std::string& text) {
  THAW_CHECK(run_for(*drop_names_, record.id));
  THAW_CHECK(run_for(*drop_parents_, record.id));
  THAW_CHECK(run_for(*drop_keys_, record.id));
  update_->bind(1, record.id);
  update_->bind(2, record.kind);
  update_->bind(3, record.name.en);
  update_->bind(4, record.name.zh);
  update_->bind(5, record.wanted);
  update_->bind(6, text);
  THAW_CHECK(update_->run());
  return Done{};
}

Result<Done> ConceptRows::put(const Concept& record, const std::string& text, bool stored) {
  if (stored) {
    THAW_CHECK(replace(record, text));
  } else {
    for (const auto* value :
         {&record.id, &record.kind, &record.name.en, &record.name.zh, &record.wanted, &text}) {
      rows_->put(*value);
    }
    THAW_CHECK(rows_->end_row());
  }
  for (const auto& alias : std::set<std::string>(record.aliases.begin(), record.aliases.end())) {
    names_->put(record.id);
    names_->put(alias);
    THAW_CHECK(names_->end_row());
  }
  for (const auto& parent : std::set<std::string>(record.parents.begin(), record.parents.end())) {
    parents_->put(record.id);
    parents_->put(parent);
    THAW_CHECK(parents_->end_row());
  }
  return put_concept_keys(*keys_, record);
}

Result<Done> ConceptRows::finish() {
  THAW_CHECK(rows_->finish());
  THAW_CHECK(names_->finish());
  THAW_CHECK(parents_->finish());
  THAW_CHECK(keys_->finish());
  return Done{};
}

Result<SourceRows> SourceRows::open(db::Connection& connection) {
  SourceRows out;
  THAW_TRY(out.rows_, connection.append("source", kSource));
  THAW_TRY(out.update_,
           connection.prepare("update source set citation = ?2, as_reported_by = ?3, url = ?4, "
                              "year = ?5, status = ?6, status_year = ?7, record = ?8 "
                              "where id = ?1"));
  return out;
}

Result<Done> SourceRows::put(const Source& record, const std::string& text, bool stored) {
  if (stored) {
    update_->bind(1, record.id);
    update_->bind(2, record.citation);
    update_->bind(3, record.as_reported_by);
    update_->bind(4, record.url);
    update_->bind(5, record.year);
    update_->bind(6, to_string(record.status));
    update_->bind(7, record.status_year);
    update_->bind(8, text);
    THAW_CHECK(update_->run());
    return Done{};
  }
  rows_->put(record.id);
  rows_->put(record.citation);
  rows_->put(record.as_reported_by);
  rows_->put(record.url);
  rows_->put(record.year);
  rows_->put(to_string(record.status));
  rows_->put(record.status_year);
  rows_->put(text);
  return rows_->end_row();
}

Result<Done> SourceRows::finish() {
  THAW_CHECK(rows_->finish());
  return Done{};
}

Result<ItemRows> ItemRows::open(db::Connection& connection) {
  ItemRows out;
  THAW_TRY(out.rows_, connection.append("evidence_item", kItem));
  THAW_TRY(out.groups_, connection.append("item_group", kGroup));
  THAW_TRY(out.qualifiers_, connection.append("item_qualifier", kQualifier));
  THAW_TRY(out.drop_groups_, connection.prepare("delete from item_group where item_id = ?1"));
  THAW_TRY(out.drop_qualifiers_,
           connection.prepare("delete from item_qualifier where item_id = ?1"));
  return out;
}

Result<Done> ItemRows::put(const Item& item, std::int64_t version, const std::string& text) {
  rows_->put(item.id);
  rows_->put(version);
  rows_->put(item.subject);
  rows_->put(item.relation);
  rows_->put(to_string(item.sign));
  rows_->put(item.object);
  rows_->put(item.causal ? 1 : 0);
  rows_->put(to_string(item.direction));
  rows_->put(item.study_kind);
  rows_->put(item.grade);
  rows_->put(item.directness);
  rows_->put(item.quality);
  rows_->put(item.faithful);
  rows_->put(item.extractor);
  rows_->put(item.year);
  rows_->put(item.n);
  rows_->put(item.population);
  rows_->put(item.organism);
  if (item.effect) {
    rows_->put(item.effect->measure);
    rows_->put(item.effect->value);
    rows_->put(item.effect->low);
    rows_->put(item.effect->high);
    rows_->put(item.effect->p);
  } else {
    for (int column = 0; column < 5; ++column) {
      rows_->put_null();
    }
  }
  rows_->put(item.source);
  rows_->put(text);
  return rows_->end_row();
}

Result<Done> ItemRows::put_parts(const Item& item, bool stored) {
  if (stored) {
    THAW_CHECK(run_for(*drop_groups_, item.id));
    THAW_CHECK(run_for(*drop_qualifiers_, item.id));
  }
  for (const auto& key : std::set<std::string>(item.group_keys.begin(), item.group_keys.end())) {
    groups_->put(item.id);
    groups_->put(key);
    THAW_CHECK(groups_->end_row());
  }
  for (const auto& [name, value] : item.qualifiers) {
    qualifiers_->put(item.id);
    qualifiers_->put(name);
    qualifiers_->put(value);
    THAW_CHECK(qualifiers_->end_row());
  }
  return Done{};
}

Result<Done> ItemRows::finish() {
  THAW_CHECK(rows_->finish());
  THAW_CHECK(groups_->finish());
  THAW_CHECK(qualifiers_->finish());
  return Done{};
}

}  // namespace thaw::evidence
