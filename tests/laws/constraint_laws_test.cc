// Laws of constraint-based discovery over every graph of five variables: with a perfect test, what
// is learned is exactly what all graphs with the same independences share.
#include <gtest/gtest.h>

#include <tuple>

#include "discovery/every_pag.h"
#include "discovery/fci.h"
#include "discovery/pc.h"
#include "discovery/separation_oracle.h"
#include "graph/every_graph.h"
#include "graph/meek.h"

namespace thaw::discovery {
namespace {

/// Enumerated once: a million graphs.
const std::vector<PagClass>& classes_of_five() {
  static const std::vector<PagClass> classes = every_pag(5, false);
  return classes;
}

TEST(ConstraintLaws, PcGivesTheCpdagOfEveryGraphOfFiveNodes) {
  for (const graph::MixedGraph& dag : graph::every_dag(5)) {
    SeparationOracle oracle(dag);
    const PcResult result = pc(oracle, Knowledge(5), {}).value();
    ASSERT_EQ(result.graph, graph::cpdag_of(dag));
    ASSERT_TRUE(result.ambiguous.empty());
  }
}

/// Arrowheads and tails both: sound (no mark that a member lacks) and complete (no circle where all
/// members agree).
TEST(ConstraintLaws, FciGivesThePagOfEveryClassOfMagsOfFiveNodes) {
  std::size_t needed_d_sep = 0;
  for (const PagClass& found : classes_of_five()) {
    SeparationOracle oracle(found.member);
    const FciResult result = fci(oracle, Knowledge(5), {}).value();
    ASSERT_EQ(result.graph, found.pag);
    ASSERT_TRUE(result.contradictions.empty());
    needed_d_sep += result.removed_by_d_sep;
  }
  EXPECT_GT(needed_d_sep, 0U);  // with five, neighbours alone no longer separate all
}

/// RFCI may keep edges that only a possible-d-sep takes away; its arrows and tails hold all the
/// same wherever the edge is there (Colombo et al. 2012).
TEST(ConstraintLaws, RfciClaimsNoMarkThatThePagDenies) {
  for (const PagClass& found : classes_of_five()) {
    SeparationOracle oracle(found.member);
    const FciResult result = rfci(oracle, Knowledge(5), {}).value();
    for (const graph::MixedEdge& edge : result.graph.edges()) {
      if (!found.pag.adjacent(edge.a, edge.b)) {
        continue;
      }
      for (const auto& [mark, from, at] :
           {std::tuple{edge.mark_a, edge.b, edge.a}, std::tuple{edge.mark_b, edge.a, edge.b}}) {
        if (mark != graph::Mark::kCircle) {
          ASSERT_EQ(mark, found.pag.mark(from, at));
        }
      }
    }
  }
}

}  // namespace
}  // namespace thaw::discovery
