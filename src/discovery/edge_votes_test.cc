#include "discovery/edge_votes.h"

#include <gtest/gtest.h>

namespace thaw::discovery {
namespace {

using graph::Mark;
using graph::MixedEdge;

const MixedEdge kForward{0, 1, Mark::kTail, Mark::kArrow};
const MixedEdge kBack{0, 1, Mark::kArrow, Mark::kTail};
const MixedEdge kOther{1, 2, Mark::kTail, Mark::kTail};

TEST(EdgeVotes, TheSharesOfAPairSumToOne) {
  const auto shares = edge_shares({{kForward}, {kBack, kOther}, {kForward, kOther}, {}});
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_EQ(shares[0].absent, 0.25);
  ASSERT_EQ(shares[0].marks.size(), 2U);
  EXPECT_EQ(shares[0].marks[0].mark_b, Mark::kArrow);
  EXPECT_EQ(shares[0].marks[0].frequency, 0.5);
  EXPECT_EQ(shares[0].marks[1].frequency, 0.25);
  EXPECT_EQ(shares[1].absent, 0.5);
  EXPECT_EQ(frequency_of(shares, kForward), 0.5);
  EXPECT_EQ(frequency_of(shares, {0, 1, Mark::kTail, Mark::kTail}), 0);
  EXPECT_EQ(frequency_of(shares, {0, 2, Mark::kTail, Mark::kTail}), 0);
}

TEST(EdgeVotes, TheMostCentralGraphDiffersLeastFromTheOthers) {
  EXPECT_EQ(most_central({{kBack}, {kForward, kOther}, {kForward, kOther}}), 1U);
  EXPECT_EQ(most_central({{kForward}, {kForward, kOther}, {kOther}}), 1U);
  EXPECT_EQ(most_central({{}, {}}), 0U);
}

}  // namespace
}  // namespace thaw::discovery
