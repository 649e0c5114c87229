#include "gaze/offer_ranking.h"

#include <gtest/gtest.h>

namespace thaw::gaze {
namespace {

TEST(OfferRanking, ALongerOfferIsWorthOnlyWhatItAdds) {
  // "ab" adds one selection to "a" in 0.3 of cases; "c" saves one in 0.35.
  const std::vector<Candidate> all{{"a", 0.6, 1, {}}, {"ab", 0.3, 2, {}}, {"c", 0.35, 1, {}}};
  // Alone "a" and "ab" tie at 0.6; then "ab" is worth 0.3 beside "a", less than "c".
  EXPECT_EQ(rank_offers(all, 2), (std::vector<std::size_t>{0, 2, 1}));
}

TEST(OfferRanking, AnOfferThatBeginsAChosenOneCountsForTheRest) {
  const std::vector<Candidate> all{{"ab", 0.5, 3, {}}, {"a", 0.55, 1, {}}, {"c", 0.1, 1, {}}};
  EXPECT_EQ(rank_offers(all, 2), (std::vector<std::size_t>{0, 2, 1}));
}

TEST(OfferRanking, EveryCandidateStandsOnce) {
  std::vector<Candidate> all;
  for (int i = 0; i < 300; ++i) {
    all.push_back({std::to_string(i), 1.0 / (i + 2), 1, {}, i % 7 == 0});
  }
  auto order = rank_offers(all, 6);
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < all.size(); ++i) {
    ASSERT_EQ(order[i], i);
  }
}

TEST(OfferRanking, LettersGrowWithRarityUpToThoseThereAre) {
  EXPECT_EQ(letters_until_shown(0.5, 2.5, 3, 9), 0);
  EXPECT_LT(letters_until_shown(0.01, 2.5, 3, 9), letters_until_shown(0.001, 2.5, 3, 9));
  EXPECT_EQ(letters_until_shown(0, 2.5, 3, 4), 4);
}

}  // namespace
}  // namespace thaw::gaze
