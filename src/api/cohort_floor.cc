#include "api/cohort_floor.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <string_view>

#include "registry/suppression.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

bool is_small(const json::value& value) {
  if (!value.is_number()) {
    return false;
  }
  const double count = value.to_number<double>();
  return count > 0 && count < static_cast<double>(registry::kCountFloor);
}

json::object* part(json::object& object, std::string_view key) {
  json::value* found = object.if_contains(key);
  return found != nullptr && found->is_object() ? &found->get_object() : nullptr;
}

/// The counts at `keys`: hidden when small, else rounded down to tens.
void floor_counts(json::object* object, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    json::value* count = object == nullptr ? nullptr : object->if_contains(key);
    if (count == nullptr || !count->is_number()) {
      continue;
    }
    if (is_small(*count)) {
      *count = nullptr;
    } else {
      *count = registry::rounded_to_tens(static_cast<std::int64_t>(count->to_number<double>()));
    }
  }
}

/// Points of `arm` so far apart that each stands for at least the floor of its share of `events`.
void thin_curve(json::array& points, double events) {
  const double floor = static_cast<double>(registry::kCountFloor);
  const auto step = static_cast<std::size_t>(std::max(
      1.0, std::ceil(floor * static_cast<double>(points.size()) / std::max(events, floor))));
  json::array kept;
  for (std::size_t i = step - 1; i < points.size(); i += step) {
    kept.push_back(points[i]);
  }
  points = std::move(kept);
}

void of_survival(json::object& survival) {
  const double events = survival.at("events").to_number<double>();
  double points = 0;
  for (const json::value& curve : survival.at("curves").as_array()) {
    points += static_cast<double>(curve.at("points").as_array().size());
  }
  for (json::value& curve : survival.at("curves").as_array()) {
    json::array& own = curve.as_object().at("points").as_array();
    thin_curve(own, events * static_cast<double>(own.size()) / std::max(points, 1.0));
  }
  floor_counts(&survival, {"people", "excluded", "treated", "untreated", "events"});
}

void of_estimate(json::object& estimate) {
  json::object* diagnostics = part(estimate, "diagnostics");
  if (json::object* overlap = diagnostics == nullptr ? nullptr : part(*diagnostics, "overlap")) {
    overlap->insert_or_assign("histogram", nullptr);
  }
  if (json::object* weights = diagnostics == nullptr ? nullptr : part(*diagnostics, "weights")) {
    floor_counts(part(*weights, "treated"), {"n"});
    floor_counts(part(*weights, "untreated"), {"n"});
  }
  json::object* refutation = part(estimate, "refutation");
  json::object* tipping = refutation == nullptr ? nullptr : part(*refutation, "tipping_point");
  if (tipping != nullptr &&
      (is_small(tipping->at("missing_treated")) || is_small(tipping->at("missing_untreated")))) {
    json::array& checks = refutation->at("checks").as_array();
    const auto names_it = [](const json::value& check) {
      return check.at("name") == "missing_outcomes";
    };
    checks.erase(std::remove_if(checks.begin(), checks.end(), names_it), checks.end());
    refutation->insert_or_assign("tipping_point", nullptr);
  }
  if (json::object* excluded = part(estimate, "excluded")) {
    if (is_small(excluded->at("rows"))) {
      estimate.insert_or_assign("warnings", json::array());
    }
    for (json::value& gap : excluded->at("gaps").as_array()) {
      floor_counts(&gap.as_object(), {"rows"});
    }
    floor_counts(excluded, {"rows"});
  }
  floor_counts(&estimate, {"n"});
}

}  // namespace

void hide_small_counts(json::object& answer) {
  if (json::object* estimate = part(answer, "estimate")) {
    of_estimate(*estimate);
  }
  if (json::object* survival = part(answer, "survival")) {
    of_survival(*survival);
  }
}

}  // namespace thaw::api
