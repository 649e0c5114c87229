#include "evidence/population.h"

#include <gtest/gtest.h>

#include "evidence/test_knowledge.h"

namespace thaw::evidence {
namespace {

Item item_of(const std::string& id, const std::string& population) {
  Item item = item_named(id);
  item.population = population;
  return item;
}

TEST(Population, EachStatedAncestryIsListedOnce) {
  const Knowledge knowledge = knowledge_of({item_of("a", "european"), item_of("b", "east_asian"),
                                            item_of("c", ""), item_of("d", "european")});
  EXPECT_EQ(populations(knowledge), (std::vector<std::string>{"east_asian", "european"}));
}

TEST(Population, OneThatNoItemStatesIsNotFoundAndTheKnownAreNamed) {
  const Knowledge knowledge = knowledge_of({item_of("a", "european"), item_of("b", "east_asian")});
  EXPECT_TRUE(check_population(knowledge, ""));
  EXPECT_TRUE(check_population(knowledge, "east_asian"));
  for (const char* asked : {"zzz", "East_Asian", "european ", "east"}) {
    const auto refused = check_population(knowledge, asked);
    ASSERT_FALSE(refused) << asked;
    EXPECT_EQ(refused.error().code, ErrorCode::kNotFound);
    EXPECT_NE(refused.error().message.find("known: east_asian, european"), std::string::npos);
  }
}

TEST(Population, KnowledgeWithoutAncestriesKnowsNone) {
  const Knowledge knowledge = knowledge_of({item_of("a", "")});
  EXPECT_TRUE(populations(knowledge).empty());
  EXPECT_FALSE(check_population(knowledge, "east_asian"));
}

}  // namespace
}  // namespace thaw::evidence
