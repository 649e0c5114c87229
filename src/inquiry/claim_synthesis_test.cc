#include "inquiry/claim_synthesis.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "inquiry/registry_loop.h"
#include "inquiry/test_brain.h"

namespace thaw::inquiry {
namespace {

namespace json = boost::json;

constexpr const char* kDrug = "t:drug";

evidence::Item trial(const std::string& name, std::string_view object, const char* measure,
                     double value, double low, double high) {
  evidence::Item item;
  item.id = name;
  item.subject = kDrug;
  item.object = object;
  item.relation = "changes";
  item.study_kind = "rct";
  item.grade = "moderate";
  item.n = 200;
  item.source = "paper:" + name;
  item.group_keys = {"trial:" + name};
  item.effect.emplace();
  item.effect->measure = measure;
  item.effect->value = value;
  item.effect->low = low;
  item.effect->high = high;
  item.effect->positive_means = evidence::Sign::kLowers;
  return item;
}

/// Two trials of a drug on survival, two on the decline, and `more`.
evidence::Knowledge trials(std::vector<evidence::Item> more = {}) {
  std::vector<evidence::Concept> concepts;
  for (const std::string_view id : {std::string_view(kDrug), kSurvivalConcept, kDeclineConcept}) {
    evidence::Concept one;
    one.id = id;
    one.name = {std::string(id), std::string(id)};
    concepts.push_back(one);
  }
  std::vector<evidence::Item> items = {
      trial("a", kSurvivalConcept, "hazard_ratio", .8, .6, 1.07),
      trial("b", kSurvivalConcept, "hazard_ratio", .9, .7, 1.16),
      trial("c", kDeclineConcept, "alsfrs_r_rate_difference", .2, .05, .35),
      trial("d", kDeclineConcept, "alsfrs_r_rate_difference", .1, -.1, .3)};
  items.insert(items.end(), more.begin(), more.end());
  std::vector<evidence::Source> sources;
  for (const auto& item : items) {
    if (std::ranges::find(sources, item.source, &evidence::Source::id) == sources.end()) {
      sources.push_back({.id = item.source});
    }
  }
  auto built = evidence::Knowledge::build(concepts, sources, items);
  EXPECT_TRUE(built) << (built ? "" : built.error().message);
  return std::move(built.value());
}

std::string claim_of(const evidence::Knowledge& knowledge, std::string_view object) {
  return knowledge.between(kDrug, std::string(object)).front()->id;
}

json::object estimate(const char* unit, double value, double low, double high) {
  return {{"estimate", value}, {"ci_low", low}, {"ci_high", high}, {"unit", unit}, {"n", 3000}};
}

TEST(ClaimSynthesis, LetsAnEstimateJoinOnlyClaimsOfItsOwnOutcome) {
  const auto knowledge = trials();
  const auto ratio = estimate("HR", .8, .7, .92);
  const auto slope = estimate("points/month", .15, .05, .25);
  const std::string survival = claim_of(knowledge, kSurvivalConcept);
  const std::string decline = claim_of(knowledge, kDeclineConcept);
  const auto joined = synthesize_claim(knowledge, survival, &ratio);
  ASSERT_TRUE(joined) << joined.error().message;
  EXPECT_EQ(joined->pooled.studies.size(), 3U);
  EXPECT_TRUE(synthesize_claim(knowledge, decline, &slope));
  for (const auto& [claim, document] : {std::pair(decline, ratio), std::pair(survival, slope)}) {
    const auto refused = synthesize_claim(knowledge, claim, &document);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("this claim is about"), std::string::npos);
  }
}

TEST(ClaimSynthesis, CountsThePeopleOfTheRegistryOnceHoweverOftenTheyAreAnalysed) {
  const auto before = trials();
  const auto ratio = estimate("HR", .8, .7, .92);
  const auto first = synthesize_claim(before, claim_of(before, kSurvivalConcept), &ratio);
  ASSERT_TRUE(first) << first.error().message;
  evidence::Item held = *first->registry;
  held.relation = "changes";
  EXPECT_NE(held.id.find("registry_estimate:t:drug:thaw:survival:hazard_ratio:"),
            std::string::npos);
  const auto after = trials({held});
  const auto again = estimate("HR", .82, .71, .95);
  const auto second = synthesize_claim(after, claim_of(after, kSurvivalConcept), &again);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_NE(second->registry->id, held.id);
  EXPECT_EQ(second->pooled.studies.size(), 3U);
  EXPECT_TRUE(std::ranges::any_of(second->left_out, [](const auto& one) {
    return one.second.en == "another item of the same people is surer";
  }));
}

TEST(ClaimSynthesis, LeavesPeopleWhoDoNotExistOutAndSendsThemNowhere) {
  const auto knowledge = trials();
  const std::string claim = claim_of(knowledge, kSurvivalConcept);
  for (const json::value& mark : {json::value(true), json::value(1), json::value("yes")}) {
    auto made_up = estimate("HR", .5, .4, .6);
    made_up["synthetic"] = mark;
    const auto pooled = synthesize_claim(knowledge, claim, &made_up);
    ASSERT_TRUE(pooled) << pooled.error().message;
    EXPECT_EQ(pooled->pooled.studies.size(), 2U);
    EXPECT_FALSE(registry_evidence_lines(*pooled));
  }
  auto real = estimate("HR", .8, .7, .92);
  real["synthetic"] = false;
  const auto pooled = synthesize_claim(knowledge, claim, &real);
  ASSERT_TRUE(pooled) << pooled.error().message;
  const auto lines = registry_evidence_lines(*pooled);
  ASSERT_TRUE(lines);
  EXPECT_NE(lines->find("\"registry:people\""), std::string::npos);
}

}  // namespace
}  // namespace thaw::inquiry
