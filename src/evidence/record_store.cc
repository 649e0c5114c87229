#include "evidence/record_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "base/text.h"
#include "evidence/curie.h"
#include "evidence/evidence_store.h"
#include "evidence/record_rows_store.h"
#include "evidence/records_json.h"

namespace thaw::evidence {
namespace {

constexpr std::string_view kKeysLoaded = "concept_keys";
constexpr std::size_t kChunk = 64;  // values looked up by one statement

/// Runs `select` with "?1, ..., ?64" in place of {} over all `values`; `take` reads each row. The
/// last chunk is filled with its last value, so that one prepared statement serves all.
template <class Take>
Result<Done> look_up(db::Connection& connection, std::string_view select,
                     std::vector<std::string> values, Take take) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  if (values.empty()) {
    return Done{};
  }
  std::string places = "?1";
  for (std::size_t i = 2; i <= kChunk; ++i) {
    places += fmt::format(", ?{}", i);
  }
  THAW_TRY(auto statement, connection.prepare(fmt::format(fmt::runtime(select), places)));
  for (std::size_t begin = 0; begin < values.size(); begin += kChunk) {
    for (std::size_t i = 0; i < kChunk; ++i) {
      statement->bind(static_cast<int>(i) + 1, values[std::min(begin + i, values.size() - 1)]);
    }
    while (true) {
      THAW_TRY(const bool row, statement->step());
      if (!row) {
        break;
      }
      take(*statement);
    }
  }
  return Done{};
}

std::string_view select_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::kConcept:
      return "select c.id, (select max(h.version) from record_history h where h.kind = 'concept' "
             "and h.id = c.id), c.record from concept c where c.id in ({})";
    case RecordKind::kSource:
      return "select s.id, (select max(h.version) from record_history h where h.kind = 'source' "
             "and h.id = s.id), s.record from source s where s.id in ({})";
    case RecordKind::kItem:
      return "select i.id, i.version, i.record from evidence_item i where i.id in ({}) and "
             "i.version = (select max(n.version) from evidence_item n where n.id = i.id)";
  }
  return "";
}

}  // namespace

Result<StoredRecords> stored_records(db::Connection& connection, RecordKind kind,
                                     const std::vector<std::string>& ids) {
  StoredRecords out;
  THAW_CHECK(look_up(connection, select_of(kind), ids, [&](const db::Statement& row) {
    out[row.text(0).value_or("")] = {row.integer(1).value_or(1), row.text(2).value_or("")};
  }));
  return out;
}

std::string xref_key(std::string_view xref) {
  return "x" + normal_curie(xref);
}

std::string name_key(std::string_view name) {
  return "n" + fold(name);
}

std::vector<std::string> keys_of(const Concept& record) {
  std::vector<std::string> keys = {name_key(record.name.en), name_key(record.name.zh)};
  for (const auto& alias : record.aliases) {
    keys.push_back(name_key(alias));
  }
  for (const auto& xref : record.xrefs) {
    keys.push_back(xref_key(xref));
  }
  keys.push_back(xref_key(record.id));
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  std::erase_if(keys, [](const std::string& key) { return key.size() < 2; });
  return keys;
}

Result<KnownByKey> concepts_by_key(db::Connection& connection,
                                   const std::vector<std::string>& keys) {
  KnownByKey out;
  THAW_CHECK(look_up(connection,
                     "select search_key, concept_id, kind from concept_key "
                     "where search_key in ({})",
                     keys, [&](const db::Statement& row) {
                       out[row.text(0).value_or("")].push_back(
                           {row.text(1).value_or(""), row.text(2).value_or("")});
                     }));
  for (auto& [key, known] : out) {
    std::ranges::sort(known, {}, &KnownConcept::id);
  }
  return out;
}

Result<std::unordered_map<std::string, std::string>> concept_kinds(
    db::Connection& connection, const std::vector<std::string>& ids) {
  std::unordered_map<std::string, std::string> out;
  THAW_CHECK(look_up(
      connection, "select id, kind from concept where id in ({})", ids,
      [&](const db::Statement& row) { out[row.text(0).value_or("")] = row.text(1).value_or(""); }));
  return out;
}

Result<std::unordered_map<std::string, int>> known_sources(db::Connection& connection,
                                                           const std::vector<std::string>& ids) {
  std::unordered_map<std::string, int> out;
  THAW_CHECK(look_up(connection, "select id from source where id in ({})", ids,
                     [&](const db::Statement& row) { out[row.text(0).value_or("")] = 1; }));
  return out;
}

Result<bool> is_parent(db::Connection& connection, const std::string& id) {
  THAW_TRY(auto statement, connection.prepare("select 1 from concept_parent where parent_id = ?1 "
                                              "limit 1"));
  statement->bind(1, id);
  return statement->step();
}

Result<std::vector<std::string>> parents_of(db::Connection& connection, const std::string& id) {
  std::vector<std::string> out;
  THAW_TRY(auto statement,
           connection.prepare("select parent_id from concept_parent where concept_id = ?1 "
                              "order by parent_id"));
  statement->bind(1, id);
  while (true) {
    THAW_TRY(const bool row, statement->step());
    if (!row) {
      return out;
    }
    out.push_back(statement->text(0).value_or(""));
  }
}

Result<Done> ensure_concept_keys(db::Connection& connection) {
  THAW_TRY(const std::string done, loaded_digest(connection, kKeysLoaded));
  if (!done.empty()) {
    return Done{};
  }
  THAW_TRY(auto transaction, db::Transaction::begin(connection));
  THAW_CHECK(connection.execute("delete from concept_key"));
  THAW_TRY(const auto concepts, load_concepts(connection));
  THAW_CHECK(put_keys(connection, concepts));
  THAW_CHECK(note_loaded(connection, kKeysLoaded, "1"));
  return transaction.commit();
}

Result<Done> BatchWriter::expect(const std::vector<std::string>& concepts,
                                 const std::vector<std::string>& sources,
                                 const std::vector<std::string>& items) {
  const auto take = [](auto& pending, StoredRecords stored) {
    for (auto& [id, record] : stored) {
      pending[id].stored = std::move(record);
    }
  };
  THAW_TRY(auto stored_concepts, stored_records(*connection_, RecordKind::kConcept, concepts));
  take(concepts_, std::move(stored_concepts));
  THAW_TRY(auto stored_sources, stored_records(*connection_, RecordKind::kSource, sources));
  take(sources_, std::move(stored_sources));
  THAW_TRY(auto stored_items, stored_records(*connection_, RecordKind::kItem, items));
  take(items_, std::move(stored_items));
  return Done{};
}

template <class Kept>
Change BatchWriter::note(PendingById<Kept>& pending, std::vector<std::string>& order,
                         const Kept& record) {
  auto& slot = pending[record.id];
  std::string text = boost::json::serialize(to_json(record));
  if (slot.current() == text) {
    return Change::kUnchanged;
  }
  const bool is_new = slot.stored.version == 0 && slot.versions.empty();
  if (slot.versions.empty()) {
    order.push_back(record.id);
  }
  slot.versions.push_back(std::move(text));
  slot.records.push_back(record);
  return is_new ? Change::kAdded : Change::kChanged;
}

Change BatchWriter::write(const Concept& record) {
  return note(concepts_, concept_order_, record);
}
Change BatchWriter::write(const Source& record) {
  return note(sources_, source_order_, record);
}
Change BatchWriter::write(const Item& record) {
  return note(items_, item_order_, record);
}

const std::string& BatchWriter::source_text(const std::string& id) const {
  static const std::string kNone;
  const auto found = sources_.find(id);
  return found == sources_.end() ? kNone : found->second.current();
}

template <class Kept>
Result<Done> BatchWriter::keep_history(std::string_view kind, const std::vector<std::string>& order,
                                       const PendingById<Kept>& pending) {
  THAW_TRY(auto rows, history_rows(*connection_));
  for (const auto& id : order) {
    const auto& slot = pending.at(id);
    std::int64_t version = slot.stored.version;
    for (const auto& text : slot.versions) {
      THAW_CHECK(put_history(*rows, kind, id, ++version, text));
    }
  }
  THAW_CHECK(rows->finish());
  return Done{};
}

Result<Done> BatchWriter::finish_concepts() {
  if (concept_order_.empty()) {
    return Done{};
  }
  THAW_CHECK(keep_history("concept", concept_order_, concepts_));
  THAW_TRY(auto rows, ConceptRows::open(*connection_));
  for (const auto& id : concept_order_) {
    const auto& slot = concepts_.at(id);
    THAW_CHECK(rows.put(slot.records.back(), slot.versions.back(), slot.stored.version > 0));
  }
  return rows.finish();
}

Result<Done> BatchWriter::finish_sources() {
  if (source_order_.empty()) {
    return Done{};
  }
  THAW_CHECK(keep_history("source", source_order_, sources_));
  THAW_TRY(auto rows, SourceRows::open(*connection_));
  for (const auto& id : source_order_) {
    const auto& slot = sources_.at(id);
    THAW_CHECK(rows.put(slot.records.back(), slot.versions.back(), slot.stored.version > 0));
  }
  return rows.finish();
}

Result<Done> BatchWriter::finish_items() {
  if (item_order_.empty()) {
    return Done{};
  }
  THAW_TRY(auto rows, ItemRows::open(*connection_));
  for (const auto& id : item_order_) {
    const auto& slot = items_.at(id);
    std::int64_t version = slot.stored.version;
    for (std::size_t i = 0; i < slot.versions.size(); ++i) {
      THAW_CHECK(rows.put(slot.records[i], ++version, slot.versions[i]));
    }
    THAW_CHECK(rows.put_parts(slot.records.back(), slot.stored.version > 0));
  }
  return rows.finish();
}

Result<Done> BatchWriter::finish() {
  THAW_CHECK(finish_concepts());
  THAW_CHECK(finish_sources());
  return finish_items();
}

Result<WriteCounts> write_records(db::Connection& connection, const std::vector<Concept>& concepts,
                                  const std::vector<Source>& sources,
                                  const std::vector<Item>& items) {
  const auto ids = [](const auto& records) {
    std::vector<std::string> out;
    for (const auto& record : records) {
      out.push_back(record.id);
    }
    return out;
  };
  BatchWriter writer(connection);
  THAW_CHECK(writer.expect(ids(concepts), ids(sources), ids(items)));
  WriteCounts counts;
  for (const auto& record : concepts) {
    counts.count(writer.write(record));
  }
  for (const auto& record : sources) {
    counts.count(writer.write(record));
  }
  for (const auto& record : items) {
    counts.count(writer.write(record));
  }
  THAW_CHECK(writer.finish());
  return counts;
}

}  // namespace thaw::evidence
