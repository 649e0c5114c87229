#include "discovery/discrete_score.h"

#include <math.h>  // lgamma_r, which std has not: lgamma writes a global

#include <cmath>
#include <unordered_map>

namespace thaw::discovery {
namespace {

double log_gamma(double x) {
  int sign = 0;
  return ::lgamma_r(x, &sign);
}

}  // namespace

DiscreteScore::DiscreteScore(const Data& data, Form form, double strength, double sparsity,
                             const Knowledge& knowledge)
    : LocalScore(data.size(), form == Form::kBdeu ? 1 : 2, static_cast<double>(data.rows()),
                 sparsity, knowledge),
      rows_(data.rows()),
      form_(form),
      strength_(strength) {
  for (std::size_t v = 0; v < data.size(); ++v) {
    levels_.push_back(static_cast<std::uint32_t>(data.variable(v).levels.size()));
    codes_.emplace_back(data.codes(v).begin(), data.codes(v).end());
  }
}

void DiscreteScore::extend(Joint& joint, std::uint32_t variable) const {
  const std::uint32_t levels = levels_[variable];
  const std::uint16_t* code = codes_[variable].data();
  joint.configurations *= levels;
  const std::size_t bound = joint.bound * levels;
  if (bound <= 4 * rows_ + 4096) {
    for (std::size_t i = 0; i < rows_; ++i) {
      joint.of_row[i] = joint.of_row[i] * levels + code[i];
    }
    joint.bound = bound;
    return;
  }
  // Only what occurs gets a number, in order of first row, so memory stays linear in the rows.
  std::unordered_map<std::uint64_t, std::uint32_t> number;
  for (std::size_t i = 0; i < rows_; ++i) {
    const std::uint64_t key = std::uint64_t{joint.of_row[i]} * levels + code[i];
    joint.of_row[i] =
        number.try_emplace(key, static_cast<std::uint32_t>(number.size())).first->second;
  }
  joint.bound = number.size();
}

DiscreteScore::Joint DiscreteScore::joint(std::span<const std::uint32_t> variables) const {
  Joint joint{std::vector<std::uint32_t>(rows_, 0), 1, 1};
  for (const std::uint32_t v : variables) {
    extend(joint, v);
  }
  return joint;
}

/// `counts` by (configuration, value of the child, value of one more parent): `values` and `inner`
/// of the latter two; `configurations` of all parents could occur. Empty cells add nothing.
double DiscreteScore::sum_cells(const std::vector<std::uint32_t>& counts, std::size_t values,
                                std::size_t inner, double configurations) const {
  const double cell_prior = strength_ / (configurations * static_cast<double>(values));
  const double row_prior = strength_ / configurations;
  const double cell_zero = log_gamma(cell_prior);
  const double row_zero = log_gamma(row_prior);
  double sum = 0;
  for (std::size_t j = 0; j < counts.size(); j += values * inner) {
    for (std::size_t z = j; z < j + inner; ++z) {
      double all = 0;
      for (std::size_t k = z; k < j + values * inner; k += inner) {
        if (const double count = counts[k]; count > 0) {
          all += count;
          sum += form_ == Form::kBdeu ? log_gamma(cell_prior + count) - cell_zero
                                      : 2 * count * std::log(count);
        }
      }
      if (all > 0) {
        sum -=
            form_ == Form::kBdeu ? log_gamma(row_prior + all) - row_zero : 2 * all * std::log(all);
      }
    }
  }
  if (form_ == Form::kBic) {
    sum -= strength_ * std::log(static_cast<double>(rows_)) * configurations *
           (static_cast<double>(values) - 1);
  }
  return sum;
}

/// As sum_cells, where a table of all cells would be much larger than the rows.
double DiscreteScore::rate_sparse(const Joint& parents, std::uint32_t child) const {
  Joint both = parents;
  extend(both, child);
  std::vector<std::uint32_t> cells(both.bound, 0), all(parents.bound, 0);
  for (std::size_t i = 0; i < rows_; ++i) {
    ++cells[both.of_row[i]];
    ++all[parents.of_row[i]];
  }
  const double values = levels_[child];
  const double cell_prior = strength_ / (parents.configurations * values);
  const double row_prior = strength_ / parents.configurations;
  const auto sum = [&](const std::vector<std::uint32_t>& counts, double prior) {
    double total = 0;
    for (const std::uint32_t count : counts) {
      if (count > 0) {
        total += form_ == Form::kBdeu ? log_gamma(prior + count) - log_gamma(prior)
                                      : 2.0 * count * std::log(static_cast<double>(count));
      }
    }
    return total;
  };
  const double penalty = form_ == Form::kBdeu ? 0
                                              : strength_ * std::log(static_cast<double>(rows_)) *
                                                    parents.configurations * (values - 1);
  return sum(cells, cell_prior) - sum(all, row_prior) - penalty;
}

double DiscreteScore::rate(const Joint& parents, std::uint32_t child) const {
  const std::uint32_t values = levels_[child];
  if (parents.bound * values > 4 * rows_ + 4096) {
    return rate_sparse(parents, child);
  }
  const std::uint16_t* code = codes_[child].data();
  std::vector<std::uint32_t> counts(parents.bound * values, 0);
  for (std::size_t i = 0; i < rows_; ++i) {
    ++counts[parents.of_row[i] * std::size_t{values} + code[i]];
  }
  return sum_cells(counts, values, 1, parents.configurations);
}

double DiscreteScore::data_score(std::uint32_t child,
                                 std::span<const std::uint32_t> parents) const {
  return rate(joint(parents), child);
}

void DiscreteScore::data_gains(std::uint32_t child, std::span<const std::uint32_t> parents,
                               std::span<const std::uint8_t> allowed,
                               std::vector<Gain>& gains) const {
  const Joint base = joint(parents);
  const double before = rate(base, child);
  const std::uint32_t values = levels_[child];
  std::vector<std::uint32_t> cell(rows_);  // (configuration, value of the child) of every row
  for (std::size_t i = 0; i < rows_; ++i) {
    cell[i] = base.of_row[i] * values + codes_[child][i];
  }
  std::vector<std::uint32_t> counts;
  for (std::uint32_t v = 0; v < variables(); ++v) {
    if (allowed[v] == 0) {
      continue;
    }
    double after = 0;
    const std::uint32_t inner = levels_[v];
    if (const std::size_t cells = base.bound * values * inner; cells <= 4 * rows_ + 4096) {
      const std::uint16_t* code = codes_[v].data();
      counts.assign(cells, 0);
      for (std::size_t i = 0; i < rows_; ++i) {
        ++counts[cell[i] * inner + code[i]];
      }
      after = sum_cells(counts, values, inner, base.configurations * inner);
    } else {
      Joint with = base;
      extend(with, v);
      after = rate(with, child);
    }
    if (const double gain = after - before + prior(v, child); gain > tolerance()) {
      gains.push_back({v, gain});
    }
  }
}

}  // namespace thaw::discovery
