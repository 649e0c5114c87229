#include "stats/cox_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/row_order.h"

namespace thaw::stats {
namespace {

Result<Done> check(const Matrix& x, const SurvivalData& data, std::span<const int> strata) {
  if (const auto fault = survival_fault(data)) {
    return invalid_argument(*fault);
  }
  if (static_cast<std::size_t>(x.rows()) != data.time.size() || x.cols() == 0 ||
      (!strata.empty() && strata.size() != data.time.size())) {
    return invalid_argument(
        fmt::format("{} rows of {} covariates and {} stratum numbers do not fit {} times", x.rows(),
                    x.cols(), strata.size(), data.time.size()));
  }
  if (data.time.size() >= std::numeric_limits<std::uint32_t>::max()) {
    return invalid_argument(fmt::format("{} rows are more than 2^32", data.time.size()));
  }
  for (std::size_t i = 0; i < data.event.size(); ++i) {
    if (data.event[i] != 0 && (data.weights.empty() || data.weights[i] > 0)) {
      return Done{};
    }
  }
  return invalid_argument("no row has the event: hazards cannot be compared");
}

/// Mean and sd of one column, `w` null for weights of 1.
struct Scale {
  double mean;
  double sd;
};

Result<Scale> scale_of(const Matrix& x, Eigen::Index j, const double* w, double total) {
  const double* column = x.data() + j * x.rows();
  const auto n = static_cast<std::size_t>(x.rows());
  const double near = column[0];
  // Twice: the second time about the mean, so that nothing cancels.
  const double mean = near + moments(column, w, n, near).first / total;
  const Moments about = moments(column, w, n, mean);
  if (!std::isfinite(about.first) && !x.col(j).allFinite()) {
    return invalid_argument("a covariate is missing or infinite");
  }
  const double sd = std::sqrt(about.second / total);
  if (!(sd > 1e-12 * std::fabs(mean)) || !std::isfinite(sd)) {
    return invalid_argument(fmt::format("column {} is constant", j + 1));
  }
  return Scale{mean, sd};
}

/// Copies the columns in sorted order, centred and scaled by the weighted mean and sd.
Result<Done> standardise(CoxRows& rows, const Matrix& x, std::span<const double> weights) {
  const std::size_t n = rows.source.size();
  const double total = weights.empty() ? static_cast<double>(n) : as_vector(weights).sum();
  for (Eigen::Index j = 0; j < x.cols(); ++j) {
    THAW_TRY(const Scale scale, scale_of(x, j, weights.empty() ? nullptr : weights.data(), total));
    rows.column_mean.push_back(scale.mean);
    rows.column_sd.push_back(scale.sd);
  }
  rows.x = TiledMatrix(n, static_cast<std::size_t>(x.cols()));
  rows.column_largest.assign(rows.p(), 0);
  for (std::size_t j = 0; j < rows.p(); ++j) {
    const double* from = x.data() + static_cast<Eigen::Index>(j) * x.rows();
    const double mean = rows.column_mean[j];
    const double inverse = 1 / rows.column_sd[j];
    double largest = 0;
    for (std::size_t tile = 0; tile < rows.x.tiles(); ++tile) {
      double* to = rows.x.column(tile, j);
      const std::uint32_t* source = rows.source.data() + tile * kTileRows;
      const std::size_t size = rows.x.rows_of(tile);
      for (std::size_t i = 0; i < size; ++i) {
        to[i] = (from[source[i]] - mean) * inverse;
        largest = std::max(largest, std::fabs(to[i]));
      }
    }
    rows.column_largest[j] = largest;
  }
  return Done{};
}

/// Sorted rows by stratum and falling entry.
std::vector<std::uint32_t> entry_order(const CoxRows& rows, std::span<const double> entry) {
  std::vector<double> sorted(entry.size());
  for (std::size_t i = 0; i < entry.size(); ++i) {
    sorted[i] = entry[rows.source[i]];
  }
  std::vector<std::uint32_t> order = ordered_rows(sorted, Direction::kFalling);
  if (rows.strata_begin.size() > 1) {
    std::vector<double> stratum(entry.size());
    for (std::size_t s = 0; s < rows.strata_begin.size(); ++s) {
      const std::size_t end =
          s + 1 < rows.strata_begin.size() ? rows.strata_begin[s + 1] : entry.size();
      std::fill(stratum.begin() + rows.strata_begin[s],
                stratum.begin() + static_cast<std::ptrdiff_t>(end), static_cast<double>(s));
    }
    sort_rows(stratum, Direction::kRising, order);
  }
  return order;
}

/// Fills in steps and deaths of one stratum, rows [begin, end), from its last time to its first.
void find_steps(CoxRows& rows, const SurvivalData& data, std::size_t begin, std::size_t end) {
  std::size_t entry = begin;
  bool first = true;
  for (std::size_t i = begin; i < end;) {
    const double time = data.time[rows.source[i]];
    const std::size_t deaths_before = rows.deaths.size();
    for (; i < end && data.time[rows.source[i]] == time; ++i) {
      if (data.event[rows.source[i]] != 0 && rows.weight_of(i) > 0) {
        rows.deaths.push_back(static_cast<std::uint32_t>(i));
      }
    }
    const std::size_t died = rows.deaths.size() - deaths_before;
    if (died == 0) {
      continue;
    }
    rows.tied = rows.tied || died > 1;
    rows.steps.row_end.push_back(static_cast<std::uint32_t>(i));
    rows.steps.death_end.push_back(static_cast<std::uint32_t>(rows.deaths.size()));
    rows.steps.first.push_back(first ? 1 : 0);
    first = false;
    if (!rows.entry_order.empty()) {
      const auto step = static_cast<std::uint32_t>(rows.steps.size() - 1);
      while (entry < end && data.entry[rows.source[rows.entry_order[entry]]] >= time) {
        rows.entry_step[rows.entry_order[entry++]] = step;
      }
      rows.steps.entry_end.push_back(static_cast<std::uint32_t>(entry));
    }
  }
  rows.strata_last.push_back(first ? static_cast<std::uint32_t>(begin) : rows.steps.row_end.back());
}

void find_tile_steps(CoxRows& rows) {
  rows.tile_step.assign(rows.x.tiles() + 1, 0);
  std::uint32_t step = 0;
  for (std::size_t tile = 0; tile < rows.x.tiles(); ++tile) {
    rows.tile_step[tile] = step;
    while (step < rows.steps.size() && rows.steps.row_end[step] <= (tile + 1) * kTileRows) {
      ++step;
    }
  }
  rows.tile_step.back() = step;
}

/// Sorted rows and where their strata begin.
void sort(CoxRows& rows, const SurvivalData& data, std::span<const int> strata) {
  rows.source = ordered_rows(data.time, Direction::kFalling);
  rows.strata_begin = {0};
  if (strata.empty()) {
    return;
  }
  const std::vector<double> numbers(strata.begin(), strata.end());
  sort_rows(numbers, Direction::kRising, rows.source);
  for (std::size_t i = 1; i < rows.source.size(); ++i) {
    if (strata[rows.source[i]] != strata[rows.source[i - 1]]) {
      rows.strata_begin.push_back(static_cast<std::uint32_t>(i));
    }
  }
}

}  // namespace

Result<CoxRows> cox_rows(const Matrix& x, const SurvivalData& data, std::span<const int> strata) {
  THAW_CHECK(check(x, data, strata));
  CoxRows rows{};
  sort(rows, data, strata);
  if (!data.weights.empty()) {
    rows.weight.resize(data.time.size());
    for (std::size_t i = 0; i < rows.weight.size(); ++i) {
      rows.weight[i] = data.weights[rows.source[i]];
    }
  }
  THAW_CHECK(standardise(rows, x, data.weights));
  if (!data.entry.empty()) {
    rows.entry_order = entry_order(rows, data.entry);
    rows.entry_step.assign(data.time.size(), std::numeric_limits<std::uint32_t>::max());
  }
  for (std::size_t s = 0; s < rows.strata_begin.size(); ++s) {
    find_steps(rows, data, rows.strata_begin[s],
               s + 1 < rows.strata_begin.size() ? rows.strata_begin[s + 1] : rows.n());
  }
  const auto never = static_cast<std::uint32_t>(rows.steps.size());
  std::ranges::replace(rows.entry_step, std::numeric_limits<std::uint32_t>::max(), never);
  find_tile_steps(rows);
  return rows;
}

CoxRows thinned(const CoxRows& rows, std::size_t stride) {
  CoxRows thin{};
  const std::size_t n = (rows.n() + stride - 1) / stride;
  thin.x = TiledMatrix(n, rows.p());
  thin.column_largest = rows.column_largest;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t from = i * stride;
    for (std::size_t j = 0; j < rows.p(); ++j) {
      thin.x.column(i / kTileRows, j)[i % kTileRows] = rows.x(from, j);
    }
    if (!rows.weight.empty()) {
      thin.weight.push_back(rows.weight[from]);
    }
  }
  const auto place = [stride](std::size_t row) {
    return static_cast<std::uint32_t>((row + stride - 1) / stride);
  };
  for (std::size_t s = 0; s < rows.strata_begin.size(); ++s) {
    thin.strata_begin.push_back(place(rows.strata_begin[s]));
    thin.strata_last.push_back(place(rows.strata_last[s]));
  }
  bool first = true;
  for (std::size_t k = 0; k < rows.steps.size(); ++k) {
    first = first || rows.steps.first[k] != 0;
    const std::size_t before = thin.deaths.size();
    for (std::size_t d = rows.steps.death_begin(k); d < rows.steps.death_end[k]; ++d) {
      if (rows.deaths[d] % stride == 0) {
        thin.deaths.push_back(place(rows.deaths[d]));
      }
    }
    if (thin.deaths.size() > before) {
      thin.tied = thin.tied || thin.deaths.size() > before + 1;
      thin.steps.row_end.push_back(place(rows.steps.row_end[k]));
      thin.steps.death_end.push_back(static_cast<std::uint32_t>(thin.deaths.size()));
      thin.steps.first.push_back(first ? 1 : 0);
      first = false;
    }
  }
  find_tile_steps(thin);
  return thin;
}

}  // namespace thaw::stats
