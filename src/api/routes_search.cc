#include "api/json_text.h"
#include "api/workbench.h"
#include "evidence/search_json.h"

namespace thaw::api {
namespace {

constexpr std::int64_t kMostHits = 200;
constexpr std::int64_t kLastOffset = 1'000'000;

Result<Response> search(const Workbench& bench, const Request& request) {
  using evidence::SearchPart;
  THAW_TRY(const std::string query, request.query.required("q"));
  THAW_TRY(const std::int64_t limit, request.query.integer("limit", 20, 1, kMostHits));
  THAW_TRY(const std::int64_t offset, request.query.integer("offset", 0, 0, kLastOffset));
  std::vector<SearchPart> parts = {SearchPart::kConcepts, SearchPart::kClaims,
                                   SearchPart::kDocuments};
  if (const auto only = request.query.text("in")) {
    THAW_TRY(const SearchPart part, evidence::search_part(*only));
    parts = {part};
  }
  THAW_TRY(auto connection, bench.open_store());
  THAW_CHECK(evidence::refresh_search(*connection));
  std::vector<evidence::SearchAnswer> answers;
  for (const SearchPart part : parts) {
    THAW_TRY(auto answer,
             evidence::search(*connection, part, query, static_cast<std::size_t>(limit),
                              static_cast<std::size_t>(offset)));
    answers.push_back(std::move(answer));
  }
  return json_response(
      json_line(evidence::search_document(query, static_cast<std::size_t>(offset), answers)));
}

}  // namespace

void add_search_routes(Site& site, const Workbench& bench) {
  site.route("GET", "/api/search", {"q", "in", "limit", "offset"},
             [&bench](const Request& request) { return search(bench, request); });
}

}  // namespace thaw::api
