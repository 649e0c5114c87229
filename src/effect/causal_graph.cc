#include "effect/causal_graph.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/edit_distance.h"
#include "base/shorten.h"
#include "base/text.h"

namespace thaw::effect {

using graph::Mark;
using graph::NodePair;
using graph::NodeSet;

namespace {

constexpr std::size_t kMostNodes = 20'000;
constexpr std::size_t kMostMarked = 3'000;  // n^2 bytes
constexpr std::size_t kMostEdges = 200'000;
constexpr std::size_t kLongestName = 200;

std::string sign(Mark mark_a, Mark mark_b) {
  const char left = mark_a == Mark::kArrow ? '<' : mark_a == Mark::kCircle ? 'o' : '-';
  const char right = mark_b == Mark::kArrow ? '>' : mark_b == Mark::kCircle ? 'o' : '-';
  return fmt::format("{}-{}", left, right);
}

bool allowed(GraphKind kind, Mark mark_a, Mark mark_b) {
  const bool circle = mark_a == Mark::kCircle || mark_b == Mark::kCircle;
  const bool line = mark_a == Mark::kTail && mark_b == Mark::kTail;
  const bool arc = mark_a == Mark::kArrow && mark_b == Mark::kArrow;
  switch (kind) {
    case GraphKind::kDag:
      return !circle && !line;
    case GraphKind::kCpdag:
      return !circle && !arc;
    case GraphKind::kMag:
      return !circle;
    case GraphKind::kPag:
      return true;
  }
  return false;
}

}  // namespace

std::string_view to_string(GraphKind kind) {
  switch (kind) {
    case GraphKind::kDag:
      return "dag";
    case GraphKind::kCpdag:
      return "cpdag";
    case GraphKind::kMag:
      return "mag";
    case GraphKind::kPag:
      return "pag";
  }
  return "";
}

std::optional<GraphKind> parse_graph_kind(std::string_view word) {
  for (const GraphKind kind :
       {GraphKind::kDag, GraphKind::kCpdag, GraphKind::kMag, GraphKind::kPag}) {
    if (word == to_string(kind)) {
      return kind;
    }
  }
  return word == "pdag" ? std::optional(GraphKind::kCpdag) : std::nullopt;
}

Result<std::uint32_t> CausalGraph::find(std::string_view name) const {
  const auto at = std::lower_bound(names.begin(), names.end(), name);
  if (at != names.end() && *at == name) {
    return static_cast<std::uint32_t>(at - names.begin());
  }
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& other : names) {
    near.emplace_back(edit_distance(fold(name), fold(other)), other);
  }
  std::sort(near.begin(), near.end());
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < near.size() && i < 3; ++i) {
    shown.push_back(near[i].second);
  }
  return not_found(fmt::format("the graph has no variable \"{}\"; near: {}", shorten(name, 100),
                               join(shown, ", ")));
}

Error GraphDraft::error(std::size_t line, std::string_view what) const {
  return invalid_argument(line == 0 ? fmt::format("{}: {}", source_, what)
                                    : fmt::format("{}:{}: {}", source_, line, what));
}

Result<std::uint32_t> GraphDraft::number(std::string_view name, std::size_t line) {
  const auto found = index_.find(name);
  if (found != index_.end()) {
    return found->second;
  }
  if (name.empty() || name.size() > kLongestName) {
    return error(line, fmt::format("a variable's name has 1 to {} bytes, not {}", kLongestName,
                                   name.size()));
  }
  if (first_invalid_utf8(name)) {
    return error(line, "a variable's name is not UTF-8");
  }
  if (roles_.size() == kMostNodes) {
    return error(line, fmt::format("more than {} variables", kMostNodes));
  }
  const auto number = static_cast<std::uint32_t>(roles_.size());
  index_.emplace(std::string(name), number);
  roles_.emplace_back();
  return number;
}

Result<Done> GraphDraft::node(std::string_view name, Role role, std::size_t line) {
  THAW_TRY(const std::uint32_t v, number(name, line));
  if (role != Role::kNone &&
      std::find(roles_[v].begin(), roles_[v].end(), role) == roles_[v].end()) {
    roles_[v].push_back(role);
  }
  return Done{};
}

Result<Done> GraphDraft::edge(std::string_view a, std::string_view b, Mark mark_a, Mark mark_b,
                              std::size_t line) {
  THAW_TRY(const std::uint32_t u, number(a, line));
  THAW_TRY(const std::uint32_t v, number(b, line));
  if (u == v) {
    return error(line, fmt::format("an edge from \"{}\" to itself", shorten(a, 100)));
  }
  if (edges_.size() == kMostEdges) {
    return error(line, fmt::format("more than {} edges", kMostEdges));
  }
  edges_.push_back({u, v, mark_a, mark_b, line});
  return Done{};
}

GraphKind GraphDraft::guessed_kind() const {
  GraphKind kind = GraphKind::kDag;
  for (const Edge& edge : edges_) {
    if (edge.mark_a == Mark::kCircle || edge.mark_b == Mark::kCircle) {
      return GraphKind::kPag;
    }
    if (edge.mark_a == Mark::kTail && edge.mark_b == Mark::kTail) {
      kind = GraphKind::kCpdag;
    }
  }
  return kind;
}

Result<Done> GraphDraft::draw_diagram(CausalGraph& made,
                                      const std::vector<std::uint32_t>& rank) const {
  std::vector<NodePair> directed, bidirected;
  for (const Edge& edge : edges_) {
    const std::uint32_t a = rank[edge.a];
    const std::uint32_t b = rank[edge.b];
    if (edge.mark_a == Mark::kArrow && edge.mark_b == Mark::kArrow) {
      bidirected.emplace_back(a, b);
    } else if (edge.mark_b == Mark::kArrow) {
      directed.emplace_back(a, b);
    } else {
      directed.emplace_back(b, a);
    }
  }
  made.diagram = graph::Admg(made.size(), std::move(directed), std::move(bidirected));
  const std::vector<std::uint32_t> circle = made.diagram.cycle();
  if (!circle.empty()) {
    std::string shown;
    for (std::size_t i = 0; i < circle.size() && i < 12; ++i) {
      shown += made.names[circle[i]] + " -> ";
    }
    shown += circle.size() > 12 ? "... -> " : "";
    return error(0,
                 fmt::format("the arrows run in a circle: {}{}; a cause cannot be its own effect, "
                             "remove or turn one of them",
                             shown, made.names[circle.front()]));
  }
  return Done{};
}

Result<Done> GraphDraft::draw_marks(CausalGraph& made,
                                    const std::vector<std::uint32_t>& rank) const {
  if (made.size() > kMostMarked) {
    return error(0,
                 fmt::format("more than {} variables in a {}", kMostMarked, to_string(made.kind)));
  }
  made.marks = graph::MixedGraph(made.size());
  for (const Edge& edge : edges_) {
    const std::uint32_t a = rank[edge.a];
    const std::uint32_t b = rank[edge.b];
    if (made.marks.adjacent(a, b) &&
        (made.marks.mark(b, a) != edge.mark_a || made.marks.mark(a, b) != edge.mark_b)) {
      return error(edge.line,
                   fmt::format("\"{}\" and \"{}\" are joined by two different edges, and a "
                               "{} has at most one",
                               made.names[a], made.names[b], to_string(made.kind)));
    }
    made.marks.set_edge(a, b, edge.mark_a, edge.mark_b);
  }
  std::vector<NodePair> arrows;
  for (const graph::MixedEdge& edge : made.marks.edges()) {
    if (made.marks.directed(edge.a, edge.b)) {
      arrows.emplace_back(edge.a, edge.b);
    } else if (made.marks.directed(edge.b, edge.a)) {
      arrows.emplace_back(edge.b, edge.a);
    }
  }
  const std::vector<std::uint32_t> circle = graph::Admg(made.size(), arrows, {}).cycle();
  if (!circle.empty()) {
    std::string shown;
    for (const std::uint32_t v : circle) {
      shown += made.names[v] + " -> ";
    }
    return error(0, fmt::format("the arrows run in a circle: {}{}", shown, made.names[circle[0]]));
  }
  return Done{};
}

Result<CausalGraph> GraphDraft::finish() const {
  CausalGraph made;
  made.kind = kind_.value_or(guessed_kind());
  if (index_.empty()) {
    return error(0, "a graph without variables");
  }
  std::vector<std::uint32_t> rank(roles_.size());
  for (const auto& [name, number] : index_) {
    rank[number] = static_cast<std::uint32_t>(made.names.size());
    made.names.push_back(name);
  }
  for (NodeSet* set : {&made.latent, &made.exposure, &made.outcome, &made.adjusted}) {
    *set = NodeSet(made.size());
  }
  for (std::size_t v = 0; v < roles_.size(); ++v) {
    for (const Role role : roles_[v]) {
      (role == Role::kLatent     ? made.latent
       : role == Role::kExposure ? made.exposure
       : role == Role::kOutcome  ? made.outcome
                                 : made.adjusted)
          .insert(rank[v]);
    }
  }
  for (const Edge& edge : edges_) {
    if (!allowed(made.kind, edge.mark_a, edge.mark_b)) {
      return error(edge.line, fmt::format("\"{}\" {} \"{}\" is no edge of a {}",
                                          made.names[rank[edge.a]], sign(edge.mark_a, edge.mark_b),
                                          made.names[rank[edge.b]], to_string(made.kind)));
    }
  }
  THAW_CHECK(made.kind == GraphKind::kDag ? draw_diagram(made, rank) : draw_marks(made, rank));
  return made;
}

std::string names_of(const NodeSet& nodes, const std::vector<std::string>& names) {
  std::vector<std::string> found;
  nodes.for_each([&](std::uint32_t v) { found.push_back(names[v]); });
  return join(found, ", ");
}

}  // namespace thaw::effect
