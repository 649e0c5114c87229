#include "evidence/effect_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "evidence/json_reader.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 13> kMeasures = {"alsfrs_r_change_difference",
                                                        "alsfrs_r_rate_difference",
                                                        "alsfrs_r_change_arms",
                                                        "alsfrs_r_rate_arms",
                                                        "alsfrs_r_null",
                                                        "hazard_ratio",
                                                        "risk_ratio",
                                                        "odds_ratio",
                                                        "disease_rate_ratio",
                                                        "event_counts",
                                                        "survival_proportions",
                                                        "event_rates",
                                                        "cafs_arms"};

bool known_measure(std::string_view measure) {
  return std::ranges::find(kMeasures, measure) != kMeasures.end() || measure == "ratio_null" ||
         measure == "other";
}

void put(json::object& out, const char* key, const std::optional<double>& x) {
  if (x) {
    out[key] = *x;
  }
}

json::object arm_json(const Arm& arm) {
  json::object out;
  put(out, "value", arm.value);
  put(out, "low", arm.low);
  put(out, "high", arm.high);
  put(out, "se", arm.se);
  put(out, "n", arm.n);
  put(out, "events", arm.events);
  return out;
}

Result<Done> check_interval(const std::optional<double>& value, const std::optional<double>& low,
                            const std::optional<double>& high) {
  if (low && high && *low > *high) {
    return invalid_argument(fmt::format("effect: interval {} to {} is upside down", *low, *high));
  }
  if (value && low && high && (*value < *low || *value > *high)) {
    return invalid_argument(
        fmt::format("effect: {} lies outside its interval {} to {}", *value, *low, *high));
  }
  return Done{};
}

Result<Arm> arm_from(const json::object* object) {
  Arm arm;
  if (object == nullptr) {
    return arm;
  }
  JsonReader r(*object, "an arm");
  arm.value = r.number("value");
  arm.low = r.number("low");
  arm.high = r.number("high");
  arm.se = r.number("se");
  arm.n = r.number("n");
  arm.events = r.number("events");
  THAW_CHECK(r.finish());
  if ((arm.n && *arm.n < 1) || (arm.se && *arm.se <= 0) || (arm.events && *arm.events < 0) ||
      (arm.events && arm.n && *arm.events > *arm.n)) {
    return invalid_argument("an arm: 'n' must be at least 1, 'se' above 0, 'events' from 0 to 'n'");
  }
  THAW_CHECK(check_interval(arm.value, arm.low, arm.high));
  return arm;
}

}  // namespace

Result<Sign> sign_from(std::string_view text) {
  if (text == "+" || text == "raises") {
    return Sign::kRaises;
  }
  if (text == "-" || text == "lowers") {
    return Sign::kLowers;
  }
  return invalid_argument(fmt::format("'{}' is not a sign; write + or -", text));
}

Result<PrintedEffect> effect_from_json(const json::object& object) {
  JsonReader r(object, "effect");
  PrintedEffect e;
  e.measure = r.text("measure", true);
  e.value = r.number("value");
  e.low = r.number("low");
  e.high = r.number("high");
  e.se = r.number("se");
  e.p = r.number("p");
  e.weeks = r.number("weeks");
  e.printed = r.text("printed");
  e.printed_zh = r.text("printed_zh");
  const std::string positive = r.text("positive_means");
  const auto* active = r.object("active");
  const auto* control = r.object("control");
  THAW_CHECK(r.finish());
  if (!known_measure(e.measure)) {
    return invalid_argument(fmt::format("effect: '{}' is not a measure that is known", e.measure));
  }
  THAW_CHECK(check_interval(e.value, e.low, e.high));
  if (e.p && (*e.p < 0 || *e.p > 1)) {
    return invalid_argument(fmt::format("effect: p is {}, it must lie in 0 to 1", *e.p));
  }
  if ((e.se && *e.se <= 0) || (e.weeks && *e.weeks <= 0)) {
    return invalid_argument("effect: 'se' and 'weeks' must be above 0");
  }
  if (!positive.empty()) {
    THAW_TRY(e.positive_means, sign_from(positive));
  } else if (e.measure != "other" && e.measure != "alsfrs_r_null" && e.measure != "ratio_null") {
    return invalid_argument("effect: 'positive_means' must say raises or lowers");
  }
  THAW_TRY(e.active, arm_from(active));
  THAW_TRY(e.control, arm_from(control));
  return e;
}

json::object to_json(const PrintedEffect& e) {
  json::object out;
  out["measure"] = e.measure;
  put(out, "value", e.value);
  put(out, "low", e.low);
  put(out, "high", e.high);
  put(out, "se", e.se);
  put(out, "p", e.p);
  put(out, "weeks", e.weeks);
  out["positive_means"] = e.positive_means == Sign::kRaises ? "raises" : "lowers";
  if (auto arm = arm_json(e.active); !arm.empty()) {
    out["active"] = std::move(arm);
  }
  if (auto arm = arm_json(e.control); !arm.empty()) {
    out["control"] = std::move(arm);
  }
  if (!e.printed.empty()) {
    out["printed"] = e.printed;
  }
  if (!e.printed_zh.empty()) {
    out["printed_zh"] = e.printed_zh;
  }
  return out;
}

}  // namespace thaw::evidence
