#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "api/json_text.h"
#include "api/live.h"
#include "api/routes.h"
#include "evidence/knowledge.h"
#include "evidence/parameters.h"
#include "evidence/weigh_json.h"
#include "registry/registry_data.h"
#include "registry/suppression.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::string_view kDefaultOutcome = "thaw:als_progression";

json::value shown(std::size_t count) {
  const registry::FlooredCount floored = registry::floored(static_cast<std::int64_t>(count));
  return floored.count ? json::value(*floored.count) : json::value(nullptr);
}

/// Outcomes in the order in which people ask for them; others follow.
constexpr std::array<std::string_view, 4> kFirstOutcomes = {
    kDefaultOutcome, "thaw:alsfrs_r_decline", "thaw:survival", "thaw:cafs"};

/// What the Answers page can rank for: outcomes that claims speak of, by `kFirstOutcomes`, then the
/// most spoken of first.
json::array outcomes(const evidence::Knowledge& knowledge) {
  std::vector<std::pair<std::size_t, const evidence::Concept*>> found;
  for (const evidence::Concept& of : knowledge.concepts()) {
    if (of.kind == "outcome" && !of.wanted.empty()) {
      const auto claims = knowledge.about(of.id);
      const auto spoken = std::count_if(claims.begin(), claims.end(),
                                        [&](const auto* claim) { return claim->object == of.id; });
      if (spoken > 0) {
        found.emplace_back(static_cast<std::size_t>(spoken), &of);
      }
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  const auto place = [](const auto& entry) {
    return std::ranges::find(kFirstOutcomes, entry.second->id) - kFirstOutcomes.begin();
  };
  std::ranges::stable_sort(found, {}, place);
  json::array listed;
  for (const auto& [spoken, of] : found) {
    listed.push_back(evidence::concept_json(*of));
  }
  return listed;
}

json::value default_outcome(const evidence::Knowledge& knowledge, const json::array& outcomes) {
  if (knowledge.find_concept(kDefaultOutcome) != nullptr) {
    return json::value(kDefaultOutcome);
  }
  return outcomes.empty() ? json::value(nullptr) : outcomes[0].at("id");
}

json::object status_document(const Context& context) {
  const evidence::Knowledge& knowledge = *context.knowledge;
  const bool synthetic = context.registry != nullptr && context.registry->synthetic();
  std::size_t reports = 0;
  if (context.registry != nullptr) {
    for (const registry::History& history : context.registry->people) {
      reports += history.reports.size();
    }
  }
  const auto& items = knowledge.items();
  const json::array ranked = outcomes(knowledge);
  return {
      {"version", THAW_VERSION},
      {"ready", true},
      {"synthetic", synthetic},
      {"banner", synthetic ? json::value{{"en", registry::kBannerEn}, {"zh", registry::kBannerZh}}
                           : json::value(nullptr)},
      {"people", context.registry ? shown(context.registry->people.size()) : nullptr},
      {"reports", context.registry ? shown(reports) : nullptr},
      {"concepts", knowledge.concepts().size()},
      {"claims", knowledge.claims().size()},
      {"items", items.size()},
      {"sources", knowledge.sources().size()},
      {"undated_items",
       std::count_if(items.begin(), items.end(), [](const auto& item) { return !item.year; })},
      {"knowledge_hash", "sha256:" + knowledge.digest()},
      {"outcomes", ranked},
      {"default_outcome", default_outcome(knowledge, ranked)}};
}

Result<Response> about_document(const Context& context) {
  boost::system::error_code error;
  json::value document = json::parse(context.about, error);
  if (error || !document.is_object()) {
    return corrupt("the bundled about.json is not a JSON object");
  }
  json::value parameters = json::parse(context.parameters->text, error);
  document.as_object()["parameters"] = error ? json::value(nullptr) : std::move(parameters);
  return json_response(json_line(document));
}

}  // namespace

void add_about_routes(Site& site, const Live& live) {
  site.route_cached("/api/status", {}, [&live](const Request&) -> Result<Response> {
    return json_response(json_line(status_document(*live.now())));
  });
  site.route_cached("/api/about", {},
                    [&live](const Request&) { return about_document(*live.now()); });
}

}  // namespace thaw::api
