#include "discovery/ida.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/random.h"
#include "graph/meek.h"

namespace thaw::discovery {
namespace {

using graph::Mark;
using graph::MixedGraph;

MixedGraph random_dag(std::size_t n, double density, Random& random) {
  std::vector<std::uint32_t> order(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    order[i] = i;
  }
  for (std::size_t i = n; i > 1; --i) {
    std::swap(order[i - 1], order[random.index(i)]);
  }
  MixedGraph dag(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      if (random.bernoulli(density)) {
        dag.direct(order[i], order[j]);
      }
    }
  }
  return dag;
}

/// Every directed acyclic graph of the class of `cpdag`, by trying all directions of its
/// undirected edges, that keeps `kept` arrows too.
std::vector<MixedGraph> members(const MixedGraph& cpdag, const MixedGraph& pdag) {
  std::vector<graph::MixedEdge> open;
  for (const auto& edge : pdag.edges()) {
    if (pdag.undirected(edge.a, edge.b)) {
      open.push_back(edge);
    }
  }
  std::vector<MixedGraph> found;
  for (std::size_t bits = 0; bits < (1ULL << open.size()); ++bits) {
    MixedGraph dag = pdag;
    for (std::size_t k = 0; k < open.size(); ++k) {
      if (((bits >> k) & 1U) != 0) {
        dag.direct(open[k].a, open[k].b);
      } else {
        dag.direct(open[k].b, open[k].a);
      }
    }
    if (!graph::directed_order(dag).empty() && graph::cpdag_of(dag) == cpdag) {
      found.push_back(dag);
    }
  }
  return found;
}

/// Moments of the linear model y = W' y + noise (unit variances) over `dag`, and its total effects.
struct Linear {
  Moments moments;
  stats::Matrix total;  // (from, to)
};

Linear linear_model(const MixedGraph& dag, Random& random) {
  const auto n = static_cast<Eigen::Index>(dag.nodes());
  stats::Matrix direct = stats::Matrix::Zero(n, n);
  for (const auto& edge : dag.edges()) {
    const bool forward = dag.directed(edge.a, edge.b);
    direct(forward ? edge.a : edge.b, forward ? edge.b : edge.a) = 0.3 + 0.7 * random.uniform();
  }
  const stats::Matrix total = (stats::Matrix::Identity(n, n) - direct).inverse();
  const stats::Matrix covariance = total.transpose() * total;
  Linear model;
  model.moments.sd = covariance.diagonal().cwiseSqrt();
  const stats::Vector scale = model.moments.sd.cwiseInverse();
  model.moments.correlation = scale.asDiagonal() * covariance * scale.asDiagonal();
  model.moments.rows = model.moments.fewest_rows = 1e6;
  model.total = total;
  return model;
}

/// The coefficient of x in the regression of y on x and `given`, in standard deviations.
double adjusted(const stats::Matrix& r, std::uint32_t x, std::uint32_t y,
                const std::vector<std::uint32_t>& given) {
  std::vector<int> columns = {static_cast<int>(x)};
  columns.insert(columns.end(), given.begin(), given.end());
  return stats::Matrix(r(columns, columns)).ldlt().solve(stats::Vector(r(columns, y)))[0];
}

void expect_as_enumerated(const MixedGraph& cpdag, const MixedGraph& pdag) {
  const std::vector<MixedGraph> all = members(cpdag, pdag);
  for (std::uint32_t node = 0; node < pdag.nodes(); ++node) {
    std::set<std::vector<std::uint32_t>> truth;
    for (const MixedGraph& dag : all) {
      truth.insert(dag.parents(node));
    }
    bool cut = false;
    const auto found = possible_parents(pdag, node, cut);
    EXPECT_FALSE(cut);
    EXPECT_EQ(std::set(found.begin(), found.end()), truth);
    EXPECT_EQ(found.size(), truth.size());
  }
}

TEST(Ida, TheParentsAreThoseOfAllGraphsOfTheClass) {
  Random random(11);
  for (int round = 0; round < 150; ++round) {
    const MixedGraph cpdag = graph::cpdag_of(random_dag(2 + random.index(4), 0.6, random));
    expect_as_enumerated(cpdag, cpdag);
  }
}

TEST(Ida, TheyAreSoUnderKnowledgeToo) {
  Random random(12);
  for (int round = 0; round < 150; ++round) {
    const MixedGraph dag = random_dag(3 + random.index(3), 0.7, random);
    const MixedGraph cpdag = graph::cpdag_of(dag);
    MixedGraph pdag = cpdag;
    for (const auto& edge : dag.edges()) {  // some true arrows are known beforehand
      if (random.bernoulli(0.3)) {
        pdag.set_edge(edge.a, edge.b, edge.mark_a, edge.mark_b);
      }
    }
    graph::close_under_meek(pdag);
    expect_as_enumerated(cpdag, pdag);
  }
}

TEST(Ida, OnExactCovariancesTheTrueEffectIsAmongTheEffectsOfEveryMember) {
  Random random(13);
  for (int round = 0; round < 100; ++round) {
    const MixedGraph dag = random_dag(5, 0.5, random);
    const Linear model = linear_model(dag, random);
    const MixedGraph cpdag = graph::cpdag_of(dag);
    for (std::uint32_t x = 0; x < 5; ++x) {
      for (std::uint32_t y = 0; y < 5; ++y) {
        if (x == y) {
          continue;
        }
        const EffectBounds bounds = possible_effects(cpdag, model.moments, x, y).value();
        const auto truth =
            std::ranges::find(bounds.effects, dag.parents(x), &PossibleEffect::parents);
        ASSERT_NE(truth, bounds.effects.end());
        EXPECT_NEAR(truth->estimate, model.total(x, y), 1e-9);
        for (const PossibleEffect& effect : bounds.effects) {
          // What a member's graph says is nought, the exact covariance says too.
          if (effect.zero_by_graph && !std::ranges::binary_search(effect.parents, y)) {
            EXPECT_NEAR(adjusted(model.moments.correlation, x, y, effect.parents), 0, 1e-9);
          }
        }
      }
    }
  }
}

TEST(Ida, AChainOfThreeHasThreeAnswers) {
  // 0 --- 1 --- 2: 1 has no parent, 0 or 2; of 0 on 2 the effect is that of the chain or none.
  MixedGraph chain(3);
  chain.set_edge(0, 1, Mark::kTail, Mark::kTail);
  chain.set_edge(1, 2, Mark::kTail, Mark::kTail);
  bool cut = false;
  EXPECT_EQ(possible_parents(chain, 1, cut),
            (std::vector<std::vector<std::uint32_t>>{{}, {0}, {2}}));
  Moments moments;
  moments.correlation = (stats::Matrix(3, 3) << 1, .5, .25, .5, 1, .5, .25, .5, 1).finished();
  moments.sd = (stats::Vector(3) << 1, 2, 4).finished();
  moments.rows = 103;
  const EffectBounds bounds = possible_effects(chain, moments, 0, 2).value();
  ASSERT_EQ(bounds.effects.size(), 2U);
  EXPECT_NEAR(bounds.effects[0].estimate, 1, 1e-12);  // .25 * 4 / 1
  EXPECT_NEAR(bounds.effects[0].se, 4 * std::sqrt((1 - 0.0625) / 101), 1e-12);
  EXPECT_TRUE(bounds.effects[1].zero_by_graph);
}

TEST(Ida, CausationIsReadFromWays) {
  MixedGraph pag(4);
  pag.set_edge(0, 1, Mark::kTail, Mark::kArrow);
  pag.set_edge(1, 2, Mark::kCircle, Mark::kArrow);
  pag.set_edge(2, 3, Mark::kArrow, Mark::kArrow);
  EXPECT_EQ(causation(pag, 0, 1), Causation::kIs);
  EXPECT_EQ(causation(pag, 0, 2), Causation::kMayBe);
  EXPECT_EQ(causation(pag, 2, 3), Causation::kCannotBe);
  EXPECT_EQ(causation(pag, 1, 0), Causation::kCannotBe);
}

TEST(Ida, OtherEdgesAreRefused) {
  MixedGraph pag(2);
  pag.set_edge(0, 1, Mark::kCircle, Mark::kArrow);
  Moments moments;
  moments.correlation = stats::Matrix::Identity(2, 2);
  moments.sd = stats::Vector::Ones(2);
  moments.rows = 100;
  EXPECT_FALSE(possible_effects(pag, moments, 0, 1));
}

}  // namespace
}  // namespace thaw::discovery
