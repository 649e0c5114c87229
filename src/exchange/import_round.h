// One batch of records on its way into the tables: linked, checked, written.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "evidence/import_store.h"
#include "evidence/record_store.h"
#include "evidence/vocabulary_store.h"
#include "exchange/import.h"
#include "exchange/linker.h"

namespace thaw::exchange {

class ImportRound {
 public:
  using Refuse = std::function<void(const Place&, std::string)>;

  /// `may_defer`: an item whose ends or source are not known waits in deferred(); else it is
  /// refused. `vocabulary` takes entries of name tables; it may be null where there are none. In an
  /// open Transaction of `connection`.
  ImportRound(db::Connection& connection, evidence::VocabularyWriter* vocabulary,
              ImportReport& report, Refuse refuse, bool may_defer)
      : connection_(&connection),
        vocabulary_(vocabulary),
        report_(&report),
        refuse_(std::move(refuse)),
        may_defer_(may_defer),
        linker_(connection),
        writer_(connection) {}

  // First every batch is announced, then load(), then every batch is taken, then finish().
  void announce(const Batch& batch);
  Result<Done> load();
  Result<Done> take(const Place& place, Batch& batch);
  Result<Done> finish();

  std::vector<evidence::DeferredItem>& deferred() { return deferred_; }

 private:
  Result<Done> take_concept(const Place& place, evidence::Concept& record);
  Result<Done> drop_cycles(const Place& place, evidence::Concept& record);
  Result<bool> leads_to(const std::string& from, const std::string& id);
  void take_source(const Place& place, const evidence::Source& record);
  Result<Done> mention(const Place& place, evidence::Concept& record);
  Result<Done> take_entry(const Place& place, const evidence::Concept& record);
  Result<std::string> from_vocabulary(const std::string& id);
  void cite(const Place& place, const evidence::Source& record);
  Result<Done> take_item(const Place& place, evidence::Item& item);
  Result<Done> link(evidence::Item& item);
  Result<Done> take_notice(const Place& place, const SourceNotice& notice);

  db::Connection* connection_;
  evidence::VocabularyWriter* vocabulary_;
  ImportReport* report_;
  Refuse refuse_;
  bool may_defer_;
  Linker linker_;
  evidence::BatchWriter writer_;
  std::vector<std::string> concepts_, sources_, items_, cited_;  // announced ids
  std::unordered_map<std::string, int> known_sources_;
  std::unordered_map<std::string, std::string> meant_;  // a mention's id -> the concept it is
  std::unordered_map<std::string, std::vector<std::string>> parents_;  // written in this batch
  std::unordered_set<std::string> new_parents_;
  std::vector<evidence::Document> documents_;
  std::vector<evidence::DeferredItem> deferred_;
};

}  // namespace thaw::exchange
