// Any bytes as a name table, then as a text in which names are sought, as a query and as a text to
// search: read or refused, never more than they hold. The first byte chooses the table's format.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "evidence/abbreviation.h"
#include "evidence/kind_cues.h"
#include "evidence/name_book.h"
#include "evidence/search_terms.h"
#include "exchange/name_tables.h"

namespace {

using namespace thaw;

class Bytes final : public exchange::ByteSource {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  Result<std::size_t> read(std::span<char> into) override {
    const std::size_t n = bytes_.copy(into.data(), into.size());
    bytes_.remove_prefix(n);
    return n;
  }

 private:
  std::string_view bytes_;
};

class BookSink final : public exchange::Sink {
 public:
  Result<Done> keep(const exchange::Place& place, exchange::Batch batch) override {
    if (place.line == 0 || batch.vocabulary.size() != 1) {
      std::abort();
    }
    builder.add(batch.vocabulary.front());
    return Done{};
  }
  void refuse(const exchange::Place& place, std::string reason) override {
    if (place.line == 0 || reason.empty()) {
      std::abort();
    }
  }
  evidence::NameBookBuilder builder;
};

void check_places(const evidence::NameBook& book, std::string_view text) {
  std::size_t last = 0;
  for (const auto& found : book.find_in(text)) {
    if (found.begin < last || found.end <= found.begin || found.end > text.size() ||
        found.names.empty()) {
      std::abort();
    }
    last = found.end;
    (void)evidence::kind_votes(text, found.begin, found.end);
  }
  for (const auto& one : evidence::find_abbreviations(text)) {
    if (text.substr(one.short_begin, one.short_form.size()) != one.short_form ||
        text.substr(one.long_begin, one.long_form.size()) != one.long_form) {
      std::abort();
    }
  }
}

void check_search(std::string_view text, std::string_view query_text) {
  const auto query = evidence::search_query(query_text);
  for (const auto& phrase : query) {
    for (const auto& term : phrase) {
      if (term.empty() || term.find_first_of("\"'\\") != std::string::npos ||
          first_invalid_utf8(term)) {
        std::abort();
      }
    }
  }
  (void)evidence::fts5_expression(query);
  (void)evidence::tsquery_expression(query);
  (void)evidence::tsvector_literal(evidence::search_terms(query_text),
                                   evidence::search_terms(text));
  const auto snippet = evidence::snippet_of(text, query, 64);
  if (text.substr(snippet.at, snippet.text.size()) != snippet.text) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const exchange::Format* formats[] = {&exchange::kNames,           &exchange::kSssom,
                                       &exchange::kDiseaseOntology, &exchange::kObo,
                                       &exchange::kReach,           &exchange::kFamplex};
  Bytes source(bytes);
  BookSink sink;
  (void)formats[data[0] % 6]->read(source, sink);
  sink.builder.add_term("A:1", "disease", {"amyotrophic lateral sclerosis", "\xE6\xB8\x90"});
  const auto book = sink.builder.build();
  check_places(book, bytes);
  (void)book.near(bytes.substr(0, 200), 8);
  check_search(bytes, bytes.substr(0, bytes.size() / 2));
  return 0;
}
