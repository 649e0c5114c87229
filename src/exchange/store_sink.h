// The sink that writes into the store: batches, each one transaction with its place in the file.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "evidence/import_store.h"
#include "evidence/vocabulary_store.h"
#include "exchange/import.h"

namespace thaw::exchange {

class StoreSink final : public Sink {
 public:
  /// `place` says where an earlier run of the same import stopped. The connection must outlive it.
  StoreSink(db::Connection& connection, evidence::ImportPlace place, const ImportOptions& options,
            ImportReport report);

  Result<Done> keep(const Place& place, Batch batch) override;
  void refuse(const Place& place, std::string reason) override;

  /// Writes what waits.
  Result<Done> commit();

  /// After the last record: writes what waits, and items that waited for names which came later.
  Result<Done> finish();

  /// False after a commit that failed: what waited is lost to this run, and noting a later place
  /// would lose it to a resumed one too.
  bool sound() const { return sound_; }

  const ImportReport& report() const { return report_; }

  /// Bytes of the file read so far, asked at each commit.
  void set_progress(std::function<ImportProgress()> where) { where_ = std::move(where); }

 private:
  struct Entry {
    Place place;
    Batch batch;
  };

  Result<Done> write(bool may_defer);
  Result<Done> tell();

  db::Connection* connection_;
  evidence::ImportPlace place_;
  const ImportOptions* options_;
  ImportReport report_;
  std::vector<Entry> waiting_;
  std::size_t waiting_bytes_ = 0;
  std::size_t resumed_after_;
  std::size_t last_record_ = 0;
  bool sound_ = true;
  std::function<ImportProgress()> where_;
  std::optional<evidence::VocabularyWriter> vocabulary_;  // opened when the first entry comes
};

}  // namespace thaw::exchange
