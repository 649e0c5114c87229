// Variables as columns of numbers for regressions: a continuous one as it is, standardised; a
// discrete one as an indicator for each level but the first.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "discovery/data.h"
#include "stats/matrix.h"

namespace thaw::discovery {

/// Holds the columns of one Data, in its order; a missing value is 0, the mean.
class Encoding {
 public:
  /// A discrete variable of more levels than this predicts nothing here: it would take all columns.
  static constexpr std::size_t kMostLevels = 25;

  explicit Encoding(const Data& data);

  /// Writes the columns of variable `i` anew, from `values` or `codes` (rows), none missing.
  void refresh(std::size_t i, std::span<const double> values, std::span<const std::int32_t> codes);

  /// Columns of other variables, `most` at most (a variable's whole or not at all, the first always
  /// whole), of those that go most with variable `i` or with whether it is missing: by the largest
  /// absolute correlation where both are seen, ties by order. Rising.
  std::vector<std::size_t> nearest(std::size_t i, std::size_t most) const;

  /// Ones and then `columns`, in the rows `rows`: (rows, 1 + columns).
  stats::Matrix design(std::span<const std::size_t> columns,
                       std::span<const std::size_t> rows) const;

 private:
  double closeness(std::size_t i, std::size_t other) const;

  const Data& data_;
  std::vector<std::pair<std::size_t, std::size_t>> span_;  // [first, last) column of a variable
  std::vector<std::pair<double, double>> scale_;           // mean and sd of a continuous one
  std::vector<std::vector<double>> columns_;
};

}  // namespace thaw::discovery
