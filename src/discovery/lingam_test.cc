#include "discovery/lingam.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "discovery/entropy.h"
#include "discovery/graph_score.h"
#include "discovery/random_knowledge.h"
#include "discovery/simulated_graph.h"

namespace thaw::discovery {
namespace {

/// Rows of `dag` with noise uniform on (-1.7, 1.7), or normal.
Data rows_of(const graph::MixedGraph& dag, const stats::Matrix& effects, std::size_t rows,
             Random& random, bool normal = false) {
  return Data::from_table(simulated_table(dag, effects, rows,
                                          [&] {
                                            return normal ? random.normal()
                                                          : 3.4 * (random.uniform() - 0.5);
                                          }))
      .value();
}

TEST(Entropy, IsTheDefinitionSummedPlainly) {
  Random random(1);
  std::vector<double> u(1237);
  for (double& value : u) {
    value = 8 * random.normal();  // far tails too
  }
  double log_cosh = 0, odd = 0;
  for (const double value : u) {
    log_cosh += std::abs(value) + std::log1p(std::exp(-2 * std::abs(value))) - std::log(2.0);
    odd += value * std::exp(-value * value / 2);
  }
  const auto n = static_cast<double>(u.size());
  const double expected = 0.5 * (1 + std::log(2 * std::numbers::pi)) -
                          79.047 * std::pow(log_cosh / n - 0.37457, 2) -
                          7.4129 * std::pow(odd / n, 2);
  EXPECT_NEAR(standardised_entropy(u), expected, 1e-9 * std::abs(expected));
}

/// Evenly spaced numbers are flatter than a normal sample, but twenty do not show it; cubes do.
TEST(NormalP, ALineIsNormalEnoughAndCubesAreNot) {
  std::vector<double> line, cubes;
  for (int i = 1; i <= 20; ++i) {
    line.push_back(i);
    cubes.push_back(i * i * i);
  }
  EXPECT_GT(normal_p(line), 0.5);
  EXPECT_LT(normal_p(cubes), 0.01);
}

TEST(NormalP, IsUniformUnderTheNormalDistribution) {
  Random random(4);
  int below = 0;
  for (int round = 0; round < 1000; ++round) {
    std::vector<double> u(100);
    for (double& value : u) {
      value = 3 + 2 * random.normal();
    }
    below += normal_p(u) < 0.05 ? 1 : 0;
  }
  EXPECT_NEAR(below, 50, 25);  // sd 7
}

TEST(Lingam, UniformNoiseGivesTheWholeGraph) {
  Random random(12);
  for (int round = 0; round < 5; ++round) {
    const graph::MixedGraph dag = random_dag(8, 3, random);
    const stats::Matrix effects = random_effects(dag, random);
    const Data data = rows_of(dag, effects, 2000, random);
    const auto found = lingam(data, Knowledge(8));
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_LE(score_graph(found->graph, dag).shd, 1U);
    EXPECT_TRUE(found->looks_normal.empty());
    EXPECT_LT((found->effects - effects).cwiseAbs().maxCoeff(), 0.3);
  }
}

TEST(Lingam, NormalNoiseIsRefused) {
  Random random(13);
  const graph::MixedGraph dag = random_dag(8, 3, random);
  const Data data = rows_of(dag, random_effects(dag, random), 2000, random, true);
  const auto found = lingam(data, Knowledge(8));
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().message.find("looks normal"), std::string::npos);
}

TEST(Lingam, ThreadsChangeNothing) {
  Random random(14);
  const graph::MixedGraph dag = random_dag(10, 3, random);
  const Data data = rows_of(dag, random_effects(dag, random), 500, random);
  const auto one = lingam(data, Knowledge(10));
  LingamOptions many;
  many.threads = 3;
  const auto three = lingam(data, Knowledge(10), many);
  ASSERT_TRUE(one && three);
  EXPECT_EQ(one->order, three->order);
  EXPECT_EQ(one->graph, three->graph);
  EXPECT_EQ(one->effects, three->effects);
}

TEST(Lingam, NoOutputBreaksKnowledge) {
  Random random(15);
  std::vector<std::string> names;
  for (int i = 0; i < 8; ++i) {
    names.push_back(fmt::format("v{:02}", i));
  }
  int learned = 0;
  for (int round = 0; round < 30; ++round) {
    const graph::MixedGraph dag = random_dag(8, 3, random);
    const Data data = rows_of(dag, random_effects(dag, random), 400, random);
    const Knowledge knowledge = random_knowledge(8, random);
    if (!knowledge.check(names)) {
      continue;
    }
    const auto found = lingam(data, knowledge);
    if (!found) {
      continue;  // forbidden causes stay in the residuals and make them look normal
    }
    ++learned;
    EXPECT_TRUE(broken_knowledge(found->graph, knowledge, names, false).empty());
  }
  EXPECT_GT(learned, 10);
}

}  // namespace
}  // namespace thaw::discovery
