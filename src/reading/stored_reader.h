// A language model's reader that asks about no document twice and stops where it was told to.
//
// What was read is kept as it came; the same document, model, prompt and settings are answered from
// the store. Checked by stored_reader_test.cc.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "reading/llm_reader.h"
#include "reading/reading_store.h"

namespace thaw::reading {

struct StoredReaderCounts {
  std::size_t asked = 0;       // documents that the endpoint was asked about and answered
  std::size_t from_store = 0;  // answered without asking
  std::size_t failed = 0;      // asked, and no reading came of it
};

class StoredReader final : public Reader {
 public:
  /// `reader` and `store` must outlive it. At most `documents_max` documents are asked about (0: no
  /// limit).
  StoredReader(LlmReader& reader, ReadingStore& store, std::size_t documents_max)
      : reader_(&reader), store_(&store), documents_max_(documents_max) {}

  std::string name() const override { return reader_->name(); }

  /// As LlmReader::read. Once it has failed as kUnavailable (no answer, budget, `documents_max`)
  /// only what is stored is still answered.
  Result<Reading> read(const evidence::Document& document) override;

  const StoredReaderCounts& counts() const { return counts_; }

  /// Why nothing is asked any more; empty: it goes on.
  const std::string& ended() const { return ended_; }

 private:
  Result<std::optional<Reading>> stored(const evidence::Document& document,
                                        const std::string& digest) const;

  LlmReader* reader_;
  ReadingStore* store_;
  std::size_t documents_max_;
  StoredReaderCounts counts_;
  std::string ended_;
};

}  // namespace thaw::reading
