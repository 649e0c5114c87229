#include "discovery/graph_score.h"

#include <cassert>

namespace thaw::discovery {
namespace {

/// How many the learned graph has, the true one has, and both have.
struct Tally {
  std::size_t learned = 0, truth = 0, both = 0;

  void count(bool in_learned, bool in_truth) {
    learned += in_learned ? 1 : 0;
    truth += in_truth ? 1 : 0;
    both += in_learned && in_truth ? 1 : 0;
  }
  static double ratio(std::size_t a, std::size_t b) {
    return b == 0 ? 1 : static_cast<double>(a) / static_cast<double>(b);
  }
  double precision() const { return ratio(both, learned); }
  double recall() const { return ratio(both, truth); }
  double f1() const { return ratio(2 * both, learned + truth); }
};

}  // namespace

GraphScore score_graph(const graph::MixedGraph& learned, const graph::MixedGraph& truth) {
  assert(learned.nodes() == truth.nodes());
  Tally joined, heads;
  GraphScore score;
  for (std::size_t a = 0; a < learned.nodes(); ++a) {
    for (std::size_t b = a + 1; b < learned.nodes(); ++b) {
      const auto arrow = [](const graph::MixedGraph& graph, std::size_t from, std::size_t at) {
        return graph.mark(from, at) == graph::Mark::kArrow;
      };
      joined.count(learned.adjacent(a, b), truth.adjacent(a, b));
      heads.count(arrow(learned, a, b), arrow(truth, a, b));
      heads.count(arrow(learned, b, a), arrow(truth, b, a));
      const bool same = learned.adjacent(a, b) == truth.adjacent(a, b) &&
                        arrow(learned, a, b) == arrow(truth, a, b) &&
                        arrow(learned, b, a) == arrow(truth, b, a);
      score.shd += same ? 0 : 1;
    }
  }
  score.skeleton_precision = joined.precision();
  score.skeleton_recall = joined.recall();
  score.skeleton_f1 = joined.f1();
  score.arrow_precision = heads.precision();
  score.arrow_recall = heads.recall();
  score.arrow_f1 = heads.f1();
  score.edges = joined.learned;
  return score;
}

}  // namespace thaw::discovery
