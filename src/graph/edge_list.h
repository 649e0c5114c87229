// Signed edges between named things, as a file gives them: docs/formats/graph.md is the contract.
//
// The text has a header "source sign target belief" and four tab-separated fields a line. Reading
// is strict and streams: memory grows with the edges that are different, not with the lines.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "graph/signed_graph.h"

namespace thaw::graph {

struct NamedEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  double belief = 0;  // in (0, 1] when it raises, in [-1, 0) when it lowers

  friend bool operator==(const NamedEdge&, const NamedEdge&) = default;
};

struct EdgeList {
  std::vector<std::string> names;  // sorted by bytes; a node is a place in it
  std::vector<NamedEdge> edges;    // by from, to, raising first; none twice, none to itself
  std::uint64_t rows = 0;          // lines read, without the header and blank ones
  std::uint64_t self_edges = 0;    // rows left out because both ends were one name
  std::uint64_t duplicates = 0;    // rows left out because the same edge came with more belief

  friend bool operator==(const EdgeList&, const EdgeList&) = default;
};

/// Reads the text in pieces of any size.
class EdgeListReader {
 public:
  static constexpr std::size_t kLineBytesMax = 1U << 16U;
  static constexpr std::size_t kNameBytesMax = 1024;
  static constexpr std::size_t kEdgesMax = 100'000'000;

  /// `source_name` stands in messages.
  explicit EdgeListReader(std::string source_name) : source_name_(std::move(source_name)) {}

  /// Fails: kInvalidArgument with source and line (from 1) for a wrong header, fields other than
  /// four, an empty or overlong name, a control character, bytes that are not UTF-8, a sign other
  /// than + and -, a belief that is no decimal number in (0, 1], a line over kLineBytesMax, more
  /// than kEdgesMax edges. After a failure the reader is of no more use.
  Result<Done> add(std::string_view bytes);

  /// What was read; of one edge given more than once the row with the highest belief counts.
  /// kInvalidArgument where the text ended before its header or within a line that is not whole.
  Result<EdgeList> finish();

 private:
  Result<Done> take_line(std::string_view line);
  Result<Done> take_row(std::string_view line);
  Result<std::uint32_t> node_of(std::string_view name, const char* which);
  Error wrong(const std::string& what) const;
  void compact();

  std::string source_name_;
  std::string rest_;  // the beginning of a line whose end has not come
  std::uint64_t line_ = 0;
  bool has_header_ = false;
  std::unordered_map<std::string, std::uint32_t> nodes_;
  std::string last_source_;
  std::uint32_t last_node_ = 0;
  std::size_t compact_at_ = std::size_t{1} << 22U;
  EdgeList list_;  // names still empty, edges in no order
};

}  // namespace thaw::graph
