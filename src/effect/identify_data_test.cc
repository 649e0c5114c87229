#include "effect/identify_data.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "effect/graph_file.h"
#include "table/csv.h"

namespace thaw::effect {
namespace {

CausalGraph graph_of(const std::string& text) {
  return read_graph(text, "g")->graph;
}

IdentifyAnswer ask(const std::string& graph) {
  auto answer = identify(graph_of(graph), {.treatment = {"X"}, .outcome = {"Y"}});
  EXPECT_TRUE(answer);
  return *answer;
}

/// W confounds: P(Y=1|do(X=1)) = 0.4 and P(Y=1|do(X=0)) = 0.3 by construction.
Table confounded(std::size_t rows, std::uint64_t stream = 0) {
  Random random(8, stream);
  std::string csv = "W,X,Y\n";
  for (std::size_t i = 0; i < rows; ++i) {
    const bool w = random.bernoulli(0.5);
    const bool x = random.bernoulli(w ? 0.8 : 0.2);
    const bool y = random.bernoulli((w ? 0.5 : 0.1) + (x ? 0.1 : 0));
    csv += std::string(w ? "1" : "0") + (x ? ",1" : ",0") + (y ? ",1\n" : ",0\n");
  }
  return *read_csv(csv, "t");
}

TEST(IdentifyData, CountsTheEffectThatTheGraphGives) {
  const auto answer = ask("dag { W -> X W -> Y X -> Y }");
  double mean = 0;
  int covered = 0;
  for (std::uint64_t stream = 0; stream < 40; ++stream) {
    const auto found = evaluate_on_table(answer, confounded(3000, stream), 1);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->rows, 3000U);
    ASSERT_TRUE(found->difference);
    mean += found->difference->value / 40;
    covered += found->difference->low < 0.1 && found->difference->high > 0.1 ? 1 : 0;
  }
  EXPECT_NEAR(mean, 0.1, 0.01);  // Three standard errors of the mean.
  EXPECT_GE(covered, 34);        // Of 38 expected.
  const auto naive = evaluate_on_table(ask("dag { X -> Y W -> X }"), confounded(20000), 1);
  EXPECT_NEAR(naive->difference->value, 0.34, 0.03);  // Confounded: what ignoring W gives.
}

TEST(IdentifyData, OrderOfRowsChangesNothing) {
  const Table table = confounded(300);
  std::vector<std::size_t> back;
  for (std::size_t i = 300; i-- > 0;) {
    back.push_back(i);
  }
  const auto answer = ask("dag { W -> X W -> Y X -> Y }");
  const auto one = evaluate_on_table(answer, table, 1);
  const auto other = evaluate_on_table(answer, table.take(back), 1);
  EXPECT_EQ(one->difference->low, other->difference->low);
  EXPECT_EQ(one->difference->value, other->difference->value);
}

TEST(IdentifyData, RefusesWithoutOverlap) {
  const auto table = read_csv("W,X,Y\n0,0,0\n0,0,1\n1,1,0\n1,1,1\n", "t");
  const auto found = evaluate_on_table(ask("dag { W -> X W -> Y X -> Y }"), *table, 1);
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().message.find("no overlap"), std::string::npos);
}

TEST(IdentifyData, RefusesContinuousColumns) {
  const auto table = read_csv("W,X,Y\n0.5,0,0\n0.25,0,1\n1.5,1,0\n1.75,1,1\n", "t");
  const auto found = evaluate_on_table(ask("dag { W -> X W -> Y X -> Y }"), *table, 1);
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().message.find("\"W\" is real"), std::string::npos);
}

TEST(IdentifyData, FindsTheIndependenceThatTheDataBreak) {
  // The graph claims X _||_ W; in the data W drives X.
  const auto wrong = test_implications(ask("dag { W -> Y X -> Y }"), confounded(2000));
  ASSERT_TRUE(wrong);
  ASSERT_EQ(wrong->size(), 1U);
  EXPECT_EQ(wrong->front().method, "g2");
  EXPECT_LT(wrong->front().p_holm, 1e-6);
  Random random(4);
  std::string csv = "M,X,Y\n";
  for (int i = 0; i < 1000; ++i) {
    const double x = random.normal();
    const double m = x + random.normal();
    csv += std::to_string(m) + "," + std::to_string(x) + "," + std::to_string(m + random.normal()) +
           "\n";
  }
  const auto right = test_implications(ask("dag { X -> M -> Y }"), *read_csv(csv, "t"));
  ASSERT_EQ(right->size(), 1U);
  EXPECT_EQ(right->front().method, "fisher_z");
  EXPECT_GT(right->front().p, 0.01);
}

TEST(IdentifyData, OfANetworkIsExact) {
  const auto file = read_graph(
      "network n { }\nvariable W { type discrete [ 2 ] { no, yes }; }\n"
      "variable X { type discrete [ 2 ] { no, yes }; }\n"
      "variable Y { type discrete [ 2 ] { no, yes }; }\n"
      "probability ( W ) { table 0.5, 0.5; }\n"
      "probability ( X | W ) { (no) 0.8, 0.2; (yes) 0.2, 0.8; }\n"
      "probability ( Y | W, X ) { (no, no) 0.9, 0.1; (no, yes) 0.8, 0.2; (yes, no) 0.5, 0.5;\n"
      "(yes, yes) 0.4, 0.6; }\n",
      "n.bif");
  ASSERT_TRUE(file) << file.error().message;
  const auto answer = identify(file->graph, {.treatment = {"X"}, .outcome = {"Y"}});
  const auto found = evaluate_on_network(*answer, *file->network);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_NEAR(found->difference->value, 0.1, 1e-12);
  EXPECT_EQ(found->cells.size(), 4U);
}

}  // namespace
}  // namespace thaw::effect
