// Covariances from the rows that have a value in all of the columns asked for.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "discovery/data.h"
#include "stats/matrix.h"

namespace thaw::discovery {

/// Columns of numbers with the rows that miss them, standardised over the values present.
class TestwiseRows {
 public:
  /// The continuous variables of `data`, one column each, in order; all must be continuous.
  explicit TestwiseRows(const Data& data);
  /// The columns of `x` (n, q), NaN = missing.
  explicit TestwiseRows(stats::Matrix x);

  std::size_t variables() const { return static_cast<std::size_t>(x_.cols()); }
  std::size_t rows() const { return static_cast<std::size_t>(x_.rows()); }

  /// Fills `covariance` (k, k) of `columns` (k) over the rows that have them all, and returns how
  /// many rows those are; with fewer than two it is zero. Cost: O(rows k^2).
  std::size_t covariance(std::span<const std::uint32_t> columns, stats::Matrix& covariance);

 private:
  stats::Matrix x_;                                  // missing values hold 0
  std::vector<std::vector<std::uint64_t>> present_;  // [column]: one bit a row
  stats::Matrix gathered_;
};

}  // namespace thaw::discovery
