#include "effect/pooled_logistic.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "effect/model_matrix.h"
#include "stats/logistic.h"

namespace thaw::effect {
namespace {

/// `n` people with one month each: x, a site of three levels, and an outcome that depends on both.
PersonMonths one_month(std::size_t n, std::vector<std::uint8_t>& y) {
  Random random(7);
  std::vector<double> x(n);
  std::vector<std::int32_t> site(n);
  y.resize(n);
  PersonMonths months;
  for (std::size_t i = 0; i < n; ++i) {
    x[i] = random.normal();
    site[i] = static_cast<std::int32_t>(random.index(3));
    y[i] = random.bernoulli(1 / (1 + std::exp(2 - x[i] - 0.5 * site[i]))) ? 1 : 0;
    months.first.push_back(static_cast<std::uint32_t>(i));
    months.person.push_back(static_cast<std::uint32_t>(i));
    months.month.push_back(0);
  }
  months.first.push_back(static_cast<std::uint32_t>(n));
  EXPECT_TRUE(months.table.add_column(Column::real("x", x)));
  EXPECT_TRUE(months.table.add_column(Column::category("site", site, {"a", "b", "c"})));
  return months;
}

std::vector<std::uint32_t> all_rows(const PersonMonths& months) {
  return months.person;
}

TEST(PooledLogistic, AgreesWithTheDenseFitWithAndWithoutWeights) {
  std::vector<std::uint8_t> y;
  const PersonMonths months = one_month(3001, y);
  const auto design =
      PooledDesign::build(months, "x + x^2 + site + x:site", all_rows(months), y, "y");
  ASSERT_TRUE(design) << design.error().message;
  const auto model = Model::learn(months.table, "x + x^2 + site + x:site");
  const auto x = model->matrix(months.table);
  const std::vector<double> outcome(y.begin(), y.end());
  Random random(3);
  std::vector<double> weights(y.size());
  for (double& w : weights) {
    w = static_cast<double>(random.index(3));
  }
  const auto cold = fit_pooled(*design, {}, nullptr, 1);
  ASSERT_TRUE(cold);
  for (const auto& w : {std::vector<double>(), weights}) {
    const auto expected = stats::fit_logistic(*x, outcome, w);
    ASSERT_TRUE(expected);
    const auto fit = fit_pooled(*design, w, nullptr, 2);
    ASSERT_TRUE(fit);
    EXPECT_TRUE(fit->converged);
    EXPECT_LT((fit->coef - expected->coef).cwiseAbs().maxCoeff(), 1e-7);
    const auto warm = fit_pooled(*design, w, &*cold, 1);
    ASSERT_TRUE(warm);
    EXPECT_LT((warm->coef - expected->coef).cwiseAbs().maxCoeff(), 1e-4);
    EXPECT_LE(warm->passes, 4);
  }
  std::vector<double> p(months.rows());
  inverse_probability(*design, *cold, 0, p);
  const stats::Vector eta = *x * cold->coef;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const double yes = 1 / (1 + std::exp(-eta[static_cast<Eigen::Index>(i)]));
    EXPECT_NEAR(1 / p[i], y[i] == 1 ? yes : 1 - yes, 1e-14);
  }
}

TEST(PooledLogistic, ThreadsChangeNoBit) {
  std::vector<std::uint8_t> y;
  const PersonMonths months = one_month(70000, y);
  const auto design = PooledDesign::build(months, "x + site", all_rows(months), y, "y");
  ASSERT_TRUE(design);
  const auto one = fit_pooled(*design, {}, nullptr, 1);
  const auto three = fit_pooled(*design, {}, nullptr, 3);
  ASSERT_TRUE(one && three);
  EXPECT_EQ(one->coef, three->coef);
}

TEST(PooledLogistic, KnowsWhatItCannotFit) {
  std::vector<std::uint8_t> y;
  PersonMonths months = one_month(500, y);
  const std::vector<std::uint8_t> none(500, 0);
  const auto flat = PooledDesign::build(months, "x", all_rows(months), none, "staying");
  ASSERT_TRUE(flat);
  const auto constant = fit_pooled(*flat, {}, nullptr, 1);
  ASSERT_TRUE(constant);
  EXPECT_EQ(constant->constant, 0.0);
  Column twice = *months.table.find("x");
  twice.with_name("again");
  ASSERT_TRUE(months.table.add_column(twice));
  const auto repeated = PooledDesign::build(months, "x + again", all_rows(months), y, "staying");
  ASSERT_TRUE(repeated);
  const auto refused = fit_pooled(*repeated, {}, nullptr, 1);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("model of staying: term again"), std::string::npos);
  for (std::size_t i = 0; i < y.size(); ++i) {
    y[i] = months.table.find("x")->reals()[i] > 0.3 ? 1 : 0;
  }
  const auto sharp = PooledDesign::build(months, "x", all_rows(months), y, "staying");
  ASSERT_TRUE(sharp);
  const auto separated = fit_pooled(*sharp, {}, nullptr, 1);
  ASSERT_TRUE(separated);
  EXPECT_FALSE(separated->converged);
}

}  // namespace
}  // namespace thaw::effect
