// The routes over a small knowledge: what they refuse, and what they propose instead.
#include "api/routes.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "api/live.h"
#include "evidence/resolve.h"
#include "evidence/test_knowledge.h"
#include "evidence/weigh.h"

namespace thaw::api {
namespace {

evidence::Knowledge small_knowledge() {
  std::vector<evidence::Concept> concepts{
      {.id = "thaw:drug", .kind = "drug", .name = {"riluzole", "利鲁唑"}},
      {.id = "thaw:other", .kind = "drug", .name = {"rilutek two", "乙"}},
      {.id = "thaw:alsfrs_r_decline", .kind = "outcome", .name = {"ALSFRS-R decline", "下降"}}};
  concepts.back().wanted = "lowers";
  evidence::Item item = evidence::slope_item("T1", 0.4, 0.1, 0.7);
  item.population = "east_asian";
  return evidence::Knowledge::build(std::move(concepts), {{.id = item.source}}, {item}).value();
}

class RoutesTest : public ::testing::Test {
 protected:
  RoutesTest() {
    context.knowledge = &knowledge;
    context.names = &names;
    context.parameters = &parameters;
    context.about = "{}";
    live = std::make_unique<Live>(std::make_shared<const Context>(context));
    add_about_routes(site, *live);
    add_evidence_routes(site, *live);
    add_inquiry_routes(site, *live);
    add_people_routes(site, *live);
  }

  Reply get(std::string target) {
    Request request;
    request.target = std::move(target);
    request.host = "localhost";
    return site.answer(std::move(request));
  }
  std::string message(const std::string& target) {
    return error(target).at("message").as_string().c_str();
  }
  std::vector<std::string> suggestions(const std::string& target) {
    return boost::json::value_to<std::vector<std::string>>(error(target).at("suggestions"));
  }
  boost::json::value error(const std::string& target) {
    return boost::json::parse(get(target).body).at("error");
  }

  evidence::Knowledge knowledge = small_knowledge();
  evidence::NameIndex names{knowledge};
  evidence::WeightParameters parameters = evidence::test_parameters();
  Context context;
  std::unique_ptr<Live> live;
  Site site;
};

/// One good question of every route.
const std::vector<std::string> kQuestions{
    "/api/status?",
    "/api/about?",
    "/api/people?",
    "/api/concepts?q=ril&limit=3",
    "/api/weigh?subject=riluzole&object=ALSFRS-R+decline&explain=1",
    "/api/rank?outcome=ALSFRS-R+decline&top=3&kind=drug",
    "/api/ask?q=Does+riluzole+slow+ALSFRS-R+decline&lang=en",
    "/api/chains?from=riluzole&to=ALSFRS-R+decline&k=2",
    "/api/chains?from=riluzole&to=ALSFRS-R+decline&sign=-&max_hops=3&via=drug,outcome",
    "/api/graph?concept=riluzole&depth=1&max=20"};

TEST_F(RoutesTest, EveryRouteAnswersWhatItDeclares) {
  for (const std::string& question : kQuestions) {
    EXPECT_EQ(get(question).status, 200) << question << get(question).body;
  }
  for (std::size_t i = 4; i < kQuestions.size(); ++i) {
    const std::string full =
        kQuestions[i] + "&as_of=2021&prior=0.4&population=east_asian&preset=thaw";
    EXPECT_EQ(get(full).status, 200) << full << get(full).body;
  }
}

TEST_F(RoutesTest, NoRouteTakesAParameterItDoesNotKnow) {
  for (const std::string& question : kQuestions) {
    EXPECT_EQ(get(question + "&x=1").status, 400) << question;
    EXPECT_NE(message(question + "&x=1").find("'x'"), std::string::npos) << question;
  }
  EXPECT_EQ(get("/api/registry?subject=riluzole&object=ALSFRS-R+decline&x=1").status, 400);
}

TEST_F(RoutesTest, AnAncestryThatNoEvidenceStatesIsNotFound) {
  for (std::size_t i = 4; i < kQuestions.size(); ++i) {
    const std::string question = kQuestions[i] + "&population=zzz";
    EXPECT_EQ(get(question).status, 404) << question;
    EXPECT_NE(message(question).find("known: east_asian"), std::string::npos) << question;
    EXPECT_TRUE(suggestions(question).empty()) << question;
  }
}

TEST_F(RoutesTest, AnUnknownNameComesBackWithTheNearest) {
  const std::vector<std::string> near{"riluzole"};
  for (const char* question :
       {"/api/weigh?subject=riluzol&object=ALSFRS-R+decline",
        "/api/weigh?subject=ALSFRS-R+decline&object=riluzol", "/api/rank?outcome=riluzol",
        "/api/graph?concept=riluzol", "/api/chains?from=riluzol&to=ALSFRS-R+decline",
        "/api/chains?from=ALSFRS-R+decline&to=riluzol",
        "/api/registry?subject=riluzol&object=ALSFRS-R+decline"}) {
    EXPECT_EQ(get(question).status, 404) << question;
    EXPECT_EQ(suggestions(question), near) << question;
  }
  EXPECT_TRUE(suggestions("/api/graph?concept=unobtainium").empty());
  EXPECT_EQ(suggestions("/api/graph?concept=rilu"),
            (std::vector<std::string>{"riluzole", "rilutek two"}));
}

TEST_F(RoutesTest, NamesAndQuestionsAreAtMostTwoHundredCharacters) {
  const std::string long_name(201, 'a');
  for (const std::string path :
       {"/api/weigh?object=riluzole&subject=", "/api/rank?outcome=", "/api/graph?concept=",
        "/api/chains?to=riluzole&from=", "/api/registry?object=riluzole&subject=", "/api/ask?q=",
        "/api/concepts?q="}) {
    EXPECT_EQ(get(path + long_name).status, 400) << path;
    EXPECT_NE(message(path + long_name).find("over 200 characters"), std::string::npos) << path;
  }
  EXPECT_EQ(get("/api/graph?concept=" + long_name.substr(1)).status, 404);
}

}  // namespace
}  // namespace thaw::api
