// What readers did: which document was read by whom and what came of it, and what left the machine.
//
// A reading is kept as it was returned, so that an interrupted run, or the same run again, asks
// nobody twice. The outbound log is append-only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "db/db.h"
#include "reading/llm_reader.h"

namespace thaw::reading {

/// A stored reading of one document by one reader; `digest` is LlmReader::digest_of.
struct ReadingRun {
  std::string document, reader, digest;
  std::string record;  // the reading as JSON
};

struct OutboundLine {
  std::string sent_at;  // UTC, "2026-11-25T10:00:00Z"
  Outbound outbound;
};

class ReadingStore {
 public:
  /// Makes or upgrades the tables. `clock` and the connection must outlive it.
  static Result<ReadingStore> open(db::Connection& connection, const Clock& clock);

  /// The record of a reading with this digest, or nothing.
  Result<std::optional<std::string>> find(std::string_view document, std::string_view reader,
                                          std::string_view digest) const;
  Result<Done> keep(const ReadingRun& run);

  /// On disk when it returns.
  Result<Done> note(const Outbound& outbound);

  /// The newest `limit` lines, newest first.
  Result<std::vector<OutboundLine>> outbound(std::size_t limit) const;

 private:
  ReadingStore(db::Connection& connection, const Clock& clock)
      : connection_(&connection), clock_(&clock) {}
  std::string now() const;

  db::Connection* connection_;
  const Clock* clock_;
};

/// An OutboundLog over a ReadingStore.
class StoredOutboundLog final : public OutboundLog {
 public:
  explicit StoredOutboundLog(ReadingStore& store) : store_(&store) {}
  Result<Done> note(const Outbound& outbound) override {
    ++requests_;
    bytes_ += outbound.bytes;
    return store_->note(outbound);
  }
  std::size_t requests() const { return requests_; }
  std::size_t bytes() const { return bytes_; }

 private:
  ReadingStore* store_;
  std::size_t requests_ = 0, bytes_ = 0;
};

}  // namespace thaw::reading
