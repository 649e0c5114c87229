#include "effect/effect_answer.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <cmath>

#include "effect/effect_json.h"
#include "effect/effect_words.h"
#include "effect/made_people.h"

namespace thaw::effect {
namespace {

EffectRequest made_request(Method method = Method::kAipw) {
  EffectRequest request;
  request.question = made_question();
  request.settings.method = method;
  request.refutations = 10;
  return request;
}

const Check* find(const EffectAnswer& answer, const std::string& name) {
  const auto found = std::ranges::find(answer.checks, name, &Check::name);
  return found == answer.checks.end() ? nullptr : &*found;
}

bool failed(const EffectAnswer& answer, const std::string& name) {
  const Check* check = find(answer, name);
  return check != nullptr && check->status == CheckStatus::kFailed;
}

TEST(Answer, PassesItsChecksWhereNothingIsWrong) {
  EffectRequest request = made_request();
  request.negative_outcomes = {"nc1", "nc2", "nc3", "nc4"};
  const auto answer = answer_effect(made_people(21, 800), request);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_FALSE(answer->first) << answer->first->en;
  for (const Check& check : answer->checks) {
    EXPECT_NE(check.status, CheckStatus::kFailed) << check.words.en;
    EXPECT_FALSE(check.words.zh.empty());
  }
  EXPECT_NEAR(answer->estimate.estimate, 2, 4 * answer->estimate.se);
  EXPECT_EQ(answer->side_by_side.size(), 8U);  // the crude and seven methods
  ASSERT_TRUE(answer->calibrated);
  EXPECT_GE(answer->calibrated->se, answer->estimate.se * 0.999);
}

TEST(Answer, SaysSoFirstWhenAHiddenConfounderMovesTheNegativeControls) {
  World world;
  world.hidden = 1;
  world.effect = 0;
  EffectRequest request = made_request();
  request.refutations = 0;
  request.side_by_side = false;
  request.negative_outcomes = {"nc1", "nc2", "nc3", "nc4"};
  const auto answer = answer_effect(made_people(22, 1000, world), request);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_GT(answer->estimate.ci_low, 0);  // What the naive reader would believe.
  EXPECT_TRUE(failed(*answer, "negative_controls"));
  ASSERT_TRUE(answer->first);
  EXPECT_NE(answer->first->en.find("Do not rely"), std::string::npos);
  EXPECT_EQ(answer->checks.front().status, CheckStatus::kFailed);
  EXPECT_LT(answer->calibrated->ci_low, 0);  // Calibration brings it back.
}

TEST(Answer, FlagsPoorOverlap) {
  World world;
  world.confounding = 4;
  const auto answer = answer_effect(made_people(23, 800, world), made_request(Method::kIpw));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_TRUE(failed(*answer, "overlap"));
  EXPECT_TRUE(answer->first);
}

TEST(Answer, FlagsAWeakInstrument) {
  Table table = made_people(24, 400);
  Random random(1, 1);
  std::vector<double> z;
  for (int i = 0; i < 400; ++i) {
    z.push_back(random.normal());
  }
  EffectRequest request = made_request(Method::kIv);
  request.question.instruments = {"iv"};
  const auto answer = answer_effect(with_column(table, Column::real("iv", z)), request);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_TRUE(failed(*answer, "first_stage"));
}

TEST(Answer, GivesRatiosOfRisksForAYesOrNo) {
  World world;
  world.yes_no = true;
  world.effect = 1;
  for (const Method method : {Method::kGFormula, Method::kIpw, Method::kAipw, Method::kTmle}) {
    EffectRequest request = made_request(method);
    request.refutations = 0;
    request.side_by_side = false;
    const auto answer = answer_effect(made_people(25, 1500, world), request);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->estimate.unit, "points");
    ASSERT_TRUE(answer->ratios);
    const RiskRatios& r = *answer->ratios;
    EXPECT_NEAR(r.risk_treated - r.risk_untreated, answer->estimate.estimate, 1e-12);
    EXPECT_NEAR(r.risk_ratio.estimate, r.risk_treated / r.risk_untreated, 1e-12);
    EXPECT_GT(r.odds_ratio.estimate, r.risk_ratio.estimate);
    EXPECT_GT(r.risk_ratio.ci_low, 1);
  }
}

TEST(Answer, TakesATreatmentThatIsANumber) {
  Random random(8, 1);
  std::vector<double> x, dose, y;
  for (int i = 0; i < 600; ++i) {
    x.push_back(random.normal());
    dose.push_back(x.back() + random.normal());
    y.push_back(1.5 * dose.back() + x.back() + random.normal());
  }
  Table table;
  ASSERT_TRUE(table.add_column(Column::real("x", x)));
  ASSERT_TRUE(table.add_column(Column::real("a", dose)));
  ASSERT_TRUE(table.add_column(Column::real("y", y)));
  for (const Method method : {Method::kOls, Method::kDml}) {
    EffectRequest request = made_request(method);
    request.question.adjust = "x";
    const auto answer = answer_effect(table, request);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_NEAR(answer->estimate.estimate, 1.5, 4 * answer->estimate.se);
    EXPECT_FALSE(answer->balance_after);
    EXPECT_NEAR(answer->placebo->mean, 0, 0.1);
  }
  EffectRequest request = made_request(Method::kIpw);
  request.question.adjust = "x";
  EXPECT_FALSE(answer_effect(table, request));
}

TEST(Answer, WidensItsIntervalOverClusters) {
  // Each person five times: the honest interval is that of a fifth of the rows.
  const Table once = made_people(26, 200);
  std::vector<std::size_t> rows;
  std::vector<double> person;
  for (std::size_t i = 0; i < 1000; ++i) {
    rows.push_back(i % 200);
    person.push_back(static_cast<double>(i % 200));
  }
  const Table five = with_column(once.take(rows), Column::real("person", person));
  EffectRequest request = made_request(Method::kIpw);
  request.refutations = 0;
  request.side_by_side = false;
  const double one = answer_effect(once, request)->estimate.se;
  EXPECT_NEAR(answer_effect(five, request)->estimate.se, one / std::sqrt(5.0), 1e-6);
  request.question.cluster = "person";
  EXPECT_NEAR(answer_effect(five, request)->estimate.se, one * std::sqrt(200 / 199.0), 1e-6);
}

TEST(Answer, BootstrapsToAboutTheSameInterval) {
  EffectRequest request = made_request(Method::kGFormula);
  request.refutations = 0;
  request.side_by_side = false;
  const Table table = made_people(27, 300);
  const double se = answer_effect(table, request)->estimate.se;
  request.settings.bootstrap = 200;
  EXPECT_NEAR(answer_effect(table, request)->estimate.se / se, 1, 0.25);
  request.settings.method = Method::kMatch;
  EXPECT_FALSE(answer_effect(table, request));
}

TEST(Document, IsTheSameWhateverTheThreadsAndRowOrder) {
  const Table table = made_people(28, 200);
  std::vector<std::size_t> turned;
  for (std::size_t i = 200; i-- > 0;) {
    turned.push_back(i);
  }
  EffectRequest request = made_request();
  const auto one = boost::json::serialize(effect_document(answer_effect(table, request).value()));
  request.settings.threads = 3;
  const auto two =
      boost::json::serialize(effect_document(answer_effect(table.take(turned), request).value()));
  EXPECT_EQ(one, two);
}

TEST(Document, HasWhatTheFormatPromisesAndRerunsFromItsRequest) {
  const Table table = made_people(29, 200);
  const auto answer = answer_effect(table, made_request()).value();
  const auto document = effect_document(answer);
  for (const char* key : {"first", "estimate", "se", "ci_low", "ci_high", "unit", "n", "estimand",
                          "method", "diagnostics", "refutation", "side_by_side", "learner", "seed",
                          "data_hash", "excluded", "warnings", "request", "synthetic"}) {
    EXPECT_TRUE(document.contains(key)) << key;
  }
  const auto request = read_effect_request(document.at("request").as_object());
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_EQ(effect_document(answer_effect(table, *request).value()), document);
}

TEST(Document, IsMarkedWhereOnePersonOfTheTableDoesNotExist) {
  Table table = made_people(30, 200);
  EXPECT_EQ(effect_document(answer_effect(table, made_request()).value()).at("synthetic"), false);
  std::vector<std::uint8_t> marks(table.rows(), 0);
  marks.back() = 1;
  ASSERT_TRUE(table.add_column(Column::boolean("synthetic", marks)));
  EXPECT_EQ(effect_document(answer_effect(table, made_request()).value()).at("synthetic"), true);
}

TEST(Unit, IsSaidInTheReadersLanguage) {
  EXPECT_EQ(unit_words("units of y", false), "units of y");
  EXPECT_EQ(unit_words("units of y", true), "原单位（y）");
  EXPECT_EQ(unit_words("probability", true), "概率");
  EXPECT_EQ(unit_words("L/month", true), "L/月");
  EXPECT_EQ(unit_words("mmHg", true), "mmHg");
}

TEST(Request, RefusesWhatItDoesNotKnow) {
  namespace json = boost::json;
  const json::object good = {{"treatment", "a"}, {"outcome", "y"}};
  EXPECT_TRUE(read_effect_request(good));
  const auto says = [&](const char* key, const json::value& value) {
    json::object document = good;
    document[key] = value;
    const auto read = read_effect_request(document);
    return read ? std::string() : read.error().message;
  };
  EXPECT_NE(says("metod", "ipw").find("no key \"metod\""), std::string::npos);
  EXPECT_NE(says("method", "magic").find("not known"), std::string::npos);
  EXPECT_NE(says("folds", 1.5).find("whole number"), std::string::npos);
  EXPECT_NE(says("folds", 1000).find("from 0 to 50"), std::string::npos);
  EXPECT_NE(says("bound", 0.7).find("below 0.5"), std::string::npos);
  EXPECT_FALSE(says("negative_outcomes", "nc1").empty());
  EXPECT_FALSE(read_effect_request({{"outcome", "y"}}));
}

}  // namespace
}  // namespace thaw::effect
