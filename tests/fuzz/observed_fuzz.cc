// Any bytes as a table of measured changes, of relations, and of entities: read or refused with the
// source in the message, and what is read can be scanned.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "evidence/observed_changes.h"
#include "evidence/relation_file.h"

namespace {

template <class T>
void must_name_source(const thaw::Result<T>& read) {
  if (!read && !read.error().message.starts_with("t.tsv:")) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t zero = bytes.find('\0');
  const std::string_view first = bytes.substr(0, zero);
  const std::string_view second = zero == std::string_view::npos ? "" : bytes.substr(zero + 1);
  const auto observed = thaw::evidence::read_observed(first, "t.tsv");
  must_name_source(observed);
  auto relations = thaw::evidence::read_relations(first, "t.tsv");
  must_name_source(relations);
  if (relations) {
    must_name_source(thaw::evidence::add_entities(*relations, second, "t.tsv"));
    std::vector<int> measured(relations->ids.size(), 0);
    for (std::size_t i = 0; i < measured.size(); ++i) {
      measured[i] = static_cast<int>(i % 3) - 1;
    }
    if (measured.size() < 200 && !thaw::graph::scan_upstream(relations->relations, measured, {})) {
      std::abort();
    }
  }
  return 0;
}
