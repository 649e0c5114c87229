// Records into the tables, many at a time: what is stored already is looked up in chunks, and new
// rows go in by db::Appender, so that memory follows the batch and never the store.
//
// One BatchWriter serves one transaction: name what the batch is about, write each record, finish.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "db/db.h"
#include "evidence/model.h"

namespace thaw::evidence {

/// What a write did to the store.
enum class Change { kAdded, kChanged, kUnchanged };

struct WriteCounts {
  std::size_t added = 0, changed = 0, unchanged = 0;
  void count(Change change) {
    ++(change == Change::kAdded ? added : change == Change::kChanged ? changed : unchanged);
  }
};

/// The current version of a record; version 0 stands for "none".
struct StoredRecord {
  std::int64_t version = 0;
  std::string text;  // its JSON object
};
using StoredRecords = std::unordered_map<std::string, StoredRecord>;

enum class RecordKind { kConcept, kSource, kItem };

/// The current records of `ids`; those that are not stored are left out. Order and repeats of
/// `ids` do not matter.
Result<StoredRecords> stored_records(db::Connection& connection, RecordKind kind,
                                     const std::vector<std::string>& ids);

/// A concept as other names lead to it.
struct KnownConcept {
  std::string id;
  std::string kind;
};
/// Lookup key -> the concepts that have it, by id.
using KnownByKey = std::unordered_map<std::string, std::vector<KnownConcept>>;

/// Keys under which concepts are found: of a cross reference, and of a name in any language.
std::string xref_key(std::string_view xref);
std::string name_key(std::string_view name);

/// All keys that `record` is found by.
std::vector<std::string> keys_of(const Concept& record);

Result<KnownByKey> concepts_by_key(db::Connection& connection,
                                   const std::vector<std::string>& keys);

/// id -> kind of those concepts of `ids` that are stored.
Result<std::unordered_map<std::string, std::string>> concept_kinds(
    db::Connection& connection, const std::vector<std::string>& ids);

/// Those of `ids` that are stored sources, with 1 each.
Result<std::unordered_map<std::string, int>> known_sources(db::Connection& connection,
                                                           const std::vector<std::string>& ids);

/// Whether any stored concept names `id` as its parent.
Result<bool> is_parent(db::Connection& connection, const std::string& id);

/// The stored parents of `id`.
Result<std::vector<std::string>> parents_of(db::Connection& connection, const std::string& id);

/// Fills the lookup keys of concepts that a version of thaw without them has stored.
Result<Done> ensure_concept_keys(db::Connection& connection);

class BatchWriter {
 public:
  /// Must not outlive `connection`; a Transaction must be open until finish().
  explicit BatchWriter(db::Connection& connection) : connection_(&connection) {}

  /// Looks up what is stored of the records that will be written. A record that was not announced
  /// is taken as new.
  Result<Done> expect(const std::vector<std::string>& concepts,
                      const std::vector<std::string>& sources,
                      const std::vector<std::string>& items);

  // Each compares with the current version: the same text changes nothing, another is a new
  // version; the old one stays (record_history, evidence_item).
  Change write(const Concept& record);
  Change write(const Source& record);
  Change write(const Item& record);

  /// The current text of a source: as stored, or as written in this batch; "" when unknown.
  const std::string& source_text(const std::string& id) const;

  /// Sends everything to the tables. Call once.
  Result<Done> finish();

 private:
  template <class Kept>
  struct Pending {
    StoredRecord stored;                // before this batch
    std::vector<std::string> versions;  // texts written in this batch, oldest first
    std::vector<Kept> records;          // the same, read
    const std::string& current() const { return versions.empty() ? stored.text : versions.back(); }
  };
  template <class Kept>
  using PendingById = std::unordered_map<std::string, Pending<Kept>>;

  template <class Kept>
  Change note(PendingById<Kept>& pending, std::vector<std::string>& order, const Kept& record);
  Result<Done> finish_concepts();
  Result<Done> finish_sources();
  Result<Done> finish_items();
  template <class Kept>
  Result<Done> keep_history(std::string_view kind, const std::vector<std::string>& order,
                            const PendingById<Kept>& pending);

  db::Connection* connection_;
  PendingById<Concept> concepts_;
  PendingById<Source> sources_;
  PendingById<Item> items_;
  std::vector<std::string> concept_order_, source_order_, item_order_;  // ids, as first changed
};

/// Writes `records` of all three kinds at once: what small callers need. In the caller's
/// Transaction.
Result<WriteCounts> write_records(db::Connection& connection, const std::vector<Concept>& concepts,
                                  const std::vector<Source>& sources,
                                  const std::vector<Item>& items);

}  // namespace thaw::evidence
