// A file of evidence into the store: streaming, in batches, resumable, with a report.
//
// Each batch of records is one transaction together with its place in the file, so a process that
// is killed goes on where it was. Memory follows one batch, not the file. The same file twice
// changes nothing. What could break the store's knowledge is refused: unknown ends and sources, an
// edge to itself, an is-a cycle (that link alone), text that no database holds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "evidence/record_store.h"
#include "exchange/format.h"

namespace thaw::exchange {

struct RefusedRecord {
  std::size_t line;  // counted from 1
  std::string reason;
};

/// What happened to the records of one file.
struct ImportReport {
  std::string file;
  std::string format;
  std::size_t records_read = 0;
  std::size_t resumed_after = 0;  // records that an interrupted import had kept already
  evidence::WriteCounts concepts, sources, items, documents;
  evidence::WriteCounts names;    // entries of name tables (vocabulary)
  evidence::WriteCounts notices;  // dated facts about sources, such as a retraction
  std::size_t refused_total = 0;
  std::vector<RefusedRecord> refused;            // the first 1,000
  std::map<std::string, std::size_t> by_reason;  // the reason without its particulars -> count

  /// All counts together.
  evidence::WriteCounts total() const;
  std::size_t kept() const;
};

/// How far an import is.
struct ImportProgress {
  std::size_t records = 0;                    // committed
  std::uintmax_t bytes = 0, bytes_total = 0;  // of the file as it lies on the disk; 0: not known
};

struct ImportOptions {
  std::string format;                // of `--as`; empty: guessed
  std::string name;                  // how the file is called in words and remembered for resuming;
                                     // empty: its path
  std::size_t batch_records = 4000;  // a commit at least that often
  /// Called after each commit; an error stops the import there, to be resumed.
  std::function<Result<Done>(const ImportProgress&)> on_commit;
};

/// Imports the file at `path`, unpacked where it is gzip. kNotFound: no such file.
/// kInvalidArgument: a format that is not known or not clear, nothing that could be kept, or a file
/// that breaks off (the message says where, and what was kept before). kCorrupt: damaged gzip.
Result<ImportReport> import_file(db::Connection& connection, const std::filesystem::path& path,
                                 const ImportOptions& options = {});

/// The same of any bytes; `name` stands for the file, `size` for its length where known.
Result<ImportReport> import_bytes(db::Connection& connection, ByteSource& bytes,
                                  std::string_view name, std::uintmax_t size,
                                  const ImportOptions& options = {});

/// The format of `--as NAME`, or the one that a file of this name and beginning surely is.
/// kInvalidArgument lists what can be chosen.
Result<const Format*> choose_format(std::string_view as, std::string_view file_name,
                                    std::string_view head);

}  // namespace thaw::exchange
