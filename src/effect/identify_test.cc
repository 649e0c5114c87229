#include "effect/identify.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "effect/graph_file.h"
#include "effect/identify_json.h"

namespace thaw::effect {
namespace {

using Names = std::vector<std::string>;

IdentifyAnswer ask(const std::string& graph, IdentifyRequest request) {
  const auto file = read_graph(graph, "g");
  EXPECT_TRUE(file) << file.error().message;
  auto answer = identify(file->graph, request);
  EXPECT_TRUE(answer) << answer.error().message;
  return answer ? *answer : IdentifyAnswer{};
}

std::string refusal(const std::string& graph, IdentifyRequest request) {
  const auto file = read_graph(graph, "g");
  EXPECT_TRUE(file) << file.error().message;
  const auto answer = identify(file->graph, request);
  EXPECT_FALSE(answer);
  return answer ? "" : answer.error().message;
}

IdentifyRequest of(const std::string& treatment, const std::string& outcome) {
  return {.treatment = {treatment}, .outcome = {outcome}};
}

TEST(Identify, ChoosesTheSimplestWay) {
  EXPECT_EQ(ask("dag { W -> X W -> Y X -> Y }", of("X", "Y")).method, IdentifyMethod::kAdjustment);
  EXPECT_EQ(ask("dag { X -> M -> Y X <-> Y }", of("X", "Y")).method, IdentifyMethod::kFrontDoor);
  EXPECT_EQ(ask("dag { Y -> X }", of("X", "Y")).method, IdentifyMethod::kNoEffect);
  EXPECT_EQ(ask("dag { W1 -> W2 -> X -> Y W1 <-> X W1 <-> Y }", of("X", "Y")).method,
            IdentifyMethod::kId);
  const auto conditional =
      ask("dag { Z -> X -> Y Z -> Y }", {.treatment = {"X"}, .outcome = {"Y"}, .given = {"Z"}});
  EXPECT_EQ(conditional.method, IdentifyMethod::kIdc);
}

TEST(Identify, SaysWhatWouldHelpWhereItRefuses) {
  const auto bow = ask("dag { U [latent] U -> X U -> Y X -> Y I -> X }", of("X", "Y"));
  EXPECT_EQ(bow.identifiable, std::optional(false));
  EXPECT_EQ(bow.method, IdentifyMethod::kInstrument);
  ASSERT_EQ(bow.measurements.size(), 1U);
  EXPECT_EQ(bow.measurements[0].latent, Names{"U"});
  EXPECT_NE(bow.explanation.en.find("if U were measured"), std::string::npos);
  EXPECT_NE(bow.explanation.zh.find("测量了 U"), std::string::npos);
  const auto unnamed = ask("dag { X -> Y X <-> Y }", of("X", "Y"));
  ASSERT_EQ(unnamed.measurements.size(), 1U);
  EXPECT_EQ(unnamed.measurements[0].common_causes[0],
            (std::pair<std::string, std::string>{"X", "Y"}));
}

TEST(Identify, JudgesASetThatIsAskedFor) {
  IdentifyRequest request = of("X", "Y");
  request.adjust = Names{"M"};
  const auto mediator = ask("dag { W -> X W -> Y X -> M -> Y }", request);
  ASSERT_TRUE(mediator.asked);
  EXPECT_FALSE(mediator.asked->valid);
  EXPECT_NE(mediator.explanation.en.find("M may be changed by the treatment"), std::string::npos);
  request.adjust = Names{};
  const auto none = ask("dag { W -> X W -> Y X -> M -> Y }", request);
  EXPECT_EQ(walk_text(none.asked->open, none.names), "X <- W -> Y");
  request.adjust = Names{"W"};
  EXPECT_TRUE(ask("dag { W -> X W -> Y X -> M -> Y }", request).asked->valid);
}

TEST(Identify, JudgesAnInstrumentThatIsAskedFor) {
  IdentifyRequest request = of("X", "Y");
  request.instrument = "I";
  EXPECT_TRUE(ask("dag { I -> X -> Y X <-> Y }", request).instrument);
  EXPECT_FALSE(ask("dag { I -> X -> Y X <-> Y I -> Y }", request).instrument);
  const auto given = ask("dag { I -> X -> Y X <-> Y W -> I W -> Y }", request);
  ASSERT_TRUE(given.instrument);
  EXPECT_EQ(names_of(given.instrument->given, given.names), "W");
}

TEST(Identify, OfAClassAnswersWhatAllMembersShare) {
  // a - x - y: the line at x leaves open whether a causes x; the effect of x on y differs.
  const auto open = ask("pdag { a -- x -- y }", of("x", "y"));
  EXPECT_EQ(open.identifiable, std::optional(false));
  ASSERT_TRUE(open.unclear);
  const auto sure = ask("pdag { a -> x b -> x x -> y }", of("x", "y"));
  EXPECT_EQ(sure.method, IdentifyMethod::kAdjustment);
  EXPECT_TRUE(sure.minimal->empty());
  const auto pag = ask("pag { a @-> x b @-> x x -> y }", of("x", "y"));
  EXPECT_EQ(pag.method, IdentifyMethod::kAdjustment);
  const auto hidden = ask("pag { x @-> y }", of("x", "y"));
  EXPECT_FALSE(hidden.identifiable);
  EXPECT_NE(hidden.explanation.en.find("not decided"), std::string::npos);
}

TEST(Identify, TakesTheQuestionFromTheGraphsMarks) {
  const auto answer = ask("dag { X [exposure] Y [outcome] X -> Y }", {});
  EXPECT_EQ(names_of(answer.x, answer.names), "X");
}

TEST(Identify, RefusesWhatMakesNoQuestion) {
  EXPECT_NE(refusal("dag { X -> Y }", of("X", "Z")).find("no variable \"Z\""), std::string::npos);
  EXPECT_NE(refusal("dag { X -> Y }", of("X", "X")).find("two of treatment"), std::string::npos);
  EXPECT_NE(refusal("dag { X -> Y }", {}).find("no treatment"), std::string::npos);
  EXPECT_NE(refusal("dag { X [latent] X -> Y }", of("X", "Y")).find("not measured"),
            std::string::npos);
  EXPECT_NE(refusal("mag { X -> Y -> Z X <-> Z }", of("X", "Z")).find("no MAG"), std::string::npos);
  EXPECT_NE(refusal("pag { X -- Y }", of("X", "Y")).find("selection"), std::string::npos);
}

TEST(Identify, DocumentHasEveryPart) {
  const auto document = identify_json(ask("dag { X -> M -> Y X <-> Y M <-> Y }", of("X", "Y")));
  EXPECT_EQ(document.at("identifiable"), false);
  EXPECT_TRUE(document.at("method").is_null());
  EXPECT_TRUE(document.at("estimand").is_null());
  EXPECT_FALSE(document.at("hedge").is_null());
  EXPECT_FALSE(document.at("explanation").at("zh").as_string().empty());
  const auto good = identify_json(ask("dag { W -> X W -> Y X -> Y }", of("X", "Y")));
  const std::string estimand = boost::json::serialize(good.at("estimand"));
  EXPECT_EQ(
      estimand,
      "{\"expression\":{\"sum\":{\"over\":[\"W\"],\"of\":{\"product\":["
      "{\"p\":{\"of\":[\"Y\"],\"given\":[\"W\",\"X\"]}},{\"p\":{\"of\":[\"W\"],\"given\":[]}}]}}},"
      "\"latex\":\"\\\\sum_{W} P(Y \\\\mid W,X) P(W)\","
      "\"text\":\"\u03a3_{W} [ P(Y | W, X) P(W) ]\"}");
  EXPECT_EQ(boost::json::serialize(good.at("adjustment_sets")), R"([["W"]])");
  EXPECT_EQ(boost::json::serialize(good.at("minimal")), R"(["W"])");
}

}  // namespace
}  // namespace thaw::effect
