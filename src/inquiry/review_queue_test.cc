#include "inquiry/review_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "evidence/assessment.h"
#include "evidence/strength.h"
#include "inquiry/test_brain.h"

namespace thaw::inquiry {
namespace {

using evidence::Item;
using evidence::Sign;

Item read_item(std::string subject, std::string object, Sign sign, double faithful) {
  Item item;
  item.subject = std::move(subject);
  item.object = std::move(object);
  item.relation = sign == Sign::kRaises ? "raises" : "lowers";
  item.sign = sign;
  item.study_kind = "animal";
  item.grade = "strong";
  item.faithful = faithful;
  return item;
}

/// drug -| protein -> decline, and a link far from any outcome; `shaky` is how the first was read.
TestBrain small(double shaky) {
  return TestBrain(knowledge_of(
      {{.id = "drug", .kind = "drug", .name = {"drug", "药"}},
       {.id = "protein", .kind = "protein", .name = {"protein", "蛋白"}},
       {.id = "decline", .kind = "outcome", .name = {"decline", "下降"}, .wanted = "lowers"},
       {.id = "mouse", .kind = "process", .name = {"mouse", "鼠"}},
       {.id = "tail", .kind = "process", .name = {"tail", "尾"}}},
      {read_item("drug", "protein", Sign::kLowers, shaky),
       read_item("protein", "decline", Sign::kRaises, 1),
       read_item("mouse", "tail", Sign::kRaises, 0.5)}));
}

ReviewQueue queue_of(TestBrain& brain, std::string_view outcome, unsigned threads = 1) {
  const auto mechanism = Mechanism::build(brain.weigher, {}).value();
  ReviewRequest request;
  request.outcome = brain.concept_of(outcome);
  request.threads = threads;
  ReviewQueue queue = review_queue(mechanism, brain.knowledge, request);
  for (ReviewEntry& entry : queue.entries) {
    entry.claim = nullptr;  // the mechanism goes with this function
  }
  return queue;
}

TEST(ReviewQueue, AShakyReadingOnTheWayToTheOutcomeComesFirst) {
  auto brain = small(0.5);
  const auto queue = queue_of(brain, "decline");
  ASSERT_EQ(queue.entries.size(), 3U);
  EXPECT_EQ(queue.entries[0].item, 0U);
  EXPECT_GT(queue.entries[0].would_change, queue.entries[1].would_change);
  EXPECT_EQ(queue.entries[2].item, 2U);
  EXPECT_EQ(queue.entries[2].would_change, 0);
  EXPECT_GT(queue.entries[2].belief_moves, 0);
}

TEST(ReviewQueue, TheBeliefAfterAVerdictIsThatOfWeighingAnew) {
  auto brain = small(0.5);
  const auto mechanism = Mechanism::build(brain.weigher, {}).value();
  ReviewRequest request;
  request.outcome = brain.concept_of("decline");
  const auto queue = review_queue(mechanism, brain.knowledge, request);
  const double accepted = evidence::reading_belief(0.5, {{true, 0.8, 0.8}});
  auto again = small(accepted);
  const auto claims = again.weigher.weigh_between("drug", "protein");
  const auto same = std::find_if(claims.begin(), claims.end(), [&](const auto& weighed) {
    return weighed.claim->sign == queue.entries[0].claim->claim->sign;
  });
  ASSERT_NE(same, claims.end());
  EXPECT_NEAR(queue.entries[0].belief_if_accepted, same->belief, 1e-12);
}

TEST(ReviewQueue, NatsAfterAnotherReadingInvertTheDiscount) {
  for (const double l0 : {-3.0, -0.2, 0.7, 4.0}) {
    for (const double before : {0.2, 0.65, 1.0}) {
      for (const double after : {0.05, 0.5, 1.0}) {
        const double nats = evidence::discount_for_reading(l0, before);
        EXPECT_NEAR(nats_after(nats, before, after), evidence::discount_for_reading(l0, after),
                    1e-9);
      }
    }
  }
}

TEST(ReviewQueue, IsTheSameOnAnyNumberOfThreadsAndHoldsEveryReadItemOnce) {
  TestBrain brain(bundled_knowledge());
  const auto one = queue_of(brain, "ALS progression", 1);
  const auto two = queue_of(brain, "ALS progression", 2);
  ASSERT_EQ(one.entries.size(), two.entries.size());
  std::vector<bool> seen(brain.knowledge.items().size());
  for (std::size_t i = 0; i < one.entries.size(); ++i) {
    EXPECT_EQ(one.entries[i].item, two.entries[i].item);
    EXPECT_EQ(one.entries[i].would_change, two.entries[i].would_change);
    EXPECT_FALSE(seen[one.entries[i].item]);
    seen[one.entries[i].item] = true;
  }
}

}  // namespace
}  // namespace thaw::inquiry
