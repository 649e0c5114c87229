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

/// `counts` by (configuration, value), `values` to a configuration; empty ones add nothing.
double DiscreteScore::sum_cells(const std::vector<std::uint32_t>& counts, std::size_t values,
                                double configurations) const {
  const double cell_prior = strength_ / (configurations * static_cast<double>(values));
  const double row_prior = strength_ / configurations;
  const double cell_zero = log_gamma(cell_prior);
  const double row_zero = log_gamma(row_prior);
  double sum = 0;
  for (std::size_t j = 0; j < counts.size(); j += values) {
    double all = 0;
    for (std::size_t k = 0; k < values; ++k) {
      if (const double count = counts[j + k]; count > 0) {
        all += count;
        sum += form_ == Form::kBdeu ? log_gamma(cell_prior + count) - cell_zero
                                    : 2 * count * std::log(count);
      }
    }
    if (all > 0) {
      sum -= form_ == Form::kBdeu ? log_gamma(row_prior + all) - row_zero : 2 * all * std::log(all);
    }
  }
  if (form_ == Form::kBic) {
    sum -= strength_ * std::log(static_cast<double>(rows_)) * configurations *
           (static_cast<double>(values) - 1);
  }
  return sum;
}

double DiscreteScore::rate(const Joint& parents, std::uint32_t child) const {
  const std::uint32_t values = levels_[child];
  const std::uint16_t* code = codes_[child].data();
  std::vector<std::uint32_t> counts(parents.bound * values, 0);
  for (std::size_t i = 0; i < rows_; ++i) {
    ++counts[parents.of_row[i] * std::size_t{values} + code[i]];
  }
  return sum_cells(counts, values, parents.configurations);
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
  for (std::uint32_t v = 0; v < variables(); ++v) {
    if (allowed[v] != 0) {
      Joint with = base;
      extend(with, v);
      const double gain = rate(with, child) - before + prior(v, child);
      if (gain > tolerance()) {
        gains.push_back({v, gain});
      }
    }
  }
}

}  // namespace thaw::discovery
