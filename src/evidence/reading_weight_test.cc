// What people's verdicts on a reading do to the weight of its claim.
#include <gtest/gtest.h>

#include "evidence/test_knowledge.h"
#include "evidence/weigh.h"

namespace thaw::evidence {
namespace {

/// One animal item that raises, read as `reading` says.
std::pair<double, double> beliefs_of_both_signs(const Reading& reading) {
  Item item = slope_item("R1", 0, 0, 0);
  item.effect.reset();
  item.study_kind = "animal";
  item.grade = "strong";
  item.sign = Sign::kRaises;
  const auto knowledge =
      Knowledge::build({{.id = item.subject, .kind = "drug", .name = {"drug", "药"}},
                        {.id = item.object, .kind = "outcome", .name = {"o", "果"}}},
                       {{.id = item.source}}, {item}, {{"R1", reading}})
          .value();
  const WeightParameters parameters = test_parameters();
  const Weigher weigher(knowledge, parameters);
  double raises = 0.5;
  double lowers = 0.5;
  for (const auto& weighed : weigher.weigh_all()) {
    (weighed.claim->sign == Sign::kRaises ? raises : lowers) = weighed.belief;
  }
  return {raises, lowers};
}

TEST(Weigh, VerdictsMoveAnItemToNothingToTheOtherSignOrAgainst) {
  const auto [right, unmoved] = beliefs_of_both_signs({1, 0, 0});
  EXPECT_GT(right, 0.5);
  EXPECT_EQ(unmoved, 0.5);
  EXPECT_NEAR(beliefs_of_both_signs({0, 0, 0}).first, 0.5, 1e-12);
  const auto [against, other] = beliefs_of_both_signs({0, 1, 0});
  EXPECT_NEAR(against, 1 - right, 1e-12);
  const auto [negative, neither] = beliefs_of_both_signs({0, 0, 1});
  EXPECT_NEAR(negative, 1 - right, 1e-12);
  EXPECT_LE(neither, 0.5);
}

}  // namespace
}  // namespace thaw::evidence
