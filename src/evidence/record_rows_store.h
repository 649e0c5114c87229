// The rows that one record becomes, table by table; used by record_store alone.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "evidence/model.h"

namespace thaw::evidence {

Result<std::unique_ptr<db::Appender>> history_rows(db::Connection& connection);
Result<Done> put_history(db::Appender& rows, std::string_view kind, std::string_view id,
                         std::int64_t version, std::string_view text);

/// Tables concept, concept_name, concept_parent, concept_key.
class ConceptRows {
 public:
  static Result<ConceptRows> open(db::Connection& connection);
  Result<Done> put(const Concept& record, const std::string& text, bool stored);
  Result<Done> finish();

 private:
  Result<Done> replace(const Concept& record, const std::string& text);

  std::unique_ptr<db::Appender> rows_, names_, parents_, keys_;
  std::unique_ptr<db::Statement> update_, drop_names_, drop_parents_, drop_keys_;
};

/// Table concept_key alone, for concepts that are stored already.
Result<Done> put_keys(db::Connection& connection, const std::vector<Concept>& concepts);

/// Table source.
class SourceRows {
 public:
  static Result<SourceRows> open(db::Connection& connection);
  Result<Done> put(const Source& record, const std::string& text, bool stored);
  Result<Done> finish();

 private:
  std::unique_ptr<db::Appender> rows_;
  std::unique_ptr<db::Statement> update_;
};

/// Tables evidence_item, item_group, item_qualifier.
class ItemRows {
 public:
  static Result<ItemRows> open(db::Connection& connection);

  /// One version; an older one stays.
  Result<Done> put(const Item& record, std::int64_t version, const std::string& text);

  /// Groups and qualifiers of the newest version, in place of those of the one before.
  Result<Done> put_parts(const Item& record, bool stored);
  Result<Done> finish();

 private:
  std::unique_ptr<db::Appender> rows_, groups_, qualifiers_;
  std::unique_ptr<db::Statement> drop_groups_, drop_qualifiers_;
};

}  // namespace thaw::evidence
