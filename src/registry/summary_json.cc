#include "registry/summary_json.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace thaw::registry {
namespace {

namespace json = boost::json;

json::value or_null(const std::optional<double>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

json::value count_json(const FlooredCount& count) {
  return count.count ? json::value(*count.count) : json::value(nullptr);
}

json::object label_json(const Label& label) {
  return {{"en", label.en}, {"zh", label.zh}};
}

json::array counts_json(const std::vector<VariableCounts>& counts) {
  json::array out;
  for (const VariableCounts& variable : counts) {
    json::array levels;
    for (const LevelCell& level : variable.levels) {
      levels.push_back(json::object{{"value", level.value},
                                    {"label", label_json(level.label)},
                                    {"count", count_json(level.count)},
                                    {"hidden", level.count.hidden}});
    }
    out.push_back(json::object{{"variable", variable.variable},
                               {"label", label_json(variable.label)},
                               {"levels", std::move(levels)}});
  }
  return out;
}

json::array ages_json(const std::vector<AgeCell>& ages) {
  json::array out;
  for (const AgeCell& age : ages) {
    out.push_back(json::object{{"from", age.from},
                               {"to", age.to},
                               {"count", count_json(age.count)},
                               {"hidden", age.count.hidden}});
  }
  return out;
}

json::value survival_json(const std::optional<SurvivalSummary>& survival) {
  if (!survival) {
    return nullptr;
  }
  json::array points;
  for (const CurvePoint& p : survival->points) {
    points.push_back(json::object{{"month", p.month},
                                  {"survival", p.survival},
                                  {"low", p.low},
                                  {"high", p.high},
                                  {"at_risk", p.at_risk}});
  }
  json::value median(nullptr);
  if (survival->median) {
    median = json::object{{"value", survival->median->value},
                          {"low", or_null(survival->median->low)},
                          {"high", or_null(survival->median->high)}};
  }
  return json::object{{"from", "onset"},
                      {"unit", "months"},
                      {"n", survival->n},
                      {"events", survival->events},
                      {"median", std::move(median)},
                      {"points", std::move(points)}};
}

json::object decline_json(const std::vector<DeclinePoint>& decline) {
  json::array points;
  for (const DeclinePoint& p : decline) {
    points.push_back(json::object{{"month", p.month},
                                  {"n", p.n},
                                  {"q10", or_null(p.q10)},
                                  {"q25", or_null(p.q25)},
                                  {"q50", p.q50},
                                  {"q75", or_null(p.q75)},
                                  {"q90", or_null(p.q90)}});
  }
  return {{"unit", "points"}, {"points", std::move(points)}};
}

json::value slope_json(const std::optional<SlopeSummary>& slope) {
  if (!slope) {
    return nullptr;
  }
  return json::object{{"unit", "points/month"},    {"n", slope->n},
                      {"mean", slope->mean},       {"sd", slope->sd},
                      {"q5", or_null(slope->q5)},  {"q25", or_null(slope->q25)},
                      {"q50", slope->q50},         {"q75", or_null(slope->q75)},
                      {"q95", or_null(slope->q95)}};
}

json::value reports_json(const std::optional<ReportsSummary>& reports) {
  if (!reports) {
    return nullptr;
  }
  return json::object{{"mean", reports->mean},
                      {"q25", or_null(reports->q25)},
                      {"q50", reports->q50},
                      {"q75", or_null(reports->q75)}};
}

}  // namespace

json::object people_document(const Summary& summary) {
  return {{"synthetic", summary.synthetic},
          {"people", count_json(summary.people)},
          {"floor", kCountFloor},
          {"as_of", to_string(summary.as_of)},
          {"counts", counts_json(summary.counts)},
          {"age_at_onset", ages_json(summary.age_at_onset)},
          {"survival", survival_json(summary.survival)},
          {"decline", decline_json(summary.decline)},
          {"slope", slope_json(summary.slope)},
          {"reports_per_person", reports_json(summary.reports_per_person)}};
}

json::object people_document_without_registry() {
  return {{"synthetic", false},      {"people", nullptr},
          {"floor", kCountFloor},    {"as_of", nullptr},
          {"counts", json::array()}, {"age_at_onset", json::array()},
          {"survival", nullptr},     {"decline", {{"unit", "points"}, {"points", json::array()}}},
          {"slope", nullptr},        {"reports_per_person", nullptr}};
}

}  // namespace thaw::registry
