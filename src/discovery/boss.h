// BOSS: the graph with the best score, sought over orders of the variables.
//
// An order gives each variable its best parents among those before it (grow_shrink_tree.h). One
// variable after the other is moved to the place that is best for the whole, until no move helps.
// It starts at an order of the graph that GES finds (ges.h), so its score is never below that of
// GES; then it shakes the best order, starts again from there, and keeps what is better.
// Andrews et al. 2023, NeurIPS (arXiv 2310.17679); the start and the shakes are ours.
// Checked: the true class for every graph of up to four nodes; score and SHD on known networks.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/result.h"
#include "discovery/knowledge.h"
#include "discovery/local_score.h"
#include "graph/mixed_graph.h"

namespace thaw::discovery {

struct BossOptions {
  std::uint64_t seed = 1;
  /// Shaken starts after the first; each costs a fraction of the first, whose trees it reuses.
  std::size_t shakes = 10;
  /// Called now and then with the share of the work done (0 .. 1); false ends the search with
  /// kUnavailable.
  std::function<bool(double)> progress;
};

struct BossResult {
  graph::MixedGraph graph;           // the class of the best DAG, see class_under
  graph::MixedGraph dag;             // the best one found
  std::vector<std::uint32_t> order;  // that gives it
  double score = 0;                  // of the DAG, by the LocalScore given
  std::size_t tree_nodes = 0;        // parent sets examined
};

/// The same for every order of columns, as long as variables are numbered by name (Data), and for
/// every seed that finds the same best score. The result breaks no knowledge.
/// Fails: kInvalidArgument for knowledge about another number of variables or that contradicts
/// itself by required arrows in a circle; kUnavailable when `progress` says so.
/// Cost: GES, then about 2 p^2 look-ups a pass over the variables and 2 to 4 passes a start; memory
/// grows with the parent sets examined, about 200 bytes each.
Result<BossResult> boss(const LocalScore& score, const Knowledge& knowledge,
                        const BossOptions& options = {});

}  // namespace thaw::discovery
