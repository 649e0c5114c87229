// The planted truth of a synthetic registry as JSON, there and back; declared in synthesize.h.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include "registry/synthesize.h"

namespace thaw::registry {
namespace {

namespace json = boost::json;

json::object effect_json(const PlantedEffect& effect) {
  const MarginalEffect& m = effect.marginal;
  return {{"drug", effect.drug},
          {"concept", effect.concept_id},
          {"conditional_hazard_ratio", effect.conditional_hazard_ratio},
          {"slope_factor", effect.slope_factor},
          {"marginal",
           {{"people", m.people},
            {"hazard_ratio", m.hazard_ratio},
            {"survival_difference_24", m.survival_difference_24},
            {"rmst_difference_24", m.rmst_difference_24},
            {"slope_difference", m.slope_difference}}}};
}

// Boost.JSON reports a wrong shape by exceptions: they end in truth_from_json.
PlantedEffect effect_from(const json::object& from) {
  const json::object& m = from.at("marginal").as_object();
  return {.drug = std::string(from.at("drug").as_string()),
          .concept_id = std::string(from.at("concept").as_string()),
          .conditional_hazard_ratio = from.at("conditional_hazard_ratio").to_number<double>(),
          .slope_factor = from.at("slope_factor").to_number<double>(),
          .marginal = {.people = m.at("people").to_number<std::size_t>(),
                       .hazard_ratio = m.at("hazard_ratio").to_number<double>(),
                       .survival_difference_24 = m.at("survival_difference_24").to_number<double>(),
                       .rmst_difference_24 = m.at("rmst_difference_24").to_number<double>(),
                       .slope_difference = m.at("slope_difference").to_number<double>()}};
}

Truth truth_of(const json::object& from) {
  Truth truth;
  for (const json::value& effect : from.at("effects").as_array()) {
    truth.effects.push_back(effect_from(effect.as_object()));
  }
  for (const json::value& value : from.at("defects").as_array()) {
    const json::object& defect = value.as_object();
    truth.defects.push_back({.kind = std::string(defect.at("kind").as_string()),
                             .person = std::string(defect.at("person").as_string())});
  }
  return truth;
}

}  // namespace

std::string to_json(const Truth& truth) {
  json::array effects;
  for (const PlantedEffect& effect : truth.effects) {
    effects.push_back(effect_json(effect));
  }
  json::array defects;
  for (const PlantedDefect& defect : truth.defects) {
    defects.push_back(json::object{{"kind", defect.kind}, {"person", defect.person}});
  }
  return json::serialize(json::object{{"synthetic", true},
                                      {"note", kBannerEn},
                                      {"effects", std::move(effects)},
                                      {"defects", std::move(defects)}});
}

Result<Truth> truth_from_json(std::string_view text) {
  try {
    return truth_of(json::parse(text).as_object());
  } catch (const std::exception&) {
    return invalid_argument("this is not the truth document of a synthetic registry");
  }
}

}  // namespace thaw::registry
