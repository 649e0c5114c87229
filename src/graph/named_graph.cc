#include "graph/named_graph.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>

#include "base/digest.h"
#include "base/edit_distance.h"
#include "base/text.h"
#include "graph/edge_cache.h"

namespace thaw::graph {
namespace {

namespace fs = std::filesystem;

std::uint64_t mix(std::uint64_t z) {  // the finaliser of splitmix64
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

std::uint64_t hash_of(std::string_view name) {  // FNV-1a, 64 bits
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  }
  return mix(hash);
}

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

Error not_read(const fs::path& path) {
  return unavailable(fmt::format("cannot read {}: {}", path.string(), std::strerror(errno)));
}

Result<File> open_file(const fs::path& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) {
    return not_found(fmt::format("there is no file {}", path.string()));
  }
  if (fs::is_directory(status)) {
    return invalid_argument(fmt::format("{} is a folder, not a file", path.string()));
  }
  File file(std::fopen(path.c_str(), "rb"));
  if (!file) {
    return not_read(path);
  }
  return file;
}

using Use = std::function<Result<Done>(std::string_view)>;

/// Hands all bytes of `file` to `use` in blocks.
Result<Done> read_blocks(std::FILE* file, const fs::path& path, const Use& use) {
  std::string block(1U << 20U, '\0');
  while (true) {
    const std::size_t read = std::fread(block.data(), 1, block.size(), file);
    THAW_CHECK(use(std::string_view(block).substr(0, read)));
    if (read < block.size()) {
      return std::ferror(file) == 0 ? Result<Done>(Done{}) : not_read(path);
    }
  }
}

Result<std::string> read_all(const fs::path& path) {
  THAW_TRY(const File file, open_file(path));
  std::string bytes;
  std::error_code error;
  if (const auto size = fs::file_size(path, error); !error) {
    bytes.reserve(size);
  }
  THAW_CHECK(read_blocks(file.get(), path, [&](std::string_view block) -> Result<Done> {
    bytes += block;
    return Done{};
  }));
  return bytes;
}

Result<EdgeSource> source_of(const fs::path& path) {
  THAW_TRY(const File file, open_file(path));
  EdgeSource source;
  Sha256 digest;
  THAW_CHECK(read_blocks(file.get(), path, [&](std::string_view block) -> Result<Done> {
    source.bytes += block.size();
    digest.add(block);
    return Done{};
  }));
  source.digest = digest.hex();
  return source;
}

Result<CachedEdges> read_text(const fs::path& path) {
  THAW_TRY(const File file, open_file(path));
  EdgeListReader reader(path.string());
  CachedEdges read;
  Sha256 digest;
  THAW_CHECK(read_blocks(file.get(), path, [&](std::string_view block) -> Result<Done> {
    read.source.bytes += block.size();
    digest.add(block);
    return reader.add(block);
  }));
  THAW_TRY(read.list, reader.finish());
  read.source.digest = digest.hex();
  return read;
}

/// Whole or not at all: written beside and renamed.
bool keep(const fs::path& path, const std::string& bytes) {
  const std::string beside = fmt::format("{}.{}.part", path.string(), ::getpid());
  std::FILE* file = std::fopen(beside.c_str(), "wb");
  if (file == nullptr) {
    return false;
  }
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  if ((std::fclose(file) != 0) || !written || std::rename(beside.c_str(), path.c_str()) != 0) {
    std::remove(beside.c_str());
    return false;
  }
  return true;
}

/// Whether the file begins as a .thawgraph file does.
bool is_cache(const fs::path& path) {
  std::string start(kEdgeCacheMagic.size(), '\0');
  const File file(std::fopen(path.c_str(), "rb"));
  return file && std::fread(start.data(), 1, start.size(), file.get()) == start.size() &&
         start == kEdgeCacheMagic;
}

std::vector<std::string> near_names(const std::vector<std::string>& names, std::string_view name) {
  constexpr std::size_t kShown = 3;
  constexpr std::size_t kLongest = 64;
  if (name.size() > kLongest) {
    return {};
  }
  const std::string wanted = fold(name);
  std::vector<std::pair<std::size_t, const std::string*>> near;
  for (const auto& other : names) {
    if (other.size() <= kLongest) {
      const std::size_t distance = edit_distance(wanted, fold(other));
      if (distance <= 1 + wanted.size() / 3) {
        near.emplace_back(distance, &other);
      }
    }
  }
  std::ranges::sort(near, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : *a.second < *b.second;
  });
  std::vector<std::string> shown;
  for (const auto& [distance, other] : near) {
    if (shown.size() < kShown) {
      shown.push_back(*other);
    }
  }
  return shown;
}

}  // namespace

Result<NamedGraph> NamedGraph::build(EdgeList list, std::string source) {
  std::vector<std::uint64_t> hashes;
  hashes.reserve(list.names.size());
  for (const auto& name : list.names) {
    hashes.push_back(hash_of(name));
  }
  std::vector<SignedEdge> edges;
  edges.reserve(list.edges.size());
  for (const NamedEdge& edge : list.edges) {
    const bool lowers = edge.belief < 0;
    const std::uint64_t id =
        mix(hashes[edge.from] ^ std::rotl(hashes[edge.to], 23)) * 2 + (lowers ? 1 : 0);
    edges.push_back({edge.from, edge.to, lowers ? 0 : edge.belief, lowers ? -edge.belief : 0, id});
  }
  std::vector<NamedEdge>().swap(list.edges);
  auto graph = SignedGraph::build(static_cast<std::uint32_t>(list.names.size()), std::move(edges));
  if (!graph) {
    return conflict(source + " cannot be taken as a graph: " + graph.error().message);
  }
  return NamedGraph{std::move(source), std::move(list.names), std::move(graph).value(),
                    list.rows,         list.self_edges,       list.duplicates};
}

Result<std::uint32_t> NamedGraph::find(std::string_view name) const {
  const auto at = std::ranges::lower_bound(names, name);
  if (at != names.end() && *at == name) {
    return static_cast<std::uint32_t>(at - names.begin());
  }
  const auto near = near_names(names, name);
  return not_found(fmt::format("{} has no node called '{}'{}", source, name,
                               near.empty() ? "" : "; near it: " + join(near, ", ")));
}

Result<LoadedGraph> load_graph(const fs::path& path, const LoadOptions& options) {
  LoadedGraph loaded;
  if (is_cache(path)) {
    THAW_TRY(const std::string bytes, read_all(path));
    THAW_TRY(auto cached, read_edge_cache(bytes));
    THAW_TRY(loaded.graph, NamedGraph::build(std::move(cached.list), path.string()));
    loaded.from_cache = true;
    return loaded;
  }
  std::error_code error;
  const bool regular = fs::is_regular_file(path, error);
  const bool cache =
      options.cache && regular && fs::file_size(path, error) >= kCachedBytesMin && !error;
  fs::path beside = path;
  beside += ".thawgraph";
  if (cache && fs::is_regular_file(beside, error)) {
    THAW_TRY(const EdgeSource source, source_of(path));
    THAW_TRY(std::string bytes, read_all(beside));
    auto cached = read_edge_cache(bytes);
    std::string().swap(bytes);
    if (cached && cached->source == source) {
      THAW_TRY(loaded.graph, NamedGraph::build(std::move(cached->list), path.string()));
      loaded.from_cache = true;
      return loaded;
    }
    loaded.note = fmt::format("{} is made anew: {}", beside.string(),
                              cached ? "the text has changed" : cached.error().message);
  }
  THAW_TRY(auto read, read_text(path));
  if (cache && !keep(beside, write_edge_cache(read.list, read.source))) {
    loaded.note = fmt::format("{} cannot be written, so the next start reads the text again",
                              beside.string());
  }
  THAW_TRY(loaded.graph, NamedGraph::build(std::move(read.list), path.string()));
  return loaded;
}

}  // namespace thaw::graph
