#include "table/summary.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace thaw {
namespace {

/// `values` (n >= 1, no NaN), in any order.
NumberSummary summarize_numbers(std::vector<double> values) {
  NumberSummary out;
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (const double x : values) {
    sum += x;
  }
  out.mean = sum / n;
  if (values.size() > 1 && std::isfinite(out.mean)) {
    double squares = 0;
    for (const double x : values) {
      squares += (x - out.mean) * (x - out.mean);
    }
    out.sd = std::sqrt(squares / (n - 1));
  }
  std::ranges::sort(values);
  for (std::size_t i = 0; i < kSummaryShares.size(); ++i) {
    out.quantiles[i] = quantile_of_sorted(values, kSummaryShares[i]);
  }
  return out;
}

void count_levels(const Column& column, ColumnSummary& out) {
  if (column.type() == ColumnType::kBoolean) {
    out.levels = {{"false", 0}, {"true", 0}};
    for (std::size_t row = 0; row < column.size(); ++row) {
      out.levels[column.booleans()[row]].count += column.missing(row) ? 0 : 1;
    }
  } else if (column.type() == ColumnType::kCategory) {
    for (const auto& level : column.levels()) {
      out.levels.push_back({level, 0});
    }
    for (const std::int32_t code : column.codes()) {
      if (code >= 0) {
        ++out.levels[static_cast<std::size_t>(code)].count;
      }
    }
  }
}

void find_date_range(const Column& column, ColumnSummary& out) {
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (!column.missing(row)) {
      const Day day = column.days()[row];
      out.first = std::min(out.first.value_or(day), day);
      out.last = std::max(out.last.value_or(day), day);
    }
  }
}

}  // namespace

double quantile_of_sorted(std::span<const double> sorted, double probability) {
  assert(!sorted.empty() && probability >= 0 && probability <= 1);
  const double position = static_cast<double>(sorted.size() - 1) * probability;
  const auto below = static_cast<std::size_t>(position);
  const double share = position - static_cast<double>(below);
  if (share == 0 || sorted[below] == sorted[below + 1]) {
    return sorted[below];
  }
  return sorted[below] + share * (sorted[below + 1] - sorted[below]);
}

ColumnSummary summarize(const Column& column) {
  ColumnSummary out;
  out.missing = column.missing_count();
  out.n = column.size() - out.missing;
  count_levels(column, out);
  if (column.type() == ColumnType::kDate) {
    find_date_range(column, out);
  }
  if (auto numbers = column.numeric(); numbers && out.n > 0) {
    std::vector<double> values = std::move(numbers).value();
    std::erase_if(values, [](double x) { return std::isnan(x); });
    out.number = summarize_numbers(std::move(values));
  }
  return out;
}

}  // namespace thaw
