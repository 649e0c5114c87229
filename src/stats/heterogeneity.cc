#include "stats/heterogeneity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "stats/distributions.h"

namespace thaw::stats {
namespace {

constexpr std::array<std::pair<Tau2Method, std::string_view>, 9> kNames = {{
    {Tau2Method::kFe, "FE"},
    {Tau2Method::kDl, "DL"},
    {Tau2Method::kHe, "HE"},
    {Tau2Method::kHs, "HS"},
    {Tau2Method::kSj, "SJ"},
    {Tau2Method::kMl, "ML"},
    {Tau2Method::kReml, "REML"},
    {Tau2Method::kEb, "EB"},
    {Tau2Method::kPm, "PM"},
}};

constexpr double kExact = 1e-13;
constexpr StopRule kExactStop{.relative = kExact};

double degrees(const MetaRows& rows) {
  return static_cast<double>(rows.k() - rows.p());
}

/// Sums with all weights 1.
MetaPass unweighted_pass(const MetaRows& rows) {
  // 1 / (v + tau2) is 1 for v = 0, tau2 = 1; the sums below need only the basis.
  MetaPass pass;
  pass.weights = Vector::Ones(rows.k());
  const Matrix gram = rows.basis().transpose() * rows.basis();
  pass.inverse = gram.inverse();
  pass.coef = pass.inverse * (rows.basis().transpose() * rows.y());
  pass.residuals = rows.y() - rows.basis() * pass.coef;
  pass.rss = pass.residuals.squaredNorm();
  pass.trace_pp = degrees(rows);
  return pass;
}

double hedges_raw(const MetaRows& rows, const MetaPass& pass) {
  return (pass.rss - quadratic_form(rows, pass, 0).trace_pv) / degrees(rows);
}

Tau2Estimate hedges(const MetaRows& rows) {
  const MetaPass pass = unweighted_pass(rows);
  const double value = std::max(0.0, hedges_raw(rows, pass));
  return {value, std::sqrt(quadratic_form(rows, pass, value).variance) / degrees(rows)};
}

Tau2Estimate dersimonian_laird(const MetaRows& rows) {
  const MetaPass pass = meta_pass(rows, 0);
  const double value = std::max(0.0, (pass.rss - degrees(rows)) / pass.trace_p);
  return {value, std::sqrt(quadratic_form(rows, pass, value).variance) / pass.trace_p};
}

Tau2Estimate hunter_schmidt(const MetaRows& rows) {
  const MetaPass pass = meta_pass(rows, 0);
  const double value = std::max(0.0, (pass.rss - static_cast<double>(rows.k())) / pass.sum_w);
  return {value, std::sqrt(quadratic_form(rows, pass, value).variance) / pass.sum_w};
}

Tau2Estimate sidik_jonkman(const MetaRows& rows) {
  // The crude start is the variance of the estimates themselves, moderators left aside.
  const double start = (rows.y().array() - rows.y().mean()).square().mean();
  if (!(start > 0)) {
    return {0, std::nullopt};
  }
  const MetaPass pass = meta_pass(rows, start);
  const double factor = start / degrees(rows);
  const double value = factor * pass.rss;
  return {value, factor * std::sqrt(quadratic_form(rows, pass, value).variance)};
}

bool ends(const StopRule& stop, double step, double tau2) {
  return step <= stop.relative * tau2 && step <= stop.absolute;
}

/// The tau2 >= 0 at which the generalised Q falls to `target`: Newton from the left, since Q is
/// convex and falling there; 0 when Q starts below it. `converged` false when it never falls so
/// far.
Tau2Estimate solve_q(const MetaRows& rows, double target, const StopRule& stop) {
  Tau2Estimate found;
  found.converged = false;
  while (found.iterations < stop.iterations_max) {
    ++found.iterations;
    const QValue at = generalised_q(rows, found.value);
    const double step = (at.q - target) / at.slope;
    if (at.q <= target || ends(stop, step, found.value)) {
      found.converged = true;
      break;
    }
    found.value += step;
    found.last_step = step;
  }
  return found;
}

Tau2Estimate paule_mandel(const MetaRows& rows, const StopRule& stop) {
  const double df = degrees(rows);
  // Newton doubles the digits with each step, so the root itself costs one pass more.
  Tau2Estimate found =
      solve_q(rows, df, {.relative = kExact, .iterations_max = stop.iterations_max});
  const double k = static_cast<double>(rows.k());
  const double sum_w = (rows.v().array() + found.value).inverse().sum();
  found.se = k / df * std::sqrt(2 * df) / sum_w;
  return found;
}

/// Score over information (a Fisher scoring step), and the sign of the score.
struct Scoring {
  double step;
  double information;
};

Scoring scoring(const MetaRows& rows, double tau2, bool restricted) {
  const MetaPass pass = meta_pass(rows, tau2);
  const double information = restricted ? pass.trace_pp : pass.sum_w2;
  const double score = pass.yppy - (restricted ? pass.trace_p : pass.sum_w);
  return {score / information, information};
}

/// The next tau2 to try: a Fisher step while it stays in the bracket of the signs of the score and
/// ends soon, else a longer step or the middle. `low` below 0 stands for "0 is not tried yet".
double next_tau2(double value, double step, double low, double high, int iteration) {
  constexpr int kPatience = 25;
  const double proposal = std::max(0.0, value + step);
  if (iteration <= kPatience && proposal >= low && proposal <= high) {
    return proposal;
  }
  if (low < 0) {
    return 0;
  }
  return std::isinf(high) ? value + 4 * step : 0.5 * (low + high);
}

/// Fisher scoring from `start`, held within that bracket, so that it ends at a maximum.
Tau2Estimate score_from(const MetaRows& rows, bool restricted, double start, const StopRule& stop) {
  double low = -1;
  double high = std::numeric_limits<double>::infinity();
  Tau2Estimate found{start, std::nullopt, false, 0};
  while (found.iterations < stop.iterations_max) {
    ++found.iterations;
    const Scoring at = scoring(rows, found.value, restricted);
    if (found.value == 0 && at.step <= 0) {
      found.converged = true;
      break;
    }
    (at.step > 0 ? low : high) = found.value;
    const double next = next_tau2(found.value, at.step, low, high, found.iterations);
    found.last_step = std::fabs(next - found.value);
    found.value = next;
    if (ends(stop, found.last_step, next)) {
      found.converged = true;
      break;
    }
  }
  return found;
}

/// The largest of some tau2, each half of the one before, at which the likelihood still rises; 0 if
/// at none.
double below_highest_maximum(const MetaRows& rows, bool restricted) {
  constexpr int kHalvings = 12;
  double tau2 = (rows.y().array() - rows.y().mean()).square().mean();
  for (int i = 0; i < kHalvings; ++i, tau2 /= 2) {
    if (scoring(rows, tau2, restricted).step > 0) {
      return tau2;
    }
  }
  return 0;
}

Tau2Estimate likelihood_estimate(const MetaRows& rows, bool restricted, const StopRule& stop) {
  const auto log_likelihood = [&](double tau2) {
    const MetaLikelihood at = meta_likelihood(rows, meta_pass(rows, tau2));
    return restricted ? at.restricted : at.full;
  };
  const double start = std::max(0.0, hedges_raw(rows, unweighted_pass(rows)));
  Tau2Estimate found = score_from(rows, restricted, start, stop);
  // A likelihood may have a second maximum: look upwards from 0 and downwards from far above.
  for (const double from : {0.0, below_highest_maximum(rows, restricted)}) {
    const Tau2Estimate other = score_from(rows, restricted, from, stop);
    const double apart = std::fabs(other.value - found.value);
    if (apart > 1e-2 * std::max(other.value, found.value) &&
        log_likelihood(other.value) > log_likelihood(found.value)) {
      found = other;
    }
  }
  found.se = std::sqrt(2 / scoring(rows, found.value, restricted).information);
  return found;
}

/// Where `f`, above 0 at `inside` and falling towards `outside`, is 0. Bisection to 1e-12.
double crossing(const std::function<double(double)>& f, double inside, double outside) {
  for (int i = 0; i < 200 && std::fabs(outside - inside) > 1e-12 * std::fabs(outside); ++i) {
    const double middle = 0.5 * (inside + outside);
    (f(middle) > 0 ? inside : outside) = middle;
  }
  return 0.5 * (inside + outside);
}

double widest(const MetaRows& rows) {
  const double spread = (rows.y().array() - rows.y().mean()).square().mean();
  return 1e8 * (spread + rows.v().maxCoeff());
}

}  // namespace

std::string_view to_string(Tau2Method method) {
  return std::ranges::find(kNames, method, &std::pair<Tau2Method, std::string_view>::first)->second;
}

Result<Tau2Method> parse_tau2_method(std::string_view word) {
  const auto same = [](char a, char b) { return (a & ~0x20) == (b & ~0x20); };
  for (const auto& [method, name] : kNames) {
    if (std::ranges::equal(word, name, same)) {
      return method;
    }
  }
  return invalid_argument(fmt::format(
      "method \"{}\" is not known; choose fe, dl, he, hs, sj, ml, reml, eb or pm", word));
}

Tau2Estimate estimate_tau2(const MetaRows& rows, Tau2Method method, const StopRule& stop) {
  switch (method) {
    case Tau2Method::kFe:
      return {};
    case Tau2Method::kDl:
      return dersimonian_laird(rows);
    case Tau2Method::kHe:
      return hedges(rows);
    case Tau2Method::kHs:
      return hunter_schmidt(rows);
    case Tau2Method::kSj:
      return sidik_jonkman(rows);
    case Tau2Method::kMl:
      return likelihood_estimate(rows, false, stop);
    case Tau2Method::kReml:
      return likelihood_estimate(rows, true, stop);
    default:
      return paule_mandel(rows, stop);
  }
}

Tau2Interval q_profile_interval(const MetaRows& rows, double level) {
  const double df = degrees(rows);
  const double tail = (1 - level) / 2;
  const double q_high = chi_squared_upper_quantile(tail, df);
  const double q_low = chi_squared_upper_quantile(1 - tail, df);
  Tau2Interval interval;
  if (generalised_q(rows, 0).q < q_low) {
    interval.empty = true;
    return interval;
  }
  interval.low = solve_q(rows, q_high, kExactStop).value;
  const Tau2Estimate high = solve_q(rows, q_low, kExactStop);
  interval.high = high.value;
  interval.unbounded = !high.converged || high.value > widest(rows);
  return interval;
}

Tau2Interval likelihood_interval(const MetaRows& rows, bool restricted, double estimate,
                                 double level) {
  const auto log_likelihood = [&](double tau2) {
    const MetaLikelihood at = meta_likelihood(rows, meta_pass(rows, tau2));
    return restricted ? at.restricted : at.full;
  };
  const double floor = log_likelihood(estimate) - 0.5 * chi_squared_upper_quantile(1 - level, 1);
  const auto above = [&](double tau2) { return log_likelihood(tau2) - floor; };
  Tau2Interval interval;
  interval.low = above(0) > 0 ? 0 : crossing(above, estimate, 0);
  const double limit = widest(rows);
  double outside = std::max(2 * estimate, rows.v().minCoeff());
  while (outside < limit && above(outside) > 0) {
    outside *= 4;
  }
  interval.unbounded = outside >= limit;
  interval.high = interval.unbounded ? limit : crossing(above, estimate, outside);
  return interval;
}

}  // namespace thaw::stats
