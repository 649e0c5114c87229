// Any bytes as a file of edges and as its binary form: read or refused, and what is read survives
// being written. Input: text if it begins with 't' (in pieces of the size of the second byte), else
// a binary form, whose digest is put right so that the checks behind it are reached.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "graph/edge_cache.h"
#include "graph/edge_list.h"

namespace {

void survive(const thaw::graph::EdgeList& list) {
  const thaw::graph::EdgeSource source{1, std::string(64, '0')};
  const auto again = thaw::graph::read_edge_cache(write_edge_cache(list, source));
  if (!again || !(again->list == list) || !(again->source == source)) {
    std::abort();
  }
}

void read_text(std::string_view text, std::size_t piece) {
  thaw::graph::EdgeListReader reader("e.tsv");
  for (std::size_t at = 0; at < text.size(); at += piece) {
    const auto added = reader.add(text.substr(at, piece));
    if (!added) {
      if (!added.error().message.starts_with("e.tsv:")) {
        std::abort();
      }
      return;
    }
  }
  const auto list = reader.finish();
  if (list) {
    survive(*list);
  } else if (!list.error().message.starts_with("e.tsv:")) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.size() > 2 && bytes[0] == 't') {
    read_text(bytes.substr(2), std::max<std::size_t>(1, static_cast<unsigned char>(bytes[1])));
    return 0;
  }
  const auto as_it_is = thaw::graph::read_edge_cache(bytes);
  if (as_it_is) {
    survive(as_it_is->list);
  }
  const std::string body(bytes);
  const auto cached = thaw::graph::read_edge_cache(body + thaw::sha256_hex(body));
  if (cached) {
    survive(cached->list);
  }
  return 0;
}
