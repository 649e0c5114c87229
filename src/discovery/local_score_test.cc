#include "discovery/local_score.h"

#include <gtest/gtest.h>

#include <cmath>

#include "discovery/correlation.h"
#include "discovery/simulated_graph.h"
#include "graph/every_graph.h"
#include "table/csv.h"

namespace thaw::discovery {
namespace {

using Parents = std::vector<std::uint32_t>;

Data read(std::string_view csv, const DataOptions& options = {}) {
  return Data::from_table(read_csv(csv, "test").value(), options).value();
}

/// Rows of two continuous variables and two categories that depend on each other.
Data mixed_data(std::size_t rows = 300) {
  Random random(5);
  std::string csv = "a,b,c,d\n";
  for (std::size_t i = 0; i < rows; ++i) {
    const double a = random.normal();
    const std::size_t b = random.index(3);
    const double c = a + static_cast<double>(b) + random.normal();
    const bool d = c + random.normal() > 1;
    csv += fmt::format("{:.6f},{},{:.6f},{}\n", a, "xyz"[b], c, d ? "no" : "yes");
  }
  return read(csv);
}

Data discrete_data() {
  Random random(6);
  std::string csv = "a,b,c,d\n";
  for (int i = 0; i < 200; ++i) {
    const std::size_t a = random.index(2), b = random.index(3);
    const std::size_t c = random.bernoulli(0.8) ? (a + b) % 3 : random.index(3);
    csv += fmt::format("{},{},{},{}\n", a, b, c, random.bernoulli(0.7) ? c % 2 : random.index(2));
  }
  return read(csv, {.kinds = {}, .all = VariableKind::kDiscrete});
}

double total(const LocalScore& score, const graph::MixedGraph& dag) {
  double sum = 0;
  for (std::uint32_t v = 0; v < dag.nodes(); ++v) {
    sum += score.score(v, dag.parents(v));
  }
  return sum;
}

/// Equivalent graphs have equal scores, and graphs of different classes have not.
void expect_equivalence(const LocalScore& score) {
  std::map<std::vector<std::size_t>, double> of_class;
  for (const graph::MixedGraph& dag : graph::every_dag(score.variables())) {
    const double sum = total(score, dag);
    const auto [found, fresh] = of_class.try_emplace(graph::skeleton_and_colliders(dag), sum);
    ASSERT_NEAR(found->second, sum, 1e-8 * std::abs(sum));
  }
}

/// What `improving` says is the difference of two scores, for every parent set and candidate.
void expect_gains(const LocalScore& score) {
  const std::size_t n = score.variables();
  for (std::uint32_t child = 0; child < n; ++child) {
    for (std::uint32_t code = 0; code < (1U << n); ++code) {
      if ((code >> child & 1U) != 0) {
        continue;
      }
      Parents parents;
      std::vector<std::uint8_t> allowed(n, 1);
      allowed[child] = 0;
      for (std::uint32_t v = 0; v < n; ++v) {
        if ((code >> v & 1U) != 0) {
          parents.push_back(v);
          allowed[v] = 0;
        }
      }
      std::vector<Gain> gains;
      score.improving(child, parents, allowed, gains);
      std::map<std::uint32_t, double> said;
      for (const Gain& gain : gains) {
        said[gain.variable] = gain.gain;
      }
      for (std::uint32_t v = 0; v < n; ++v) {
        if (allowed[v] != 0) {
          Parents more = parents;
          more.push_back(v);
          const double gain = score.score(child, more) - score.score(child, parents);
          ASSERT_EQ(said.count(v) == 1, gain > score.tolerance())
              << child << ' ' << code << ' ' << v;
          ASSERT_NEAR(said.count(v) == 1 ? said[v] : gain, gain, 1e-7);
        }
      }
    }
  }
}

TEST(LocalScore, EquivalentGraphsHaveEqualScores) {
  const Knowledge none(4);
  expect_equivalence(*make_score(mixed_data(), none).value());
  const Data discrete = discrete_data();
  expect_equivalence(*make_score(discrete, none).value());
  expect_equivalence(*make_score(discrete, none, {.kind = ScoreKind::kBic}).value());
  expect_equivalence(*make_score(discrete, none, {.kind = ScoreKind::kDgBic}).value());
  Random random(1);
  const graph::MixedGraph dag = random_dag(4, 2, random);
  expect_equivalence(
      *gaussian_score(implied_correlation(random_effects(dag, random)), 100, none).value());
}

TEST(LocalScore, AGainIsTheDifferenceOfTwoScores) {
  const Knowledge none(4);
  expect_gains(*make_score(mixed_data(), none).value());
  const Data discrete = discrete_data();
  expect_gains(*make_score(discrete, none).value());
  expect_gains(*make_score(discrete, none, {.kind = ScoreKind::kBic, .penalty = 1}).value());
  Knowledge odds(6);
  odds.set_log_odds(0, 1, 3);
  odds.set_log_odds(2, 3, -2);
  Random random(2);
  const graph::MixedGraph dag = random_dag(6, 3, random);
  expect_gains(*gaussian_score(implied_correlation(random_effects(dag, random)), 60, odds).value());
}

/// The closed form of one regression: n ln(1 - r^2) of the two variables.
TEST(LocalScore, BicOfOneParentIsItsClosedForm) {
  stats::Matrix r(2, 2);
  r << 1, 0.4, 0.4, 1;
  const auto score =
      gaussian_score(r, 50, Knowledge(2), {.kind = {}, .penalty = 1.5, .ess = 1, .sparsity = 0});
  EXPECT_NEAR((*score)->score(0, Parents{}), 0, 1e-12);
  EXPECT_NEAR((*score)->score(0, Parents{1}), -50 * std::log(1 - 0.16) - 1.5 * std::log(50), 1e-10);
  EXPECT_EQ((*score)->nat(), 2);
}

/// The marginal likelihood as a product of predictions: after i rows, P(k | j) is
/// (N_jk + ess/qr) / (N_j + ess/q). Nothing of the gamma function is in this.
TEST(LocalScore, BdeuIsTheProductOfPredictionsRowByRow) {
  const Data data = discrete_data();
  const auto score =
      make_score(data, Knowledge(4), {.kind = {}, .penalty = 2, .ess = 3, .sparsity = 0});
  for (const Parents& parents : {Parents{}, Parents{0}, Parents{0, 1}, Parents{3, 1, 0}}) {
    double q = 1;
    for (const std::uint32_t v : parents) {
      q *= static_cast<double>(data.variable(v).levels.size());
    }
    const auto r = static_cast<double>(data.variable(2).levels.size());
    std::map<std::vector<std::int32_t>, double> seen;
    double log_likelihood = 0;
    for (std::size_t row = 0; row < data.rows(); ++row) {
      std::vector<std::int32_t> key;
      for (const std::uint32_t v : parents) {
        key.push_back(data.codes(v)[row]);
      }
      double& configuration = seen[key];
      key.push_back(data.codes(2)[row]);
      double& cell = seen[key];
      log_likelihood += std::log((cell + 3 / (q * r)) / (configuration + 3 / q));
      cell += 1;
      configuration += 1;
    }
    EXPECT_NEAR((*score)->score(2, parents), log_likelihood, 1e-9);
  }
}

/// With 200 values a variable the table of all cells is larger than the rows many times over.
TEST(LocalScore, CategoriesOfManyValuesAreScoredAlike) {
  Random random(9);
  std::string csv = "a,b,c\n";
  for (int i = 0; i < 400; ++i) {
    csv += fmt::format("{},{},{}\n", random.index(200), random.index(200), random.index(2));
  }
  const Data data = read(csv, {.kinds = {}, .all = VariableKind::kDiscrete});
  const auto score =
      make_score(data, Knowledge(3), {.kind = {}, .penalty = 2, .ess = 3, .sparsity = 0}).value();
  const auto levels = [&](std::size_t v) {
    return static_cast<double>(data.variable(v).levels.size());
  };
  std::map<std::pair<std::int32_t, std::int32_t>, double> cells;
  std::map<std::int32_t, double> all;
  double expected = 0;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    double& cell = cells[{data.codes(0)[row], data.codes(1)[row]}];
    double& configuration = all[data.codes(0)[row]];
    expected += std::log((cell + 3 / (levels(0) * levels(1))) / (configuration + 3 / levels(0)));
    cell += 1;
    configuration += 1;
  }
  EXPECT_NEAR(score->score(1, Parents{0}), expected, 1e-9);
  EXPECT_NEAR(score->score(0, Parents{1}) + score->score(1, Parents{}),
              score->score(1, Parents{0}) + score->score(0, Parents{}), 1e-8);
}

/// Two coins, four rows, by hand: 2 (3 ln 3/4 + ln 1/4) and, by parent, 2 (2 ln 1/2).
TEST(LocalScore, DiscreteBicIsCountedByHand) {
  const Data data =
      read("a,b\n0,0\n0,1\n1,0\n1,1\n1,0\n0,0\n", {.kinds = {}, .all = VariableKind::kDiscrete});
  const auto score = make_score(data, Knowledge(2),
                                {.kind = ScoreKind::kBic, .penalty = 1, .ess = 1, .sparsity = 0});
  const double alone = 2 * (4 * std::log(4.0 / 6) + 2 * std::log(2.0 / 6)) - std::log(6);
  const double given = 2 * 2 * (2 * std::log(2.0 / 3) + std::log(1.0 / 3)) - 2 * std::log(6);
  EXPECT_NEAR((*score)->score(1, Parents{}), alone, 1e-12);
  EXPECT_NEAR((*score)->score(1, Parents{0}), given, 1e-12);
}

TEST(LocalScore, OddsAndSparsityAddWhatTheyWeigh) {
  const Data data = discrete_data();
  Knowledge knowledge(4);
  knowledge.set_log_odds(0, 2, 1.5);
  const ScoreOptions plain{.kind = {}, .penalty = 2, .ess = 10, .sparsity = 0};
  const auto without = make_score(data, Knowledge(4), plain).value();
  const auto with = make_score(data, knowledge, plain).value();
  EXPECT_NEAR(with->score(2, Parents{0, 1}) - without->score(2, Parents{0, 1}), 1.5, 1e-12);
  EXPECT_EQ(with->score(2, Parents{1}), without->score(2, Parents{1}));
  const auto sparse = make_score(data, Knowledge(4), {}).value();
  EXPECT_NEAR(without->score(2, Parents{0, 1}) - sparse->score(2, Parents{0, 1}), std::log(4),
              1e-12);
}

TEST(LocalScore, ALargerPenaltyNeverRaisesAScore) {
  const Data data = mixed_data();
  double last = std::numeric_limits<double>::infinity();
  for (const double penalty : {0.5, 1.0, 2.0, 4.0}) {
    const auto score = make_score(data, Knowledge(4), {.kind = {}, .penalty = penalty}).value();
    const double now = score->score(2, Parents{0, 1});
    EXPECT_LT(now, last);
    last = now;
  }
}

TEST(LocalScore, WhatItCannotScoreItRefusesByName) {
  const auto refusal = [](const Data& data, const ScoreOptions& options = {}) {
    const auto score = make_score(data, Knowledge(data.size()), options);
    return score ? "" : score.error().message;
  };
  EXPECT_NE(refusal(read("a,b\n1.5,2\n2.5,\n1,1.25\n")).find("variable b: 1"), std::string::npos);
  EXPECT_NE(refusal(read("a,b\n1.5,2.5\n2.5,1.5\n")).find("too few"), std::string::npos);
  EXPECT_NE(refusal(mixed_data(), {.kind = ScoreKind::kBdeu}).find("a is continuous"),
            std::string::npos);
  EXPECT_NE(refusal(mixed_data(), {.kind = ScoreKind::kBic}).find("dg-bic"), std::string::npos);
  EXPECT_NE(refusal(mixed_data(), {.kind = {}, .penalty = -1}).find("-1"), std::string::npos);
  EXPECT_NE(refusal(read("a,b,c\n1.5,2.5,4\n2.5,1.5,4\n0.5,0.25,0.75\n9.5,2,11.5\n7,1,8\n"), {})
                .find("variable c follows"),
            std::string::npos);
}

}  // namespace
}  // namespace thaw::discovery
