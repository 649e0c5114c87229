#include <boost/json.hpp>

#include "api/body.h"
#include "api/json_text.h"
#include "api/workbench.h"
#include "evidence/json_reader.h"
#include "evidence/population.h"
#include "evidence/preset_belief.h"
#include "evidence/resolve.h"
#include "evidence/weigh_json.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kBodyMax = 16384;

json::object preset_json(evidence::Preset preset, const char* en, const char* zh,
                         json::value parameters) {
  return {{"name", evidence::to_string(preset)},
          {"about", evidence::text_json(en, zh)},
          {"parameters", std::move(parameters)}};
}

Result<Response> presets(const Context& context) {
  json::array listed;
  listed.emplace_back(
      preset_json(evidence::Preset::kThaw, "Independent groups, each bounded by its kind of study",
                  "按独立组计权，每组以研究类型为上限", json::parse(context.parameters->text)));
  listed.emplace_back(preset_json(evidence::Preset::kIndra,
                                  "INDRA's belief: sentences and the errors of their readers",
                                  "INDRA 的可信度：按句子与读取器的错误率", nullptr));
  listed.emplace_back(preset_json(evidence::Preset::kOpenTargets,
                                  "Open Targets' score: a harmonic sum, which only grows",
                                  "Open Targets 评分：调和级数之和，只增不减", nullptr));
  return json_response(json_line(json::object{{"presets", std::move(listed)}}));
}

Result<evidence::WeighOptions> options_of(evidence::JsonReader& reader,
                                          const evidence::Knowledge& knowledge) {
  evidence::WeighOptions options;
  options.as_of = reader.whole("as_of", 1900, 2199);
  options.prior = reader.number("prior");
  if (options.prior && !(*options.prior >= 0.001 && *options.prior <= 0.999)) {
    return invalid_argument("body: 'prior' must lie in 0.001 to 0.999");
  }
  options.population = reader.text("population");
  THAW_CHECK(evidence::check_population(knowledge, options.population));
  const std::string preset = reader.text("preset");
  THAW_TRY(options.preset, evidence::preset_named(preset.empty() ? "thaw" : preset));
  return options;
}

Result<Response> reweigh(const Context& context, const Request& request) {
  THAW_TRY(json::object body, body_object(request.body));
  json::value changes = json::object();
  if (const auto* given = body.if_contains("parameters"); given != nullptr && !given->is_null()) {
    changes = *given;
  }
  body.erase("parameters");
  for (const char* key : {"as_of", "prior", "population", "preset"}) {
    if (const auto* value = body.if_contains(key); value != nullptr && value->is_null()) {
      body.erase(key);
    }
  }
  evidence::JsonReader reader(body, "body");
  const std::string subject_name = reader.text("subject", true);
  const std::string object_name = reader.text("object", true);
  THAW_TRY(const auto options, options_of(reader, *context.knowledge));
  THAW_CHECK(reader.finish());
  THAW_TRY(const evidence::Concept* subject, context.names->resolve(subject_name));
  THAW_TRY(const evidence::Concept* object, context.names->resolve(object_name));
  std::vector<std::string> changed;
  THAW_TRY(const auto parameters,
           evidence::with_changes(*context.parameters, json::serialize(changes), changed));
  const evidence::Weigher weigher(*context.knowledge, parameters);
  json::object document = evidence::weigh_json(weigher, *subject, *object, options, true);
  document["changed"] = json::value_from(changed);
  return json_response(json_line(document));
}

}  // namespace

void add_reweigh_routes(Site& site, const Workbench& bench) {
  site.route("GET", "/api/presets", {},
             [&bench](const Request&) { return presets(*bench.live->now()); });
  site.ask_route("/api/reweigh", {}, "application/json", kBodyMax,
                 [&bench](const Request& request) { return reweigh(*bench.live->now(), request); });
}

}  // namespace thaw::api
