#include "discovery/pc.h"

#include <fmt/format.h>

#include <algorithm>

#include "discovery/colliders.h"
#include "graph/meek.h"
#include "stats/distributions.h"

namespace thaw::discovery {
namespace {

using graph::Mark;
using graph::MixedGraph;

/// Writes arrows into an undirected skeleton, none against another, the knowledge or acyclicity.
class Orienter {
 public:
  Orienter(const Skeleton& skeleton, const Knowledge& knowledge)
      : graph_(skeleton.adjacent.size()), adjacent_(skeleton.adjacent), knowledge_(knowledge) {
    for (std::uint32_t a = 0; a < adjacent_.size(); ++a) {
      for (const std::uint32_t b : adjacent_[a]) {
        graph_.set_edge(a, b, Mark::kTail, Mark::kTail);
      }
    }
    orient_by_knowledge(graph_, knowledge);
  }

  static void orient_by_knowledge(MixedGraph& graph, const Knowledge& knowledge) {
    if (knowledge.empty()) {
      return;
    }
    for (std::size_t a = 0; a < graph.nodes(); ++a) {
      for (std::size_t b = 0; b < graph.nodes(); ++b) {
        if (graph.undirected(a, b) && knowledge.forbidden(b, a)) {
          graph.direct(a, b);
        }
      }
    }
  }

  /// Makes a -> c <- b if both arrows may stand.
  bool add_collider(std::uint32_t a, std::uint32_t c, std::uint32_t b) {
    if (!may_point(a, c) || !may_point(b, c)) {
      return false;
    }
    graph_.direct(a, c);
    graph_.direct(b, c);
    return true;
  }

  const MixedGraph& graph() const { return graph_; }

 private:
  bool may_point(std::uint32_t from, std::uint32_t to) {
    if (graph_.directed(from, to)) {
      return true;
    }
    return graph_.undirected(from, to) && !knowledge_.forbidden(from, to) && !reaches(to, from);
  }

  /// Whether directed edges lead from `from` to `to`.
  bool reaches(std::uint32_t from, std::uint32_t to) {
    seen_.assign(adjacent_.size(), false);
    waiting_.assign(1, from);
    while (!waiting_.empty()) {
      const std::uint32_t at = waiting_.back();
      waiting_.pop_back();
      for (const std::uint32_t next : adjacent_[at]) {
        if (!seen_[next] && graph_.directed(at, next)) {
          if (next == to) {
            return true;
          }
          seen_[next] = true;
          waiting_.push_back(next);
        }
      }
    }
    return false;
  }

  MixedGraph graph_;
  const std::vector<std::vector<std::uint32_t>>& adjacent_;
  const Knowledge& knowledge_;
  std::vector<bool> seen_;
  std::vector<std::uint32_t> waiting_;
};

}  // namespace

MixedGraph cpdag_with_knowledge(const MixedGraph& dag, const Knowledge& knowledge) {
  MixedGraph cpdag = graph::cpdag_of(dag);
  if (!knowledge.empty()) {
    Orienter::orient_by_knowledge(cpdag, knowledge);
    graph::close_under_meek(cpdag);
  }
  return cpdag;
}

Result<PcResult> pc(IndependenceTest& test, const Knowledge& knowledge,
                    const SkeletonOptions& options) {
  if (!(options.alpha > 0 && options.alpha < 1)) {
    return invalid_argument(fmt::format("alpha {} is not between 0 and 1", options.alpha));
  }
  if (knowledge.size() != test.variables()) {
    return invalid_argument(fmt::format("the knowledge is about {} variables, the data about {}",
                                        knowledge.size(), test.variables()));
  }
  SkeletonOptions with_sets = options;
  with_sets.keep_sets = false;
  THAW_TRY(const Skeleton skeleton, learn_skeleton(test, knowledge, with_sets));
  PcResult result;
  result.tests = skeleton.tests;
  result.depth = skeleton.depth;
  result.capped = skeleton.capped;
  THAW_TRY(const auto claims, claim_triples(test, knowledge, options, skeleton, result.tests));
  std::vector<TripleClaim> colliders;
  std::ranges::copy_if(claims, std::back_inserter(colliders), &TripleClaim::collider);
  std::ranges::stable_sort(colliders, std::greater<>{}, &TripleClaim::strength);
  Orienter orienter(skeleton, knowledge);
  for (const TripleClaim& claim : colliders) {
    orienter.add_collider(claim.a, claim.c, claim.b);
  }
  bool new_collider = false;
  const auto dag = graph::consistent_extension(orienter.graph(), &new_collider);
  if (!dag) {  // no arrow above closes a circle, and the knowledge passed its check
    return invalid_argument("the knowledge contradicts itself: its arrows run in a circle");
  }
  result.graph = cpdag_with_knowledge(*dag, knowledge);
  for (const TripleClaim& claim : claims) {
    const bool collider =
        result.graph.directed(claim.a, claim.c) && result.graph.directed(claim.b, claim.c);
    if (collider != claim.collider) {
      result.ambiguous.push_back(
          {claim.a, claim.c, claim.b, claim.collider, stats::normal_two_sided_p(claim.deviate)});
    }
  }
  return result;
}

}  // namespace thaw::discovery
