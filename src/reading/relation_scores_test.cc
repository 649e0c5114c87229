#include "reading/relation_scores.h"

#include <gtest/gtest.h>

namespace thaw::reading {
namespace {

JudgedPair pair(std::size_t document, double p, bool says, bool is_signed, bool raises) {
  return {.document = document,
          .probability = p,
          .says_raises = says,
          .gold_signed = is_signed,
          .gold_raises = raises};
}

// Counted by hand: 3 asserted, 2 right, of them 1 with the right sign, 3 to be found.
TEST(RelationScores, CountsAreAsByHand) {
  const std::vector<JudgedPair> pairs = {
      pair(0, 0.9, true, true, true), pair(0, 0.8, true, true, false),
      pair(1, 0.7, true, false, false), pair(1, 0.2, true, true, true)};
  const auto s = relation_scores(pairs, 0.5, 1);
  EXPECT_EQ(s.asserted, 3U);
  EXPECT_DOUBLE_EQ(s.precision.value, 2.0 / 3);
  EXPECT_DOUBLE_EQ(s.recall.value, 2.0 / 3);
  EXPECT_DOUBLE_EQ(s.sign_accuracy.value, 0.5);
  EXPECT_DOUBLE_EQ(s.strict_precision.value, 1.0 / 3);
  EXPECT_LE(s.f1.low, s.f1.value);
  EXPECT_GE(s.f1.high, s.f1.value);
}

TEST(RelationScores, ARelationThatNoPairStoodForIsMissed) {
  JudgedPair missed = pair(0, -1, false, true, true);
  EXPECT_DOUBLE_EQ(relation_scores({missed}, 0.01, 1).recall.value, 0);
  EXPECT_EQ(relation_scores({missed}, 0.01, 1).gold, 1U);
}

TEST(RelationScores, NothingAssertedIsNoPrecisionAndNoCrash) {
  EXPECT_DOUBLE_EQ(relation_scores({}, 0.5, 1).precision.value, 0);
}

TEST(RelationScores, TheSameSeedGivesTheSameInterval) {
  std::vector<JudgedPair> pairs;
  for (std::size_t i = 0; i < 60; ++i) {
    pairs.push_back(pair(i, i % 3 == 0 ? 0.9 : 0.1, true, i % 2 == 0, true));
  }
  EXPECT_EQ(relation_scores(pairs, 0.5, 4).f1.low, relation_scores(pairs, 0.5, 4).f1.low);
  EXPECT_NE(relation_scores(pairs, 0.5, 4).f1.low, relation_scores(pairs, 0.5, 4).f1.high);
}

}  // namespace
}  // namespace thaw::reading
