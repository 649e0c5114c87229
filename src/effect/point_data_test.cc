#include "effect/point_data.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "effect/made_people.h"
#include "effect/method.h"

namespace thaw::effect {
namespace {

/// The message with which `question` of `table` is refused by `method`, or "".
std::string refusal(const Table& table, const PointQuestion& question,
                    Method method = Method::kAipw) {
  const auto data = point_data(table, question);
  if (!data) {
    return data.error().message;
  }
  Settings settings;
  settings.method = method;
  const auto fit = fit_method(*data, settings);
  return fit ? "" : fit.error().message;
}

void expect_says(const std::string& message, const std::string& part) {
  EXPECT_NE(message.find(part), std::string::npos) << message;
}

TEST(PointData, KeepsItsHashInAnyRowAndColumnOrder) {
  const Table table = made_people(1, 50);
  const std::vector<std::string> turned = {"y", "nc1", "a", "z", "x"};
  const Table other = table.select(turned).value();
  EXPECT_EQ(point_data(table, made_question())->hash, point_data(other, made_question())->hash);
  PointQuestion turned_terms = made_question();
  turned_terms.adjust = "z + x";
  EXPECT_EQ(point_data(table, turned_terms)->hash, point_data(table, made_question())->hash);
  std::vector<double> y = table.numeric("y").value();
  y[3] += 1e-9;
  EXPECT_NE(point_data(with_column(table, Column::real("y", y)), made_question())->hash,
            point_data(table, made_question())->hash);
}

TEST(PointData, CountsWhatGapsCost) {
  Table table = made_people(1, 60);
  std::vector<double> y = table.numeric("y").value();
  std::vector<double> x = table.numeric("x").value();
  y[0] = y[1] = x[1] = std::nan("");
  table = with_column(with_column(table, Column::real("y", y)), Column::real("x", x));
  const PointData data = point_data(table, made_question()).value();
  EXPECT_EQ(data.rows(), 58);
  EXPECT_EQ(data.excluded, 2U);
  ASSERT_EQ(data.gaps.size(), 2U);
  EXPECT_EQ(data.gaps[1].column, "y");
  EXPECT_EQ(data.gaps[1].rows, 2U);
  EXPECT_EQ(data.outcome_missing[0] + data.outcome_missing[1], 1U);
}

TEST(PointData, RefusesWhatHasNoAnswer) {
  const Table table = made_people(2, 60);
  const auto replaced = [&](const std::string& name, auto change) {
    std::vector<double> values = table.numeric(name).value();
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = change(i, values[i]);
    }
    return with_column(table, Column::real(name, values));
  };
  const PointQuestion plain = made_question();
  const double infinity = std::numeric_limits<double>::infinity();
  expect_says(
      refusal(replaced("y", [&](auto i, double v) { return i == 6 ? infinity : v; }), plain),
      "column y is infinite in row 7");
  expect_says(refusal(replaced("a", [&](auto i, double v) { return i == 4 ? NAN : v; }), plain),
              "the treatment a is missing in 1 rows, first in row 5");
  expect_says(refusal(replaced("a", [](auto, double) { return 1.0; }), plain),
              "the treatment a is 1 in every");
  expect_says(refusal(replaced("y", [](auto, double) { return 3.0; }), plain),
              "the outcome y is 3 in every");
  expect_says(refusal(replaced("x", [](auto, double) { return 3.0; }), plain),
              "covariate x is constant");
  expect_says(
      refusal(replaced("a", [](auto i, double) { return static_cast<double>(i % 3); }), plain),
      "must be 0 or 1");
  PointQuestion other = plain;
  other.adjust = "x + nowhere";
  expect_says(refusal(table, other), "nowhere");
  other.adjust = "x + y";
  expect_says(refusal(table, other), "y is the outcome");
  other.adjust = "x + a";
  expect_says(refusal(table, other), "a is the treatment");
  other = plain;
  other.instruments = {"x"};
  expect_says(refusal(table, other), "cannot be an instrument");
  const std::vector<std::size_t> few = {0, 1, 2, 3, 4, 5};
  other = plain;
  other.adjust = "x + z + nc1 + nc2 + nc3";
  expect_says(refusal(table.take(few), other), "too few");
}

TEST(PointData, RefusesCopiesAndSeparation) {
  const Table table = made_people(2, 80);
  PointQuestion question = made_question();
  question.adjust = "x + copy";
  const auto copy_of = [&](const std::string& name, double times) {
    std::vector<double> values = table.numeric(name).value();
    for (double& value : values) {
      value *= times;
    }
    return with_column(table, Column::real("copy", values));
  };
  expect_says(refusal(copy_of("x", 2), question), "covariate copy is constant or a combination");
  for (const Method method : {Method::kOls, Method::kGFormula, Method::kIpw, Method::kMatch,
                              Method::kAipw, Method::kTmle, Method::kDml}) {
    const std::string message = refusal(copy_of("a", 3), question, method);
    EXPECT_FALSE(message.empty()) << to_string(method);
  }
  expect_says(refusal(copy_of("a", 3), question, Method::kIpw), "copy foretells");
  expect_says(refusal(copy_of("y", 1), question, Method::kOls), "exact combination");
}

}  // namespace
}  // namespace thaw::effect
