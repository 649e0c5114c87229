#include "discovery/independence.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

#include "base/random.h"
#include "discovery/correlation.h"
#include "discovery/fisher_z.h"
#include "discovery/simulated_data.h"
#include "discovery/subsets.h"
#include "stats/distributions.h"
#include "table/csv.h"

namespace thaw::discovery {
namespace {

/// Partial correlation from the inverse of the correlations of x, y and the set.
double partial_correlation(const stats::Matrix& r, std::size_t x, std::size_t y,
                           const std::vector<std::uint32_t>& given) {
  std::vector<Eigen::Index> all = {static_cast<Eigen::Index>(x), static_cast<Eigen::Index>(y)};
  all.insert(all.end(), given.begin(), given.end());
  const stats::Matrix inverse = stats::Matrix(r(all, all)).inverse();
  return -inverse(0, 1) / std::sqrt(inverse(0, 0) * inverse(1, 1));
}

std::vector<std::uint32_t> numbers(std::uint32_t from, std::uint32_t to) {
  std::vector<std::uint32_t> all(to - from);
  std::iota(all.begin(), all.end(), from);
  return all;
}

TEST(FisherZ, StatisticIsThatOfThePartialCorrelation) {
  const stats::Matrix r = correlation_matrix(simulate(8, 60, 3, 1).x);
  const auto test = fisher_z(r, 60);
  for (const std::vector<std::uint32_t>& given :
       {std::vector<std::uint32_t>{}, {2}, {3, 5}, {2, 3, 6}, {2, 3, 4, 5, 6, 7}}) {
    const double z = std::atanh(partial_correlation(r, 0, 1, given));
    const Independence found = test->test(0, 1, given);
    EXPECT_NEAR(found.statistic, static_cast<double>(60 - given.size() - 3) * z * z, 1e-9);
    EXPECT_NEAR(found.p(),
                stats::normal_two_sided_p(z * std::sqrt(static_cast<double>(57 - given.size()))),
                1e-12);
    EXPECT_NEAR(found.deviate(), std::sqrt(found.statistic), 1e-12);
    EXPECT_EQ(found.rows, 60U);
  }
}

TEST(FisherZ, ASearchFindsTheFirstSetOfEachTargetAsSingleTestsDo) {
  const Knowledge knowledge(9);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto test = fisher_z(correlation_matrix(simulate(9, 80, 4, seed).x), 80);
    const auto candidates = numbers(1, 7);
    const std::vector<std::uint32_t> targets = {2, 4, 7, 8};
    for (std::size_t size = 0; size <= 4; ++size) {
      const SetSearch search{.x = 0, .candidates = candidates, .targets = targets, .size = size};
      TestLevel level(0.05, knowledge);
      std::vector<Separation> fast, slow;
      const std::uint64_t fast_tests = test->separate(search, level, fast);
      const std::uint64_t slow_tests =
          test->IndependenceTest::separate(search, level, slow);  // one after the other
      EXPECT_EQ(fast_tests, slow_tests);
      const auto by_target = [](const Separation& a, const Separation& b) { return a.y < b.y; };
      std::ranges::sort(fast, by_target);
      std::ranges::sort(slow, by_target);
      ASSERT_EQ(fast.size(), slow.size());
      for (std::size_t i = 0; i < fast.size(); ++i) {
        EXPECT_EQ(fast[i].y, slow[i].y);
        EXPECT_EQ(fast[i].given, slow[i].given);
      }
      std::vector<std::vector<NeighbourEvidence>> here(4, {{.c = 3}, {.c = 5}});
      auto there = here;
      test->weigh_neighbours(search, here);
      test->IndependenceTest::weigh_neighbours(search, there);
      for (std::size_t i = 0; i < 4; ++i) {
        for (const std::size_t c : {0U, 1U}) {
          EXPECT_EQ(std::isfinite(here[i][c].with), std::isfinite(there[i][c].with));
          if (std::isfinite(here[i][c].with)) {
            EXPECT_NEAR(here[i][c].with, there[i][c].with, 1e-7);
          }
          if (std::isfinite(here[i][c].without)) {
            EXPECT_NEAR(here[i][c].without, there[i][c].without, 1e-7);
          }
        }
      }
    }
  }
}

Data data_of(const Table& table, std::optional<VariableKind> all = {}) {
  return Data::from_table(table, {.kinds = {}, .all = all}).value();
}

TEST(FisherZ, WithMissingValuesEachTestUsesTheRowsThatHaveItsVariables) {
  stats::Matrix x = simulate(4, 120, 2, 3).x;
  for (Eigen::Index row = 0; row < 30; ++row) {
    x(row, 3) = NAN;
    x(row + 15, 2) = NAN;
  }
  const Data data = data_of(as_table(x));
  const auto test = fisher_z(data).value();
  const std::vector<std::uint32_t> two = {2}, both = {2, 3};
  EXPECT_EQ(test->test(0, 1, {}).rows, 120U);
  EXPECT_EQ(test->test(0, 1, two).rows, 90U);
  EXPECT_EQ(test->test(0, 1, both).rows, 75U);
  const stats::Matrix rest = correlation_matrix(stats::Matrix(x.bottomRows(75)));
  const double z = std::atanh(partial_correlation(rest, 0, 1, both));
  EXPECT_NEAR(test->test(0, 1, both).statistic, 70 * z * z, 1e-9);
}

std::string refusal(const Table& table, TestKind kind,
                    std::optional<VariableKind> all = VariableKind::kContinuous) {
  const Data data = data_of(table, all);
  const auto test = make_test(kind, data);
  return test ? "" : test.error().message;
}

TEST(FisherZ, WhatHasNoPartialCorrelationIsRefusedByName) {
  stats::Matrix x = simulate(4, 50, 2, 5).x;
  x.col(2) = 3 - 2 * x.col(0).array();
  EXPECT_NE(refusal(as_table(x), TestKind::kFisherZ).find("V02 is column V00 on another scale"),
            std::string::npos);
  x.col(2) = x.col(0) + x.col(1);
  EXPECT_NE(refusal(as_table(x), TestKind::kFisherZ).find("V02 is a linear combination"),
            std::string::npos);
  EXPECT_NE(
      refusal(read_csv("a,b\nx,1\ny,2\nx,3\ny,1\nx,2\n", "test").value(), TestKind::kFisherZ, {})
          .find("column a is discrete"),
      std::string::npos);
  EXPECT_NE(refusal(as_table(simulate(2, 4, 1, 1).x), TestKind::kFisherZ).find("at least 5 rows"),
            std::string::npos);
}

TEST(FisherZ, TooFewRowsForASetSeparateNothing) {
  const auto test = fisher_z(correlation_matrix(simulate(8, 6, 2, 1).x), 6);
  const auto candidates = numbers(2, 8);
  const std::uint32_t y = 1;
  const Knowledge knowledge(8);
  TestLevel level(0.01, knowledge);
  std::vector<Separation> found;
  test->separate({.x = 0, .candidates = candidates, .targets = {&y, 1}, .size = 3}, level, found);
  EXPECT_TRUE(found.empty());
  EXPECT_EQ(test->test(0, 1, candidates).df, 0);
}

TEST(TestLevel, PriorOddsMoveTheCriticalValueByTwiceTheirLogarithm) {
  Knowledge knowledge(3);
  knowledge.set_log_odds(0, 1, 1.5);
  knowledge.set_log_odds(1, 0, 1.5);
  knowledge.set_log_odds(1, 2, -100);
  knowledge.set_log_odds(2, 1, -100);
  TestLevel level(0.01, knowledge);
  EXPECT_NEAR(level.critical(1, 0, 2), 6.634896601, 1e-8);  // R: qchisq(.01, 1, lower = FALSE)
  EXPECT_NEAR(level.critical(1, 0, 1), 6.634896601 - 3, 1e-8);
  EXPECT_NEAR(stats::chi_squared_upper_p(level.critical(2, 1, 2), 2), 1e-10, 1e-14);  // and no more
  Knowledge one_way(2);
  one_way.set_log_odds(0, 1, std::log(3.0));  // odds 3 and 1: their mean is 2
  TestLevel mean(0.01, one_way);
  EXPECT_NEAR(mean.critical(1, 1, 0), 6.634896601 - 2 * std::log(2.0), 1e-8);
}

// ---- G2

/// Random codes with `levels`, some depending on others; -1 with probability `missing`.
Table random_codes(std::size_t rows, const std::vector<std::uint64_t>& levels, double missing,
                   std::uint64_t seed) {
  Random random(seed);
  Table table;
  std::vector<std::string> names;
  std::vector<std::vector<std::int32_t>> codes(levels.size());
  for (std::size_t row = 0; row < rows; ++row) {
    std::uint64_t before = 0;
    for (std::size_t v = 0; v < levels.size(); ++v) {
      const std::uint64_t code =
          random.bernoulli(0.5) ? before % levels[v] : random.index(levels[v]);
      before = code;
      codes[v].push_back(random.bernoulli(missing) ? -1 : static_cast<std::int32_t>(code));
    }
  }
  for (std::size_t v = 0; v < levels.size(); ++v) {
    std::vector<std::string> names_of;
    for (std::uint64_t level = 0; level < levels[v]; ++level) {
      names_of.push_back(fmt::format("l{:03}", level));
    }
    (void)table.add_column(Column::category(fmt::format("C{:02}", v), codes[v], names_of));
  }
  return table;
}

/// G2 and its degrees of freedom straight from the definition.
Independence slow_g2(const Data& data, std::size_t x, std::size_t y,
                     const std::vector<std::uint32_t>& given) {
  std::map<std::vector<int>, std::map<std::pair<int, int>, double>> strata;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    std::vector<int> stratum;
    bool whole = data.codes(x)[row] >= 0 && data.codes(y)[row] >= 0;
    for (const std::uint32_t z : given) {
      stratum.push_back(data.codes(z)[row]);
      whole = whole && data.codes(z)[row] >= 0;
    }
    if (whole) {
      strata[stratum][{data.codes(x)[row], data.codes(y)[row]}] += 1;
    }
  }
  Independence result;
  for (const auto& [stratum, cells] : strata) {
    std::map<int, double> lines, columns;
    double total = 0;
    for (const auto& [cell, count] : cells) {
      lines[cell.first] += count;
      columns[cell.second] += count;
      total += count;
    }
    for (const auto& [cell, count] : cells) {
      result.statistic +=
          2 * count * std::log(count * total / (lines[cell.first] * columns[cell.second]));
    }
    result.df += static_cast<double>((lines.size() - 1) * (columns.size() - 1));
    result.rows += static_cast<std::size_t>(total);
  }
  return result;
}

TEST(GSquare, CountsAsTheDefinitionDoesWithBitsAndWithCodes) {
  for (const double missing : {0.0, 0.1}) {
    // The last variables have so many levels that tables are counted row by row.
    const Data data = data_of(random_codes(700, {2, 3, 2, 4, 30, 40}, missing, 7));
    const auto test = make_test(TestKind::kGSquare, data).value();
    for (const std::vector<std::uint32_t>& given :
         {std::vector<std::uint32_t>{}, {2}, {2, 3}, {4}, {3, 4, 5}}) {
      for (const std::size_t y : {1U, 2U, 4U, 5U}) {
        if (std::ranges::find(given, y) != given.end()) {
          continue;
        }
        const Independence fast = test->test(0, y, given);
        const Independence slow = slow_g2(data, 0, y, given);
        EXPECT_NEAR(fast.statistic, slow.statistic, 1e-8);
        EXPECT_EQ(fast.df, slow.df);
        EXPECT_EQ(fast.rows, slow.rows);
        const Independence swapped = test->test(y, 0, given);
        EXPECT_NEAR(swapped.statistic, slow.statistic, 1e-8);
        EXPECT_EQ(swapped.df, slow.df);
      }
    }
  }
}

TEST(GSquare, OfATwoByTwoTableIsTheTextbookFigure) {
  // 10 20 / 30 15: R: t <- matrix(c(10,30,20,15),2); e <- outer(rowSums(t),colSums(t))/sum(t);
  // 2*sum(t*log(t/e)) = 8.1263; df 1.
  std::string csv = "x,y\n";
  const std::vector<std::tuple<int, int, int>> cells = {
      {0, 0, 10}, {0, 1, 20}, {1, 0, 30}, {1, 1, 15}};
  for (const auto& [x, y, count] : cells) {
    for (int i = 0; i < count; ++i) {
      csv += fmt::format("{},{}\n", x, y);
    }
  }
  const Data data = data_of(read_csv(csv, "test").value());
  const Independence found = make_test(TestKind::kAuto, data).value()->test(0, 1, {});
  double expected = 0;
  for (const auto& [x, y, count] : cells) {
    const double line = x == 0 ? 30 : 45, column = y == 0 ? 40 : 35;
    expected += 2 * count * std::log(count * 75.0 / (line * column));
  }
  EXPECT_NEAR(found.statistic, expected, 1e-10);
  EXPECT_EQ(found.df, 1);
}

TEST(GSquare, ASetThatFixesAVariableLeavesNoDegreesOfFreedom) {
  // z says what x is: within its strata x has one level, and nothing is left to depend on y.
  const Data data = data_of(
      read_csv("x,y,z\na,k,1\na,l,2\nb,k,3\nb,l,4\na,k,2\nb,l,3\na,k,1\nb,l,4\n", "t").value());
  const auto test = make_test(TestKind::kGSquare, data).value();
  const std::vector<std::uint32_t> z = {2};
  EXPECT_EQ(test->test(0, 1, {}).df, 1);
  EXPECT_EQ(test->test(0, 1, z).df, 0);
  EXPECT_EQ(test->test(0, 1, z).p(), 1);
  EXPECT_EQ(test->test(0, 1, z).rows, 8U);
}

// ---- degenerate Gaussian

TEST(DegenerateGaussian, OfNumbersIsAllButFishersZ) {
  const Data data = data_of(as_table(simulate(5, 400, 3, 9).x));
  const auto dg = make_test(TestKind::kDegenerateGaussian, data).value();
  const auto fz = make_test(TestKind::kFisherZ, data).value();
  for (const std::vector<std::uint32_t>& given :
       {std::vector<std::uint32_t>{}, {2}, {2, 3}, {2, 3, 4}}) {
    const Independence a = dg->test(0, 1, given);
    const Independence b = fz->test(0, 1, given);
    EXPECT_EQ(a.df, 1);
    EXPECT_NEAR(a.statistic, b.statistic, 0.1 * b.statistic);
  }
}

TEST(DegenerateGaussian, IsTheLikelihoodRatioOfTheIndicatorBlocks) {
  Table table = random_codes(300, {3, 4, 2}, 0, 11);
  const stats::Matrix x = simulate(1, 300, 0, 2).x;
  std::vector<double> number(x.col(0).begin(), x.col(0).end());
  for (std::size_t row = 0; row < 300; ++row) {
    number[row] += table.columns()[2].codes()[row];
  }
  (void)table.add_column(Column::real("D", number));
  const Data data = data_of(table);
  const auto test = make_test(TestKind::kAuto, data).value();
  EXPECT_EQ(test->name(), "dg");
  // Columns by name: C00 (2 indicators), C01 (3), C02 (1), D.
  stats::Matrix columns = stats::Matrix::Zero(300, 7);
  for (Eigen::Index row = 0; row < 300; ++row) {
    const auto at = static_cast<std::size_t>(row);
    const int width[] = {2, 3, 1}, first[] = {0, 2, 5};
    for (std::size_t v = 0; v < 3; ++v) {
      const int code = data.codes(v)[at];
      if (code > 0 && code <= width[v]) {
        columns(row, first[v] + code - 1) = 1;
      }
    }
    columns(row, 6) = data.values(3)[at];
  }
  const stats::Matrix r = correlation_matrix(columns);
  const auto log_determinant = [&](std::vector<Eigen::Index> at) {
    return std::log(stats::Matrix(r(at, at)).determinant());
  };
  // C00 and C01 given C02 and D.
  const double ratio = log_determinant({0, 1, 5, 6}) + log_determinant({2, 3, 4, 5, 6}) -
                       log_determinant({5, 6}) - log_determinant({0, 1, 2, 3, 4, 5, 6});
  const std::vector<std::uint32_t> given = {2, 3};
  const Independence found = test->test(0, 1, given);
  EXPECT_EQ(found.df, 6);
  EXPECT_NEAR(found.statistic, (300 - 1 - 2 - 0.5 * (2 + 3 + 1)) * ratio, 1e-8);
}

TEST(MakeTest, KindsThatDoNotFitTheDataAreRefused) {
  const Table numbers_only = as_table(simulate(2, 30, 1, 1).x);
  EXPECT_NE(refusal(numbers_only, TestKind::kGSquare).find("column V00 is continuous"),
            std::string::npos);
  EXPECT_EQ(parse_test_kind("dg"), TestKind::kDegenerateGaussian);
  EXPECT_FALSE(parse_test_kind("chi"));
}

TEST(Subsets, AreCountedAndListedInLexicographicOrder) {
  std::vector<std::size_t> at = first_subset(3);
  std::size_t count = 1;
  std::vector<std::size_t> before = at;
  while (next_subset(at, 6)) {
    EXPECT_LT(before, at);
    before = at;
    ++count;
  }
  EXPECT_EQ(static_cast<double>(count), subset_count(6, 3));
  EXPECT_EQ(subset_count(39, 3), 9139);
}

}  // namespace
}  // namespace thaw::discovery
