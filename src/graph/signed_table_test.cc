#include "graph/signed_table.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace thaw::graph {
namespace {

double choose(std::int64_t n, std::int64_t k) {
  double value = 1;
  for (std::int64_t i = 0; i < k; ++i) {
    value = value * static_cast<double>(n - i) / static_cast<double>(i + 1);
  }
  return value;
}

double ways(std::int64_t row, std::int64_t up, std::int64_t down) {
  return choose(row, up) * choose(row - up, down);
}

/// P(S >= score) by walking every 4 x 3 table of the margins: the definition.
double by_every_table(const SignedMargins& m, std::int64_t score) {
  double hit = 0;
  double all = 0;
  for (std::int64_t pu = 0; pu <= m.raised; ++pu) {
    for (std::int64_t pd = 0; pu + pd <= m.raised; ++pd) {
      for (std::int64_t mu = 0; mu <= m.lowered; ++mu) {
        for (std::int64_t md = 0; mu + md <= m.lowered; ++md) {
          for (std::int64_t eu = 0; eu <= m.either; ++eu) {
            for (std::int64_t ed = 0; eu + ed <= m.either; ++ed) {
              const std::int64_t nu = m.up - pu - mu - eu;
              const std::int64_t nd = m.down - pd - md - ed;
              if (nu < 0 || nd < 0 || nu + nd > m.none) {
                continue;
              }
              const double weight = ways(m.raised, pu, pd) * ways(m.lowered, mu, md) *
                                    ways(m.either, eu, ed) * ways(m.none, nu, nd);
              all += weight;
              hit += pu + md + eu + ed - pd - mu >= score ? weight : 0;
            }
          }
        }
      }
    }
  }
  return hit / all;
}

double tail(const SignedMargins& margins, std::int64_t score) {
  static const SignedTable table(10000);
  const auto out = table.upper_tail(margins, score);
  EXPECT_TRUE(out) << (out ? "" : out.error().message);
  EXPECT_LE(out->omitted, 1e-10 * out->p + 1e-300);
  return out->p;
}

TEST(SignedTable, equals_the_sum_over_every_table_for_all_small_margins) {
  std::size_t compared = 0;
  for (std::int64_t total = 1; total <= 6; ++total) {
    for (std::int64_t raised = 0; raised <= total; ++raised) {
      for (std::int64_t lowered = 0; raised + lowered <= total; ++lowered) {
        for (std::int64_t either = 0; raised + lowered + either <= total; ++either) {
          for (std::int64_t up = 0; up <= total; ++up) {
            for (std::int64_t down = 0; up + down <= total; ++down) {
              const SignedMargins m{
                  raised, lowered, either,           total - raised - lowered - either,
                  up,     down,    total - up - down};
              for (std::int64_t score = -total; score <= total + 1; ++score) {
                ASSERT_NEAR(tail(m, score), by_every_table(m, score), 1e-12)
                    << total << ' ' << raised << ' ' << lowered << ' ' << either << ' ' << up << ' '
                    << down << " score " << score;
                ++compared;
              }
            }
          }
        }
      }
    }
  }
  EXPECT_GT(compared, 40000U);
}

TEST(SignedTable, equals_the_sum_over_every_table_far_out_in_the_tail) {
  const SignedMargins m{9, 7, 5, 30, 12, 8, 31};
  for (std::int64_t score = -14; score <= 20; ++score) {
    const double exact = by_every_table(m, score);
    EXPECT_NEAR(tail(m, score), exact, 1e-9 * exact) << score;
  }
}

TEST(SignedTable, gives_the_four_exact_values_known_for_it) {
  const SignedMargins even{20, 20, 0, 20, 20, 20, 20};
  EXPECT_NEAR(tail(even, 5), 0.1948156553, 5e-11);
  EXPECT_NEAR(tail(even, 0) - tail(even, 1), 0.0760066198, 5e-11);
  EXPECT_NEAR(tail(even, 10), 0.0337199471, 5e-11);
  EXPECT_NEAR(tail({3, 2, 2, 6, 4, 3, 6}, 4), 0.0996503497, 5e-11);
}

TEST(SignedTable, gives_the_published_margins_of_a_real_network) {
  EXPECT_NEAR(tail({46, 22, 0, 7141, 70, 18, 7121}, 4), 1.168e-3, 5e-7);
  EXPECT_NEAR(tail({46, 22, 40, 7141, 76, 18, 7155}, 10), 6.16e-8, 5e-11);
}

TEST(SignedTable, all_targets_in_either_is_the_hypergeometric_tail) {
  const SignedMargins m{0, 0, 15, 85, 10, 6, 84};
  double expected = 0;
  for (std::int64_t k = 5; k <= 15; ++k) {
    expected += choose(15, k) * choose(85, 16 - k) / choose(100, 16);
  }
  EXPECT_NEAR(tail(m, 5), expected, 1e-12);
}

TEST(SignedTable, the_opposite_hypothesis_mirrors_the_measured_signs) {
  for (std::int64_t score = -6; score <= 8; ++score) {
    EXPECT_NEAR(tail({9, 4, 3, 20, 7, 5, 24}, score), tail({4, 9, 3, 20, 5, 7, 24}, score), 1e-13);
  }
}

TEST(SignedTable, a_hub_far_out_keeps_its_relative_precision) {
  const SignedTable table(20000);
  const auto far = table.upper_tail({150, 100, 80, 10000, 120, 90, 10120}, 60);
  ASSERT_TRUE(far);
  EXPECT_GT(far->p, 0);
  EXPECT_LT(far->p, 1e-50);
  EXPECT_LE(far->omitted, 1e-10 * far->p);
}

TEST(SignedTable, refuses_margins_that_do_not_fit) {
  EXPECT_FALSE(SignedTable(100).upper_tail({1, 1, 0, 1, 1, 1, 0}, 0));
  EXPECT_FALSE(SignedTable(100).upper_tail({-1, 1, 0, 1, 1, 0, 0}, 0));
  EXPECT_FALSE(SignedTable(5).upper_tail({3, 3, 0, 0, 3, 3, 0}, 0));
}

}  // namespace
}  // namespace thaw::graph
