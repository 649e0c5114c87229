#include "inquiry/rank.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <set>

#include "inquiry/documents.h"
#include "inquiry/test_brain.h"

namespace thaw::inquiry {
namespace {

using evidence::Concept;
using evidence::Item;
using evidence::Sign;

TestBrain& bundled() {
  static TestBrain brain(bundled_knowledge());
  return brain;
}

Ranking rank_of(TestBrain& brain, std::string_view outcome, unsigned threads = 1,
                std::size_t top = 500) {
  RankRequest request;
  request.outcome = brain.concept_of(outcome);
  request.top = top;
  request.threads = threads;
  return rank(brain.weigher, request, nullptr).value();
}

const Answer* find(const Ranking& ranking, std::string_view id) {
  for (const auto& answer : ranking.answers) {
    if (answer.candidate->id == id) {
      return &answer;
    }
  }
  return nullptr;
}

Item arrow(std::string subject, Sign sign, std::string object, std::string kind) {
  Item item;
  item.subject = std::move(subject);
  item.object = std::move(object);
  item.relation = sign == Sign::kRaises ? "increases" : "decreases";
  item.sign = sign;
  item.study_kind = std::move(kind);
  item.grade = "strong";
  item.year = 2020;
  return item;
}

/// A drug that lowers a process that raises an outcome: the second arrow is the uncertain one.
TestBrain& small() {
  static TestBrain brain(knowledge_of(
      {{.id = "t:drug", .kind = "drug", .name = {"drug", "药"}},
       {.id = "t:process", .kind = "process", .name = {"process", "过程"}},
       {.id = "t:outcome", .kind = "outcome", .name = {"outcome", "结局"}, .wanted = "lowers"},
       {.id = "t:idle", .kind = "drug", .name = {"idle drug", "无关药"}},
       {.id = "t:other", .kind = "process", .name = {"other", "其他"}}},
      {arrow("t:drug", Sign::kLowers, "t:process", "rct_confirmatory"),
       arrow("t:process", Sign::kRaises, "t:outcome", "animal"),
       arrow("t:idle", Sign::kRaises, "t:other", "animal")}));
  return brain;
}

TEST(Rank, OfAChainIsTheProductOfItsBeliefs) {
  const auto ranking = rank_of(small(), "outcome");
  ASSERT_EQ(ranking.answers.size(), 1U);
  const Answer& answer = ranking.answers[0];
  ASSERT_TRUE(answer.chain);
  ASSERT_EQ(answer.chain->links.size(), 2U);
  const double product = answer.chain->links[0].probability * answer.chain->links[1].probability;
  EXPECT_DOUBLE_EQ(answer.chain->belief, product);
  EXPECT_EQ(answer.chain->sign, Sign::kLowers);
  EXPECT_NEAR(answer.helps, product, 4 * answer.error);
  EXPECT_EQ(answer.direct, nullptr);
  EXPECT_EQ(ranking.candidates_total, 2U);
  ASSERT_EQ(ranking.not_shown.size(), 1U);
  EXPECT_EQ(ranking.not_shown[0].candidate->id, "t:idle");
}

TEST(Rank, FindsTheWeakestLinkOfAChain) {
  // Importance of a link in a chain is the probability of the rest; so value = p2 p1 (1 - p1) for
  // the first and p1 p2 (1 - p2) for the second: the less certain one wins.
  const auto ranking = rank_of(small(), "outcome");
  const Answer& answer = ranking.answers[0];
  ASSERT_TRUE(answer.weakest);
  const double p1 = answer.chain->links[0].probability;
  const double p2 = answer.chain->links[1].probability;
  ASSERT_LT(p2, p1);
  EXPECT_EQ(answer.weakest->link.subject->id, "t:process");
  EXPECT_NEAR(answer.weakest->importance, p1, .02);
  EXPECT_DOUBLE_EQ(answer.weakest->uncertainty, p2 * (1 - p2));
  EXPECT_DOUBLE_EQ(answer.weakest->value, answer.weakest->importance * answer.weakest->uncertainty);
  ASSERT_TRUE(answer.next);
  EXPECT_EQ(answer.next->design, Design::kCells);  // it was seen in animals only
}

TEST(Rank, SharesSumToOneAndEveryCandidateIsAccountedFor) {
  for (const char* outcome : {"thaw:alsfrs_r_decline", "thaw:survival", "thaw:als_progression"}) {
    const auto ranking = rank_of(bundled(), outcome);
    EXPECT_EQ(ranking.answers.size() + ranking.not_shown.size(), ranking.candidates_total);
    EXPECT_GE(ranking.answers.size(), 8U) << outcome;
    std::set<std::string> seen;
    double before = 1;
    for (const auto& answer : ranking.answers) {
      EXPECT_NEAR(answer.helps + answer.harms + answer.both + answer.neither, 1, 1e-12);
      EXPECT_LE(answer.helps, before);
      before = answer.helps;
      EXPECT_TRUE(seen.insert(answer.candidate->id).second);
      EXPECT_TRUE(answer.chain);
      EXPECT_TRUE(answer.next) << outcome << " " << answer.candidate->id << " " << answer.helps
                               << " " << answer.harms;
      EXPECT_FALSE(answer.verdict.zh.empty());
    }
  }
}

TEST(Rank, SaysWhatTheRecordSays) {
  const auto survival = rank_of(bundled(), "survival");
  EXPECT_EQ(survival.wanted, Sign::kRaises);
  ASSERT_NE(find(survival, "thaw:riluzole"), nullptr);
  EXPECT_GT(find(survival, "thaw:riluzole")->helps, .8);
  const auto decline = rank_of(bundled(), "ALSFRS-R decline");
  ASSERT_NE(find(decline, "thaw:minocycline"), nullptr);
  EXPECT_GT(find(decline, "thaw:minocycline")->harms, .85);
  EXPECT_LT(find(decline, "thaw:minocycline")->helps, .1);
  ASSERT_NE(find(decline, "thaw:amx0035"), nullptr);
  EXPECT_LT(find(decline, "thaw:amx0035")->helps, .3);
  EXPECT_GT(find(decline, "thaw:amx0035")->direct->opposition, 1);
}

TEST(Rank, ShowsEveryPartOfTheOutcomeThatWasTestedDirectly) {
  const auto ranking = rank_of(bundled(), "ALS progression");
  const Answer* amx = find(ranking, "thaw:amx0035");
  ASSERT_NE(amx, nullptr);
  ASSERT_EQ(amx->parts.size(), 2U);  // its trials speak of decline, its follow-up of survival
  EXPECT_EQ(amx->parts[0].object->id, "thaw:alsfrs_r_decline");
  EXPECT_EQ(amx->parts[0].sign, Sign::kLowers);
  EXPECT_LT(amx->parts[0].claim->belief, .5);
  EXPECT_EQ(amx->parts[1].object->id, "thaw:survival");
  EXPECT_EQ(amx->parts[1].sign, Sign::kRaises);
  EXPECT_GT(amx->parts[1].claim->belief, .5);
  EXPECT_EQ(amx->direct, amx->parts[0].claim);  // that of most nats
  const Answer* riluzole = find(ranking, "thaw:riluzole");
  ASSERT_EQ(riluzole->parts.size(), 2U);
  EXPECT_EQ(riluzole->parts[0].object->id, "thaw:als_progression");  // itself first
  EXPECT_EQ(riluzole->direct, riluzole->parts[1].claim);
  EXPECT_EQ(riluzole->next->design, Design::kCohort) << riluzole->next->text.en;
  const Answer* perampanel = find(ranking, "thaw:perampanel");  // only harm is claimed of it
  ASSERT_EQ(perampanel->parts.size(), 1U);
  EXPECT_EQ(perampanel->parts[0].sign, Sign::kRaises);
  EXPECT_EQ(perampanel->direct, nullptr);
  EXPECT_NE(perampanel->verdict.en.find("harm"), std::string::npos);
  for (const auto& answer : ranking.answers) {
    EXPECT_EQ(answer.parts.empty(), answer.verdict.en.starts_with("only mechanisms"));
  }
}

TEST(Rank, NeverAsksToStudyWhatHoldsByDefinition) {
  for (const char* outcome : {"thaw:alsfrs_r_decline", "thaw:als_progression"}) {
    for (const auto& answer : rank_of(bundled(), outcome).answers) {
      ASSERT_TRUE(answer.weakest) << answer.candidate->id;
      EXPECT_FALSE(is_definition(*answer.weakest->link.claim)) << answer.weakest->text.en;
      EXPECT_TRUE(answer.weakest->text.en.starts_with("Whether ")) << answer.weakest->text.en;
    }
  }
}

TEST(Rank, PassesOverADefinitionEvenWhereItIsTheMostUncertainLink) {
  Item definition = arrow("t:process", Sign::kRaises, "t:outcome", "definition");
  definition.grade = "weak";
  TestBrain brain(knowledge_of(
      {{.id = "t:drug", .kind = "drug", .name = {"drug", "药"}},
       {.id = "t:process", .kind = "process", .name = {"process", "过程"}},
       {.id = "t:outcome", .kind = "outcome", .name = {"outcome", "结局"}, .wanted = "lowers"}},
      {arrow("t:drug", Sign::kLowers, "t:process", "rct_confirmatory"), definition}));
  const auto ranking = rank_of(brain, "outcome");
  const Answer& answer = ranking.answers.at(0);
  ASSERT_LT(answer.chain->links[1].probability, answer.chain->links[0].probability);
  ASSERT_TRUE(answer.weakest);
  EXPECT_EQ(answer.weakest->link.subject->id, "t:drug");
  ASSERT_EQ(answer.parts.size(), 1U);  // the process is a part of the outcome
  EXPECT_EQ(answer.parts[0].object->id, "t:process");
}

TEST(Rank, ProposesNoTrialOfWhatWasFoundToHarm) {
  const auto ranking = rank_of(bundled(), "ALS progression");
  for (const char* id : {"thaw:minocycline", "thaw:pentoxifylline", "thaw:reldesemtiv"}) {
    EXPECT_EQ(find(ranking, id)->next->design, Design::kSubgroup) << id;
  }
}

TEST(Rank, TakesKindsOfCandidatesAndRefusesUnknownOnes) {
  RankRequest request;
  request.outcome = bundled().concept_of("ALS progression");
  request.kinds = {"exposure"};
  const auto exposures = rank(bundled().weigher, request, nullptr);
  ASSERT_FALSE(exposures->answers.empty());
  for (const auto& answer : exposures->answers) {
    EXPECT_EQ(answer.candidate->kind, "exposure");
  }
  request.kinds = {"drug", "drugs"};
  const auto refused = rank(bundled().weigher, request, nullptr);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("'drugs'"), std::string::npos);
}

TEST(Rank, OfAnotherAncestryWeighsLess) {
  RankRequest request;
  request.outcome = bundled().concept_of("survival");
  const auto any = rank(bundled().weigher, request, nullptr);
  request.weigh.population = "east_asian";
  const auto asked = rank(bundled().weigher, request, nullptr);
  EXPECT_LT(find(*asked, "thaw:riluzole")->direct->support,
            find(*any, "thaw:riluzole")->direct->support);
}

TEST(Rank, ALowPriorLowersWhatLittleIsKnownOf) {
  RankRequest request;
  request.outcome = bundled().concept_of("ALS progression");
  request.top = 500;
  request.weigh.prior = .1;
  const auto ranking = rank(bundled().weigher, request, nullptr);
  EXPECT_LT(find(*ranking, "thaw:arimoclomol")->helps, .2);
  EXPECT_GT(find(*ranking, "thaw:riluzole")->helps, .8);
}

TEST(Rank, AsOfAnEarlierYearAnswersAsThen) {
  RankRequest request;
  request.outcome = bundled().concept_of("ALSFRS-R decline");
  request.weigh.as_of = 2021;
  request.top = 500;
  const auto then = rank(bundled().weigher, request, nullptr);
  EXPECT_GT(find(*then, "thaw:amx0035")->helps, .7);
}

TEST(Rank, IsTheSameDocumentOnOneAndTwoThreads) {
  const auto one = rank_of(bundled(), "ALSFRS-R decline", 1, 20);
  const auto two = rank_of(bundled(), "ALSFRS-R decline", 2, 20);
  const auto text = [](const Ranking& ranking) {
    return boost::json::serialize(rank_document(ranking, bundled().weigher, false));
  };
  EXPECT_EQ(text(one), text(two));
  EXPECT_GT(text(one).size(), 5000U);
}

TEST(Rank, RefusesAnOutcomeNobodyIsKnownToWantMoreOrLessOf) {
  RankRequest request;
  request.outcome = small().concept_of("process");
  EXPECT_FALSE(rank(small().weigher, request, nullptr));
  request.wanted = Sign::kLowers;
  EXPECT_TRUE(rank(small().weigher, request, nullptr));
}

TEST(Rank, AsksTheRegistryWhoCouldTakePart) {
  PeoplePort people;
  people.synthetic = true;
  people.count = [](const registry::Criteria& criteria) {
    EXPECT_TRUE(criteria.min_total || !criteria.max_months_since_onset);
    return registry::FlooredCount{criteria.gene ? 40 : 812, false};
  };
  RankRequest request;
  request.outcome = bundled().concept_of("ALS progression");
  request.top = 500;
  const auto ranking = rank(bundled().weigher, request, &people);
  std::size_t counted = 0;
  for (const auto& answer : ranking->answers) {
    if (answer.next->people) {
      ++counted;
      EXPECT_TRUE(answer.next->people->synthetic);
    }
  }
  EXPECT_GT(counted, 3U);
  const auto tofersen = trial_criteria(bundled().knowledge, bundled().concept_of("tofersen"));
  EXPECT_EQ(tofersen.gene, "SOD1");
  EXPECT_FALSE(trial_criteria(bundled().knowledge, bundled().concept_of("riluzole")).gene);
}

TEST(Rank, WhoNeverTookADrugIsAskedByAllItsNamesAndSaidInTheReadersLanguage) {
  const auto* riluzole = bundled().concept_of("riluzole");
  const auto drug = trial_criteria(bundled().knowledge, riluzole).not_taking;
  ASSERT_TRUE(drug);
  EXPECT_EQ(drug->concept_id, riluzole->id);
  for (const std::string name : {"riluzole", "利鲁唑", "Rilutek"}) {
    EXPECT_NE(std::ranges::find(drug->names, name), drug->names.end()) << name;
  }
  PeoplePort people;
  people.count = [](const registry::Criteria&) { return registry::FlooredCount{40, false}; };
  RankRequest request;
  request.outcome = bundled().concept_of("ALS progression");
  request.top = 500;
  std::size_t in_chinese = 0;
  const auto ranking = rank(bundled().weigher, request, &people);
  for (const auto& answer : ranking->answers) {
    if (!answer.next->people || answer.next->design != Design::kRandomisedTrial) {
      continue;
    }
    const Text& said = answer.next->people->criteria;
    const Text& name = answer.candidate->name;
    EXPECT_TRUE(said.en.ends_with(", never took " + name.en)) << said.en;
    EXPECT_TRUE(said.zh.ends_with("，从未用过 " + name.zh)) << said.zh;
    in_chinese += name.zh != name.en ? 1 : 0;
  }
  EXPECT_GT(in_chinese, 0U);
}

}  // namespace
}  // namespace thaw::inquiry
