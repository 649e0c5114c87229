#include "inquiry/next_study.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "inquiry/neighbourhood.h"
#include "inquiry/registry_document.h"
#include "inquiry/registry_loop.h"
#include "inquiry/test_brain.h"

namespace thaw::inquiry {
namespace {

using evidence::Direction;
using evidence::Item;
using evidence::Sign;

Item item_of(const std::string& subject, const std::string& kind,
             Direction direction = Direction::kSupports) {
  Item item;
  item.subject = subject;
  item.object = "t:outcome";
  item.relation = "slows";
  item.sign = Sign::kLowers;
  item.study_kind = kind;
  item.direction = direction;
  item.grade = "strong";
  item.year = 2020;
  return item;
}

Design design_of(const std::string& subject_kind, std::vector<Item> items) {
  TestBrain brain(knowledge_of(
      {{.id = "t:x", .kind = subject_kind, .name = {"X", "甲"}},
       {.id = "t:outcome", .kind = "outcome", .name = {"Y", "乙"}, .wanted = "lowers"}},
      std::move(items)));
  const auto claims = brain.weigher.weigh_between("t:x", "t:outcome");
  const auto study = next_study(claims.front(), brain.knowledge, brain.concept_of("X"), nullptr);
  EXPECT_FALSE(study.text.en.empty());
  EXPECT_NE(study.text.zh.find("甲"), std::string::npos);
  EXPECT_FALSE(study.people);
  return study.design;
}

TEST(NextStudy, FollowsFromTheKindsOfEvidence) {
  const std::string x = "t:x";
  EXPECT_EQ(design_of("drug", {item_of(x, "animal")}), Design::kRandomisedTrial);
  EXPECT_EQ(design_of("drug", {item_of(x, "in_vitro")}), Design::kAnimal);
  EXPECT_EQ(design_of("drug", {item_of(x, "review")}), Design::kCohort);
  EXPECT_EQ(design_of("drug", {item_of(x, "adjusted_cohort")}), Design::kRandomisedTrial);
  EXPECT_EQ(design_of("exposure", {item_of(x, "adjusted_cohort")}), Design::kCohort);
  EXPECT_EQ(design_of("gene_variant", {item_of(x, "mendelian_variant")}), Design::kGenetics);
  EXPECT_EQ(design_of("process", {item_of(x, "animal")}), Design::kCells);
  EXPECT_EQ(design_of("process", {item_of(x, "in_vitro")}), Design::kAnimal);
  EXPECT_EQ(design_of("process", {item_of(x, "in_vitro"), item_of(x, "animal")}),
            Design::kGenetics);
  EXPECT_EQ(design_of("process", {item_of(x, "animal"), item_of(x, "animal", Direction::kOpposes)}),
            Design::kCells);
}

TEST(NextStudy, AsksForTheNumberWhereANullWasPrintedWithoutOne) {
  TestBrain brain(bundled_knowledge());
  const auto claims = brain.weigher.weigh_between("thaw:amx0035", "thaw:alsfrs_r_decline");
  const auto slows = std::ranges::find_if(
      claims, [](const auto& claim) { return claim.claim->sign == Sign::kLowers; });
  ASSERT_NE(slows, claims.end());
  const auto study = next_study(*slows, brain.knowledge, nullptr, nullptr);
  EXPECT_EQ(study.design, Design::kFindTheNumber) << study.text.en;
  EXPECT_EQ(code(study.design), "find_the_number");
}

TEST(Neighbourhood, HoldsTheEndsOfEveryEdgeAndNoMoreNodesThanAsked) {
  TestBrain brain(bundled_knowledge());
  const auto mechanism = Mechanism::build(brain.weigher, {});
  for (const std::size_t max : {1U, 5U, 60U}) {
    for (const int depth : {1, 2, 3}) {
      const auto near = neighbourhood(*mechanism, brain.knowledge,
                                      *brain.concept_of("ALSFRS-R decline"), depth, max);
      EXPECT_LE(near.nodes.size(), max + near.not_causal.size());
      EXPECT_EQ(near.nodes.front().self->id, "thaw:alsfrs_r_decline");
      EXPECT_EQ(near.truncated, max < 60 || near.truncated);
      std::set<std::string> ids;
      for (const auto& node : near.nodes) {
        EXPECT_TRUE(ids.insert(node.self->id).second);
      }
      for (const auto* edge : near.edges) {
        EXPECT_TRUE(ids.contains(edge->claim->subject) && ids.contains(edge->claim->object));
        EXPECT_GT(edge->support + edge->opposition, 0);
      }
    }
  }
}

TEST(RegistryItem, OfSyntheticPeopleNeverEntersTheWeight) {
  const auto base = bundled_knowledge();
  const evidence::Claim* claim = nullptr;
  for (const auto* one : base.between("thaw:riluzole", "thaw:survival")) {
    claim = one->sign == Sign::kRaises ? one : claim;
  }
  ASSERT_NE(claim, nullptr);
  auto estimate = effect::ratio_estimate(std::log(.75), .05);
  estimate.n = 4000;
  for (const bool synthetic : {true, false}) {
    const Item item = registry_item(*claim, estimate, true, synthetic);
    auto items = base.items();
    items.push_back(item);
    auto sources = base.sources();
    sources.push_back({.id = item.source});
    TestBrain with(evidence::Knowledge::build(base.concepts(), sources, items).value());
    TestBrain without(bundled_knowledge());
    const auto weight = [&](TestBrain& brain) {
      return brain.weigher.weigh(*brain.knowledge.find_claim(claim->id)).support;
    };
    if (synthetic) {
      EXPECT_EQ(weight(with), weight(without));
    } else {
      EXPECT_GT(weight(with), weight(without));
    }
  }
}

TEST(RegistryItem, WouldAddWhatItsDerivationStates) {
  TestBrain brain(bundled_knowledge());
  const auto* claim = brain.knowledge.between("thaw:riluzole", "thaw:survival").front();
  auto estimate = effect::ratio_estimate(std::log(.75), .05);
  const Item item = registry_item(*claim, estimate, true, true);
  const auto added = brain.weigher.would_add(*claim, item);
  EXPECT_GT(std::abs(added.nats), .5);
  EXPECT_LE(std::abs(added.nats), 1.5);  // the cap of a registry analysis
  EXPECT_NEAR(evidence::logit(added.belief_after) - evidence::logit(added.belief_before),
              added.nats, 1e-9);
  EXPECT_FALSE(added.derivation.empty());
  // The interval is wider than the estimate's own: sqrt(.05^2 + .10^2).
  EXPECT_NEAR(std::log(*item.effect->high / *item.effect->low), 2 * 1.96 * std::hypot(.05, .10),
              1e-3);
}

}  // namespace
}  // namespace thaw::inquiry
