#include "graph/edge_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/text.h"

namespace thaw::graph {
namespace {

constexpr std::string_view kHeader = "source\tsign\ttarget\tbelief";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool before(const NamedEdge& a, const NamedEdge& b) {
  const bool a_lowers = a.belief < 0;
  const bool b_lowers = b.belief < 0;
  return std::tie(a.from, a.to, a_lowers) < std::tie(b.from, b.to, b_lowers);
}

/// A value as a message may show it: short, and without bytes that move a terminal.
std::string shown(std::string_view text) {
  constexpr std::size_t kShownMax = 40;
  std::string out;
  for (const char c : text.substr(0, kShownMax)) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 || byte >= 0x7F ? fmt::format("\\x{:02X}", byte) : std::string(1, c);
  }
  return text.size() > kShownMax ? out + "..." : out;
}

}  // namespace

Error EdgeListReader::wrong(const std::string& what) const {
  return invalid_argument(fmt::format("{}:{}: {}", source_name_, line_, what));
}

Result<Done> EdgeListReader::add(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, end);
    if (rest_.size() + piece.size() > kLineBytesMax) {
      ++line_;
      return wrong(fmt::format("the line is over {} bytes", kLineBytesMax));
    }
    if (end == std::string_view::npos) {
      rest_ += piece;
      return Done{};
    }
    if (rest_.empty()) {
      THAW_CHECK(take_line(piece));
    } else {
      rest_ += piece;
      THAW_CHECK(take_line(rest_));
      rest_.clear();
    }
    bytes.remove_prefix(end + 1);
  }
  return Done{};
}

Result<Done> EdgeListReader::take_line(std::string_view line) {
  ++line_;
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  if (has_header_) {
    return line.empty() ? Result<Done>(Done{}) : take_row(line);
  }
  if (line.starts_with(kByteOrderMark)) {
    line.remove_prefix(kByteOrderMark.size());
  }
  if (line != kHeader) {
    return wrong(
        fmt::format("the first line must be 'source', 'sign', 'target', 'belief' with tabs between "
                    "them, but is '{}'",
                    shown(line)));
  }
  has_header_ = true;
  return Done{};
}

Result<Done> EdgeListReader::take_row(std::string_view line) {
  ++list_.rows;
  const std::size_t a = line.find('\t');
  const std::size_t b = a == std::string_view::npos ? a : line.find('\t', a + 1);
  const std::size_t c = b == std::string_view::npos ? b : line.find('\t', b + 1);
  if (c == std::string_view::npos || line.find('\t', c + 1) != std::string_view::npos) {
    return wrong(fmt::format("{} tab-separated fields where 4 are needed",
                             1 + std::ranges::count(line, '\t')));
  }
  const std::string_view sign = line.substr(a + 1, b - a - 1);
  if (sign != "+" && sign != "-") {
    return wrong(fmt::format("the sign is '{}'; it must be + or -", shown(sign)));
  }
  const std::string_view written = line.substr(c + 1);
  const auto belief = parse_double(written);
  if (!belief || !(*belief > 0 && *belief <= 1)) {
    return wrong(fmt::format("the belief is '{}'; it must be a number above 0 and at most 1",
                             shown(written)));
  }
  THAW_TRY(const std::uint32_t from, node_of(line.substr(0, a), "source"));
  THAW_TRY(const std::uint32_t to, node_of(line.substr(b + 1, c - b - 1), "target"));
  if (from == to) {
    ++list_.self_edges;
    return Done{};
  }
  list_.edges.push_back({from, to, sign == "+" ? *belief : -*belief});
  if (list_.edges.size() >= compact_at_) {
    compact();
    compact_at_ = std::max(compact_at_, 2 * list_.edges.size());
    if (list_.edges.size() > kEdgesMax) {
      return wrong(fmt::format("more than {} different edges", kEdgesMax));
    }
  }
  return Done{};
}

Result<std::uint32_t> EdgeListReader::node_of(std::string_view name, const char* which) {
  if (!last_source_.empty() && name == last_source_) {
    return last_node_;
  }
  if (name.empty()) {
    return wrong(fmt::format("the {} is empty", which));
  }
  if (name.size() > kNameBytesMax) {
    return wrong(fmt::format("the {} is over {} bytes", which, kNameBytesMax));
  }
  const auto [at, added] =
      nodes_.try_emplace(std::string(name), static_cast<std::uint32_t>(nodes_.size()));
  if (added) {
    if (const auto bad = first_invalid_utf8(name)) {
      return wrong(fmt::format("the {} is not UTF-8 from its byte {}", which, *bad + 1));
    }
    const auto control = std::ranges::find_if(
        name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (control != name.end()) {
      return wrong(fmt::format("the {} '{}' holds a control character", which, shown(name)));
    }
  }
  if (*which == 's') {
    last_source_ = name;
    last_node_ = at->second;
  }
  return at->second;
}

/// Sorts the edges and keeps of equal ones that of most belief.
void EdgeListReader::compact() {
  auto& edges = list_.edges;
  std::ranges::sort(edges, [](const NamedEdge& a, const NamedEdge& b) {
    if (before(a, b) || before(b, a)) {
      return before(a, b);
    }
    return std::abs(a.belief) > std::abs(b.belief);
  });
  const auto end = std::unique(edges.begin(), edges.end(), [](const auto& a, const auto& b) {
    return !before(a, b) && !before(b, a);
  });
  list_.duplicates += static_cast<std::uint64_t>(edges.end() - end);
  edges.erase(end, edges.end());
}

Result<EdgeList> EdgeListReader::finish() {
  if (!rest_.empty()) {
    THAW_CHECK(take_line(rest_));
    rest_.clear();
  }
  if (!has_header_) {
    ++line_;
    return wrong(
        "the text is empty; its first line must be the header source, sign, target, belief");
  }
  list_.names.reserve(nodes_.size());
  std::vector<std::uint32_t> by_name(nodes_.size());
  for (const auto& [name, node] : nodes_) {
    list_.names.push_back(name);
  }
  std::ranges::sort(list_.names);
  for (std::uint32_t place = 0; place < list_.names.size(); ++place) {
    by_name[nodes_.find(list_.names[place])->second] = place;
  }
  nodes_.clear();
  for (auto& edge : list_.edges) {
    edge.from = by_name[edge.from];
    edge.to = by_name[edge.to];
  }
  compact();
  if (list_.edges.size() > kEdgesMax) {
    return wrong(fmt::format("more than {} different edges", kEdgesMax));
  }
  return std::move(list_);
}

}  // namespace thaw::graph
