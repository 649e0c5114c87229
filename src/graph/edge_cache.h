// An edge list as bytes that load at once: the binary form beside a text file.
//
// Layout, little-endian, in docs/formats/graph.md. A digest over all of it stands at the end, and
// every number is checked besides: bytes from outside can be refused, never believed.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "graph/edge_list.h"

namespace thaw::graph {

inline constexpr std::string_view kEdgeCacheMagic = "thawgrph";

/// What the text was that the list was read from.
struct EdgeSource {
  std::uint64_t bytes = 0;
  std::string digest;  // sha256_hex

  friend bool operator==(const EdgeSource&, const EdgeSource&) = default;
};

struct CachedEdges {
  EdgeSource source;
  EdgeList list;
};

std::string write_edge_cache(const EdgeList& list, const EdgeSource& source);

/// kCorrupt, with what is wrong, for bytes that write_edge_cache did not make.
Result<CachedEdges> read_edge_cache(std::string_view bytes);

}  // namespace thaw::graph
