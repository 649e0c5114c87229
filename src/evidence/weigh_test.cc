#include "evidence/weigh.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "evidence/test_knowledge.h"

namespace thaw::evidence {
namespace {

WeighedClaim weigh_first(const Knowledge& knowledge, const WeightParameters& parameters,
                         Sign sign = Sign::kLowers, const WeighOptions& options = {}) {
  for (const Claim& claim : knowledge.claims()) {
    if (claim.sign == sign) {
      return Weigher(knowledge, parameters).weigh(claim, options);
    }
  }
  ADD_FAILURE() << "no claim of that sign";
  return {};
}

Item qualitative(const std::string& id, const std::string& kind,
                 Direction direction = Direction::kSupports) {
  Item item = item_named(id);
  item.study_kind = kind;
  item.direction = direction;
  return item;
}

/// CENTAUR and PHOENIX as in the worked example, with its own quality verdict.
std::vector<Item> amx0035() {
  Item centaur = slope_item("centaur", 0.42, 0.03, 0.81);
  centaur.n = 137;
  centaur.year = 2020;
  centaur.quality = 0.9;
  Item phoenix = item_named("phoenix");
  phoenix.n = 664;
  phoenix.year = 2024;
  phoenix.effect = PrintedEffect{.measure = "alsfrs_r_null", .p = 0.667};
  phoenix.direction = Direction::kNoEffectSeen;
  return {centaur, phoenix};
}

// The worked example's table, to three digits.
TEST(Weigh, TheWorkedExampleComesOutAsPrinted) {
  const auto knowledge = knowledge_of(amx0035());
  const auto parameters = test_parameters();
  const auto now = weigh_first(knowledge, parameters);
  EXPECT_NEAR(now.support, 1.676, 0.001);
  EXPECT_NEAR(now.opposition, 3.825, 0.005);
  EXPECT_NEAR(now.belief, 0.104, 0.001);
  EXPECT_NEAR(now.opinion.belief, 0.223, 0.001);
  EXPECT_NEAR(now.opinion.disbelief, 0.510, 0.001);
  EXPECT_NEAR(now.opinion.ignorance, 0.267, 0.001);
  ASSERT_TRUE(now.belief_range);
  EXPECT_NEAR(now.belief_range->first, 0.089, 0.001);
  EXPECT_NEAR(now.belief_range->second, 0.277, 0.002);
  const auto then = weigh_first(knowledge, parameters, Sign::kLowers, {.as_of = 2020});
  EXPECT_NEAR(then.belief, 0.842, 0.001);
  EXPECT_NEAR(then.opinion.belief, 0.456, 0.001);
  EXPECT_NEAR(then.opinion.ignorance, 0.544, 0.001);
  EXPECT_DOUBLE_EQ(then.opposition, 0);
  EXPECT_NEAR(weigh_first(knowledge, parameters, Sign::kLowers, {.prior = 0.1}).belief, 0.013,
              0.0005);
}

TEST(Weigh, ARetractionTakesTheWeightAwayAndCanBeTakenBack) {
  const auto parameters = test_parameters();
  const auto base = knowledge_of(amx0035());
  const auto with_status = [&](const std::string& source, SourceStatus status) {
    auto sources = base.sources();
    std::ranges::find(sources, source, &Source::id)->status = status;
    return Knowledge::build(base.concepts(), sources, base.items()).value();
  };
  const auto no_centaur =
      weigh_first(with_status("PMID:centaur", SourceStatus::kRetracted), parameters);
  EXPECT_DOUBLE_EQ(no_centaur.support, 0);
  EXPECT_NEAR(no_centaur.belief, 0.021, 0.001);
  EXPECT_NEAR(no_centaur.opinion.disbelief, 0.657, 0.001);
  const auto no_phoenix =
      weigh_first(with_status("PMID:phoenix", SourceStatus::kRetracted), parameters);
  EXPECT_NEAR(no_phoenix.belief, 0.842, 0.001);
  const auto back = weigh_first(with_status("PMID:phoenix", SourceStatus::kOk), parameters);
  EXPECT_DOUBLE_EQ(back.belief, weigh_first(base, parameters).belief);
  const auto doubted = weigh_first(with_status("PMID:phoenix", SourceStatus::kConcern), parameters);
  EXPECT_NEAR(doubted.opposition, 3.825 / 2, 0.005);
}

TEST(Weigh, ARetractionCountsFromItsYearOn) {
  const auto base = knowledge_of(amx0035());
  auto sources = base.sources();
  auto& centaur = *std::ranges::find(sources, "PMID:centaur", &Source::id);
  centaur.status = SourceStatus::kRetracted;
  centaur.status_year = 2023;
  const auto knowledge = Knowledge::build(base.concepts(), sources, base.items()).value();
  const auto parameters = test_parameters();
  EXPECT_GT(weigh_first(knowledge, parameters, Sign::kLowers, {.as_of = 2022}).support, 1);
  EXPECT_DOUBLE_EQ(weigh_first(knowledge, parameters, Sign::kLowers, {.as_of = 2023}).support, 0);
}

// LRP12: an allele seen in one ancestry and not in another, each 2.5 x 0.6 nats.
TEST(Weigh, AncestryDecidesWhatAnAlleleSays) {
  Item seen = item_named("asia");
  seen.subject = "thaw:allele";
  seen.object = "thaw:disease";
  seen.relation = "causes";
  seen.sign = Sign::kRaises;
  seen.study_kind = "rare_variant_or_gwas";
  seen.grade = "moderate";
  seen.population = "east_asian";
  Item unseen = seen;
  unseen.id = "europe";
  unseen.source = "PMID:europe";
  unseen.direction = Direction::kOpposes;
  unseen.population = "european";
  auto base = knowledge_of({seen, unseen});
  auto concepts = base.concepts();
  std::ranges::find(concepts, "thaw:allele", &Concept::id)->kind = "gene_variant";
  std::ranges::find(concepts, "thaw:disease", &Concept::id)->kind = "disease";
  const auto knowledge = Knowledge::build(concepts, base.sources(), base.items()).value();
  const auto parameters = test_parameters();
  const auto asia = weigh_first(knowledge, parameters, Sign::kRaises, {.population = "east_asian"});
  EXPECT_NEAR(asia.support, 1.5, 1e-9);
  EXPECT_NEAR(asia.opposition, 0.45, 1e-9);
  EXPECT_NEAR(asia.belief, 0.741, 0.001);
  EXPECT_NEAR(weigh_first(knowledge, parameters, Sign::kRaises, {.population = "european"}).belief,
              0.259, 0.001);
  EXPECT_NEAR(weigh_first(knowledge, parameters, Sign::kRaises).belief, 0.5, 1e-9);
}

TEST(Weigh, TenSentencesOfOnePaperWeighLikeOne) {
  const auto parameters = test_parameters();
  std::vector<Item> items = {qualitative("s0", "in_vitro")};
  const double one = weigh_first(knowledge_of(items), parameters).support;
  for (int i = 1; i < 10; ++i) {
    Item again = items.front();
    again.id = "s" + std::to_string(i);
    items.push_back(again);
  }
  const auto ten = weigh_first(knowledge_of(items), parameters);
  EXPECT_DOUBLE_EQ(ten.support, one);
  ASSERT_EQ(ten.groups.size(), 1U);
  EXPECT_EQ(ten.groups.front().items.size(), 10U);
  EXPECT_EQ(std::ranges::count(ten.groups.front().items, true, &WeighedItem::counts), 1);
}

TEST(Weigh, ManyWeakGroupsOfOneKindStayBelowTheirSeriesLimit) {
  const auto parameters = test_parameters();
  std::vector<Item> items;
  for (int i = 0; i < 40; ++i) {
    items.push_back(qualitative("p" + std::to_string(100 + i), "in_vitro"));
  }
  const double support = weigh_first(knowledge_of(items), parameters).support;
  const double single = parameters.cap.at("in_vitro") * parameters.grade.at("unstated");
  EXPECT_GT(support, 1.5 * single);
  EXPECT_LT(support, 1.645 * single);
}

TEST(Weigh, AMetaAnalysisNeverCountsBesideItsMembersFigures) {
  const auto parameters = test_parameters();
  Item member = slope_item("member", 0.4, 0.1, 0.7);
  member.group_keys = {"trial:M"};
  Item meta = slope_item("meta", 0.4, 0.2, 0.6);
  meta.study_kind = "meta_analysis_rct";
  meta.members = {"trial:M"};
  const double alone = weigh_first(knowledge_of({member}), parameters).support;
  EXPECT_DOUBLE_EQ(weigh_first(knowledge_of({member, meta}), parameters).support, alone);
  member.effect.reset();
  const auto silent_member = weigh_first(knowledge_of({member, meta}), parameters);
  EXPECT_DOUBLE_EQ(silent_member.support, weigh_first(knowledge_of({meta}), parameters).support);
}

TEST(Weigh, AWordWithoutAFigureRestatesTheFigureOfItsTrial) {
  const auto parameters = test_parameters();
  Item figure = slope_item("a", 0.19, -0.5, 0.85);
  figure.group_keys = {"NCT1"};
  Item word = qualitative("b", "rct", Direction::kOpposes);
  word.group_keys = {"NCT1"};
  const auto weighed = weigh_first(knowledge_of({figure, word}), parameters);
  EXPECT_DOUBLE_EQ(weighed.opposition, 0);
  ASSERT_EQ(weighed.groups.size(), 1U);
}

TEST(Weigh, AWordAboutOtherParticipantsIsNoRestatement) {
  const auto parameters = test_parameters();
  Item figure = slope_item("a", 0.4, 0.1, 0.7);
  figure.participants = "slow progressors";
  Item all = qualitative("b", "rct", Direction::kNoEffectSeen);
  all.participants = "everybody";
  figure.group_keys = all.group_keys = {"NCT1"};
  const auto weighed = weigh_first(knowledge_of({figure, all}), parameters);
  EXPECT_GT(weighed.support, 0);
  EXPECT_GT(weighed.opposition, 0);
  all.participants.clear();
  EXPECT_DOUBLE_EQ(weigh_first(knowledge_of({figure, all}), parameters).opposition, 0);
}

TEST(Weigh, ADefinitionHoldsInEveryYear) {
  const auto parameters = test_parameters();
  Item definition = qualitative("a", "definition");
  definition.year.reset();
  const auto weighed =
      weigh_first(knowledge_of({definition}), parameters, Sign::kLowers, {.as_of = 1950});
  EXPECT_GT(weighed.support, 0);
  EXPECT_TRUE(weighed.undated.empty());
}

TEST(Weigh, ANullWithoutAPValueLeavesARange) {
  const auto parameters = test_parameters();
  Item other = slope_item("a", 0.4, 0.1, 0.7);
  other.n = 200;
  Item null = item_named("b");
  null.n = 185;
  null.direction = Direction::kNoEffectSeen;
  null.effect = PrintedEffect{.measure = "alsfrs_r_null"};
  const auto weighed = weigh_first(knowledge_of({other, null}), parameters);
  ASSERT_TRUE(weighed.belief_range);
  EXPECT_LT(weighed.belief_range->first, weighed.belief);
  EXPECT_GT(weighed.belief_range->second, weighed.belief);
}

TEST(Weigh, AGroupThatDisagreesWithItselfKeepsBothSides) {
  const auto parameters = test_parameters();
  Item good = slope_item("a", 0.4, 0.1, 0.7);
  Item bad = slope_item("b", -0.2, -0.5, 0.1);
  good.group_keys = bad.group_keys = {"NCT1"};
  const auto weighed = weigh_first(knowledge_of({good, bad}), parameters);
  EXPECT_GT(weighed.support, 0);
  EXPECT_GT(weighed.opposition, 0);
  ASSERT_EQ(weighed.groups.size(), 2U);
  EXPECT_TRUE(weighed.groups[0].internal_disagreement && weighed.groups[1].internal_disagreement);
}

TEST(Weigh, OneLaboratoryAndOneConsortiumDiscountTheWeakerGroup) {
  const auto parameters = test_parameters();
  Item strong = slope_item("a", 0.4, 0.1, 0.7);
  Item weak = slope_item("b", 0.3, -0.1, 0.7);
  const auto free = weigh_first(knowledge_of({strong, weak}), parameters);
  const double lesser = free.groups[1].nats;
  strong.group_keys = weak.group_keys = {"lab:X"};
  EXPECT_NEAR(weigh_first(knowledge_of({strong, weak}), parameters).support,
              free.support - 0.3 * lesser, 1e-12);
  strong.group_keys = weak.group_keys = {"consortium:Y"};
  EXPECT_NEAR(weigh_first(knowledge_of({strong, weak}), parameters).support,
              free.support - 0.5 * lesser, 1e-12);
}

TEST(Weigh, AnItemWithoutAYearIsLeftOutOfADatedQuestionAndListed) {
  const auto parameters = test_parameters();
  Item dated = slope_item("a", 0.4, 0.1, 0.7);
  Item undated = slope_item("b", 0.4, 0.1, 0.7);
  undated.year.reset();
  const auto knowledge = knowledge_of({dated, undated});
  const auto asked = weigh_first(knowledge, parameters, Sign::kLowers, {.as_of = 2025});
  EXPECT_EQ(asked.undated.size(), 1U);
  EXPECT_EQ(asked.groups.size(), 1U);
  EXPECT_EQ(weigh_first(knowledge, parameters).groups.size(), 2U);
}

TEST(Weigh, ASyntheticItemNeverEntersAWeightAndIsShownAsWhatItWouldAdd) {
  const auto parameters = test_parameters();
  const Item real = slope_item("a", 0.4, 0.1, 0.7);
  Item synthetic = slope_item("b", 0.5, 0.45, 0.55);
  synthetic.study_kind = "registry_analysis";
  synthetic.synthetic = true;
  const auto with = knowledge_of({real, synthetic});
  const auto without = knowledge_of({real});
  EXPECT_DOUBLE_EQ(weigh_first(with, parameters).belief, weigh_first(without, parameters).belief);
  const Weigher weigher(without, parameters);
  const auto& claim = *std::ranges::find(without.claims(), Sign::kLowers, &Claim::sign);
  const auto addition = weigher.would_add(claim, synthetic);
  EXPECT_NEAR(addition.nats, 1.5, 1e-12);  // its kind's cap
  EXPECT_NEAR(logit(addition.belief_after) - logit(addition.belief_before), addition.nats, 1e-9);
}

/// Random items of every form, in few groups, for laws.
std::vector<Item> random_items(Random& random, int count) {
  const std::vector<std::string> kinds = {"rct", "animal", "in_vitro", "adjusted_cohort"};
  std::vector<Item> items;
  for (int i = 0; i < count; ++i) {
    Item item = item_named("i" + std::to_string(i));
    if (random.bernoulli(0.5)) {
      const double x = random.normal() * 0.4;
      const double half = 0.1 + random.uniform();
      item = slope_item(item.id, x, x - half, x + half);
    }
    item.study_kind = kinds[random.index(kinds.size())];
    item.direction = static_cast<Direction>(random.index(4));
    item.group_keys = {"trial:" + std::to_string(random.index(4))};
    if (random.bernoulli(0.3)) {
      item.group_keys.push_back("lab:" + std::to_string(random.index(2)));
    }
    items.push_back(std::move(item));
  }
  return items;
}

/// A meta-analysis of two trials whose own figures are known, over both claims' group keys.
struct PooledPair {
  Item first = slope_item("first", 0.5, 0.1, 0.9);
  Item second = slope_item("second", 0.1, -0.1, 0.3);
  Item meta;

  PooledPair() {
    first.group_keys = {"trial:A"};
    second.group_keys = {"trial:B"};
    const double a = 1 / std::pow(0.8 / 3.919928, 2);
    const double b = 1 / std::pow(0.4 / 3.919928, 2);
    const double x = (0.5 * a + 0.1 * b) / (a + b);
    const double half = 1.959964 / std::sqrt(a + b);
    meta = slope_item("meta", x, x - half, x + half);
    meta.study_kind = "meta_analysis_rct";
    meta.members = {"trial:A", "trial:B"};
  }
};

Knowledge with_retracted(const Knowledge& base, const std::string& source) {
  auto sources = base.sources();
  std::ranges::find(sources, source, &Source::id)->status = SourceStatus::kRetracted;
  return Knowledge::build(base.concepts(), sources, base.items()).value();
}

const WeighedItem* find_weighed(const WeighedClaim& weighed, const Knowledge& knowledge,
                                std::string_view id) {
  for (const auto& group : weighed.groups) {
    for (const auto& item : group.items) {
      if (knowledge.items()[item.item].id == id) {
        return &item;
      }
    }
  }
  return nullptr;
}

TEST(Weigh, AMetaAnalysisIsPooledAgainWithoutItsRetractedMember) {
  const auto parameters = test_parameters();
  const PooledPair pair;
  const auto base = knowledge_of({pair.first, pair.meta});
  EXPECT_EQ(find_weighed(weigh_first(base, parameters), base, "meta")->silence,
            Silence::kPooledMembers);
  const auto knowledge = with_retracted(base, "PMID:first");
  const auto weighed = weigh_first(knowledge, parameters);
  const WeighedItem* meta = find_weighed(weighed, knowledge, "meta");
  ASSERT_NE(meta, nullptr);
  EXPECT_TRUE(meta->counts && meta->rests_on_retracted && meta->repooled);
  // What is left is the second trial's own figure, under the cap of a meta-analysis.
  auto wide = test_parameters();
  wide.cap["rct_phase2"] = wide.cap.at("meta_analysis_rct");
  const double alone = weigh_first(knowledge_of({pair.second}), wide).opposition;
  EXPECT_NEAR(weighed.opposition, alone, 1e-6);
  EXPECT_DOUBLE_EQ(weighed.support, 0);
}

TEST(Weigh, AMetaAnalysisStaysSilentWhileAnotherMembersFigureStands) {
  const auto parameters = test_parameters();
  const PooledPair pair;
  const auto base = knowledge_of({pair.first, pair.second, pair.meta});
  const auto knowledge = with_retracted(base, "PMID:first");
  const auto weighed = weigh_first(knowledge, parameters);
  EXPECT_EQ(find_weighed(weighed, knowledge, "meta")->silence, Silence::kPooledMembers);
  EXPECT_TRUE(find_weighed(weighed, knowledge, "meta")->rests_on_retracted);
  EXPECT_NEAR(weighed.opposition, weigh_first(knowledge_of({pair.second}), parameters).opposition,
              1e-12);
}

TEST(Weigh, WhatRestsOnARetractedStudyWithoutAFigureIsDoubted) {
  const auto parameters = test_parameters();
  PooledPair pair;
  pair.first.effect.reset();
  const auto base = knowledge_of({pair.first, pair.meta});
  const double before = weigh_first(base, parameters).support;
  const auto knowledge = with_retracted(base, "PMID:first");
  const auto weighed = weigh_first(knowledge, parameters);
  EXPECT_TRUE(find_weighed(weighed, knowledge, "meta")->rests_on_retracted);
  EXPECT_FALSE(find_weighed(weighed, knowledge, "meta")->repooled);
  EXPECT_NEAR(weighed.support, parameters.concern_status * before, 1e-9);
}

TEST(Weigh, ARetractionAndItsReturnLeaveEveryClaimAsItWas) {
  const auto parameters = test_parameters();
  Random random(15);
  for (int round = 0; round < 40; ++round) {
    const auto base = knowledge_of(random_items(random, 8));
    const auto before = Weigher(base, parameters).weigh_all();
    const auto id = base.sources()[random.index(base.sources().size())].id;
    const auto without = with_retracted(base, id);
    auto sources = without.sources();
    std::ranges::find(sources, id, &Source::id)->status = SourceStatus::kOk;
    const auto back = Knowledge::build(base.concepts(), sources, base.items()).value();
    const auto after = Weigher(back, parameters).weigh_all();
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_EQ(before[i].support, after[i].support);
      EXPECT_EQ(before[i].opposition, after[i].opposition);
    }
  }
}

TEST(Weigh, OneClaimAloneWeighsAsAmongAll) {
  const auto parameters = test_parameters();
  Random random(16);
  for (int round = 0; round < 20; ++round) {
    const auto knowledge = knowledge_of(random_items(random, 8));
    const Weigher weigher(knowledge, parameters);
    for (const auto& weighed : weigher.weigh_all()) {
      EXPECT_EQ(weigher.weigh(*weighed.claim).belief, weighed.belief);
    }
  }
}

// A hundred thousand copies in one group: linear, and no more than one.
TEST(Weigh, ManyCopiesInOneGroupWeighLikeOne) {
  const auto parameters = test_parameters();
  std::vector<Voice> voices(100'000);
  for (std::size_t i = 0; i < voices.size(); ++i) {
    voices[i].item = {.item = i, .nats = 0.4, .nats_low = 0.4, .nats_high = 0.4};
    voices[i].item.quantitative = i % 2 == 0;
    voices[i].participants = static_cast<std::uint32_t>(i % 1000);
  }
  EXPECT_DOUBLE_EQ(sides_of(weigh_groups(voices, {})).support, 0.4);
}

TEST(Weigh, OrderOfInsertionChangesNothing) {
  const auto parameters = test_parameters();
  Random random(5);
  for (int round = 0; round < 40; ++round) {
    auto items = random_items(random, 8);
    const auto first = weigh_first(knowledge_of(items), parameters);
    for (std::size_t i = items.size(); i > 1; --i) {
      std::swap(items[i - 1], items[random.index(i)]);
    }
    const auto second = weigh_first(knowledge_of(items), parameters);
    EXPECT_EQ(first.support, second.support);
    EXPECT_EQ(first.opposition, second.opposition);
    EXPECT_EQ(first.groups.size(), second.groups.size());
  }
}

TEST(Weigh, TheSameItemTwiceChangesNothing) {
  const auto parameters = test_parameters();
  Random random(6);
  for (int round = 0; round < 40; ++round) {
    auto items = random_items(random, 6);
    const auto once = weigh_first(knowledge_of(items), parameters);
    Item copy = items[random.index(items.size())];
    copy.id += "z";
    items.push_back(copy);
    const auto twice = weigh_first(knowledge_of(items), parameters);
    EXPECT_NEAR(once.support, twice.support, 1e-12);
    EXPECT_NEAR(once.opposition, twice.opposition, 1e-12);
  }
}

TEST(Weigh, AddingSupportFromANewGroupNeverLowersTheBelief) {
  const auto parameters = test_parameters();
  Random random(7);
  for (int round = 0; round < 60; ++round) {
    auto items = random_items(random, 5);
    const auto before = weigh_first(knowledge_of(items), parameters);
    items.push_back(qualitative("new", "animal"));
    const auto after = weigh_first(knowledge_of(items), parameters);
    EXPECT_GE(after.belief, before.belief - 1e-12);
    EXPECT_LE(after.opinion.ignorance, before.opinion.ignorance + 1e-12);
  }
}

TEST(Weigh, SharesSumToOneAndTheLogOddsAddUp) {
  const auto parameters = test_parameters();
  Random random(8);
  for (int round = 0; round < 60; ++round) {
    const auto weighed = weigh_first(knowledge_of(random_items(random, 7)), parameters);
    EXPECT_NEAR(weighed.opinion.belief + weighed.opinion.disbelief + weighed.opinion.ignorance, 1,
                1e-12);
    EXPECT_NEAR(logit(weighed.belief), weighed.support - weighed.opposition, 1e-9);
    double sum = 0;
    for (const auto& group : weighed.groups) {
      EXPECT_GE(group.nats, 0);
      sum += group.direction * group.nats;
    }
    EXPECT_NEAR(sum, weighed.support - weighed.opposition, 1e-12);
  }
}

}  // namespace
}  // namespace thaw::evidence
