// Which concept of the store an item of a file speaks of.
//
// A file calls things by its own ids. A mention leads to the store's concept by id, then by cross
// reference, then, for genes and proteins, by symbol; always within one sort of thing: HGNC:11179
// is the gene SOD1 and not "SOD1 pathogenic variant", though that names it as a reference. What two
// concepts answer to is not guessed: a wrong link would turn "raises transport" into "raises the
// transport defect". Rules: docs/formats/exchange.md.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "db/db.h"
#include "evidence/model.h"
#include "evidence/record_store.h"
#include "exchange/format.h"

namespace thaw::exchange {

/// Whether a thing of kind `mentioned` may be the concept of kind `known`; "" or "entity" says
/// nothing about its kind and may be anything but a gene variant.
bool same_sort(std::string_view mentioned, std::string_view known);

/// What the ends of one batch of records mean, over the store and the batch itself.
class Linker {
 public:
  explicit Linker(db::Connection& connection) : connection_(&connection) {}

  // What the batch will ask for; then load() looks all of it up at once.
  void ask_for_mention(const evidence::Concept& mention);
  void ask_for_end(const std::string& end);
  Result<Done> load();

  /// A concept that this batch writes: known from now on.
  void add(const evidence::Concept& record);

  bool knows(const std::string& id) const { return kinds_.contains(id); }

  /// The id of the concept that `mention` stands for, or "" when the store has none.
  std::string find(const evidence::Concept& mention) const;

  /// The id that `end` leads to: itself, a cross reference, or a name. kNotFound: nothing is
  /// known by it; kConflict: it can mean several.
  Result<std::string> find_end(const std::string& end) const;

 private:
  /// The one concept under `key` of the sort of `kind`; "" for none or several. A loose cross
  /// reference counts only for a concept that also has the name `also_named`.
  std::string only(const std::string& key, std::string_view kind,
                   std::string_view also_named) const;
  bool has_name(const std::string& id, std::string_view name) const;

  db::Connection* connection_;
  std::vector<std::string> ids_, keys_;
  std::unordered_map<std::string, std::string> kinds_;  // id -> kind
  evidence::KnownByKey by_key_;
};

}  // namespace thaw::exchange
