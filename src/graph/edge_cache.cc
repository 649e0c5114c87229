#include "graph/edge_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <tuple>

#include "base/digest.h"
#include "base/text.h"

namespace thaw::graph {
namespace {

static_assert(std::endian::native == std::endian::little, "the layout is copied as it lies");

constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kDigestBytes = 64;  // hexadecimal

struct Header {
  char magic[8];
  std::uint32_t version;
  std::uint32_t nodes;
  std::uint64_t edges;
  std::uint64_t name_bytes;
  std::uint64_t source_bytes;
  std::uint64_t rows;
  std::uint64_t self_edges;
  std::uint64_t duplicates;
  char source_digest[kDigestBytes];
};
static_assert(sizeof(Header) == 128);

template <class Number>
void put(std::string& out, Number value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// The next number of a part of the bytes; the sizes were checked before.
template <class Number>
Number take(std::string_view& from) {
  Number value;
  std::memcpy(&value, from.data(), sizeof value);
  from.remove_prefix(sizeof value);
  return value;
}

Error damaged(const std::string& what) {
  return corrupt("the cached graph is damaged: " + what);
}

Result<Done> read_names(std::string_view lengths, std::string_view text, EdgeList& list) {
  while (!lengths.empty()) {
    const auto length = take<std::uint32_t>(lengths);
    if (length == 0 || length > EdgeListReader::kNameBytesMax || length > text.size()) {
      return damaged("a name of a wrong length");
    }
    list.names.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
    if (first_invalid_utf8(list.names.back())) {
      return damaged("a name that is not UTF-8");
    }
    if (list.names.size() > 1 && list.names[list.names.size() - 2] >= list.names.back()) {
      return damaged("names out of order");
    }
  }
  return text.empty() ? Result<Done>(Done{}) : damaged("more text than names");
}

Result<Done> read_edges(std::string_view leaving, std::string_view ends, std::string_view beliefs,
                        EdgeList& list) {
  const auto nodes = static_cast<std::uint32_t>(list.names.size());
  list.edges.reserve(ends.size() / sizeof(std::uint32_t));
  for (std::uint32_t from = 0; from < nodes; ++from) {
    for (auto left = take<std::uint32_t>(leaving); left > 0; --left) {
      if (ends.empty()) {
        return damaged("fewer edges than its nodes say");
      }
      const NamedEdge edge{from, take<std::uint32_t>(ends), take<double>(beliefs)};
      const double belief = std::abs(edge.belief);
      if (edge.to >= nodes || edge.to == from || !(belief > 0 && belief <= 1)) {
        return damaged("an edge to nowhere or without a belief");
      }
      if (!list.edges.empty()) {
        const NamedEdge& last = list.edges.back();
        const bool last_lowers = last.belief < 0;
        const bool lowers = edge.belief < 0;
        if (std::tie(last.from, last.to, last_lowers) >= std::tie(edge.from, edge.to, lowers)) {
          return damaged("edges out of order");
        }
      }
      list.edges.push_back(edge);
    }
  }
  return ends.empty() ? Result<Done>(Done{}) : damaged("more edges than its nodes say");
}

}  // namespace

std::string write_edge_cache(const EdgeList& list, const EdgeSource& source) {
  Header header{};
  std::ranges::copy(kEdgeCacheMagic, header.magic);
  header.version = kVersion;
  header.nodes = static_cast<std::uint32_t>(list.names.size());
  header.edges = list.edges.size();
  for (const auto& name : list.names) {
    header.name_bytes += name.size();
  }
  header.source_bytes = source.bytes;
  header.rows = list.rows;
  header.self_edges = list.self_edges;
  header.duplicates = list.duplicates;
  source.digest.copy(header.source_digest, kDigestBytes);

  std::string out;
  out.reserve(sizeof header + list.names.size() * 8 + header.name_bytes + list.edges.size() * 12 +
              kDigestBytes);
  put(out, header);
  for (const auto& name : list.names) {
    put(out, static_cast<std::uint32_t>(name.size()));
  }
  for (const auto& name : list.names) {
    out += name;
  }
  std::vector<std::uint32_t> leaving(list.names.size(), 0);
  for (const auto& edge : list.edges) {
    ++leaving[edge.from];
  }
  for (const std::uint32_t count : leaving) {
    put(out, count);
  }
  for (const auto& edge : list.edges) {
    put(out, edge.to);
  }
  for (const auto& edge : list.edges) {
    put(out, edge.belief);
  }
  out += sha256_hex(out);
  return out;
}

Result<CachedEdges> read_edge_cache(std::string_view bytes) {
  if (bytes.size() < sizeof(Header) + kDigestBytes || !bytes.starts_with(kEdgeCacheMagic)) {
    return damaged("it does not begin as one");
  }
  std::string_view rest = bytes.substr(0, bytes.size() - kDigestBytes);
  const auto header = take<Header>(rest);
  if (header.version != kVersion) {
    return corrupt(fmt::format("the cached graph is of version {}, this program reads {}",
                               header.version, kVersion));
  }
  if (header.edges > rest.size() / 12 || header.name_bytes > rest.size() ||
      rest.size() != std::uint64_t{header.nodes} * 8 + header.name_bytes + header.edges * 12) {
    return damaged("its length is not what its header says");
  }
  if (sha256_hex(bytes.substr(0, bytes.size() - kDigestBytes)) !=
      bytes.substr(bytes.size() - kDigestBytes)) {
    return damaged("its digest is another");
  }
  const auto part = [&rest](std::uint64_t size) {
    const std::string_view taken = rest.substr(0, size);
    rest.remove_prefix(size);
    return taken;
  };
  CachedEdges cached;
  cached.source = {header.source_bytes, std::string(header.source_digest, kDigestBytes)};
  cached.list.rows = header.rows;
  cached.list.self_edges = header.self_edges;
  cached.list.duplicates = header.duplicates;
  const auto lengths = part(std::uint64_t{header.nodes} * 4);
  const auto text = part(header.name_bytes);
  THAW_CHECK(read_names(lengths, text, cached.list));
  const auto leaving = part(std::uint64_t{header.nodes} * 4);
  const auto ends = part(header.edges * 4);
  THAW_CHECK(read_edges(leaving, ends, rest, cached.list));
  return cached;
}

}  // namespace thaw::graph
