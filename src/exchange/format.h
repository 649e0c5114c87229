// What every reader of an outside format is: bytes in, records out, one refusal a wrong record.
//
// A reader keeps no more than one record in memory, names the place of everything it refuses, and
// knows neither database nor file names. `formats()` is the list that `--as` chooses from.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/document.h"
#include "evidence/model.h"

namespace thaw::exchange {

/// Where a record begins in the unpacked file.
struct Place {
  std::size_t line = 0;    // counted from 1
  std::size_t record = 0;  // counted from 1: what an interrupted import resumes by
};

/// A dated fact about a source: a retraction, a correction, an expression of concern.
struct SourceNotice {
  std::string source;  // "PMID:..."
  evidence::SourceStatus status = evidence::SourceStatus::kRetracted;
  std::optional<int> year;
};

/// What one record of the file became.
struct Batch {
  std::vector<evidence::Concept> concepts;    // kept as a new version where they differ
  std::vector<evidence::Concept> mentioned;   // kept only where nothing is known by that id or xref
  std::vector<evidence::Concept> vocabulary;  // of a name table: evidence/vocabulary_store.h
  std::vector<evidence::Source> sources;
  std::vector<evidence::Source> cited;  // kept only where nothing is known by that id
  std::vector<evidence::Item> items;    // ends by id; the sink follows xrefs to known concepts
  std::vector<evidence::Document> documents;
  std::vector<SourceNotice> notices;
};

/// Takes what a reader finds. An error from `keep` stops the reader at once.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual Result<Done> keep(const Place& place, Batch batch) = 0;
  virtual void refuse(const Place& place, std::string reason) = 0;
};

/// Bytes as they come, unpacked; `read` gives fewer than asked for only at the end.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual Result<std::size_t> read(std::span<char> into) = 0;
};

struct Format {
  std::string_view name;   // of `--as`
  std::string_view about;  // one line for --help
  Result<Done> (*read)(ByteSource& bytes, Sink& sink);
  /// Whether a file of this name (lower case, without .gz) that begins so is surely of this format.
  bool (*recognises)(std::string_view name, std::string_view head);
};

/// Every format that can be read, in the order in which they are tried.
std::span<const Format> formats();

}  // namespace thaw::exchange
