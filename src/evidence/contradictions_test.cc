#include "evidence/contradictions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "evidence/bundled_knowledge.h"
#include "evidence/test_knowledge.h"

namespace thaw::evidence {
namespace {

class BundledContradictions : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    knowledge = new Knowledge(bundled_knowledge());
    const auto parameters = test_parameters();
    weighed = new std::vector<WeighedClaim>(Weigher(*knowledge, parameters).weigh_all());
    found = new std::vector<Contradiction>(find_contradictions(*knowledge, *weighed));
  }

  static const Item& item(std::string_view id) {
    return *std::ranges::find(knowledge->items(), id, &Item::id);
  }

  /// A contradiction of which one side holds the item `one` and the other `other`.
  static const Contradiction* between(std::string_view one, std::string_view other) {
    const auto holds = [&](std::size_t claim, std::string_view id) {
      return std::ranges::any_of((*weighed)[claim].claim->items,
                                 [&](std::size_t i) { return knowledge->items()[i].id == id; });
    };
    for (const Contradiction& c : *found) {
      if ((holds(c.one, one) && holds(c.other, other)) ||
          (holds(c.one, other) && holds(c.other, one))) {
        return &c;
      }
    }
    return nullptr;
  }

  static Knowledge* knowledge;
  static std::vector<WeighedClaim>* weighed;
  static std::vector<Contradiction>* found;
};
Knowledge* BundledContradictions::knowledge = nullptr;
std::vector<WeighedClaim>* BundledContradictions::weighed = nullptr;
std::vector<Contradiction>* BundledContradictions::found = nullptr;

TEST_F(BundledContradictions, ThoseThatTheRecordHoldsAreFound) {
  for (const auto& [one, other] : {std::pair{"R023", "R024"},     // TIA1
                                   std::pair{"R025", "R026"},     // LRP12
                                   std::pair{"R107", "R108"}}) {  // AMX0035
    const Contradiction* c = between(one, other);
    ASSERT_NE(c, nullptr) << one;
    EXPECT_EQ(c->kind, ContradictionKind::kWithinClaim) << one;
    EXPECT_GT(c->at_stake, 0.2) << one;
  }
}

TEST_F(BundledContradictions, TwoClaimsOnDifferentObjectsAreNone) {
  EXPECT_NE(item("R063").object, item("R064").object);  // STMN2
  EXPECT_EQ(between("R063", "R064"), nullptr);
}

TEST_F(BundledContradictions, Tbk1IsOpposedOnlyInANarrowerDisease) {
  const Contradiction* c = between("R017", "R018");
  ASSERT_NE(c, nullptr);
  EXPECT_EQ(c->kind, ContradictionKind::kNarrower);
  EXPECT_EQ((*weighed)[c->one].claim->object, "MONDO:0004976");
  EXPECT_EQ((*weighed)[c->other].claim->object, "thaw:sporadic_als");
}

TEST_F(BundledContradictions, EachIsListedOnceAndTheMostAtStakeFirst) {
  std::set<std::tuple<ContradictionKind, std::size_t, std::size_t>> seen;
  double last = 1e9;
  for (const Contradiction& c : *found) {
    EXPECT_TRUE(seen.emplace(c.kind, c.one, c.other).second);
    EXPECT_LE(c.at_stake, last);
    EXPECT_GT(c.conflict, 0);
    EXPECT_LE(c.conflict, 1);
    last = c.at_stake;
  }
  EXPECT_GE(found->size(), 8U);
}

/// "drug raises decline" by one paper, "its child lowers it" by another.
TEST(Contradictions, OppositeSignsMeetAcrossTheHierarchyButNotAcrossQualifiers) {
  Item up = item_named("up");
  up.sign = Sign::kRaises;
  up.study_kind = "animal";
  Item down = item_named("down");
  down.subject = "thaw:child";
  down.study_kind = "animal";
  const auto parameters = test_parameters();
  const auto count = [&](const std::vector<Item>& items) {
    auto base = knowledge_of(items);
    auto concepts = base.concepts();
    std::ranges::find(concepts, "thaw:child", &Concept::id)->parents = {"thaw:drug"};
    const auto knowledge = Knowledge::build(concepts, base.sources(), base.items()).value();
    return find_contradictions(knowledge, Weigher(knowledge, parameters).weigh_all()).size();
  };
  EXPECT_EQ(count({up, down}), 1U);
  down.qualifiers = {{"stage", "early"}};
  EXPECT_EQ(count({up, down}), 1U);  // a part of the same people
  up.qualifiers = {{"stage", "late"}};
  EXPECT_EQ(count({up, down}), 0U);  // other people
}

}  // namespace
}  // namespace thaw::evidence
