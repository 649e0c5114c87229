#include "discovery/knowledge_file.h"

#include <gtest/gtest.h>

#include <cmath>

#include "stats/shared_csv.h"

namespace thaw::discovery {
namespace {

const std::vector<std::string> kNames = {"age", "nfl", "slope"};

KnowledgeFile read(std::string_view text) {
  return read_knowledge(text, "k").value();
}

std::string refusal(std::string_view text) {
  const auto known = read_knowledge(text, "k");
  if (!known) {
    return known.error().message;
  }
  const auto about = knowledge_about(*known, kNames);
  return about ? "" : about.error().message;
}

TEST(KnowledgeFile, EveryKeyIsRead) {
  const Knowledge knowledge =
      knowledge_about(read(R"({"tiers":[["age"],["nfl","slope"]],"forbid_within":[2],
        "forbidden":[["age","slope"]],"required":[["age","nfl"]],
        "odds":[{"from":"age","to":"nfl","odds":4,"source":"a"},
                {"from":"nfl","to":"age","weight_nats":-0.5,"source":"b"}],
        "concepts":{"nfl":"thaw:nfl"},"note":"n"})"),
                      kNames)
          .value();
  EXPECT_TRUE(knowledge.forbidden(1, 0));     // by tier
  EXPECT_TRUE(knowledge.never_joined(1, 2));  // closed tier 2
  EXPECT_TRUE(knowledge.forbidden(0, 2));
  EXPECT_TRUE(knowledge.required(0, 1));
  EXPECT_FALSE(knowledge.forbidden(0, 1));
  EXPECT_DOUBLE_EQ(knowledge.log_odds(0, 1), std::log(4));
  EXPECT_DOUBLE_EQ(knowledge.log_odds(1, 0), -0.5);
}

TEST(KnowledgeFile, TetradsTextSaysTheSame) {
  const Knowledge knowledge =
      knowledge_about(read("/knowledge\naddtemporal\n\n1 age\n2* nfl slope \n\n"
                           "forbiddirect\nage slope\nrequiredirect\nage nfl"),
                      kNames)
          .value();
  EXPECT_TRUE(knowledge.forbidden(1, 0));
  EXPECT_TRUE(knowledge.never_joined(1, 2));
  EXPECT_TRUE(knowledge.forbidden(0, 2));
  EXPECT_TRUE(knowledge.required(0, 1));
}

TEST(KnowledgeFile, TetradsOwnFileIsRead) {
  std::ifstream file(stats::shared_data_folder() + "causal/sachs/tiers.knowledge.txt");
  if (!file) {
    GTEST_SKIP() << "the shared Sachs data are not here";
  }
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const KnowledgeFile known = read(text);
  ASSERT_EQ(known.tiers.size(), 2U);
  EXPECT_EQ(known.tiers[0].size(), 9U);
  EXPECT_EQ(known.tiers[1].size(), 11U);
}

TEST(KnowledgeFile, AFaultIsSaidWithItsPlace) {
  const std::vector<std::pair<std::string_view, std::string_view>> faults = {
      {R"({"tiers":[["age"],["nlf"]]})",
       "k: tiers[1][0]: there is no variable 'nlf'; the nearest is 'nfl'"},
      {R"({"tiers":[["age"],["age"]]})", "k: tiers[1][0]: 'age' stands in a tier twice"},
      {R"({"tiers":"age"})", "k: tiers: write a list"},
      {R"({"tires":[]})", "k: tires: unknown key"},
      {R"({"forbid_within":[1]})", "there is no tier 1"},
      {R"({"forbid_within":[0],"tiers":[["age"]]})", "k: forbid_within[0]"},
      {R"({"required":[["age"]]})", "k: required[0]: write a cause"},
      {R"({"required":[["age","age"]]})", "cannot cause itself"},
      {R"({"required":[["age","nfl"],["nfl","age"]]})", "contradicts itself"},
      {R"({"required":[["nfl","age"]],"tiers":[["age"],["nfl"]]})", "contradicts itself"},
      {R"({"required":[["age","nfl"],["nfl","slope"],["slope","age"]]})", "in a circle"},
      {R"({"odds":[{"from":"age","to":"nfl","odds":-1,"source":"a"}]})", "k: odds[0].odds"},
      {R"({"odds":[{"from":"age","to":"nfl","odds":1e30,"source":"a"}]})", "more than the 10"},
      {R"({"odds":[{"from":"age","to":"nfl","odds":2}]})", "k: odds[0].source"},
      {R"({"odds":[{"from":"age","to":"nfl","odds":2,"weight_nats":1,"source":"a"}]})", "either"},
      {R"({"concepts":{"x":"thaw:x"}})", "k: concepts.x: there is no variable 'x'"},
      {R"({"tiers")", "this is no JSON"},
      {"[]", "write an object"},
      {"/knowledge\nage\n", "k: line 2: 'age' is no section"},
      {"/knowledge\naddtemporal\nx age\n", "k: line 3: a tier begins with its number"},
      {"/knowledge\naddtemporal\n99999999 age\n", "k: line 3"},
      {"/knowledge\nrequiredirect\nage\n", "k: line 3: write a cause"},
      {"\xff", "not UTF-8"},
  };
  for (const auto& [text, sentence] : faults) {
    EXPECT_NE(refusal(text).find(sentence), std::string::npos)
        << text << " gave: " << refusal(text);
  }
}

}  // namespace
}  // namespace thaw::discovery
