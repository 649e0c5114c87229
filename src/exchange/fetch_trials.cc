// ClinicalTrials.gov's API v2: studies by a query, page by page.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "exchange/article_parts.h"
#include "exchange/fetch.h"
#include "exchange/fetch_store.h"
#include "exchange/import_report.h"
#include "exchange/trial_document.h"
#include "net/polite_client.h"
#include "net/url.h"

namespace thaw::exchange {
namespace {

namespace json = boost::json;

constexpr std::size_t kPage = 100;
constexpr std::int64_t kTokenSeconds = 6 * 3600;

std::optional<json::object> parse(std::string_view text) {
  json::error_code error;
  json::value value = json::parse(text, error);
  return error || !value.is_object() ? std::nullopt : std::optional(std::move(value.get_object()));
}

/// One page of the service, from the token in `place`.
Result<json::object> page_of(net::HttpClient& client, const FetchOptions& options,
                             const FetchPlace& place) {
  std::vector<std::pair<std::string, std::string>> parts = {{"query.term", options.query},
                                                            {"pageSize", std::to_string(kPage)},
                                                            {"countTotal", "true"},
                                                            {"format", "json"}};
  if (!place.handle.empty()) {
    parts.emplace_back("pageToken", place.handle);
  }
  net::HttpRequest request;
  request.url = net::with_query(options.base_url + "/api/v2/studies", parts);
  request.stop = options.stop;
  request.is_whole = [](const net::HttpReply& reply) { return parse(reply.body).has_value(); };
  THAW_TRY(auto reply, client.send(request));
  THAW_TRY(const std::string body, net::body_of(request, std::move(reply)));
  auto page = parse(body);
  const auto* studies = page ? page->if_contains("studies") : nullptr;
  if (studies == nullptr || !studies->is_array()) {
    return corrupt("the answer of ClinicalTrials.gov is not what its API describes");
  }
  return std::move(*page);
}

/// The studies of a page as batches, at most as many as are still wanted.
std::vector<std::pair<Place, Batch>> batches_of(const json::object& page, const FetchPlace& place,
                                                ImportReport& report) {
  std::vector<std::pair<Place, Batch>> out;
  std::size_t record = place.done;
  for (const auto& study : page.at("studies").get_array()) {
    if (record >= place.wanted) {
      break;
    }
    ++record;
    auto document = study.is_object()
                        ? trial_document(study.get_object())
                        : Result<evidence::Document>(invalid_argument("a study is no object"));
    if (!document) {
      note_refusal(report, record, document.error().message);
      continue;
    }
    out.emplace_back(Place{record, record}, article_batch(std::move(document).value(), {}));
  }
  return out;
}

Result<Done> fetch_pages(db::Connection& connection, net::HttpClient& client, const Clock& clock,
                         const FetchOptions& options, FetchPlace& place, FetchReport& report) {
  while (!place.finished) {
    THAW_TRY(const json::object page, page_of(client, options, place));
    if (const auto* total = page.if_contains("totalCount");
        total != nullptr && total->is_int64() && total->get_int64() >= 0) {
      place.found = static_cast<std::size_t>(total->get_int64());
    }
    const std::size_t size = page.at("studies").get_array().size();
    place.found = std::max(place.found, place.done + size);
    place.wanted = options.max == 0 ? place.found : std::min(options.max, place.found);
    auto batches = batches_of(page, place, report.kept);
    report.kept.records_read += batches.size();
    place.done = std::min(place.done + size, place.wanted);
    const auto* token = page.if_contains("nextPageToken");
    place.handle = token != nullptr && token->is_string() ? std::string(token->get_string()) : "";
    place.finished = place.handle.empty() || size == 0 || place.done >= place.wanted;
    THAW_CHECK(keep_page(connection, std::move(batches), place, clock, report.kept));
    if (options.on_page) {
      options.on_page({place.done, place.wanted});
    }
  }
  return Done{};
}

}  // namespace

Result<FetchReport> fetch_trials(db::Connection& connection, net::HttpClient& client,
                                 const Clock& clock, const FetchOptions& options) {
  if (trim(options.query).empty()) {
    return invalid_argument("the query is empty");
  }
  THAW_CHECK(net::origin_of(options.base_url));
  THAW_CHECK(migrate_fetch(connection));
  FetchReport report;
  report.kept.file = "trials: " + options.query;
  report.kept.format = "trials";
  const FetchPlace fresh{
      .id = fetch_id("trials", options), .service = "trials", .query = options.query};
  THAW_TRY(const auto before, unfinished_fetch(connection, fresh.id, clock, kTokenSeconds));
  FetchPlace place = before.value_or(fresh);
  report.resumed_after = place.done;
  auto fetched = fetch_pages(connection, client, clock, options, place, report);
  if (!fetched && before && fetched.error().code == ErrorCode::kInvalidArgument) {
    place = fresh;  // The service no longer knows the page token.
    report.resumed_after = 0;
    fetched = fetch_pages(connection, client, clock, options, place, report);
  }
  THAW_CHECK(fetched);
  report.found = place.found;
  report.wanted = place.wanted;
  if (place.found == 0) {
    return not_found(fmt::format("ClinicalTrials.gov finds nothing for '{}'", options.query));
  }
  return report;
}

}  // namespace thaw::exchange
