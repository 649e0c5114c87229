#include "evidence/effect_scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/date.h"
#include "stats/distributions.h"

namespace thaw::evidence {
namespace {

constexpr double kWidth95 = 2 * stats::kZ95;

const std::string kRate = "alsfrs_r_points_per_month";
const std::string kLogRatio = "log_ratio";
const std::string kSd = "sd";

double sign_of(const PrintedEffect& effect) {
  return effect.positive_means == Sign::kRaises ? 1.0 : -1.0;
}

/// Standard error from what was printed of the estimate `x`: se, interval or p; 0 when none.
/// `low` and `high` must be on x's scale already.
double standard_error(NaturalEffect& out, std::optional<double> se, std::optional<double> low,
                      std::optional<double> high, std::optional<double> p, double x) {
  if (se) {
    return *se;
  }
  if (low && high) {
    const double from_interval = (*high - *low) / kWidth95;
    out.derivation.push_back(
        fmt::format("se = ({:.4g} - {:.4g}) / 3.92 = {:.4g}", *high, *low, from_interval));
    return from_interval;
  }
  out.interval_printed = false;
  if (p && *p > 0 && *p < 1 && x != 0) {
    const double z = stats::normal_quantile(1 - *p / 2);
    const double from_p = std::abs(x) / z;
    out.derivation.push_back(fmt::format("se = |{:.4g}| / z(p = {}) = {:.4g} / {:.3f} = {:.4g}", x,
                                         *p, std::abs(x), z, from_p));
    return from_p;
  }
  return 0;
}

/// Keeps the printed interval on x's scale: `low` and `high` as printed there, before the sign.
void keep_interval(NaturalEffect& out, double sign, std::optional<double> low,
                   std::optional<double> high) {
  if (low && high) {
    out.low = std::min(sign * *low, sign * *high);
    out.high = std::max(sign * *low, sign * *high);
  }
}

/// The estimate itself is there; without any error it waits for one from n.
std::optional<NaturalEffect> with_error(NaturalEffect out, double se, std::optional<double> n) {
  out.se = se;
  out.se_from_n = se <= 0;
  if (out.se_from_n && !n) {
    return std::nullopt;
  }
  return out;
}

std::optional<NaturalEffect> change(const PrintedEffect& e, std::optional<double> n) {
  if (!e.value || !e.weeks || *e.weeks <= 0) {
    return std::nullopt;
  }
  NaturalEffect out{.scale = kRate};
  const double months = *e.weeks * 7 / kDaysPerMonth;
  const double points = sign_of(e) * *e.value;
  out.x = points / months;
  out.derivation.push_back(
      fmt::format("{} weeks = {:.4g} months; effect on the object {:+.4g} / "
                  "{:.4g} = {:+.4g} points/month",
                  *e.weeks, months, points, months, out.x));
  if (e.low && e.high) {
    keep_interval(out, sign_of(e), *e.low / months, *e.high / months);
  }
  const double se = standard_error(out, e.se, e.low, e.high, e.p, points) / months;
  if (se > 0) {
    out.derivation.push_back(fmt::format("se per month = {:.4g}", se));
  }
  return with_error(std::move(out), se, n);
}

std::optional<NaturalEffect> rate(const PrintedEffect& e, std::optional<double> n) {
  if (!e.value) {
    return std::nullopt;
  }
  NaturalEffect out{.scale = kRate};
  out.x = sign_of(e) * *e.value;
  keep_interval(out, sign_of(e), e.low, e.high);
  const double se = standard_error(out, e.se, e.low, e.high, e.p, *e.value);
  return with_error(std::move(out), se, n);
}

double arm_se(const Arm& arm) {
  if (arm.se) {
    return *arm.se;
  }
  return arm.low && arm.high ? (*arm.high - *arm.low) / kWidth95 : 0;
}

/// Two arms' mean changes or slopes, with their own errors or intervals.
std::optional<NaturalEffect> arms(const PrintedEffect& e, std::optional<double> n) {
  if (!e.active.value || !e.control.value) {
    return std::nullopt;
  }
  NaturalEffect out{.scale = kRate};
  const double months = e.weeks ? *e.weeks * 7 / kDaysPerMonth : 1;
  const double difference = *e.active.value - *e.control.value;
  out.x = sign_of(e) * difference / months;
  out.derivation.push_back(fmt::format(
      "difference of arms {} - {} = {:+.4g}{}", *e.active.value, *e.control.value, difference,
      e.weeks ? fmt::format(" over {} weeks = {:.4g} months", *e.weeks, months) : std::string()));
  const double a = arm_se(e.active);
  const double c = arm_se(e.control);
  out.interval_printed = false;
  const double se = a > 0 && c > 0 ? std::hypot(a, c) / months : 0;
  if (se > 0) {
    out.derivation.push_back(fmt::format("se = sqrt({:.4g}^2 + {:.4g}^2){} = {:.4g} points/month",
                                         a, c, e.weeks ? " / months" : "", se));
  }
  return with_error(std::move(out), se, n);
}

std::optional<NaturalEffect> ratio(const PrintedEffect& e, std::optional<double> n) {
  if (!e.value || *e.value <= 0) {
    return std::nullopt;
  }
  NaturalEffect out{.scale = kLogRatio};
  const double log_value = std::log(*e.value);
  out.x = sign_of(e) * log_value;
  out.derivation.push_back(fmt::format("ln {:.6g} = {:+.4g}", *e.value, log_value));
  std::optional<double> low;
  std::optional<double> high;
  if (e.low && e.high && *e.low > 0) {
    low = std::log(*e.low);
    high = std::log(*e.high);
  }
  keep_interval(out, sign_of(e), low, high);
  const double se = standard_error(out, e.se, low, high, e.p, log_value);
  return with_error(std::move(out), se, n);
}

/// Log risk ratio of a bad event from counts in two arms; `positive_means` speaks of the ratio.
std::optional<NaturalEffect> counts(const PrintedEffect& e) {
  if (!e.active.events || !e.active.n || !e.control.events || !e.control.n ||
      *e.active.events <= 0 || *e.control.events <= 0 ||
      (*e.active.events >= *e.active.n && *e.control.events >= *e.control.n)) {
    return std::nullopt;
  }
  NaturalEffect out{.scale = kLogRatio};
  const double log_ratio =
      std::log((*e.active.events / *e.active.n) / (*e.control.events / *e.control.n));
  out.se =
      std::sqrt(1 / *e.active.events - 1 / *e.active.n + 1 / *e.control.events - 1 / *e.control.n);
  out.x = sign_of(e) * log_ratio;
  out.interval_printed = false;
  out.derivation.push_back(fmt::format("ln(({}/{}) / ({}/{})) = {:+.4g}, se {:.4g}",
                                       *e.active.events, *e.active.n, *e.control.events,
                                       *e.control.n, log_ratio, out.se));
  return out;
}

/// Log ratio of cumulative hazards from two survival proportions with intervals:
/// H = -ln S, se(ln H) = se(ln S) / H.
std::optional<NaturalEffect> survival_proportions(const PrintedEffect& e) {
  NaturalEffect out{.scale = kLogRatio};
  double log_hazard[2];
  double variance = 0;
  int i = 0;
  for (const Arm* arm : {&e.active, &e.control}) {
    if (!arm->value || !arm->low || !arm->high || *arm->value <= 0 || *arm->value >= 1 ||
        *arm->low <= 0) {
      return std::nullopt;
    }
    const double hazard = -std::log(*arm->value);
    const double se = std::log(*arm->high / *arm->low) / kWidth95 / hazard;
    log_hazard[i++] = std::log(hazard);
    variance += se * se;
  }
  const double log_ratio = log_hazard[0] - log_hazard[1];
  out.x = sign_of(e) * log_ratio;
  out.se = std::sqrt(variance);
  out.interval_printed = false;
  out.derivation.push_back(
      fmt::format("ln(-ln {} / -ln {}) = {:+.4g}, se {:.4g} from both intervals", *e.active.value,
                  *e.control.value, log_ratio, out.se));
  return out;
}

/// Log ratio of two event rates with intervals.
std::optional<NaturalEffect> event_rates(const PrintedEffect& e) {
  NaturalEffect out{.scale = kLogRatio};
  double variance = 0;
  for (const Arm* arm : {&e.active, &e.control}) {
    if (!arm->value || !arm->low || !arm->high || *arm->value <= 0 || *arm->low <= 0) {
      return std::nullopt;
    }
    const double se = std::log(*arm->high / *arm->low) / kWidth95;
    variance += se * se;
  }
  const double log_ratio = std::log(*e.active.value / *e.control.value);
  out.x = sign_of(e) * log_ratio;
  out.se = std::sqrt(variance);
  out.interval_printed = false;
  out.derivation.push_back(fmt::format("ln({} / {}) = {:+.4g}, se {:.4g} from both intervals",
                                       *e.active.value, *e.control.value, log_ratio, out.se));
  return out;
}

/// A rank score as two arm means with intervals, in standard deviations of one participant.
std::optional<NaturalEffect> score_arms(const PrintedEffect& e) {
  const double a = arm_se(e.active);
  const double c = arm_se(e.control);
  if (!e.active.value || !e.control.value || a <= 0 || c <= 0 || !e.active.n || !e.control.n) {
    return std::nullopt;
  }
  NaturalEffect out{.scale = kSd};
  const double pooled_sd = std::sqrt(
      (a * a * *e.active.n * (*e.active.n - 1) + c * c * *e.control.n * (*e.control.n - 1)) /
      (*e.active.n + *e.control.n - 2));
  out.x = sign_of(e) * (*e.active.value - *e.control.value) / pooled_sd;
  out.se = std::hypot(a, c) / pooled_sd;
  out.interval_printed = false;
  out.derivation.push_back(fmt::format(
      "difference {:+.4g}, standard deviation {:.4g} from the arms' intervals and sizes: "
      "{:+.4g} SD, se {:.4g}",
      *e.active.value - *e.control.value, pooled_sd, out.x, out.se));
  return out;
}

/// "No difference" with n, maybe with p: estimate taken as 0, sign unknown.
std::optional<NaturalEffect> null_of(const std::string& scale, const PrintedEffect& e,
                                     std::optional<double> n) {
  if (!n) {
    return std::nullopt;
  }
  NaturalEffect out{.scale = scale};
  out.estimate_printed = false;
  out.interval_printed = false;
  out.se_from_n = true;
  if (e.p && *e.p > 0 && *e.p < 1) {
    out.unsigned_z = stats::normal_quantile(1 - *e.p / 2);
    out.derivation.push_back(fmt::format(
        "only n = {} and p = {} are printed: |z| = {:.3f}, sign unknown, estimate taken "
        "as 0",
        *n, *e.p, out.unsigned_z));
  } else {
    out.unsigned_z = stats::kZ95;  // no difference was claimed, and no more
    out.derivation.push_back(fmt::format(
        "only n = {} is printed: estimate taken as 0, with |z| anywhere below 1.96", *n));
  }
  return out;
}

}  // namespace

std::optional<NaturalEffect> natural_effect(const PrintedEffect& e, std::optional<double> n) {
  const std::string& m = e.measure;
  if (m == "alsfrs_r_change_difference") {
    return change(e, n);
  }
  if (m == "alsfrs_r_rate_difference") {
    return rate(e, n);
  }
  if (m == "alsfrs_r_change_arms" || m == "alsfrs_r_rate_arms") {
    return arms(e, n);
  }
  if (m == "hazard_ratio" || m == "risk_ratio" || m == "odds_ratio" || m == "disease_rate_ratio") {
    return ratio(e, n);
  }
  if (m == "event_counts") {
    return counts(e);
  }
  if (m == "survival_proportions") {
    return survival_proportions(e);
  }
  if (m == "event_rates") {
    return event_rates(e);
  }
  if (m == "cafs_arms") {
    return score_arms(e);
  }
  if (m == "alsfrs_r_null") {
    return null_of(kRate, e, n);
  }
  if (m == "ratio_null") {
    return null_of(kLogRatio, e, n);
  }
  return std::nullopt;
}

const std::vector<std::string>& natural_scales() {
  static const std::vector<std::string> kScales = {kRate, kLogRatio, kSd};
  return kScales;
}

}  // namespace thaw::evidence
