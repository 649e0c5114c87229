// For tests only: made-up people whose treatment follows their covariates, and the shared tables.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/random.h"
#include "effect/point_data.h"
#include "table/csv.h"

namespace thaw::effect {

struct World {
  double effect = 2;       // of treatment on y
  double varies = 0;       // times x: the effect of a person is effect + varies * x
  double confounding = 1;  // how strongly x and z move treatment
  double hidden = 0;       // how strongly a column that is not in the table moves both
  double curve = 0;        // times x^2 in the outcome
  bool yes_no = false;     // the outcome is 0 or 1: then `effect` is a log odds ratio
};

/// Columns x (number), z (three levels), a (0/1), y, nc1..nc4 (outcomes that the treatment cannot
/// change, moved by x and by what is hidden).
inline Table made_people(std::uint64_t seed, std::size_t n, const World& world = {}) {
  Random random(seed, 77);
  std::vector<double> x, a, y;
  std::vector<std::int32_t> z;
  std::vector<std::vector<double>> nc(4);
  for (std::size_t i = 0; i < n; ++i) {
    x.push_back(random.normal());
    z.push_back(static_cast<std::int32_t>(random.index(3)));
    const double u = random.normal();
    const double odds = -0.3 + world.confounding * (0.6 * x[i] + 0.3 * z[i]) + world.hidden * u;
    a.push_back(random.bernoulli(1 / (1 + std::exp(-odds))) ? 1 : 0);
    const double mean = a[i] * (world.effect + world.varies * x[i]) + x[i] - 0.5 * z[i] +
                        world.curve * x[i] * x[i] + world.hidden * u;
    y.push_back(world.yes_no ? (random.bernoulli(1 / (1 + std::exp(-mean))) ? 1 : 0)
                             : mean + random.normal());
    for (auto& control : nc) {
      control.push_back(0.5 * x[i] + world.hidden * u + random.normal());
    }
  }
  Table t;
  EXPECT_TRUE(t.add_column(Column::real("x", x)));
  EXPECT_TRUE(t.add_column(Column::category("z", z, {"p", "q", "r"})));
  EXPECT_TRUE(t.add_column(Column::real("a", a)));
  EXPECT_TRUE(t.add_column(Column::real("y", y)));
  for (std::size_t k = 0; k < nc.size(); ++k) {
    EXPECT_TRUE(t.add_column(Column::real("nc" + std::to_string(k + 1), nc[k])));
  }
  return t;
}

inline PointQuestion made_question() {
  PointQuestion question;
  question.treatment = "a";
  question.outcome = "y";
  question.adjust = "x + z";
  question.unit = "points";
  return question;
}

/// `table` with column `name` replaced, or added.
inline Table with_column(const Table& table, Column column) {
  Table other;
  bool there = false;
  for (const Column& own : table.columns()) {
    there = there || own.name() == column.name();
    EXPECT_TRUE(other.add_column(own.name() == column.name() ? column : own));
  }
  if (!there) {
    EXPECT_TRUE(other.add_column(std::move(column)));
  }
  return other;
}

inline std::filesystem::path shared_file(const std::string& name) {
  const char* folder = std::getenv("THAW_SHARED");  // NOLINT(concurrency-mt-unsafe)
  const std::string root = folder != nullptr ? folder : THAW_SOURCE_DIR "/../shared";
  const std::filesystem::path path = std::filesystem::path(root) / "data" / name;
  return path;
}

/// What If, chapters 12 and 13: the confounders of quitting smoking and weight gain.
inline PointQuestion nhefs_question() {
  PointQuestion question;
  question.treatment = "qsmk";
  question.outcome = "wt82_71";
  question.adjust =
      "factor(sex) + factor(race) + age + age^2 + factor(education) + smokeintensity + "
      "smokeintensity^2 + smokeyrs + smokeyrs^2 + factor(exercise) + factor(active) + wt71 + "
      "wt71^2";
  question.unit = "kg";
  return question;
}

inline PointQuestion lalonde_question() {
  PointQuestion question;
  question.treatment = "treat";
  question.outcome = "re78";
  question.adjust = "age + educ + race + married + nodegree + re74 + re75";
  question.unit = "dollars";
  return question;
}

}  // namespace thaw::effect

/// Declares `table` from a shared file or skips the test.
#define THAW_SHARED_PEOPLE(table, name)                                           \
  if (!std::filesystem::exists(thaw::effect::shared_file(name))) {                \
    GTEST_SKIP() << "no shared test data " << (name);                             \
  }                                                                               \
  const auto table##_read = thaw::read_csv_file(thaw::effect::shared_file(name)); \
  ASSERT_TRUE(table##_read) << table##_read.error().message;                      \
  const thaw::Table& table = *table##_read
