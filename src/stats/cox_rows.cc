#include "stats/cox_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace thaw::stats {
namespace {

/// What rows are sorted by; `row` last, so that the order is the same in every library.
struct Key {
  int stratum;
  double time;
  std::size_t row;
};

struct StandsBefore {
  bool operator()(const Key& a, const Key& b) const {
    if (a.stratum != b.stratum) {
      return a.stratum < b.stratum;
    }
    return a.time != b.time ? a.time > b.time : a.row < b.row;
  }
};

std::vector<Key> sorted_keys(std::span<const double> time, std::span<const int> strata) {
  std::vector<Key> keys(time.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    keys[i] = {strata.empty() ? 0 : strata[i], time[i], i};
  }
  std::sort(keys.begin(), keys.end(), StandsBefore{});
  return keys;
}

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
  if (!x.allFinite()) {
    return invalid_argument("a covariate is missing or infinite");
  }
  for (std::size_t i = 0; i < data.event.size(); ++i) {
    if (data.event[i] != 0 && (data.weights.empty() || data.weights[i] > 0)) {
      return Done{};
    }
  }
  return invalid_argument("no row has the event: hazards cannot be compared");
}

/// Copies the columns in sorted order, centred and scaled by the weighted mean and sd.
Result<Done> standardise(CoxRows& rows, const Matrix& x) {
  const double total = rows.weight.sum();
  rows.column_sd.resize(x.cols());
  for (Eigen::Index j = 0; j < x.cols(); ++j) {
    Vector column(x.rows());
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
      column[i] = x(static_cast<Eigen::Index>(rows.source[static_cast<std::size_t>(i)]), j);
    }
    const double mean = rows.weight.dot(column) / total;
    column.array() -= mean;
    const double sd = std::sqrt(rows.weight.dot(column.cwiseAbs2()) / total);
    if (!(sd > 1e-12 * std::fabs(mean)) || !std::isfinite(sd)) {
      return invalid_argument(fmt::format("column {} is constant", j + 1));
    }
    rows.x.col(j) = column / sd;
    rows.column_sd[j] = sd;
  }
  return Done{};
}

/// Sorted rows by stratum and falling entry.
std::vector<std::size_t> entry_order(const std::vector<Key>& keys, std::span<const double> entry) {
  std::vector<Key> by_entry(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    by_entry[i] = {keys[i].stratum, entry[keys[i].row], i};
  }
  std::sort(by_entry.begin(), by_entry.end(), StandsBefore{});
  std::vector<std::size_t> order;
  for (const Key& key : by_entry) {
    order.push_back(key.row);
  }
  return order;
}

/// Fills in steps and deaths by walking each stratum from its last time to its first.
void find_steps(CoxRows& rows, const std::vector<Key>& keys, const SurvivalData& data) {
  std::size_t stratum_begin = 0;
  std::size_t entry = 0;
  for (std::size_t i = 0; i < keys.size();) {
    if (keys[i].stratum != keys[stratum_begin].stratum) {
      stratum_begin = i;
      entry = rows.entry_order.empty() ? 0 : stratum_begin;
    }
    const double time = keys[i].time;
    const bool new_stratum = rows.steps.empty() || rows.steps.back().row_begin != stratum_begin;
    CoxStep step{stratum_begin, 0, 0, rows.deaths.size(), 0, new_stratum};
    const int stratum = keys[i].stratum;
    for (; i < keys.size() && keys[i].stratum == stratum && keys[i].time == time; ++i) {
      if (rows.event[i] != 0 && rows.weight[static_cast<Eigen::Index>(i)] > 0) {
        rows.deaths.push_back(i);
      }
    }
    if (rows.deaths.size() == step.death_begin) {
      continue;
    }
    while (entry < rows.entry_order.size() && keys[rows.entry_order[entry]].stratum == stratum &&
           data.entry[rows.source[rows.entry_order[entry]]] >= time) {
      ++entry;
    }
    step.row_end = i;
    step.entry_end = entry;
    step.death_end = rows.deaths.size();
    rows.steps.push_back(step);
  }
}

}  // namespace

Result<CoxRows> cox_rows(const Matrix& x, const SurvivalData& data, std::span<const int> strata) {
  THAW_CHECK(check(x, data, strata));
  const std::vector<Key> keys = sorted_keys(data.time, strata);
  CoxRows rows;
  rows.x.resize(x.rows(), x.cols());
  rows.weight.resize(x.rows());
  rows.source.resize(keys.size());
  rows.event.resize(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::size_t from = keys[i].row;
    rows.source[i] = from;
    rows.event[i] = data.event[from];
    rows.weight[static_cast<Eigen::Index>(i)] = data.weights.empty() ? 1 : data.weights[from];
  }
  THAW_CHECK(standardise(rows, x));
  if (!data.entry.empty()) {
    rows.entry_order = entry_order(keys, data.entry);
  }
  find_steps(rows, keys, data);
  return rows;
}

}  // namespace thaw::stats
