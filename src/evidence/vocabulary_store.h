// Name tables that people imported (MONDO, MeSH, GO, ...): names that are known, not yet spoken of.
//
// A hundred thousand names would slow every start if each were a concept of the knowledge. So they
// are kept apart, and the first evidence item that names one brings it into the knowledge.
// Tables of several publishers add to one entry: the first to come gives the kind and the names,
// later ones add synonyms, cross references and parents. Checked on both engines by
// tests/contract/vocabulary_contract_test.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "db/db.h"
#include "evidence/model.h"

namespace thaw::evidence {

class NameBookBuilder;

/// Makes or upgrades the tables. kConflict when the store is newer than this program.
Result<Done> migrate_vocabulary(db::Connection& connection);

/// Adds entries; keeps its statements and the is-a links in memory. Inside a Transaction.
class VocabularyWriter {
 public:
  static Result<VocabularyWriter> open(db::Connection& connection);

  enum class Outcome { kAdded, kChanged, kUnchanged };

  /// Merges `entry` into the store. kInvalidArgument, and nothing is written, when a parent link
  /// would close a circle (A is a B is a A), naming it.
  Result<Outcome> merge(const Concept& entry);

 private:
  explicit VocabularyWriter(db::Connection& connection) : connection_(&connection) {}
  Result<Done> prepare();
  Result<Done> read_links();
  std::uint32_t number_of(const std::string& id);
  bool reaches(std::uint32_t from, std::uint32_t to) const;
  Result<std::int64_t> add_pair(db::Statement& statement, const std::string& id,
                                const std::string& value);

  db::Connection* connection_;
  std::unique_ptr<db::Statement> entry_, name_, xref_, parent_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::vector<std::uint32_t>> parents_;
  std::vector<bool> kept_;  // whether the store has it, not only a link to it
};

/// The entry with this id, as a concept for the knowledge; nothing when no table has it.
Result<std::optional<Concept>> vocabulary_concept(db::Connection& connection, std::string_view id);

/// How many entries and names there are.
struct VocabularySize {
  std::int64_t entries = 0, names = 0;
};
Result<VocabularySize> vocabulary_size(db::Connection& connection);

/// Adds every entry with its names to `builder`. Cost: one pass over three tables.
Result<Done> read_vocabulary(db::Connection& connection, NameBookBuilder& builder);

}  // namespace thaw::evidence
