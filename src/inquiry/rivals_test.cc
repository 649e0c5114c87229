#include "inquiry/rivals.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "inquiry/backtest.h"
#include "inquiry/outcome_parts.h"
#include "inquiry/test_brain.h"

namespace thaw::inquiry {
namespace {

double total(const Rivals& rivals) {
  double sum = rivals.none;
  for (const Rival& rival : rivals.rivals) {
    sum += rival.posterior;
  }
  return sum;
}

/// Where two chains of one outcome come together, counted from its end: the concepts before that
/// place.
std::pair<std::string, std::string> before_they_meet(const Rival& a, const Rival& b) {
  auto i = a.chain.links.rbegin();
  auto j = b.chain.links.rbegin();
  while (i != a.chain.links.rend() && j != b.chain.links.rend() && i->claim == j->claim) {
    ++i;
    ++j;
  }
  if (i == a.chain.links.rend() || j == b.chain.links.rend()) {
    return {};
  }
  return {i->subject->id, j->subject->id};
}

TEST(Rivals, mechanisms_of_an_outcome_differ_in_the_cause_before_they_meet) {
  TestBrain brain(bundled_knowledge());
  const auto rivals =
      find_rivals(brain.weigher, {.outcome = brain.concept_of("ALS progression")}).value();
  ASSERT_GE(rivals.rivals.size(), 2U);
  EXPECT_NEAR(total(rivals), 1, 1e-9);
  for (std::size_t i = 0; i < rivals.rivals.size(); ++i) {
    const auto& links = rivals.rivals[i].chain.links;
    EXPECT_GE(links.size(), 2U);
    EXPECT_LE(links.size(), 9U);
    for (std::size_t j = 0; j < i; ++j) {
      const auto [one, other] = before_they_meet(rivals.rivals[i], rivals.rivals[j]);
      EXPECT_NE(one, other);
      EXPECT_GE(rivals.rivals[j].posterior, rivals.rivals[i].posterior);
    }
  }
  ASSERT_FALSE(rivals.tests.empty());
  EXPECT_LE(rivals.tests.front().bits, rivals.entropy_bits + 1e-12);
}

TEST(Rivals, from_a_concept_the_rivals_are_its_best_chains) {
  TestBrain brain(bundled_knowledge());
  const auto rivals = find_rivals(brain.weigher, {.outcome = brain.concept_of("survival"),
                                                  .from = brain.concept_of("riluzole"),
                                                  .k = 3})
                          .value();
  EXPECT_EQ(rivals.rivals.front().chain.links.front().subject->name.en, "riluzole");
  EXPECT_NEAR(total(rivals), 1, 1e-9);
  for (const RivalTest& test : rivals.tests) {
    double sum = 0;
    for (const double share : test.if_present) {
      sum += share;
    }
    EXPECT_NEAR(sum, 1, 1e-9);
  }
}

TEST(Rivals, settling_the_best_test_lowers_the_expected_uncertainty_most) {
  TestBrain brain(bundled_knowledge());
  const auto rivals =
      find_rivals(brain.weigher, {.outcome = brain.concept_of("ALS progression")}).value();
  for (std::size_t i = 1; i < rivals.tests.size(); ++i) {
    EXPECT_GE(rivals.tests[i - 1].bits, rivals.tests[i].bits);
  }
}

TEST(Rivals, nothing_that_leads_there_is_not_found) {
  TestBrain brain(bundled_knowledge());
  const auto back = find_rivals(brain.weigher, {.outcome = brain.concept_of("riluzole"),
                                                .from = brain.concept_of("survival")});
  ASSERT_FALSE(back);
  EXPECT_EQ(back.error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(find_rivals(brain.weigher, {.outcome = brain.concept_of("survival"), .k = 13}));
}

TEST(Backtest, auroc_counts_ties_as_one_half) {
  EXPECT_EQ(auroc({0.9, 0.1}, {true, false}), 1);
  EXPECT_EQ(auroc({0.1, 0.9}, {true, false}), 0);
  EXPECT_EQ(auroc({0.5, 0.5, 0.9}, {true, false, true}), 0.75);
  EXPECT_FALSE(auroc({0.5}, {true}));
}

TEST(Backtest, a_trial_never_speaks_of_itself_nor_of_the_future) {
  using evidence::Direction;
  const auto item = [](const char* group, int year, Direction direction) {
    evidence::Item out;
    out.subject = "t:drug";
    out.object = "t:outcome";
    out.relation = "slows";
    out.sign = evidence::Sign::kLowers;
    out.study_kind = "rct";
    out.grade = "strong";
    out.year = year;
    out.direction = direction;
    out.group_keys = {group};
    out.group_label = group;
    return out;
  };
  std::vector<evidence::Concept> concepts(2);
  concepts[0].id = "t:drug";
  concepts[0].kind = "drug";
  concepts[1].id = "t:outcome";
  concepts[1].kind = "disease";
  concepts[0].name = {"drug", "药"};
  concepts[1].name = {"outcome", "结局"};
  TestBrain brain(knowledge_of(concepts, {item("first", 2000, Direction::kSupports),
                                          item("second", 2005, Direction::kOpposes),
                                          item("first", 2006, Direction::kSupports)}));
  const auto test = backtest(brain.weigher, {}).value();
  ASSERT_EQ(test.cases.size(), 2U);
  EXPECT_EQ(test.cases[0].group, "first");
  EXPECT_EQ(test.cases[0].verdict, TrialVerdict::kPositive);
  EXPECT_EQ(test.cases[0].nats_before, 0);
  EXPECT_EQ(test.cases[1].verdict, TrialVerdict::kNegative);
  EXPECT_GT(test.cases[1].predicted[0], 0.5);  // the first trial, and nothing later
  EXPECT_NEAR(test.cases[1].helps, test.cases[1].predicted[0], 0.02);
}

TEST(Backtest, the_bundled_trials_give_the_same_answer_on_any_threads) {
  TestBrain brain(bundled_knowledge());
  const auto one = backtest(brain.weigher, {.worlds = 1024, .threads = 1}).value();
  const auto two = backtest(brain.weigher, {.worlds = 1024, .threads = 2}).value();
  ASSERT_EQ(one.cases.size(), two.cases.size());
  ASSERT_GE(one.cases.size(), 5U);
  for (std::size_t i = 0; i < one.cases.size(); ++i) {
    EXPECT_EQ(one.cases[i].predicted, two.cases[i].predicted);
    EXPECT_LT(one.cases[i].nats_before, 50);
  }
}

}  // namespace
}  // namespace thaw::inquiry
