#include <boost/json.hpp>

#include "api/json_text.h"
#include "api/query_route.h"
#include "api/weigh_request.h"
#include "api/workbench.h"
#include "evidence/change_store.h"
#include "evidence/changes_json.h"
#include "evidence/resolve.h"
#include "inquiry/contradiction_document.h"

namespace thaw::api {
namespace {

constexpr std::int64_t kPageMax = 200;
constexpr std::int64_t kOffsetMax = 100'000'000;

Result<Response> contradictions(const Context& context, const Query& query) {
  inquiry::ContradictionRequest request;
  if (const auto about = query.text("about")) {
    THAW_TRY(request.about, context.names->resolve(*about));
  }
  THAW_TRY(const std::int64_t limit, query.integer("limit", 50, 1, kPageMax));
  THAW_TRY(const std::int64_t offset, query.integer("offset", 0, 0, kOffsetMax));
  request.limit = static_cast<std::size_t>(limit);
  request.offset = static_cast<std::size_t>(offset);
  THAW_TRY(request.weigh, weigh_options(query, *context.knowledge));
  const evidence::Weigher weigher(*context.knowledge, *context.parameters);
  const auto people = inquiry::PeoplePort::of(context.eligibility);
  return json_response(
      json_line(inquiry::contradictions_document(weigher, request, people ? &*people : nullptr)));
}

Result<Response> calibration(const Context& context, const Query&) {
  if (context.calibration.empty()) {
    return not_found("no calibration came with this program");
  }
  return json_response(std::string(context.calibration));
}

Result<Response> changes(const Workbench& bench, const Request& request) {
  evidence::ChangeQuery query;
  query.since = request.query.text("since").value_or("");
  query.claim = request.query.text("claim").value_or("");
  THAW_CHECK(evidence::check_since(query.since));
  THAW_TRY(const std::int64_t limit, request.query.integer("limit", 50, 1, kPageMax));
  THAW_TRY(const std::int64_t offset, request.query.integer("offset", 0, 0, kOffsetMax));
  query.limit = static_cast<std::size_t>(limit);
  query.offset = static_cast<std::size_t>(offset);
  THAW_TRY(auto connection, bench.open_store());
  THAW_TRY(const auto page, evidence::list_changes(*connection, query));
  return json_response(json_line(evidence::changes_json(query, page)));
}

}  // namespace

void add_weights_routes(Site& site, const Workbench& bench) {
  add_query_route(site, *bench.live, "/api/contradictions",
                  {{"about"}, with_weigh_parameters({"limit", "offset"})}, contradictions);
  add_query_route(site, *bench.live, "/api/calibration", {{}, {}}, calibration);
  site.route("GET", "/api/changes", {"since", "claim", "limit", "offset"},
             [&bench](const Request& request) { return changes(bench, request); });
}

}  // namespace thaw::api
