// PubMed through the E-utilities: esearch onto the history server, then efetch in pages of XML.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/shorten.h"
#include "base/text.h"
#include "exchange/byte_source.h"
#include "exchange/document_readers.h"
#include "exchange/fetch.h"
#include "exchange/fetch_store.h"
#include "exchange/import_report.h"
#include "net/polite_client.h"
#include "net/url.h"

namespace thaw::exchange {
namespace {

namespace json = boost::json;

constexpr std::size_t kPage = 200;
constexpr std::int64_t kHistorySeconds = 6 * 3600;  // NCBI forgets a history after some hours
constexpr std::size_t kRefusedShown = 200;

/// What the history server calls the search.
struct History {
  std::string web_env, query_key;
};

using Parts = std::vector<std::pair<std::string, std::string>>;

net::HttpRequest request_of(const FetchOptions& options, std::string_view tool, Parts parts) {
  parts.emplace_back("tool", "thaw");
  if (!options.email.empty()) {
    parts.emplace_back("email", options.email);
  }
  if (!options.api_key.empty()) {
    parts.emplace_back("api_key", options.api_key);
  }
  net::HttpRequest request;
  request.url = net::with_query(fmt::format("{}/{}.fcgi", options.base_url, tool), parts);
  request.stop = options.stop;
  return request;
}

std::optional<json::value> parse(std::string_view text) {
  json::error_code error;
  json::value value = json::parse(text, error);
  return error || !value.is_object() ? std::nullopt : std::optional(std::move(value));
}

std::string text_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// esearch: how many the query finds, and where the history server keeps them.
Result<FetchPlace> search(net::HttpClient& client, const FetchOptions& options,
                          FetchReport& report) {
  auto request = request_of(options, "esearch",
                            {{"db", "pubmed"},
                             {"term", options.query},
                             {"usehistory", "y"},
                             {"retmax", "0"},
                             {"retmode", "json"}});
  request.is_whole = [](const net::HttpReply& reply) { return parse(reply.body).has_value(); };
  THAW_TRY(auto reply, client.send(request));
  THAW_TRY(const std::string body, net::body_of(request, std::move(reply)));
  const auto root = parse(body);
  const auto* result = root ? root->get_object().if_contains("esearchresult") : nullptr;
  if (result == nullptr || !result->is_object()) {
    return corrupt("the answer of esearch is not what NCBI describes");
  }
  const auto& found = result->get_object();
  if (const std::string error = text_at(found, "ERROR"); !error.empty()) {
    return invalid_argument(
        fmt::format("PubMed refuses this query: {}", shorten(error, kRefusedShown)));
  }
  const auto count = parse_int(text_at(found, "count"));
  const History history{text_at(found, "webenv"), text_at(found, "querykey")};
  if (!count || *count < 0 || (*count > 0 && history.web_env.empty())) {
    return corrupt("the answer of esearch names no count or no history");
  }
  FetchPlace place{.id = fetch_id("pubmed", options), .service = "pubmed", .query = options.query};
  place.found = static_cast<std::size_t>(*count);
  place.wanted = options.max == 0 ? place.found : std::min(options.max, place.found);
  if (place.wanted > kPubmedMost) {
    report.notes.push_back(
        fmt::format("PubMed gives at most {} of one search; narrow it, by years for instance: "
                    "\"... AND 2020:2024[dp]\"",
                    kPubmedMost));
    place.wanted = kPubmedMost;
  }
  place.handle =
      json::serialize(json::object{{"webenv", history.web_env}, {"query_key", history.query_key}});
  return place;
}

/// A page that ends as it must, or that says in words what is wrong.
bool is_whole_page(const net::HttpReply& reply) {
  const std::string_view body = trim(reply.body);
  return body.ends_with("</PubmedArticleSet>") || body.ends_with("<PubmedArticleSet/>") ||
         body.find("<ERROR>") != std::string_view::npos;
}

/// Takes a page's records; their places count from `before`.
class PageSink final : public Sink {
 public:
  PageSink(ImportReport& report, std::size_t before) : report_(&report), before_(before) {}
  Result<Done> keep(const Place& place, Batch batch) override {
    const Place whole{before_ + place.record, before_ + place.record};
    page.emplace_back(whole, std::move(batch));
    return Done{};
  }
  void refuse(const Place& place, std::string reason) override {
    note_refusal(*report_, before_ + place.record, std::move(reason));
  }
  std::vector<std::pair<Place, Batch>> page;

 private:
  ImportReport* report_;
  std::size_t before_;
};

Result<std::string> page_xml(net::HttpClient& client, const FetchOptions& options,
                             const FetchPlace& place, std::size_t size) {
  const auto handle = parse(place.handle);
  if (!handle) {
    return corrupt("the stored place of this fetch cannot be read");
  }
  auto request = request_of(options, "efetch",
                            {{"db", "pubmed"},
                             {"WebEnv", text_at(handle->get_object(), "webenv")},
                             {"query_key", text_at(handle->get_object(), "query_key")},
                             {"retstart", std::to_string(place.done)},
                             {"retmax", std::to_string(size)},
                             {"retmode", "xml"}});
  request.is_whole = is_whole_page;
  THAW_TRY(auto reply, client.send(request));
  THAW_TRY(std::string body, net::body_of(request, std::move(reply)));
  if (const auto at = body.find("<ERROR>"); at != std::string::npos) {
    const auto end = body.find("</ERROR>", at);
    return corrupt(fmt::format("PubMed answers: {}",
                               shorten(std::string_view(body).substr(
                                           at + 7, end == std::string::npos ? end : end - at - 7),
                                       kRefusedShown)));
  }
  return body;
}

Result<Done> fetch_pages(db::Connection& connection, net::HttpClient& client, const Clock& clock,
                         const FetchOptions& options, FetchPlace place, FetchReport& report) {
  while (place.done < place.wanted) {
    const std::size_t size = std::min(kPage, place.wanted - place.done);
    THAW_TRY(const std::string xml, page_xml(client, options, place, size));
    PageSink sink(report.kept, place.done);
    MemorySource bytes(xml);
    if (const auto read = kPubmed.read(bytes, sink);
        !read && read.error().code != ErrorCode::kInvalidArgument) {  // That is: an empty page.
      return read.error();
    }
    report.kept.records_read += sink.page.size();
    place.done += size;
    place.finished = place.done >= place.wanted;
    THAW_CHECK(keep_page(connection, std::move(sink.page), place, clock, report.kept));
    if (options.on_page) {
      options.on_page({place.done, place.wanted});
    }
  }
  return Done{};
}

}  // namespace

Result<FetchReport> fetch_pubmed(db::Connection& connection, net::HttpClient& client,
                                 const Clock& clock, const FetchOptions& options) {
  if (trim(options.query).empty()) {
    return invalid_argument("the query is empty");
  }
  THAW_CHECK(net::origin_of(options.base_url));
  THAW_CHECK(migrate_fetch(connection));
  FetchReport report;
  report.kept.file = "pubmed: " + options.query;
  report.kept.format = "pubmed";
  THAW_TRY(auto place,
           unfinished_fetch(connection, fetch_id("pubmed", options), clock, kHistorySeconds));
  const bool resumed = place.has_value();
  if (!resumed) {
    THAW_TRY(place, search(client, options, report));
  }
  report.found = place->found;
  report.wanted = place->wanted;
  report.resumed_after = place->done;
  if (place->wanted == 0) {
    return not_found(fmt::format("PubMed finds nothing for '{}'", options.query));
  }
  auto fetched = fetch_pages(connection, client, clock, options, *place, report);
  const bool forgotten = !fetched && (fetched.error().code == ErrorCode::kCorrupt ||
                                      fetched.error().code == ErrorCode::kInvalidArgument);
  if (resumed && forgotten) {  // The history is gone: begin anew; what is kept stays as it is.
    THAW_TRY(place, search(client, options, report));
    report.resumed_after = 0;
    fetched = fetch_pages(connection, client, clock, options, *place, report);
  }
  THAW_CHECK(fetched);
  return report;
}

}  // namespace thaw::exchange
