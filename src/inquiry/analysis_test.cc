#include "inquiry/analysis.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cmath>

#include "base/random.h"
#include "inquiry/estimate_evidence.h"

namespace thaw::inquiry {
namespace {

namespace json = boost::json;

/// Age moves who is treated and the score; the treatment adds 2 and halves the hazard.
Table people(std::size_t n = 300, std::uint64_t seed = 5) {
  Random random(seed);
  std::vector<double> age, score, months;
  std::vector<std::uint8_t> treated, died;
  for (std::size_t i = 0; i < n; ++i) {
    age.push_back(60 + 8 * random.normal());
    treated.push_back(random.bernoulli(1 / (1 + std::exp(-(age.back() - 60) / 8))) ? 1 : 0);
    score.push_back(0.5 * (age.back() - 60) + 2.0 * treated.back() + random.normal());
    const double hazard =
        0.05 * std::exp(0.05 * (age.back() - 60)) * (treated.back() != 0 ? 0.5 : 1);
    const double death = random.exponential() / hazard;
    months.push_back(std::min(death, 36.0));
    died.push_back(death < 36 ? 1 : 0);
  }
  Table table;
  EXPECT_TRUE(table.add_column(Column::real("age", age)));
  EXPECT_TRUE(table.add_column(Column::boolean("treated", treated)));
  EXPECT_TRUE(table.add_column(Column::real("score", score)));
  EXPECT_TRUE(table.add_column(Column::real("months", months)));
  EXPECT_TRUE(table.add_column(Column::boolean("died", died)));
  return table;
}

AnalysisSpec spec_of(std::string_view text) {
  return read_analysis_spec(json::parse(text).as_object()).value();
}

constexpr std::string_view kAsked = R"({
  "graph": {"nodes": ["age", "treated", "score"], "edges": [
    {"a": "age", "b": "treated", "mark_a": "tail", "mark_b": "arrow"},
    {"a": "age", "b": "score", "mark_a": "tail", "mark_b": "arrow"},
    {"a": "treated", "b": "score", "mark_a": "tail", "mark_b": "arrow"}]},
  "question": {"treatment": "treated", "outcome": "score"},
  "estimate": {"method": "gformula"}})";

json::object run(const Table& table, const AnalysisSpec& spec, unsigned threads = 1) {
  return run_analysis(table, spec, {.threads = threads, .progress = {}}).value();
}

TEST(Analysis, AGraphAndAQuestionBecomeAnEstimateNearTheTruth) {
  const json::object answer = run(people(), spec_of(kAsked));
  EXPECT_EQ(answer.at("identification").at("minimal"), json::array({"age"}));
  EXPECT_NEAR(answer.at("estimate").at("estimate").as_double(), 2, 0.4);
}

TEST(Analysis, TheKeptAnswerRunsAgainToTheSameBytesOnAnyNumberOfThreads) {
  const Table table = people();
  const json::object first = run(table, spec_of(kAsked));
  const AnalysisSpec kept = read_analysis_spec(first.at("analysis").as_object()).value();
  EXPECT_EQ(json::serialize(run(table, kept, 3)), json::serialize(first));
  EXPECT_EQ(run_analysis(people(300, 6), kept, {}).error().code, ErrorCode::kConflict);
}

TEST(Analysis, WhatTheGraphCannotAnswerGetsNoNumber) {
  const auto drawn = [](std::string_view edges) {
    return spec_of(
        R"({"graph": {"nodes": ["treated", "score", "age"], "edges": [)" + std::string(edges) +
        R"(]}, "question": {"treatment": "treated", "outcome": "score"}, "estimate": {}})");
  };
  const std::string arrow =
      R"({"a": "treated", "b": "score", "mark_a": "tail", "mark_b": "arrow"})";
  const std::string hidden =
      R"({"a": "treated", "b": "score", "mark_a": "arrow", "mark_b": "arrow"})";
  for (const std::string& edges : {std::string(), arrow + "," + hidden}) {
    const auto answer = run_analysis(people(), drawn(edges), {});
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_TRUE(answer->contains("refused")) << edges;
    EXPECT_FALSE(answer->contains("estimate")) << edges;
  }
  AnalysisSpec bare = spec_of(kAsked);
  bare.graph.reset();
  EXPECT_EQ(run_analysis(people(), bare, {}).error().code, ErrorCode::kInvalidArgument);
}

TEST(Analysis, HoldingEqualWhatTheGraphForbidsSaysSoFirst) {
  AnalysisSpec spec = spec_of(kAsked);
  spec.estimate->adjust = std::vector<std::string>{};
  const json::object answer = run(people(), spec);
  EXPECT_TRUE(answer.at("estimate").at("first").is_object());
}

TEST(Analysis, ANameIsAColumnAndNeverAFormula) {
  Table table = people();
  std::vector<double> product;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    product.push_back(table.find("age")->reals()[row]);
  }
  ASSERT_TRUE(table.add_column(Column::real("age:score (x)", product)));
  AnalysisSpec spec = spec_of(kAsked);
  spec.graph.reset();
  spec.estimate->adjust = std::vector<std::string>{"age:score (x)"};
  EXPECT_NEAR(run(table, spec).at("estimate").at("estimate").as_double(), 2, 0.4);
}

TEST(Analysis, AnEventOverTimeGivesCurvesAndARatioBelowOne) {
  AnalysisSpec spec = spec_of(kAsked);
  spec.graph.reset();
  spec.question = AnalysisQuestion{"treated", "died", "months", 24.0};
  spec.estimate->adjust = std::vector<std::string>{"age"};
  const json::object answer = run(people(1500), spec);
  const json::object& survival = answer.at("survival").as_object();
  EXPECT_NEAR(survival.at("hazard_ratio").at("estimate").as_double(), 0.5, 0.12);
  EXPECT_EQ(survival.at("curves").as_array().size(), 2U);
  const AnalysisSpec kept = read_analysis_spec(answer.at("analysis").as_object()).value();
  EXPECT_EQ(json::serialize(run(people(1500), kept)), json::serialize(answer));
  EXPECT_FALSE(answer.contains("estimate"));
}

TEST(Analysis, WrongKeysAndQuestionsAboutThemselvesAreRefused) {
  const auto refused = [](std::string_view text) {
    return !read_analysis_spec(json::parse(text).as_object());
  };
  EXPECT_TRUE(refused(R"({"colour": 1})"));
  EXPECT_TRUE(refused(R"({"question": {"treatment": "a", "outcome": "a"}})"));
  EXPECT_TRUE(refused(R"({"estimate": {}})"));
  EXPECT_TRUE(refused(R"({"variables": [{"name": "a", "kind": "colour"}]})"));
  EXPECT_FALSE(refused(R"({"variables": [{"name": "a", "kind": null}]})"));
}

TEST(EstimateEvidence, ADifferenceWeighsByItsDirectionAndAFailedCheckCountsAQuarter) {
  json::object answer = run(people(), spec_of(kAsked));
  evidence::Concept drug, outcome;
  drug.id = "thaw:a";
  outcome.id = "thaw:b";
  answer["estimate"].as_object()["first"] = nullptr;
  const evidence::Item item = estimate_item(answer, drug, outcome, HigherMeans::kMore).value();
  EXPECT_EQ(item.sign, evidence::Sign::kRaises);
  EXPECT_EQ(estimate_item(answer, drug, outcome, HigherMeans::kLess).value().sign,
            evidence::Sign::kLowers);
  EXPECT_EQ(item.direction, evidence::Direction::kSupports);
  EXPECT_FALSE(item.effect.has_value());
  EXPECT_EQ(item.quality, 1);
  answer["estimate"].as_object()["first"] = json::object{{"en", "no"}, {"zh", "no"}};
  EXPECT_EQ(estimate_item(answer, drug, outcome, HigherMeans::kMore).value().quality,
            kQualityOfFailed);
  EXPECT_FALSE(estimate_item(answer, drug, drug, HigherMeans::kMore));
}

TEST(EstimateEvidence, ARiskRatiosIntervalIsWidened) {
  AnalysisSpec spec = spec_of(kAsked);
  spec.graph.reset();
  spec.question = AnalysisQuestion{"treated", "died", "", std::nullopt};
  spec.estimate->adjust = std::vector<std::string>{"age"};
  const json::object answer = run(people(1500), spec);
  evidence::Concept drug, outcome;
  drug.id = "thaw:a";
  outcome.id = "thaw:b";
  const evidence::Item item = estimate_item(answer, drug, outcome, HigherMeans::kLess).value();
  ASSERT_TRUE(item.effect.has_value());
  EXPECT_EQ(item.effect->measure, "risk_ratio");
  EXPECT_LT(*item.effect->low,
            answer.at("estimate").at("ratios").at("risk_ratio").at("ci_low").as_double());
  // Fewer deaths with the treatment: more of what death takes away.
  EXPECT_EQ(item.sign, evidence::Sign::kRaises);
  EXPECT_EQ(item.effect->positive_means, evidence::Sign::kLowers);
}

}  // namespace
}  // namespace thaw::inquiry
