#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <unordered_map>

#include "api/body.h"
#include "api/document_json.h"
#include "api/json_text.h"
#include "api/workbench.h"
#include "evidence/change_note.h"
#include "evidence/document_store.h"
#include "evidence/json_reader.h"
#include "reading/kept_claims.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kBodyMax = 16 * 1024;
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

/// Reads the document again (the same reading, by the law of readers) and keeps what was chosen.
Result<Response> keep(const Workbench& bench, const Request& request) {
  THAW_TRY(const json::object body, body_object(request.body));
  evidence::JsonReader reader(body, "body");
  const std::string id = reader.text("document", true);
  const std::vector<std::string> chosen = reader.texts("claims");
  const double threshold = reader.number("threshold").value_or(0);
  THAW_CHECK(reader.finish());
  const auto now = bench.live->now();
  THAW_TRY(auto connection, bench.open_store());
  THAW_TRY(const evidence::Document found, evidence::find_document(*connection, id));
  THAW_TRY(const auto by, bench.make_reader(*now, threshold));
  THAW_TRY(reading::Reading reading, by->read(found));
  std::vector<reading::ReadClaim> kept_claims;
  for (std::size_t i = 0; i < reading.claims.size(); ++i) {
    if (std::ranges::find(chosen, fmt::format("r{}", i + 1)) != chosen.end()) {
      kept_claims.push_back(reading.claims[i]);
    }
  }
  if (kept_claims.size() != chosen.size()) {
    return not_found("a claim that was chosen is not in this reading; read the document again");
  }
  reading.claims = std::move(kept_claims);
  reading::Kept kept;
  reading::collect(reading, found, *now->knowledge, kept);
  const std::lock_guard one_at_a_time(*bench.changing);
  THAW_TRY(const auto note, evidence::ChangeNote::begin(*connection));
  THAW_TRY(const auto counts, reading::write_kept(*connection, kept));
  const auto noted =
      note.end(*connection, *now->parameters, {"read from " + id, "读自 " + id}, *bench.clock);
  bench.refresh->ask(kRefreshPatience);
  json::array refused;
  for (const reading::Refusal& refusal : kept.refused) {
    refused.push_back(json::object{{"reason", refusal.reason}, {"what", refusal.what}});
  }
  return json_response(json_line(json::object{{"kept", counts.added + counts.changed},
                                              {"unchanged", counts.unchanged},
                                              {"changes_noted", noted && *noted},
                                              {"refused", std::move(refused)},
                                              {"generation", bench.live->generation()}}));
}

}  // namespace

void add_document_routes(Site& site, const Workbench& bench) {
  site.route("GET", "/api/documents", {"limit", "offset"},
             [&bench](const Request& request) { return documents(bench, request); });
  site.route("GET", "/api/document", {"id", "read", "threshold"},
             [&bench](const Request& request) { return document(bench, request); });
  site.write_route("/api/keep", {}, "application/json", kBodyMax,
                   [&bench](const Request& request) { return keep(bench, request); });
}

}  // namespace thaw::api
