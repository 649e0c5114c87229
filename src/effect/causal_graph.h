// A causal graph with names, as a file or a page gives it: what is drawn, what is not measured, and
// what is asked about.
//
// Nodes are in the order of their names (bytes), so that nothing found in a graph depends on the
// order in which it was written.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/admg.h"
#include "graph/mixed_graph.h"

namespace thaw::effect {

/// What the edges mean. kDag: -> and <-> (a hidden common cause), all that is not drawn is not
/// there. The others stand for a class of graphs: see Richardson and Spirtes 2002, Zhang 2008.
enum class GraphKind { kDag, kCpdag, kMag, kPag };

/// "dag", "cpdag", "mag" or "pag".
std::string_view to_string(GraphKind kind);
/// Reads these, and "pdag" as cpdag.
std::optional<GraphKind> parse_graph_kind(std::string_view word);

struct CausalGraph {
  GraphKind kind = GraphKind::kDag;
  std::vector<std::string> names;
  graph::Admg diagram;                         // kDag; latent nodes are still in it
  graph::MixedGraph marks{0};                  // the other kinds
  graph::NodeSet latent;                       // not measured
  graph::NodeSet exposure, outcome, adjusted;  // as the file marks them, maybe none

  std::size_t size() const { return names.size(); }
  /// The number of node `name`. kNotFound names the nearest there are.
  Result<std::uint32_t> find(std::string_view name) const;
};

/// A graph while it is read: nodes and edges in any order.
class GraphDraft {
 public:
  /// Messages begin with `source`.
  explicit GraphDraft(std::string source) : source_(std::move(source)) {}

  enum class Role { kNone, kLatent, kExposure, kOutcome, kAdjusted };
  void set_kind(GraphKind kind) { kind_ = kind; }
  std::optional<GraphKind> kind() const { return kind_; }
  bool knows(std::string_view name) const { return index_.find(name) != index_.end(); }
  /// Mentions a node, or gives it a role too. Fails: kInvalidArgument at more than 20,000 nodes,
  /// for a name that is empty, longer than 200 bytes or not UTF-8.
  Result<Done> node(std::string_view name, Role role, std::size_t line);
  /// Fails: kInvalidArgument for an edge from a node to itself, and at more than 200,000 edges.
  Result<Done> edge(std::string_view a, std::string_view b, graph::Mark mark_a, graph::Mark mark_b,
                    std::size_t line);

  /// The graph. Without a kind: pag when a circle is drawn, cpdag when a line is, else dag.
  /// Fails: kInvalidArgument for a directed cycle (named), a mark that the kind does not know, two
  /// different edges between two nodes where the kind allows one, a graph without nodes, over 3,000
  /// nodes in a graph that is no DAG.
  Result<CausalGraph> finish() const;

  Error error(std::size_t line, std::string_view what) const;

 private:
  struct Edge {
    std::uint32_t a, b;
    graph::Mark mark_a, mark_b;
    std::size_t line;
  };
  Result<std::uint32_t> number(std::string_view name, std::size_t line);
  GraphKind guessed_kind() const;
  Result<Done> draw_diagram(CausalGraph& made, const std::vector<std::uint32_t>& rank) const;
  Result<Done> draw_marks(CausalGraph& made, const std::vector<std::uint32_t>& rank) const;

  std::string source_;
  std::optional<GraphKind> kind_;
  std::vector<std::vector<Role>> roles_;  // of each node, in the order of mention
  std::vector<Edge> edges_;
  std::map<std::string, std::uint32_t, std::less<>> index_;
};

/// The names of `nodes`, as "a, b and c" would list them: "a, b, c".
std::string names_of(const graph::NodeSet& nodes, const std::vector<std::string>& names);

}  // namespace thaw::effect
