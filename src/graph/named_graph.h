// A signed graph whose nodes have names, from a file of edges or its binary form beside it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/edge_list.h"
#include "graph/signed_graph.h"

namespace thaw::graph {

/// Node i is names[i]; every edge of the list is one edge with one sign, so that a pair of names
/// may be joined by a raising and by a lowering edge, which exist independently. An edge's id is a
/// hash of its two names and its sign: neither the order of rows nor other rows change it.
struct NamedGraph {
  std::string source;  // the file, for messages
  std::vector<std::string> names;
  SignedGraph graph;
  std::uint64_t rows = 0;
  std::uint64_t self_edges = 0;
  std::uint64_t duplicates = 0;

  /// kConflict when two edges hash alike (about 1 in 7 million at 2.25 million edges).
  static Result<NamedGraph> build(EdgeList list, std::string source);

  /// kNotFound, with at most 3 near names, when no node is called `name`.
  Result<std::uint32_t> find(std::string_view name) const;
};

struct LoadOptions {
  bool cache = true;  // read and write PATH.thawgraph
};

struct LoadedGraph {
  NamedGraph graph;
  bool from_cache = false;
  std::string note;  // what a person should know of the cache; empty: nothing
};

/// The graph in the text file at `path`, or in a .thawgraph file itself. Text of kCachedBytesMin
/// and more is kept beside as PATH.thawgraph; that is used when it was made from a file of the
/// same length and SHA-256, and made anew when it is damaged or old. A folder that cannot be
/// written is no error.
/// Fails: as EdgeListReader; kNotFound without the file, kUnavailable when it cannot be read.
inline constexpr std::uint64_t kCachedBytesMin = 1U << 20U;
Result<LoadedGraph> load_graph(const std::filesystem::path& path, const LoadOptions& options = {});

}  // namespace thaw::graph
