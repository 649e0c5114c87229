#include "discovery/moments.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/random.h"
#include "discovery/correlation.h"

namespace thaw::discovery {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Data from(const std::vector<std::vector<double>>& columns) {
  Table table;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    EXPECT_TRUE(
        table.add_column(Column::real(std::string(1, static_cast<char>('a' + i)), columns[i])));
  }
  return Data::from_table(table).value();
}

TEST(Moments, EveryPairUsesItsOwnRows) {
  const Moments moments =
      moments_of(from({{1, 2, 3, 4, 5.5, kNan}, {2, 1, 4, 3, kNan, 9}, {1, 0, 0, 2, 1, 1}}))
          .value();
  // R: cor(c(1,2,3,4), c(2,1,4,3)); sd(c(1,2,3,4,5.5))
  EXPECT_NEAR(moments.correlation(0, 1), 0.6, 1e-12);
  EXPECT_NEAR(moments.sd[0], 1.746425, 1e-6);
  EXPECT_EQ(moments.fewest_rows, 4);
  EXPECT_NEAR(moments.rows, 3 / (1.0 / 4 + 1.0 / 5 + 1.0 / 5), 1e-12);
}

TEST(Moments, AMatrixThatIsNoneIsMadeOne) {
  // a goes with b, b with c, but c against a, each seen in other rows only.
  std::vector<std::vector<double>> columns(3);
  Random random(4);
  for (int i = 0; i < 300; ++i) {
    const double z = random.normal();
    const double e = 0.01 * random.normal();
    const int kind = i % 3;
    columns[0].push_back(kind == 1 ? kNan : z);
    columns[1].push_back(kind == 2 ? kNan : z + e);
    columns[2].push_back(kind == 0 ? kNan : kind == 1 ? z - e : -z);
  }
  const Moments moments = moments_of(from(columns)).value();
  EXPECT_TRUE(moments.repaired);
  EXPECT_TRUE(stats::inverse_if_definite(moments.correlation));
  EXPECT_EQ(moments.correlation(0, 0), 1);
}

TEST(Moments, APairThatIsNeverSeenTogetherIsNamed) {
  const auto moments =
      moments_of(from({{1, 2, 3, 4, kNan, kNan, kNan}, {kNan, kNan, kNan, kNan, 1, 2, 3}}));
  ASSERT_FALSE(moments);
  EXPECT_NE(moments.error().message.find("columns a and b"), std::string::npos);
}

}  // namespace
}  // namespace thaw::discovery
