#include "effect/model_matrix.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

namespace thaw::effect {
namespace {

Table table() {
  Table t;
  EXPECT_TRUE(t.add_column(Column::real("age", {50, 60, 70, 80})));
  EXPECT_TRUE(t.add_column(Column::integer("stage", {2, 10, 2, 3})));
  EXPECT_TRUE(t.add_column(Column::boolean("bulbar", {0, 1, 0, 1})));
  EXPECT_TRUE(
      t.add_column(Column::category("site", {1, 0, 2, 1}, {"arm", "leg", "trunk", "never seen"})));
  EXPECT_TRUE(t.add_column(Column::text("note", {"a", "b", "c", "d"})));
  EXPECT_TRUE(t.add_column(Column::real("gap", {1, std::nan(""), 3, 4})));
  return t;
}

TEST(Model, MakesTheColumnsThatItsTermsSay) {
  const auto model =
      Model::learn(table(), "age + age^2 + log(age) + factor(stage) + site + bulbar:age").value();
  const std::vector<std::string> names = {"1",        "age",        "age^2",
                                          "log(age)", "stage=3",    "stage=10",
                                          "site=leg", "site=trunk", "age:bulbar=true"};
  EXPECT_EQ(model.names(), names);
  const auto x = model.matrix(table()).value();
  stats::Matrix expected(4, 9);
  expected << 1, 50, 2500, std::log(50.0), 0, 0, 1, 0, 0,  //
      1, 60, 3600, std::log(60.0), 0, 1, 0, 0, 60,         //
      1, 70, 4900, std::log(70.0), 0, 0, 0, 1, 0,          //
      1, 80, 6400, std::log(80.0), 1, 0, 1, 0, 80;
  EXPECT_LT((x - expected).cwiseAbs().maxCoeff(), 1e-12) << x;
}

TEST(Model, ReadsATermOnceWhateverItsOrder) {
  const auto once = Model::learn(table(), "age:stage + stage:age + age:stage").value();
  EXPECT_EQ(once.names().size(), 2U);
  EXPECT_EQ(Model::learn(table(), "")->names().size(), 1U);
  EXPECT_EQ(Model::learn(table(), " 1 ")->names().size(), 1U);
  const std::vector<std::string> columns = {"age", "stage"};
  EXPECT_EQ(Model::learn(table(), "age^3 + stage:age")->columns(), columns);
  EXPECT_EQ(*term_columns("age^3 + stage:age"), columns);
}

TEST(Model, ReadsCrossingsAndBracketsAsTheirSums) {
  const auto names = [](const char* terms) { return Model::learn(table(), terms)->names(); };
  EXPECT_EQ(names("age*stage"), names("age + stage + age:stage"));
  EXPECT_EQ(names("(age + stage)*bulbar"),
            names("age + stage + bulbar + age:bulbar + stage:bulbar"));
  EXPECT_EQ(names("((age))*(age + stage)"), names("age + stage + age:stage"));
  EXPECT_EQ(names("(age + stage):site"), names("age:site + stage:site"));
  EXPECT_EQ(names("1 + `age` + sqrt(age)"), names("age + sqrt(age)"));
  EXPECT_EQ(names("stage + factor(stage)").size(), 4U);  // A number and its levels are two terms.
}

TEST(Model, ComparesWithTheLevelThatRelevelNames) {
  const auto model = Model::learn(table(), "relevel(site, trunk)").value();
  const std::vector<std::string> expected = {"1", "site=arm", "site=leg"};
  EXPECT_EQ(model.names(), expected);
  EXPECT_FALSE(Model::learn(table(), "relevel(site, head)"));
}

TEST(Model, SaysWhatIsWrongWithATerm) {
  for (const char* bad :
       {"age +", "+", "age^1", "age^x", "age^6", "log(age", "log()", "a:b:", "factor(age)^2",
        "age*", "(age", "age)", "relevel(site)", "exp(age)", "age age:", "`age", "()", "a^^2"}) {
    const auto model = Model::learn(table(), bad);
    ASSERT_FALSE(model) << bad;
    EXPECT_EQ(model.error().code, ErrorCode::kInvalidArgument) << bad;
  }
  EXPECT_FALSE(parse_terms(std::string(5000, '(') + "age" + std::string(5000, ')')));
  std::string many = "(a";
  for (int i = 0; i < 60; ++i) {
    many += fmt::format(" + a{}", i);
  }
  EXPECT_FALSE(parse_terms(many + ")*" + many + ")"));
  EXPECT_EQ(Model::learn(table(), "height").error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(Model::learn(table(), "note"));
  EXPECT_FALSE(Model::learn(table(), "site^2"));
}

TEST(Model, RefusesRowsItCannotPlace) {
  EXPECT_FALSE(Model::learn(table(), "gap")->matrix(table()));
  const auto model = Model::learn(table(), "site").value();
  Table other;
  ASSERT_TRUE(other.add_column(Column::category("site", {0}, {"never seen"})));
  EXPECT_FALSE(model.matrix(other));
  Table zero;
  ASSERT_TRUE(zero.add_column(Column::real("age", {0})));
  EXPECT_FALSE(Model::learn(table(), "log(age)")->matrix(zero));
}

}  // namespace
}  // namespace thaw::effect
