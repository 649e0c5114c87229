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
  EXPECT_EQ(design_of("drug", {item_of(x, "review")}), Design::kFindTheNumber);
  EXPECT_EQ(design_of("drug", {item_of(x, "adjusted_cohort")}), Design::kRandomisedTrial);
  EXPECT_EQ(design_of("drug", {item_of(x, "subgroup_analysis")}), Design::kRandomisedTrial);
  EXPECT_EQ(design_of("exposure", {item_of(x, "adjusted_cohort")}), Design::kCohort);
  EXPECT_EQ(design_of("gene_variant", {item_of(x, "mendelian_variant")}), Design::kGenetics);
  EXPECT_EQ(design_of("process", {item_of(x, "animal")}), Design::kCells);
  EXPECT_EQ(design_of("process", {item_of(x, "in_vitro")}), Design::kAnimal);
  EXPECT_EQ(design_of("process", {item_of(x, "in_vitro"), item_of(x, "animal")}),
            Design::kGenetics);
  EXPECT_EQ(design_of("process", {item_of(x, "animal"), item_of(x, "animal", Direction::kOpposes)}),
            Design::kCells);
}

struct Case {
  const char* subject;
  const char* object;
  Sign sign;
  Design design;
  const char* words;  // that its English text holds
};

TEST(NextStudy, SaysOfTheBundledClaimsWhatTheirEvidenceLacks) {
  static TestBrain brain(bundled_knowledge());
  const std::vector<Case> cases = {
      // A trial without a usable figure, named.
      {"thaw:amx0035", "thaw:alsfrs_r_decline", Sign::kLowers, Design::kFindTheNumber,
       "PHOENIX is"},
      {"thaw:methylcobalamin", "thaw:alsfrs_r_decline", Sign::kLowers, Design::kFindTheNumber,
       " is recorded without a usable estimate"},
      {"thaw:tudca", "thaw:alsfrs_r_decline", Sign::kLowers, Design::kFindTheNumber,
       "TUDCA-ALS is"},
      {"thaw:ceftriaxone", "thaw:alsfrs_r_decline", Sign::kLowers, Design::kFindTheNumber,
       "Ceftriaxone NCT00349622 is"},
      {"thaw:msc_ntf", "thaw:alsfrs_r_decline", Sign::kLowers, Design::kFindTheNumber, "NurOwn"},
      {"thaw:cnm_au8", "thaw:als_progression", Sign::kLowers, Design::kFindTheNumber,
       "HEALEY C is"},
      // Figures, but small; figures that speak against; figures that speak for harm.
      {"thaw:tofersen", "thaw:alsfrs_r_decline", Sign::kLowers, Design::kRandomisedTrial,
       "too small"},
      {"thaw:oral_edaravone", "thaw:alsfrs_r_decline", Sign::kLowers, Design::kSubgroup,
       "speak against"},
      {"thaw:pentoxifylline", "thaw:survival", Sign::kLowers, Design::kSubgroup, "harm"},
      // No trial, and who knew what was given.
      {"thaw:amx0035", "thaw:survival", Sign::kRaises, Design::kRandomisedTrial, "open-label"},
      // Settled.
      {"thaw:riluzole", "thaw:survival", Sign::kRaises, Design::kSubgroup, "fairly settled"},
      {"thaw:minocycline", "thaw:alsfrs_r_decline", Sign::kLowers, Design::kSubgroup,
       "in the negative"},
      // A mechanism that only reviews speak of.
      {"thaw:motor_neuron_degeneration", "thaw:loss_of_movement", Sign::kRaises,
       Design::kFindTheNumber, "Only reviews"},
  };
  for (const Case& one : cases) {
    const auto claims = brain.weigher.weigh_between(one.subject, one.object);
    const auto claim =
        std::ranges::find_if(claims, [&](const auto& c) { return c.claim->sign == one.sign; });
    ASSERT_NE(claim, claims.end()) << one.subject;
    const auto study = next_study(*claim, brain.knowledge, nullptr, nullptr);
    EXPECT_EQ(study.design, one.design) << one.subject << ": " << study.text.en;
    EXPECT_NE(study.text.en.find(one.words), std::string::npos) << study.text.en;
    EXPECT_TRUE(study.text.en.ends_with('.')) << study.text.en;
    EXPECT_TRUE(study.text.zh.ends_with("。")) << study.text.zh;
  }
}

TEST(NextStudy, OfASettledClaimNamesThePartThatWasNotTested) {
  TestBrain brain(bundled_knowledge());
  const auto claims = brain.weigher.weigh_between("thaw:riluzole", "thaw:survival");
  const auto study = next_study(claims.front(), brain.knowledge, nullptr, nullptr,
                                brain.concept_of("ALSFRS-R decline"));
  EXPECT_EQ(study.design, Design::kCohort);
  EXPECT_TRUE(study.text.en.starts_with("That riluzole extends survival is fairly settled."));
  EXPECT_NE(study.text.en.find("does to ALSFRS-R decline"), std::string::npos) << study.text.en;
}

TEST(NextStudy, AsksForTheFigureOfTheWholeTrialWhereOnlyAPartPrintsOne) {
  Item part = item_of("t:x", "rct");
  part.n = 201;
  part.effect = evidence::PrintedEffect{.measure = "alsfrs_r_rate_difference",
                                        .value = .3,
                                        .low = -.1,
                                        .high = .7,
                                        .positive_means = Sign::kLowers};
  Item whole = item_of("t:x", "rct", Direction::kInconclusive);
  whole.n = 394;
  part.group_keys = whole.group_keys = {"trial:one"};
  part.group_label = whole.group_label = "ONE";
  const auto text_of = [](std::vector<Item> items) {
    TestBrain brain(knowledge_of(
        {{.id = "t:x", .kind = "drug", .name = {"X", "甲"}},
         {.id = "t:outcome", .kind = "outcome", .name = {"Y", "乙"}, .wanted = "lowers"}},
        std::move(items)));
    const auto claims = brain.weigher.weigh_between("t:x", "t:outcome");
    return next_study(claims.front(), brain.knowledge, nullptr, nullptr).text.en;
  };
  EXPECT_TRUE(text_of({part, whole}).starts_with("ONE, over all its people, is recorded"))
      << text_of({part, whole});
  EXPECT_EQ(text_of({part}).find("recorded without"), std::string::npos) << text_of({part});
}

TEST(NextStudy, DoesNotSayThatTrialsDisagreeForATraceOnOneSide) {
  TestBrain brain(bundled_knowledge());
  const auto claims = brain.weigher.weigh_between("thaw:riluzole", "thaw:survival", {.prior = .1});
  const auto claim =
      std::ranges::find_if(claims, [](const auto& c) { return c.claim->sign == Sign::kRaises; });
  const auto study = next_study(*claim, brain.knowledge, nullptr, nullptr);
  EXPECT_GT(claim->opposition, .1);
  EXPECT_EQ(study.text.en.find("disagree"), std::string::npos) << study.text.en;
}

TEST(NextStudy, GivesADrugAndChangesAProcess) {
  const auto text_of = [](const std::string& kind) {
    TestBrain brain(knowledge_of({{.id = "t:x", .kind = kind, .name = {"X", "甲"}},
                                  {.id = "t:outcome", .kind = "process", .name = {"Y", "乙"}}},
                                 {item_of("t:x", "in_vitro")}));
    const auto claims = brain.weigher.weigh_between("t:x", "t:outcome");
    return next_study(claims.front(), brain.knowledge, nullptr, nullptr).text;
  };
  EXPECT_NE(text_of("drug").en.find("give X in an animal"), std::string::npos);
  EXPECT_NE(text_of("process").en.find("change X in an animal"), std::string::npos);
  EXPECT_NE(text_of("drug").zh.find("给予甲"), std::string::npos) << text_of("drug").zh;
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
