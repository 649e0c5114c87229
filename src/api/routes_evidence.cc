#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "api/json_text.h"
#include "api/live.h"
#include "api/query_route.h"
#include "api/routes.h"
#include "api/weigh_request.h"
#include "evidence/resolve.h"
#include "evidence/weigh_json.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::int64_t kConceptsMax = 50;

Result<Response> weigh(const Context& context, const Query& query) {
  THAW_TRY(const std::string subject_name, query.required("subject"));
  THAW_TRY(const std::string object_name, query.required("object"));
  THAW_TRY(const evidence::WeighOptions options, weigh_options(query, *context.knowledge));
  THAW_TRY(const std::int64_t explain, query.integer("explain", 0, 0, 1));
  THAW_TRY(const evidence::Concept* subject, context.names->resolve(subject_name));
  THAW_TRY(const evidence::Concept* object, context.names->resolve(object_name));
  const evidence::Weigher weigher(*context.knowledge, *context.parameters);
  return json_response(
      json_line(evidence::weigh_json(weigher, *subject, *object, options, explain == 1)));
}

json::object found_concept(const evidence::Knowledge& knowledge, const evidence::Concept& of,
                           const std::string& matched) {
  json::object document = evidence::concept_json(of);
  document["claims"] = knowledge.about(of.id).size();
  document["matched"] = matched;
  return document;
}

/// The concepts that most claims speak of, by count falling then id.
json::array most_spoken_of(const evidence::Knowledge& knowledge, std::size_t limit) {
  std::vector<std::pair<std::size_t, const evidence::Concept*>> counted;
  for (const evidence::Concept& of : knowledge.concepts()) {
    counted.emplace_back(knowledge.about(of.id).size(), &of);
  }
  std::stable_sort(counted.begin(), counted.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  counted.resize(std::min(limit, counted.size()));
  json::array listed;
  for (const auto& [claims, of] : counted) {
    listed.push_back(found_concept(knowledge, *of, of->name.en));
  }
  return listed;
}

Result<Response> concepts(const Context& context, const Query& query) {
  THAW_TRY(const std::int64_t limit, query.integer("limit", 10, 1, kConceptsMax));
  const auto most = static_cast<std::size_t>(limit);
  const std::optional<std::string> text = query.text("q");
  json::array listed;
  if (!text) {
    listed = most_spoken_of(*context.knowledge, most);
  } else {
    for (const evidence::Mention& mention : context.names->search(*text, most)) {
      listed.push_back(found_concept(*context.knowledge, *mention.subject, mention.matched));
    }
  }
  return json_response(json_line(json::object{{"concepts", std::move(listed)}}));
}

}  // namespace

void add_evidence_routes(Site& site, const Live& live) {
  add_query_route(site, live, "/api/weigh",
                  {{"subject", "object"}, with_weigh_parameters({"explain"})}, weigh);
  add_query_route(site, live, "/api/concepts", {{}, {"q", "limit"}}, concepts);
}

}  // namespace thaw::api
