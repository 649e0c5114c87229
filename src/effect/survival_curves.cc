#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "effect/survival_parts.h"
#include "stats/competing_risks.h"
#include "stats/distributions.h"
#include "stats/log_rank.h"

namespace thaw::effect {
namespace {

namespace json = boost::json;
using stats::kZ95;

/// The rows of one group, held by value; of all rows without groups.
struct Part {
  std::string name;
  bool named = false;
  std::vector<double> time, entry, weights;
  std::vector<std::uint8_t> event;
  stats::SurvivalData data() const { return {time, event, entry, weights}; }
  stats::CompetingData competing() const { return {time, event, entry, weights}; }
};

std::vector<Part> parts_of(const SurvivalRows& rows) {
  std::vector<Part> parts(std::max<std::size_t>(1, rows.groups.size()));
  for (std::size_t g = 0; g < rows.groups.size(); ++g) {
    parts[g].name = rows.groups[g];
    parts[g].named = true;
  }
  for (std::size_t i = 0; i < rows.time.size(); ++i) {
    Part& part = parts[rows.group.empty() ? 0 : static_cast<std::size_t>(rows.group[i])];
    part.time.push_back(rows.time[i]);
    part.event.push_back(rows.event[i]);
    if (!rows.entry.empty()) {
      part.entry.push_back(rows.entry[i]);
    }
    if (!rows.weights.empty()) {
      part.weights.push_back(rows.weights[i]);
    }
  }
  return parts;
}

json::object head_of(const Part& part) {
  json::object head;
  head["group"] = part.named ? json::value(part.name) : json::value(nullptr);
  head["n"] = part.time.size();
  head["events"] = std::ranges::count_if(part.event, [](std::uint8_t e) { return e != 0; });
  return head;
}

Result<stats::SurvivalInterval> interval_of(const SurvivalRequest& request) {
  if (request.interval == "loglog") {
    return stats::SurvivalInterval::kLogLog;
  }
  if (request.interval == "log") {
    return stats::SurvivalInterval::kLog;
  }
  if (request.interval == "plain") {
    return stats::SurvivalInterval::kPlain;
  }
  return invalid_argument(
      fmt::format("interval \"{}\" is unknown; there are loglog, log, plain", request.interval));
}

stats::SurvivalVariance variance_of(const SurvivalRows& rows) {
  return rows.weights.empty() ? stats::SurvivalVariance::kGreenwood
                              : stats::SurvivalVariance::kRobust;
}

/// Places of at most kCurvePointsMax of `count` points, the first and last among them.
std::vector<std::size_t> shown(std::size_t count) {
  std::vector<std::size_t> places;
  const std::size_t points = std::min(count, kCurvePointsMax);
  for (std::size_t k = 0; k < points; ++k) {
    places.push_back(points == count ? k : k * (count - 1) / (points - 1));
  }
  return places;
}

void warn_of_thin_risk_set(const stats::SurvivalCurve& curve, const Part& part,
                           json::array& warnings) {
  if (part.entry.empty() || curve.points.empty()) {
    return;
  }
  for (const stats::SurvivalPoint& point : curve.points) {
    if (point.survival == 0 && point.time < curve.last_time) {
      warnings.push_back(
          both(fmt::format(
                   "At {} everyone then at risk ({}) had the event, so the curve falls to 0 and "
                   "stays there although others come later: few people were followed that early.",
                   point.time, point.n_at_risk),
               fmt::format("在 {} 时，当时处于风险中的 {} 人全部发生了事件，曲线因此降为 0 "
                           "并保持不变，尽管之后还有人进入：那么早期被随访的人太少。",
                           point.time, point.n_at_risk)));
      return;
    }
  }
}

json::array read_at(const stats::SurvivalCurve& curve, const std::vector<double>& times) {
  json::array at;
  for (const double time : times) {
    json::object entry{{"time", time}};
    const auto value = stats::survival_at(curve, time);
    const auto next = std::ranges::lower_bound(curve.points, time, {}, &stats::SurvivalPoint::time);
    entry["survival"] = value ? json::value(value->value) : json::value(nullptr);
    entry["se"] = value ? json::value(value->se) : json::value(nullptr);
    entry["low"] = value ? json::value(value->low) : json::value(nullptr);
    entry["high"] = value ? json::value(value->high) : json::value(nullptr);
    entry["n_risk_next"] =
        next == curve.points.end() ? json::value(nullptr) : json::value(next->n_at_risk);
    at.push_back(std::move(entry));
  }
  return at;
}

json::object curve_object(const stats::SurvivalCurve& curve, const Part& part,
                          const SurvivalRequest& request) {
  json::object out = head_of(part);
  const stats::MedianTime median = stats::median_time(curve);
  out["median"] = json::object{
      {"value", number(median.value)}, {"low", number(median.low)}, {"high", number(median.high)}};
  out["last_time"] = curve.last_time;
  out["at"] = read_at(curve, request.times);
  out["points_total"] = curve.points.size();
  json::array time, survival, se, low, high, n_risk, n_event;
  for (const std::size_t k : shown(curve.points.size())) {
    const stats::SurvivalPoint& point = curve.points[k];
    time.emplace_back(point.time);
    survival.emplace_back(point.survival);
    se.emplace_back(point.se);
    low.emplace_back(point.low);
    high.emplace_back(point.high);
    n_risk.emplace_back(point.n_at_risk);
    n_event.emplace_back(point.n_events);
  }
  out["time"] = std::move(time);
  out["survival"] = std::move(survival);
  out["se"] = std::move(se);
  out["low"] = std::move(low);
  out["high"] = std::move(high);
  out["n_risk"] = std::move(n_risk);
  out["n_event"] = std::move(n_event);
  return out;
}

struct Interval {
  double low;
  double high;
};

/// 95 % of the probability `p`, on the scale asked for.
Interval probability_interval(double p, double se, stats::SurvivalInterval kind) {
  if (!(p > 0) || !(p < 1) || !(se > 0)) {
    return {p, p};
  }
  switch (kind) {
    case stats::SurvivalInterval::kPlain:
      return {std::max(0.0, p - kZ95 * se), std::min(1.0, p + kZ95 * se)};
    case stats::SurvivalInterval::kLog:
      return {p * std::exp(-kZ95 * se / p), std::min(1.0, p * std::exp(kZ95 * se / p))};
    case stats::SurvivalInterval::kLogLog:
      break;
  }
  const double factor = std::exp(kZ95 * se / (-std::log(p) * p));
  return {std::pow(p, factor), std::pow(p, 1 / factor)};
}

/// Standard errors of the states at `time`, (states): over rows when there are weights.
stats::Vector state_errors(const stats::StateTimes& curves, const Part& part, std::size_t causes,
                           double time, Eigen::Index row) {
  if (part.weights.empty()) {
    return curves.se.row(row);
  }
  return stats::state_influence(part.competing(), causes, time).colwise().norm();
}

json::array states_at(const stats::StateTimes& curves, const Part& part,
                      const std::vector<std::string>& names, const SurvivalRequest& request,
                      stats::SurvivalInterval kind) {
  json::array at;
  const std::size_t causes = names.size() - 1;
  for (const double time : request.times) {
    json::object entry{{"time", time}};
    const auto row = stats::state_row(curves, time);
    const bool before = !row && (curves.time.empty() || time < curves.time.front());
    json::array states;
    stats::Vector errors = stats::Vector::Zero(static_cast<Eigen::Index>(names.size()));
    if (row) {
      errors = state_errors(curves, part, causes, time, *row);
    }
    for (std::size_t s = 0; s < names.size(); ++s) {
      const auto column = static_cast<Eigen::Index>(s);
      json::object state{{"state", names[s]}};
      if (row || before) {
        const double p = row ? curves.state(*row, column) : (s == 0 ? 1 : 0);
        const Interval interval = probability_interval(p, errors[column], kind);
        state["probability"] = p;
        state["se"] = errors[column];
        state["low"] = interval.low;
        state["high"] = interval.high;
      } else {
        state["probability"] = state["se"] = state["low"] = state["high"] = nullptr;
      }
      states.push_back(std::move(state));
    }
    entry["states"] = std::move(states);
    at.push_back(std::move(entry));
  }
  return at;
}

json::object states_object(const stats::StateTimes& curves, const Part& part,
                           const std::vector<std::string>& names, const SurvivalRequest& request,
                           stats::SurvivalInterval kind) {
  json::object out = head_of(part);
  out["last_time"] = curves.last_time;
  out["at"] = states_at(curves, part, names, request, kind);
  out["points_total"] = curves.time.size();
  const auto places = shown(curves.time.size());
  json::array time, n_risk;
  for (const std::size_t k : places) {
    time.emplace_back(curves.time[k]);
    n_risk.emplace_back(curves.n_at_risk[k]);
  }
  out["time"] = std::move(time);
  out["n_risk"] = std::move(n_risk);
  json::array states;
  for (std::size_t s = 0; s < names.size(); ++s) {
    const auto column = static_cast<Eigen::Index>(s);
    json::array probability, se, low, high;
    for (const std::size_t k : places) {
      const double p = curves.state(static_cast<Eigen::Index>(k), column);
      probability.emplace_back(p);
      if (part.weights.empty()) {
        const double error = curves.se(static_cast<Eigen::Index>(k), column);
        const Interval interval = probability_interval(p, error, kind);
        se.emplace_back(error);
        low.emplace_back(interval.low);
        high.emplace_back(interval.high);
      }
    }
    json::object state{{"state", names[s]}, {"probability", std::move(probability)}};
    state["se"] = part.weights.empty() ? json::value(std::move(se)) : json::value(nullptr);
    state["low"] = part.weights.empty() ? json::value(std::move(low)) : json::value(nullptr);
    state["high"] = part.weights.empty() ? json::value(std::move(high)) : json::value(nullptr);
    states.push_back(std::move(state));
  }
  out["states"] = std::move(states);
  return out;
}

/// A restricted mean with the standard error that its weights ask for.
Result<stats::IntervalEstimate> mean_of(const Part& part, double horizon) {
  THAW_TRY(const stats::SurvivalCurve curve, stats::kaplan_meier(part.data()));
  THAW_TRY(stats::IntervalEstimate mean, stats::restricted_mean(curve, horizon));
  if (!part.weights.empty()) {
    mean.se = stats::restricted_mean_influence(part.data(), horizon).norm();
    mean.low = mean.value - kZ95 * mean.se;
    mean.high = mean.value + kZ95 * mean.se;
  }
  return mean;
}

json::object estimate_object(double value, double se) {
  return {{"estimate", value}, {"se", se}, {"low", value - kZ95 * se}, {"high", value + kZ95 * se}};
}

json::object difference_object(const stats::IntervalEstimate& mean,
                               const stats::IntervalEstimate& reference) {
  const double se = std::hypot(mean.se, reference.se);
  const double value = mean.value - reference.value;
  json::object out = estimate_object(value, se);
  out["p"] = se > 0 ? json::value(stats::normal_two_sided_p(value / se)) : json::value(nullptr);
  const double log_se = std::hypot(mean.se / mean.value, reference.se / reference.value);
  const double ratio = mean.value / reference.value;
  out["ratio"] = json::object{{"estimate", ratio},
                              {"low", ratio * std::exp(-kZ95 * log_se)},
                              {"high", ratio * std::exp(kZ95 * log_se)}};
  return out;
}

void warn_of_no_events(const std::vector<Part>& parts, json::array& warnings) {
  for (const Part& part : parts) {
    if (std::ranges::all_of(part.event, [](std::uint8_t e) { return e == 0; })) {
      const std::string name = part.named ? " " + part.name : "";
      warnings.push_back(both(
          fmt::format("No event was seen{}: the curve stays where it began, and its interval of no "
                      "width is no certainty.",
                      part.named ? " in" + name : ""),
          fmt::format("{}未观察到事件：曲线停留在起点，其宽度为零的区间并不代表确定。",
                      part.named ? "组" + name + " " : "")));
    }
  }
}

}  // namespace

Result<Done> add_kaplan_meier(const SurvivalRows& rows, const SurvivalRequest& request,
                              json::object& document, json::array& warnings) {
  THAW_TRY(const auto interval, interval_of(request));
  document["interval"] = request.interval;
  document["variance"] = rows.weights.empty() ? "greenwood" : "robust";
  const std::vector<Part> parts = parts_of(rows);
  warn_of_no_events(parts, warnings);
  json::array curves;
  for (const Part& part : parts) {
    THAW_TRY(const stats::SurvivalCurve curve,
             stats::kaplan_meier(part.data(), variance_of(rows), interval));
    warn_of_thin_risk_set(curve, part, warnings);
    curves.push_back(curve_object(curve, part, request));
  }
  document["curves"] = std::move(curves);
  return Done{};
}

Result<Done> add_log_rank(const SurvivalRows& rows, const SurvivalRequest& request,
                          json::object& document, json::array& warnings) {
  if (rows.groups.size() < 2) {
    return invalid_argument(
        rows.groups.empty()
            ? std::string("say which column holds the groups to compare")
            : fmt::format("column {} has one value only: there is nothing to compare",
                          request.group));
  }
  if (!rows.whole_weights()) {
    return invalid_argument(
        "the log-rank test takes weights that count people; with sampling weights use cox, whose "
        "robust standard errors fit them");
  }
  if (!std::isfinite(request.rho) || request.rho < 0 || request.rho > 10) {
    return invalid_argument(fmt::format("rho is {}; it lies from 0 to 10", request.rho));
  }
  THAW_TRY(const stats::LogRank found,
           stats::log_rank(rows.data(), rows.group, request.rho, rows.strata));
  std::vector<std::size_t> n(rows.groups.size());
  for (const int g : rows.group) {
    ++n[static_cast<std::size_t>(g)];
  }
  json::array groups;
  for (std::size_t g = 0; g < rows.groups.size(); ++g) {
    groups.push_back(json::object{{"group", rows.groups[g]},
                                  {"n", n[g]},
                                  {"observed", found.observed[g]},
                                  {"expected", found.expected[g]}});
    if (found.expected[g] < 5 && warnings.empty()) {
      warnings.push_back(both(
          "Fewer than 5 events are expected in a group: the chi-squared approximation is rough.",
          "某组的期望事件数少于 5：卡方近似较粗略。"));
    }
  }
  document["rho"] = request.rho;
  document["groups"] = std::move(groups);
  document["var"] = matrix(found.var);
  document["chisq"] = found.chi_squared;
  document["df"] = found.df;
  document["p"] = found.p;
  return Done{};
}

Result<Done> add_restricted_means(const SurvivalRows& rows, const SurvivalRequest& request,
                                  json::object& document, json::array& warnings) {
  const std::vector<Part> parts = parts_of(rows);
  warn_of_no_events(parts, warnings);
  double horizon = std::numeric_limits<double>::infinity();
  for (const Part& part : parts) {
    horizon = std::min(horizon, *std::ranges::max_element(part.time));
  }
  if (request.horizon) {
    horizon = *request.horizon;
  } else {
    warnings.push_back(both(
        fmt::format("No horizon was given: {} is used, the last time that every group reaches. "
                    "Choose one beforehand.",
                    horizon),
        fmt::format("未给出时间上限：采用 {}，即各组都达到的最后时间。请事先选定。", horizon)));
  }
  json::array groups, differences;
  std::optional<stats::IntervalEstimate> reference;
  for (const Part& part : parts) {
    THAW_TRY(const stats::IntervalEstimate mean, mean_of(part, horizon));
    json::object out = head_of(part);
    out["rmst"] = estimate_object(mean.value, mean.se);
    out["time_lost"] = estimate_object(horizon - mean.value, mean.se);
    groups.push_back(std::move(out));
    if (reference) {
      json::object difference = difference_object(mean, *reference);
      difference["group"] = part.name;
      difference["against"] = parts.front().name;
      differences.push_back(std::move(difference));
    } else {
      reference = mean;
    }
  }
  document["horizon"] = horizon;
  document["groups"] = std::move(groups);
  document["differences"] = std::move(differences);
  return Done{};
}

Result<Done> add_states(const SurvivalRows& rows, const SurvivalRequest& request,
                        json::object& document, json::array& warnings) {
  THAW_TRY(const auto interval, interval_of(request));
  document["interval"] = request.interval;
  std::vector<std::string> names = {"event-free"};
  names.insert(names.end(), rows.states.begin(), rows.states.end());
  document["states"] = json::value_from(names);
  if (!rows.weights.empty()) {
    warnings.push_back(both(
        "With weights, standard errors are given at the times asked for only, robust over rows.",
        "使用权重时，仅在所问时间给出标准误，为按行计的稳健标准误。"));
  }
  const std::vector<Part> parts = parts_of(rows);
  warn_of_no_events(parts, warnings);
  json::array curves;
  for (const Part& part : parts) {
    THAW_TRY(const stats::StateTimes found,
             stats::aalen_johansen(part.competing(), rows.states.size()));
    curves.push_back(states_object(found, part, names, request, interval));
  }
  document["curves"] = std::move(curves);
  return Done{};
}

}  // namespace thaw::effect
