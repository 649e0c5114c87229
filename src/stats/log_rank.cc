#include "stats/log_rank.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "stats/distributions.h"
#include "stats/risk_steps.h"
#include "stats/row_order.h"

namespace thaw::stats {
namespace {

/// S(t-)^rho of all rows together at each step, rising times.
std::vector<double> weights_of(const std::vector<RiskStep>& steps, double rho) {
  std::vector<double> weights;
  double survival = 1;
  for (const RiskStep& step : steps) {
    weights.push_back(std::pow(survival, rho));
    survival *= 1 - step.deaths / step.at_risk;
  }
  return weights;
}

/// The rows of one stratum, held by value.
struct Stratum {
  std::vector<double> time, entry, weights;
  std::vector<std::uint8_t> event;
  std::vector<int> group;
  SurvivalData data() const { return {time, event, entry, weights}; }
};

Result<std::size_t> count_groups(std::span<const int> group) {
  const int groups = *std::ranges::max_element(group) + 1;
  if (std::ranges::any_of(group, [](int g) { return g < 0; }) || groups < 2) {
    return invalid_argument("groups to compare are numbered from 0 and at least two");
  }
  std::vector<std::size_t> rows(static_cast<std::size_t>(groups));
  for (const int g : group) {
    ++rows[static_cast<std::size_t>(g)];
  }
  const auto empty = std::ranges::find(rows, 0U);
  if (empty != rows.end()) {
    return invalid_argument(fmt::format("group {} has no rows", empty - rows.begin()));
  }
  return rows.size();
}

/// Walks one stratum from its last time to its first, and adds what each event time compares.
class Comparison {
 public:
  Comparison(LogRank& test, const SurvivalData& data, std::span<const int> group)
      : test_(test),
        data_(data),
        group_(group),
        at_risk_(test.observed.size()),
        deaths_(test.observed.size()),
        share_(static_cast<Eigen::Index>(test.observed.size())) {}

  void run(double rho) {
    std::vector<double> step_weight;
    if (rho != 0) {
      step_weight = weights_of(risk_steps(data_), rho);
    }
    std::size_t step = step_weight.size();
    const std::vector<std::uint32_t> exits = ordered_rows(data_.time, Direction::kFalling);
    const std::vector<std::uint32_t> entries = ordered_rows(data_.entry, Direction::kFalling);
    std::size_t entry = 0;
    for (std::size_t i = 0; i < exits.size();) {
      const double time = data_.time[exits[i]];
      std::ranges::fill(deaths_, 0.0);
      bool died = false;
      for (; i < exits.size() && data_.time[exits[i]] == time; ++i) {
        const double weight = weight_of(exits[i]);
        at_risk_[group_of(exits[i])] += weight;
        if (data_.event[exits[i]] != 0 && weight > 0) {
          deaths_[group_of(exits[i])] += weight;
          died = true;
        }
      }
      for (; entry < entries.size() && data_.entry[entries[entry]] >= time; ++entry) {
        at_risk_[group_of(entries[entry])] -= weight_of(entries[entry]);
      }
      if (died) {
        add_step(rho == 0 ? 1 : step_weight[--step]);
      }
    }
  }

 private:
  double weight_of(std::uint32_t row) const {
    return data_.weights.empty() ? 1 : data_.weights[row];
  }
  std::size_t group_of(std::uint32_t row) const { return static_cast<std::size_t>(group_[row]); }

  void add_step(double weight) {
    double all = 0;
    double deaths = 0;
    for (std::size_t g = 0; g < at_risk_.size(); ++g) {
      all += at_risk_[g];
      deaths += deaths_[g];
    }
    for (std::size_t g = 0; g < at_risk_.size(); ++g) {
      const double own = at_risk_[g] / all;
      share_[static_cast<Eigen::Index>(g)] = own;
      test_.observed[g] += weight * deaths_[g];
      test_.expected[g] += weight * deaths * own;
    }
    if (!(all > 1)) {
      return;
    }
    const double scale = weight * weight * deaths * (all - deaths) / (all - 1);
    for (Eigen::Index a = 0; a < share_.size(); ++a) {
      for (Eigen::Index b = 0; b < share_.size(); ++b) {
        test_.var(a, b) += scale * share_[a] * ((a == b ? 1 : 0) - share_[b]);
      }
    }
  }

  LogRank& test_;
  const SurvivalData& data_;
  std::span<const int> group_;
  std::vector<double> at_risk_, deaths_;
  Vector share_;
};

std::vector<Stratum> split_strata(const SurvivalData& data, std::span<const int> group,
                                  std::span<const int> strata) {
  std::map<int, Stratum> parts;
  for (std::size_t i = 0; i < strata.size(); ++i) {
    Stratum& own = parts[strata[i]];
    own.time.push_back(data.time[i]);
    own.event.push_back(data.event[i]);
    own.group.push_back(group[i]);
    own.weights.push_back(data.weights.empty() ? 1 : data.weights[i]);
    if (!data.entry.empty()) {
      own.entry.push_back(data.entry[i]);
    }
  }
  std::vector<Stratum> result;
  for (auto& [number, part] : parts) {
    result.push_back(std::move(part));
  }
  return result;
}

double quadratic_form(const LogRank& test) {
  const auto k = static_cast<Eigen::Index>(test.observed.size());
  const Vector excess = (as_vector(test.observed) - as_vector(test.expected)).head(k - 1);
  const Eigen::CompleteOrthogonalDecomposition<Matrix> solver(test.var.topLeftCorner(k - 1, k - 1));
  return excess.dot(solver.solve(excess));
}

}  // namespace

Result<LogRank> log_rank(const SurvivalData& data, std::span<const int> group, double rho,
                         std::span<const int> strata) {
  if (const auto fault = survival_fault(data)) {
    return invalid_argument(*fault);
  }
  if (group.size() != data.time.size() || (!strata.empty() && strata.size() != data.time.size())) {
    return invalid_argument(fmt::format("{} rows but {} group and {} stratum numbers",
                                        data.time.size(), group.size(), strata.size()));
  }
  THAW_TRY(const std::size_t groups, count_groups(group));
  const auto k = static_cast<Eigen::Index>(groups);
  LogRank test{std::vector<double>(groups),  std::vector<double>(groups),
               Matrix::Zero(k, k),           0,
               static_cast<int>(groups) - 1, 1};
  if (strata.empty()) {
    Comparison(test, data, group).run(rho);
  } else {
    for (const Stratum& part : split_strata(data, group, strata)) {
      const SurvivalData own = part.data();
      Comparison(test, own, part.group).run(rho);
    }
  }
  if (!(test.var.diagonal().maxCoeff() > 0)) {
    return invalid_argument("no event happened while two groups were at risk: nothing to compare");
  }
  test.chi_squared = quadratic_form(test);
  test.p = chi_squared_upper_p(test.chi_squared, test.df);
  return test;
}

}  // namespace thaw::stats
