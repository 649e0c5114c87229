#include <boost/json.hpp>

#include "api/body.h"
#include "api/json_text.h"
#include "api/workbench.h"
#include "evidence/json_reader.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kBodyMax = 4096;

/// The job's document each time it has changed, as server-sent events, until it has ended.
Response events_of(const Jobs& jobs, const std::string& id) {
  Response response;
  response.content_type = "text/event-stream; charset=utf-8";
  response.next = [&jobs, id, last = std::string(),
                   over = false]() mutable -> std::optional<std::string> {
    if (over) {
      return std::nullopt;
    }
    over = jobs.ended(id);
    const auto document = jobs.document(id);
    if (!document) {
      return std::nullopt;
    }
    std::string line = json_line(*document);
    if (line == last) {
      return over ? std::nullopt : std::optional<std::string>("");
    }
    last = line;
    return "data: " + line + "\n\n";
  };
  return response;
}

}  // namespace

void add_job_routes(Site& site, const Workbench& bench) {
  const Jobs& jobs = *bench.jobs;
  site.route("GET", "/api/jobs", {}, [&jobs](const Request&) -> Result<Response> {
    json::array listed;
    for (auto& document : jobs.documents()) {
      listed.push_back(std::move(document));
    }
    return json_response(json_line(json::object{{"jobs", std::move(listed)}}));
  });
  site.route("GET", "/api/job", {"job"}, [&jobs](const Request& request) -> Result<Response> {
    THAW_TRY(const std::string id, request.query.required("job"));
    THAW_TRY(const json::object document, jobs.document(id));
    return json_response(json_line(document));
  });
  // The report as the command prints it, to keep as a file: the same bytes.
  site.route("GET", "/api/job/report", {"job"},
             [&jobs](const Request& request) -> Result<Response> {
               THAW_TRY(const std::string id, request.query.required("job"));
               THAW_TRY(const json::object document, jobs.document(id));
               const json::value& report = document.at("report");
               if (!report.is_object()) {
                 return not_found("job " + id + " has no report");
               }
               return json_response(json_pretty(report) + "\n");
             });
  site.route("GET", "/api/job/events", {"job"},
             [&jobs](const Request& request) -> Result<Response> {
               THAW_TRY(const std::string id, request.query.required("job"));
               THAW_CHECK(jobs.document(id));
               return events_of(jobs, id);
             });
  site.write_route("/api/job/cancel", {}, "application/json", kBodyMax,
                   [&bench](const Request& request) -> Result<Response> {
                     THAW_TRY(const json::object body, body_object(request.body));
                     evidence::JsonReader reader(body, "body");
                     const std::string id = reader.text("job", true);
                     THAW_CHECK(reader.finish());
                     THAW_CHECK(bench.jobs->cancel(id));
                     THAW_TRY(const json::object document, bench.jobs->document(id));
                     return json_response(json_line(document));
                   });
}

}  // namespace thaw::api
