#include "evidence/explain.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "evidence/test_knowledge.h"

namespace thaw::evidence {
namespace {

/// Claim, weight and words of the first claim against the decline.
struct Told {
  Knowledge knowledge;
  WeightParameters parameters = test_parameters();
  WeighedClaim weighed;
  Explanation words;

  explicit Told(std::vector<Item> items, WeighOptions options = {})
      : knowledge(knowledge_of(std::move(items))) {
    const Weigher weigher(knowledge, parameters);
    const auto& claims = knowledge.claims();
    weighed = weigher.weigh(*std::ranges::find(claims, Sign::kLowers, &Claim::sign), options);
    words = explain(weigher, weighed, options);
  }

  bool says(std::string_view part) const {
    return std::ranges::any_of(words.derivation, [&](const std::string& line) {
      return line.find(part) != std::string::npos;
    });
  }
};

TEST(Explain, EveryGroupAndItemHasItsWords) {
  Item figure = slope_item("a", 0.4, 0.1, 0.7);
  Item word = item_named("b");
  word.study_kind = "animal";
  const Told told({figure, word});
  ASSERT_EQ(told.words.groups.size(), told.weighed.groups.size());
  for (std::size_t g = 0; g < told.words.groups.size(); ++g) {
    EXPECT_EQ(told.words.groups[g].items.size(), told.weighed.groups[g].items.size());
    EXPECT_FALSE(told.words.groups[g].why.empty());
    EXPECT_FALSE(told.words.groups[g].why_zh.empty());
  }
  EXPECT_TRUE(told.says("LLR = (0.25 x +0.4"));
  EXPECT_TRUE(told.says("cap 1 x grade 'unstated' 0.5"));
}

TEST(Explain, ASilentItemSaysWhy) {
  Item figure = slope_item("a", 0.4, 0.1, 0.7);
  Item word = item_named("b");
  figure.group_keys = word.group_keys = {"NCT1"};
  const Told told({figure, word});
  bool found = false;
  for (const auto& item : told.words.groups.front().items) {
    found = found || item.why.starts_with("weight 0: restates");
  }
  EXPECT_TRUE(found);
}

TEST(Explain, DampedAndLinkedGroupsSayByWhatTheyWereCut) {
  std::vector<Item> items;
  for (int i = 0; i < 3; ++i) {
    items.push_back(item_named("w" + std::to_string(i)));
    items.back().study_kind = "in_vitro";
    items.back().group_keys = {"lab:X"};
  }
  const Told told(items);
  EXPECT_NE(told.words.groups.back().why.find("counts 1/9"), std::string::npos);
  EXPECT_NE(told.words.groups.back().why.find("a stronger group shares lab:X"), std::string::npos);
}

TEST(Explain, TwoFiguresArePooledBesideTheWeight) {
  const Told told({slope_item("a", 0.4, 0.1, 0.7), slope_item("b", 0.2, -0.1, 0.5)});
  ASSERT_TRUE(told.words.pooled);
  EXPECT_NEAR(told.words.pooled->value, 0.3, 1e-9);
  EXPECT_EQ(told.words.pooled_unit, "points/month");
}

TEST(Explain, APresetAddsItsOwnLines) {
  const Told told({item_named("a")}, {.preset = Preset::kIndra});
  EXPECT_TRUE(told.says("INDRA: score"));
}

}  // namespace
}  // namespace thaw::evidence
