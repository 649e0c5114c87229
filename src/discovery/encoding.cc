#include "discovery/encoding.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace thaw::discovery {
namespace {

/// Absolute Pearson correlation over the rows that `use` marks; 0 where one does not vary.
double correlation(std::span<const double> a, std::span<const double> b,
                   std::span<const std::uint8_t> use) {
  double n = 0, sa = 0, sb = 0;
  for (std::size_t row = 0; row < a.size(); ++row) {
    if (use[row] != 0) {
      n += 1;
      sa += a[row];
      sb += b[row];
    }
  }
  double aa = 0, bb = 0, ab = 0;
  for (std::size_t row = 0; row < a.size(); ++row) {
    if (use[row] != 0) {
      const double x = a[row] - sa / n;
      const double y = b[row] - sb / n;
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
  }
  return aa > 0 && bb > 0 ? std::fabs(ab) / std::sqrt(aa * bb) : 0;
}

}  // namespace

Encoding::Encoding(const Data& data) : data_(data), scale_(data.size()) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    const std::size_t first = columns_.size();
    if (data.discrete(i)) {
      const std::size_t levels = data.variable(i).levels.size();
      columns_.resize(first + (levels > kMostLevels ? 0 : levels - 1),
                      std::vector<double>(data.rows(), 0));
    } else {
      columns_.emplace_back(data.rows(), 0);
      double n = 0, sum = 0, squares = 0;
      for (const double value : data.values(i)) {
        n += std::isnan(value) ? 0 : 1;
        sum += std::isnan(value) ? 0 : value;
      }
      const double mean = sum / std::max(n, 1.0);
      for (const double value : data.values(i)) {
        squares += std::isnan(value) ? 0 : (value - mean) * (value - mean);
      }
      const double sd = std::sqrt(squares / std::max(n, 1.0));
      scale_[i] = {mean, sd > 0 ? sd : 1};
    }
    span_.emplace_back(first, columns_.size());
    refresh(i, data.discrete(i) ? std::span<const double>() : data.values(i),
            data.discrete(i) ? data.codes(i) : std::span<const std::int32_t>());
  }
}

void Encoding::refresh(std::size_t i, std::span<const double> values,
                       std::span<const std::int32_t> codes) {
  const auto [first, last] = span_[i];
  for (std::size_t row = 0; row < data_.rows(); ++row) {
    if (!data_.discrete(i)) {
      const double z = (values[row] - scale_[i].first) / scale_[i].second;
      columns_[first][row] = std::isnan(z) ? 0 : z;
    } else {
      for (std::size_t column = first; column < last; ++column) {
        columns_[column][row] = codes[row] == static_cast<std::int32_t>(column - first + 1) ? 1 : 0;
      }
    }
  }
}

double Encoding::closeness(std::size_t i, std::size_t other) const {
  std::vector<std::uint8_t> both(data_.rows()), seen(data_.rows());
  std::vector<double> absent(data_.rows());
  for (std::size_t row = 0; row < data_.rows(); ++row) {
    absent[row] = data_.missing(i, row) ? 1 : 0;
    seen[row] = data_.missing(other, row) ? 0 : 1;
    both[row] = seen[row] != 0 && !data_.missing(i, row) ? 1 : 0;
  }
  double best = 0;
  for (std::size_t b = span_[other].first; b < span_[other].second; ++b) {
    best = std::max(best, correlation(absent, columns_[b], seen));
    for (std::size_t a = span_[i].first; a < span_[i].second; ++a) {
      best = std::max(best, correlation(columns_[a], columns_[b], both));
    }
  }
  return best;
}

std::vector<std::size_t> Encoding::nearest(std::size_t i, std::size_t most) const {
  std::vector<std::size_t> others;
  std::size_t total = 0;
  for (std::size_t other = 0; other < data_.size(); ++other) {
    if (other != i && span_[other].second > span_[other].first) {
      others.push_back(other);
      total += span_[other].second - span_[other].first;
    }
  }
  if (total > most) {
    std::vector<double> close(data_.size(), 0);
    for (const std::size_t other : others) {
      close[other] = closeness(i, other);
    }
    std::ranges::stable_sort(others, std::greater<>{}, [&](std::size_t o) { return close[o]; });
  }
  std::vector<std::size_t> columns;
  for (const std::size_t other : others) {
    const std::size_t width = span_[other].second - span_[other].first;
    if (columns.empty() || columns.size() + width <= most) {
      for (std::size_t column = span_[other].first; column < span_[other].second; ++column) {
        columns.push_back(column);
      }
    }
  }
  std::ranges::sort(columns);
  return columns;
}

stats::Matrix Encoding::design(std::span<const std::size_t> columns,
                               std::span<const std::size_t> rows) const {
  stats::Matrix x(static_cast<Eigen::Index>(rows.size()),
                  static_cast<Eigen::Index>(columns.size()) + 1);
  x.col(0).setOnes();
  for (std::size_t j = 0; j < columns.size(); ++j) {
    for (std::size_t k = 0; k < rows.size(); ++k) {
      x(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(j) + 1) =
          columns_[columns[j]][rows[k]];
    }
  }
  return x;
}

}  // namespace thaw::discovery
