#include "stats/joint_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/distributions.h"
#include "stats/joint_likelihood.h"
#include "stats/minimise.h"
#include "stats/mixed_model.h"

namespace thaw::stats {
namespace {

constexpr std::size_t kDeathsMin = 5;

Result<Done> check_people(const JointData& d) {
  const auto persons = static_cast<std::size_t>(d.level.rows());
  if (d.event_time.size() != persons || d.event.size() != persons ||
      static_cast<std::size_t>(d.slope.rows()) != persons ||
      static_cast<std::size_t>(d.hazard.rows()) != persons) {
    return invalid_argument("rows of people do not match");
  }
  if (!d.level.allFinite() || !d.slope.allFinite() || !d.hazard.allFinite()) {
    return invalid_argument("a covariate is missing or infinite");
  }
  for (std::size_t i = 0; i < persons; ++i) {
    if (!std::isfinite(d.event_time[i]) || !(d.event_time[i] > 0)) {
      return invalid_argument(fmt::format("person {}: end of follow-up {}; it must be above 0",
                                          i + 1, d.event_time[i]));
    }
  }
  const auto deaths = static_cast<std::size_t>(
      std::ranges::count_if(d.event, [](std::uint8_t e) { return e != 0; }));
  const auto needed = std::max(kDeathsMin, static_cast<std::size_t>(d.hazard.cols()) + 2);
  if (deaths < needed) {
    return invalid_argument(fmt::format(
        "{} events are too few to tell what drives them; at least {} are needed", deaths, needed));
  }
  return Done{};
}

Result<Done> check_visits(const JointData& d) {
  if (d.y.size() != d.person.size() || d.time.size() != d.person.size()) {
    return invalid_argument("rows of visits do not match");
  }
  std::vector<bool> seen(d.event_time.size(), false);
  for (std::size_t i = 0; i < d.y.size(); ++i) {
    if (d.person[i] < 0 || static_cast<std::size_t>(d.person[i]) >= seen.size()) {
      return invalid_argument(fmt::format("visit {} is of a person without a row", i + 1));
    }
    const auto who = static_cast<std::size_t>(d.person[i]);
    if (!std::isfinite(d.y[i]) || !std::isfinite(d.time[i]) || d.time[i] < 0) {
      return invalid_argument(
          fmt::format("visit {}: time {}, value {}; both must be finite and the time 0 or more",
                      i + 1, d.time[i], d.y[i]));
    }
    if (d.time[i] > d.event_time[who]) {
      return invalid_argument(
          fmt::format("visit {} at time {} is after that person's end of "
                      "follow-up at {}",
                      i + 1, d.time[i], d.event_time[who]));
    }
    seen[who] = true;
  }
  const auto lost = std::ranges::find(seen, false);
  if (lost != seen.end()) {
    return invalid_argument(fmt::format("person {} has no visit", lost - seen.begin() + 1));
  }
  return Done{};
}

/// 0, quantiles of the times of death, infinity.
std::vector<double> baseline_cuts(const JointData& d, int pieces) {
  std::vector<double> deaths;
  for (std::size_t i = 0; i < d.event.size(); ++i) {
    if (d.event[i] != 0) {
      deaths.push_back(d.event_time[i]);
    }
  }
  std::ranges::sort(deaths);
  std::vector<double> cuts = {0};
  for (int k = 1; k < pieces; ++k) {
    const double cut =
        deaths[deaths.size() * static_cast<std::size_t>(k) / static_cast<std::size_t>(pieces)];
    if (cut > cuts.back() && cut < deaths.back()) {
      cuts.push_back(cut);
    }
  }
  cuts.push_back(std::numeric_limits<double>::infinity());
  return cuts;
}

/// The line without the deaths: what the joint fit starts from.
Result<MixedFit> line_alone(const JointData& d) {
  const auto n = static_cast<Eigen::Index>(d.y.size());
  Matrix x(n, d.level.cols() + d.slope.cols());
  Matrix z(n, 2);
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto row = static_cast<std::size_t>(i);
    const Eigen::Index who = d.person[row];
    x.row(i) << d.level.row(who), d.time[row] * d.slope.row(who);
    z.row(i) << 1, d.time[row];
  }
  return fit_mixed({x, z, d.y, d.person}, {.restricted = false, .satterthwaite = false});
}

/// Events over exposure in each piece.
Vector crude_hazards(const JointData& d, const std::vector<double>& cuts) {
  const auto pieces = static_cast<Eigen::Index>(cuts.size()) - 1;
  Vector events = Vector::Constant(pieces, 0.5);
  Vector exposure = Vector::Zero(pieces);
  for (std::size_t i = 0; i < d.event.size(); ++i) {
    for (Eigen::Index k = 0; k < pieces; ++k) {
      const double left = cuts[static_cast<std::size_t>(k)];
      const double right = cuts[static_cast<std::size_t>(k) + 1];
      if (d.event_time[i] > left) {
        exposure[k] += std::min(d.event_time[i], right) - left;
        events[k] += d.event[i] != 0 && d.event_time[i] <= right ? 1 : 0;
      }
    }
  }
  return events.cwiseQuotient(exposure);
}

Vector start_from(const MixedFit& line, const JointData& d, const JointLayout& layout,
                  const std::vector<double>& cuts) {
  Vector at = Vector::Zero(layout.size);
  at.head(layout.sigma) = line.coef;
  at[layout.sigma] = 0.5 * std::log(line.sigma2);
  // A variance of 0 has no logarithm: start a little away from it.
  const double first = std::max(line.random(0, 0), 1e-4 * line.sigma2);
  const double l21 = line.random(1, 0) / std::sqrt(first);
  const double rest = line.random(1, 1) - l21 * l21;
  at[layout.random] = 0.5 * std::log(first);
  at[layout.random + 1] = l21;
  at[layout.random + 2] =
      0.5 * std::log(std::max(rest, 1e-4 * std::max(line.random(1, 1), 1e-8 * line.sigma2)));
  at.tail(layout.size - layout.baseline) = crude_hazards(d, cuts).array().log();
  return at;
}

/// Sizes of changes that matter, for differences: a standard error or thereabouts.
Vector scales(const MixedFit& line, const JointData& d, const JointLayout& layout) {
  Vector scale = Vector::Constant(layout.size, 0.1);
  scale.head(layout.sigma) = line.se;
  scale[layout.random + 1] = 0.1 * std::sqrt(std::max(line.random(1, 1), 1e-8));
  const double spread = std::sqrt(line.random(0, 0) + line.sigma2);
  scale[layout.link] = 0.1 / spread;
  if (layout.baseline - layout.link == 2 || line.random(1, 1) > 0) {
    scale[layout.baseline - 1] = layout.baseline - layout.link == 2
                                     ? 0.1 / std::sqrt(std::max(line.random(1, 1), 1e-8))
                                     : scale[layout.baseline - 1];
  }
  for (Eigen::Index j = 0; j < d.hazard.cols(); ++j) {
    const Vector column = d.hazard.col(j).array() - d.hazard.col(j).mean();
    scale[layout.hazard + j] =
        0.1 / std::max(std::sqrt(column.squaredNorm() / static_cast<double>(column.size())), 1e-8);
  }
  return scale;
}

std::vector<JointCoefficient> coefficients(const Vector& at, const Matrix& var, Eigen::Index from,
                                           Eigen::Index to, double level) {
  const double critical = normal_quantile(1 - (1 - level) / 2);
  std::vector<JointCoefficient> all;
  for (Eigen::Index j = from; j < to; ++j) {
    const double se = std::sqrt(var(j, j));
    all.push_back({.value = at[j],
                   .se = se,
                   .low = at[j] - critical * se,
                   .high = at[j] + critical * se,
                   .p = normal_two_sided_p(at[j] / se)});
  }
  return all;
}

}  // namespace

Result<JointFit> fit_joint(const JointData& data, const JointOptions& options) {
  THAW_CHECK(check_people(data));
  THAW_CHECK(check_visits(data));
  if (data.hazard.cols() > 0 && first_dependent_column(data.hazard.transpose() * data.hazard)) {
    return invalid_argument("a covariate of the hazard is constant or a combination of the others");
  }
  THAW_TRY(const MixedFit line, line_alone(data));
  const std::vector<double> cuts = baseline_cuts(data, options.pieces);
  const JointLikelihood likelihood(data, options, cuts);
  const JointLayout& layout = likelihood.layout();
  Objective f;
  f.value = [&](const Vector& at) { return -likelihood.value(at); };
  f.gradient = [&](const Vector& at) -> Vector { return -likelihood.gradient(at); };
  const Minimum best =
      minimise(f, start_from(line, data, layout, cuts),
               {.scale = scales(line, data, layout), .tolerance = 1e-9, .iterations_max = 60});
  JointFit fit;
  const Eigen::LLT<Matrix> information(best.hessian);
  fit.converged = best.converged && information.info() == Eigen::Success;
  const Matrix var = information.solve(Matrix::Identity(layout.size, layout.size));
  fit.iterations = best.iterations;
  fit.log_likelihood = -best.value;
  fit.level = coefficients(best.at, var, layout.level, layout.slope, options.level);
  fit.slope = coefficients(best.at, var, layout.slope, layout.sigma, options.level);
  fit.hazard = coefficients(best.at, var, layout.hazard, layout.link, options.level);
  fit.link = coefficients(best.at, var, layout.link, layout.baseline, options.level);
  fit.cuts = cuts;
  for (Eigen::Index k = layout.baseline; k < layout.size; ++k) {
    fit.baseline.push_back(std::exp(best.at[k]));
  }
  fit.sigma2 = std::exp(2 * best.at[layout.sigma]);
  Matrix factor(2, 2);
  factor << std::exp(best.at[layout.random]), 0, best.at[layout.random + 1],
      std::exp(best.at[layout.random + 2]);
  fit.random = factor * factor.transpose();
  fit.visits = data.y.size();
  fit.persons = data.event.size();
  fit.events = static_cast<std::size_t>(
      std::ranges::count_if(data.event, [](std::uint8_t e) { return e != 0; }));
  return fit;
}

}  // namespace thaw::stats
