#include "stats/log_rank.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "stats/distributions.h"
#include "stats/risk_steps.h"

namespace thaw::stats {
namespace {

/// The rows of one group, held by value.
struct GroupRows {
  std::vector<double> time, entry, weights;
  std::vector<std::uint8_t> event;
  SurvivalData data() const { return {time, event, entry, weights}; }
};

Result<std::vector<GroupRows>> split_groups(const SurvivalData& data, std::span<const int> group) {
  const int groups = *std::ranges::max_element(group) + 1;
  if (std::ranges::any_of(group, [](int g) { return g < 0; }) || groups < 2) {
    return invalid_argument("groups to compare are numbered from 0 and at least two");
  }
  std::vector<GroupRows> rows(static_cast<std::size_t>(groups));
  for (std::size_t i = 0; i < group.size(); ++i) {
    GroupRows& own = rows[static_cast<std::size_t>(group[i])];
    own.time.push_back(data.time[i]);
    own.event.push_back(data.event[i]);
    if (!data.entry.empty()) {
      own.entry.push_back(data.entry[i]);
    }
    own.weights.push_back(data.weights.empty() ? 1 : data.weights[i]);
  }
  for (std::size_t g = 0; g < rows.size(); ++g) {
    if (rows[g].time.empty()) {
      return invalid_argument(fmt::format("group {} has no rows", g));
    }
  }
  return rows;
}

/// Weight at risk in one group just before each of `times` (rising).
std::vector<double> at_risk_before(const GroupRows& rows, const std::vector<RiskStep>& times) {
  std::vector<double> change(times.size() + 1, 0.0);
  for (std::size_t i = 0; i < rows.time.size(); ++i) {
    const std::size_t first = rows.entry.empty() ? 0 : steps_through(times, rows.entry[i]);
    change[first] += rows.weights[i];
    change[steps_through(times, rows.time[i])] -= rows.weights[i];
  }
  std::vector<double> at_risk;
  double sum = 0;
  for (std::size_t k = 0; k < times.size(); ++k) {
    sum += change[k];
    at_risk.push_back(sum);
  }
  return at_risk;
}

/// S(t-)^rho of all rows together at each step.
std::vector<double> weights_of(const std::vector<RiskStep>& steps, double rho) {
  std::vector<double> weights;
  double survival = 1;
  for (const RiskStep& step : steps) {
    weights.push_back(std::pow(survival, rho));
    survival *= 1 - step.deaths / step.at_risk;
  }
  return weights;
}

/// Fills in the expected events and the variance: hypergeometric at each step.
void expect(LogRank& test, const std::vector<GroupRows>& rows, const std::vector<RiskStep>& steps,
            const std::vector<double>& step_weight) {
  const auto k = static_cast<Eigen::Index>(rows.size());
  std::vector<std::vector<double>> at_risk;
  for (const GroupRows& own : rows) {
    at_risk.push_back(at_risk_before(own, steps));
  }
  test.var = Matrix::Zero(k, k);
  Vector share(k);
  for (std::size_t s = 0; s < steps.size(); ++s) {
    const RiskStep& step = steps[s];
    for (std::size_t g = 0; g < rows.size(); ++g) {
      const double own = at_risk[g][s] / step.at_risk;
      share[static_cast<Eigen::Index>(g)] = own;
      test.expected[g] += step_weight[s] * step.deaths * own;
    }
    if (step.at_risk > 1) {
      const double scale = step_weight[s] * step_weight[s] * step.deaths *
                           (step.at_risk - step.deaths) / (step.at_risk - 1);
      test.var += scale * (Matrix(share.asDiagonal()) - share * share.transpose());
    }
  }
}

/// Fills in the observed events.
void observe(LogRank& test, const SurvivalData& data, std::span<const int> group,
             const std::vector<RiskStep>& steps, const std::vector<double>& step_weight) {
  for (std::size_t i = 0; i < group.size(); ++i) {
    const double weight = data.weights.empty() ? 1 : data.weights[i];
    if (data.event[i] != 0 && weight > 0) {
      test.observed[static_cast<std::size_t>(group[i])] +=
          weight * step_weight[steps_through(steps, data.time[i]) - 1];
    }
  }
}

double quadratic_form(const LogRank& test) {
  const auto k = static_cast<Eigen::Index>(test.observed.size());
  const Vector excess = (as_vector(test.observed) - as_vector(test.expected)).head(k - 1);
  const Eigen::CompleteOrthogonalDecomposition<Matrix> solver(test.var.topLeftCorner(k - 1, k - 1));
  return excess.dot(solver.solve(excess));
}

}  // namespace

Result<LogRank> log_rank(const SurvivalData& data, std::span<const int> group, double rho) {
  if (const auto fault = survival_fault(data)) {
    return invalid_argument(*fault);
  }
  if (group.size() != data.time.size()) {
    return invalid_argument(
        fmt::format("{} rows but {} group numbers", data.time.size(), group.size()));
  }
  THAW_TRY(const auto rows, split_groups(data, group));
  const std::vector<RiskStep> steps = risk_steps(data);
  LogRank test{std::vector<double>(rows.size()),
               std::vector<double>(rows.size()),
               {},
               0,
               static_cast<int>(rows.size()) - 1,
               1};
  const std::vector<double> step_weight = weights_of(steps, rho);
  expect(test, rows, steps, step_weight);
  observe(test, data, group, steps, step_weight);
  if (!(test.var.diagonal().maxCoeff() > 0)) {
    return invalid_argument("no event happened while two groups were at risk: nothing to compare");
  }
  test.chi_squared = quadratic_form(test);
  test.p = chi_squared_upper_p(test.chi_squared, test.df);
  return test;
}

}  // namespace thaw::stats
