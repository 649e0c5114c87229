// Stores and sinks for the tests of this folder.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence_store.h"
#include "exchange/byte_source.h"
#include "exchange/import.h"

namespace thaw::exchange::test {

/// A store in memory with nothing in it.
inline std::unique_ptr<db::Connection> fresh_store() {
  auto connection = db::Connection::open(":memory:").value();
  evidence::migrate_evidence(*connection).value();
  return connection;
}

inline Result<ImportReport> import_text(db::Connection& connection, std::string_view bytes,
                                        std::string_view name, std::string_view as = "",
                                        std::size_t batch_records = 4000) {
  MemorySource source(bytes);
  ImportOptions options;
  options.format = as;
  options.batch_records = batch_records;
  return import_bytes(connection, source, name, bytes.size(), options);
}

/// Keeps what a reader finds.
class CollectingSink final : public Sink {
 public:
  Result<Done> keep(const Place& place, Batch batch) override {
    places.push_back(place);
    for (auto& item : batch.items) {
      items.push_back(std::move(item));
    }
    for (auto& record : batch.concepts) {
      concepts.push_back(std::move(record));
    }
    for (auto& record : batch.mentioned) {
      mentioned.push_back(std::move(record));
    }
    for (auto& record : batch.sources) {
      sources.push_back(std::move(record));
    }
    for (auto& record : batch.cited) {
      cited.push_back(std::move(record));
    }
    return Done{};
  }
  void refuse(const Place& place, std::string reason) override {
    refused.push_back({place.line, std::move(reason)});
  }

  std::vector<Place> places;
  std::vector<evidence::Item> items;
  std::vector<evidence::Concept> concepts, mentioned;
  std::vector<evidence::Source> sources, cited;
  std::vector<RefusedRecord> refused;
};

/// What `read` makes of `bytes`.
inline CollectingSink collect(Result<Done> (*read)(ByteSource&, Sink&), std::string_view bytes) {
  CollectingSink sink;
  MemorySource source(bytes);
  read(source, sink).value();
  return sink;
}

}  // namespace thaw::exchange::test
