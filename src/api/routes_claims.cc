#include <boost/json.hpp>

#include "api/claim_filter.h"
#include "api/claim_summary.h"
#include "api/json_text.h"
#include "api/query_route.h"
#include "api/weigh_request.h"
#include "api/workbench.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::int64_t kPageMax = 200;
constexpr std::int64_t kOffsetMax = 100'000'000;

Result<Response> claims(const Context& context, const Query& query) {
  THAW_TRY(const ClaimFilter filter, claim_filter(query, *context.names));
  THAW_TRY(const std::int64_t limit, query.integer("limit", 50, 1, kPageMax));
  THAW_TRY(const std::int64_t offset, query.integer("offset", 0, 0, kOffsetMax));
  THAW_TRY(const evidence::WeighOptions options, weigh_options(query, *context.knowledge));
  const evidence::Weigher weigher(*context.knowledge, *context.parameters);
  const auto weighed = weigher.weigh_all(options);
  const auto places = filtered(filter, *context.knowledge, weighed);
  json::array page;
  for (auto at = static_cast<std::size_t>(offset);
       at < places.size() && page.size() < static_cast<std::size_t>(limit); ++at) {
    page.push_back(claim_summary(*context.knowledge, weighed[places[at]]));
  }
  return json_response(json_line(
      json::object{{"total", places.size()}, {"offset", offset}, {"claims", std::move(page)}}));
}

}  // namespace

void add_claims_routes(Site& site, const Live& live) {
  auto others = claim_filter_parameters();
  others.insert(others.end(), {"limit", "offset"});
  add_query_route(site, live, "/api/claims",
                  {{"concept"}, with_weigh_parameters(std::move(others))}, claims);
}

}  // namespace thaw::api
