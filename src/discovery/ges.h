// GES: greedy search over equivalence classes, edges in, then edges out.
//
// Chickering 2002, JMLR 3:507; Ramsey et al. 2017, Int J Data Sci Anal 3:121 (as FGES) for large
// tables. With rows without end it finds the class of the true graph if no cause is hidden.
// Checked: on every graph of up to four nodes; SHD on known networks.
#pragma once

#include <functional>

#include "base/result.h"
#include "discovery/knowledge.h"
#include "discovery/local_score.h"
#include "graph/mixed_graph.h"

namespace thaw::discovery {

struct GesOptions {
  /// Called after every step with the number of edges; false ends the search with kUnavailable.
  std::function<bool(std::size_t)> progress;
};

struct GesResult {
  graph::MixedGraph graph;  // the class, see class_under
  graph::MixedGraph dag;    // a member of it
  double score = 0;
  std::size_t inserted = 0, deleted = 0;
};

/// Both phases, again and again until neither helps. Ties follow the variables' numbers, and those
/// the names (Data), so the order of columns changes nothing. The result breaks no knowledge.
/// Fails: kInvalidArgument for knowledge about another number of variables or with required arrows
/// in a circle; kUnavailable when `progress` says so.
/// Cost: p scores of p candidates once, then a few of them a step.
Result<GesResult> ges(const LocalScore& score, const Knowledge& knowledge,
                      const GesOptions& options = {});

}  // namespace thaw::discovery
