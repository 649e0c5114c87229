// What one column holds, in the few numbers a person checks first.
//
// Quantiles are type 7 of Hyndman and Fan 1996 (The American Statistician 50:361), R's default.
// They describe the rows that are there; they say nothing of the people who are missing.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "table/table.h"

namespace thaw {

/// The value that the share `probability` (0 to 1) of `sorted` (n >= 1, ascending, no NaN) lies
/// below: linear between the order statistics around (n - 1) * probability.
double quantile_of_sorted(std::span<const double> sorted, double probability);

/// The shares for which summarize gives quantiles: least, quartiles and tails, greatest.
inline constexpr std::array<double, 7> kSummaryShares = {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};

struct NumberSummary {
  double mean = 0;
  std::optional<double> sd;  // Divisor n - 1; nothing for one value.
  std::array<double, kSummaryShares.size()> quantiles{};
};

struct LevelCount {
  std::string level;
  std::size_t count;

  friend bool operator==(const LevelCount&, const LevelCount&) = default;
};

struct ColumnSummary {
  std::size_t n = 0;        // rows that are not missing
  std::size_t missing = 0;  // rows that are
  /// Real, integer and boolean with n > 0, in the column's unit.
  std::optional<NumberSummary> number;
  /// Category (every level, in its order, also unused) and boolean (false, true); else empty.
  std::vector<LevelCount> levels;
  std::optional<Day> first, last;  // Date with n > 0.
};

/// Summary of `column`. An infinite value makes the mean infinite or NaN and leaves no sd.
/// Cost: O(n log n). Checked against R 4.2.2 mean, sd, quantile: summary_test.cc.
ColumnSummary summarize(const Column& column);

}  // namespace thaw
