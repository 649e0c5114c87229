#include "discovery/impute.h"

#include <gtest/gtest.h>

#include <cmath>

#include "discovery/correlation.h"

namespace thaw::discovery {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Simulated {
  std::vector<double> x, y;
  std::vector<std::int32_t> group;
};

/// y = 0.8 x + noise, group "b" more often as x grows; x is always seen.
Simulated simulate(std::size_t n) {
  Random random(5);
  Simulated all;
  for (std::size_t i = 0; i < n; ++i) {
    const double x = random.normal();
    all.x.push_back(x);
    all.y.push_back(0.8 * x + 0.6 * random.normal());
    const bool first = random.bernoulli(1 / (1 + std::exp(1 + x)));
    const bool second = random.bernoulli(1 / (1 + std::exp(-1.5 * x)));
    all.group.push_back(first ? 0 : second ? 1 : 2);
  }
  return all;
}

Data data_of(const Simulated& all) {
  Table table;
  EXPECT_TRUE(table.add_column(Column::real("x", all.x)));
  EXPECT_TRUE(table.add_column(Column::real("y", all.y)));
  EXPECT_TRUE(table.add_column(Column::category("group", all.group, {"a", "b", "c"})));
  return Data::from_table(table).value();
}

/// Drops y and group with a probability that grows with x (at random, given x) or is the same for
/// all rows.
Data with_holes(Simulated all, bool depends_on_x) {
  Random random(6);
  for (std::size_t i = 0; i < all.x.size(); ++i) {
    const double p = depends_on_x ? 1 / (1 + std::exp(-2 * all.x[i])) : 0.3;
    all.y[i] = random.bernoulli(p) ? kNan : all.y[i];
    all.group[i] = random.bernoulli(p) ? -1 : all.group[i];
  }
  return data_of(all);
}

struct Moments {
  double mean, sd, slope, share;
};

Moments moments(const Data& data) {
  const std::size_t x = *data.find("x"), y = *data.find("y"), group = *data.find("group");
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0, high = 0, grouped = 0;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    grouped += data.missing(group, row) ? 0 : 1;
    high += data.codes(group)[row] == 1 ? 1 : 0;
    if (!data.missing(y, row)) {
      const double a = data.values(x)[row], b = data.values(y)[row];
      n += 1, sx += a, sy += b, sxx += a * a, sxy += a * b, syy += b * b;
    }
  }
  return {sy / n, std::sqrt(syy / n - sy * sy / n / n), (sxy - sx * sy / n) / (sxx - sx * sx / n),
          high / grouped};
}

Moments mean_of_imputations(const Data& data) {
  Moments sum{0, 0, 0, 0};
  constexpr int kCopies = 5;
  for (std::uint64_t k = 0; k < kCopies; ++k) {
    Random random(1, k);
    const Data filled = impute(data, random).value();
    EXPECT_FALSE(filled.any_missing());
    const Moments one = moments(filled);
    sum = {sum.mean + one.mean / kCopies, sum.sd + one.sd / kCopies,
           sum.slope + one.slope / kCopies, sum.share + one.share / kCopies};
  }
  return sum;
}

TEST(Impute, WhatIsMissingAtRandomComesBackOnAverage) {
  const Simulated all = simulate(2000);
  const Moments truth = moments(data_of(all));
  for (const bool depends_on_x : {false, true}) {
    const Data data = with_holes(all, depends_on_x);
    const Moments filled = mean_of_imputations(data);
    EXPECT_NEAR(filled.mean, truth.mean, 0.05) << depends_on_x;
    EXPECT_NEAR(filled.sd, truth.sd, 0.05) << depends_on_x;
    EXPECT_NEAR(filled.slope, truth.slope, 0.05) << depends_on_x;
    EXPECT_NEAR(filled.share, truth.share, 0.03) << depends_on_x;
    if (depends_on_x) {  // what is seen alone would mislead
      EXPECT_GT(std::fabs(moments(data).mean - truth.mean), 0.25);
      EXPECT_GT(std::fabs(moments(data).share - truth.share), 0.1);
    }
  }
}

TEST(Impute, SeenValuesStayAndTheSeedDecides) {
  const Data data = with_holes(simulate(200), true);
  Random one(1), again(1), other(2);
  const Data first = impute(data, one).value();
  EXPECT_EQ(first.hash(), impute(data, again).value().hash());
  EXPECT_NE(first.hash(), impute(data, other).value().hash());
  for (std::size_t row = 0; row < data.rows(); ++row) {
    for (const char* name : {"x", "y"}) {
      const std::size_t i = *data.find(name);
      EXPECT_TRUE(data.missing(i, row) || data.values(i)[row] == first.values(i)[row]);
    }
  }
}

TEST(Impute, ALevelToldApartPerfectlyStaysFinite) {
  Table table;
  std::vector<double> x;
  std::vector<std::int32_t> code;
  for (int i = 0; i < 60; ++i) {
    x.push_back(i - 29.5);
    code.push_back(i % 10 == 0 ? -1 : i < 30 ? 0 : 1);
  }
  ASSERT_TRUE(table.add_column(Column::real("x", x)));
  ASSERT_TRUE(table.add_column(Column::category("side", code, {"l", "r"})));
  const Data data = Data::from_table(table).value();
  Random random(3);
  const Data filled = impute(data, random).value();
  int right = 0;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    right += filled.codes(0)[row] == (filled.values(1)[row] > 0 ? 1 : 0) ? 1 : 0;
  }
  EXPECT_GE(right, 57);
}

TEST(Impute, TooFewSeenValuesAreRefusedByName) {
  Table table;
  ASSERT_TRUE(table.add_column(Column::real("a", {1, 2, 3, 4, 5, 6})));
  ASSERT_TRUE(table.add_column(Column::real("b", {1, 2, kNan, kNan, kNan, 3})));
  Random random(1);
  const auto filled = impute(Data::from_table(table).value(), random);
  ASSERT_FALSE(filled);
  EXPECT_NE(filled.error().message.find("column b"), std::string::npos);
}

}  // namespace
}  // namespace thaw::discovery
