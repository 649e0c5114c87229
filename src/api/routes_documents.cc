#include <boost/json.hpp>
#include <unordered_map>

#include "api/document_json.h"
#include "api/json_text.h"
#include "api/workbench.h"
#include "evidence/document_store.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::int64_t kPageMax = 200;
constexpr std::int64_t kOffsetMax = 100'000'000;

Result<Response> documents(const Workbench& bench, const Request& request) {
  THAW_TRY(const std::int64_t limit, request.query.integer("limit", 50, 1, kPageMax));
  THAW_TRY(const std::int64_t offset, request.query.integer("offset", 0, 0, kOffsetMax));
  const auto now = bench.live->now();
  THAW_TRY(auto connection, bench.open_store());
  THAW_TRY(const std::size_t total, evidence::count_documents(*connection));
  THAW_TRY(const auto lines, evidence::list_documents(*connection, static_cast<std::size_t>(offset),
                                                      static_cast<std::size_t>(limit)));
  std::unordered_map<std::string, std::size_t> items;
  for (const evidence::Item& item : now->knowledge->items()) {
    ++items[item.source];
  }
  json::array listed;
  for (const evidence::DocumentLine& line : lines) {
    listed.push_back(
        json::object{{"id", line.id},
                     {"title", line.title},
                     {"journal", line.journal},
                     {"year", line.year ? json::value(*line.year) : json::value(nullptr)},
                     {"language", line.language},
                     {"items", items.contains(line.id) ? items.at(line.id) : 0}});
  }
  return json_response(json_line(
      json::object{{"total", total}, {"offset", offset}, {"documents", std::move(listed)}}));
}

Result<Response> document(const Workbench& bench, const Request& request) {
  THAW_TRY(const std::string id, request.query.required("id"));
  THAW_TRY(const std::int64_t read, request.query.integer("read", 0, 0, 1));
  THAW_TRY(const double threshold, request.query.real("threshold", 0, 0, 1));
  const auto now = bench.live->now();
  THAW_TRY(auto connection, bench.open_store());
  THAW_TRY(const evidence::Document found, evidence::find_document(*connection, id));
  auto claims = kept_claims(found, *now->knowledge);
  reading::Reading reading;
  if (read == 1) {
    THAW_TRY(const auto reader, bench.make_reader(*now, threshold));
    THAW_TRY(reading, reader->read(found));
    for (ShownClaim& proposal : proposed_claims(reading, *now->knowledge)) {
      claims.push_back(std::move(proposal));
    }
  }
  return json_response(json_line(document_json(found, claims, reading.mentions, reading.reader)));
}

}  // namespace

void add_document_routes(Site& site, const Workbench& bench) {
  site.route("GET", "/api/documents", {"limit", "offset"},
             [&bench](const Request& request) { return documents(bench, request); });
  site.route("GET", "/api/document", {"id", "read", "threshold"},
             [&bench](const Request& request) { return document(bench, request); });
}

}  // namespace thaw::api
