#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstdio>

#include "api/body.h"
#include "api/json_text.h"
#include "api/workbench.h"
#include "evidence/change_note.h"
#include "evidence/json_reader.h"
#include "exchange/format.h"
#include "exchange/import.h"
#include "exchange/import_report.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kBodyMax = 4096;

Result<Response> formats(const Request&) {
  json::array listed;
  for (const exchange::Format& format : exchange::formats()) {
    listed.push_back(json::object{{"name", format.name}, {"about", format.about}});
  }
  return json_response(json_line(json::object{{"formats", std::move(listed)}}));
}

Result<Response> begin_upload(const Workbench& bench, const Request& request) {
  THAW_TRY(const json::object body, body_object(request.body));
  evidence::JsonReader reader(body, "body");
  const std::string name = reader.text("name", true);
  const double bytes = reader.number("bytes").value_or(0);
  THAW_CHECK(reader.finish());
  if (bytes < 0 || bytes > static_cast<double>(kUploadBytesMax)) {
    return invalid_argument("'bytes' must be the size of the file, at most 4 GiB");
  }
  THAW_TRY(const std::string id, bench.uploads->begin(name, static_cast<std::uint64_t>(bytes)));
  return json_response(json_line(json::object{{"upload", id}, {"piece_bytes", kPieceBytesMax}}));
}

Result<Response> add_piece(const Workbench& bench, const Request& request) {
  THAW_TRY(const std::string id, request.query.required("upload"));
  THAW_TRY(const std::int64_t offset,
           request.query.integer("offset", 0, 0, static_cast<std::int64_t>(kUploadBytesMax)));
  THAW_TRY(const std::uint64_t received,
           bench.uploads->add(id, static_cast<std::uint64_t>(offset), request.body));
  return json_response(json_line(json::object{{"received", received}}));
}

/// Reads the file into the store and then the store into the live state.
Result<json::object> run_import(const Workbench& bench, const Uploads::File& file,
                                const std::string& format, JobControl& control) {
  THAW_TRY(auto connection, bench.open_store());
  exchange::ImportOptions options;
  options.format = format;
  options.name = file.name;
  options.on_commit = [&](const exchange::ImportProgress& progress) -> Result<Done> {
    control.progress(progress.bytes,
                     progress.bytes_total > 0 ? std::optional(progress.bytes_total) : std::nullopt);
    if (control.cancelled()) {
      return unavailable("stopped by a person");
    }
    return Done{};
  };
  const std::lock_guard one_at_a_time(*bench.changing);
  THAW_TRY(const auto note, evidence::ChangeNote::begin(*connection));
  auto report = exchange::import_file(*connection, file.path, options);
  const auto noted = note.end(*connection, *bench.live->now()->parameters,
                              {"import of " + file.name, "导入 " + file.name}, *bench.clock);
  bench.refresh->ask(std::chrono::minutes(5));  // also after a stop: what was committed counts
  if (!report) {
    return report.error();
  }
  json::object document = exchange::to_json(*report);
  document["changes_noted"] = noted && *noted;  // false: too large to compare, or not possible
  if (!noted) {
    fmt::print(stderr, "thaw: what an import moved could not be noted: {}\n",
               noted.error().message);
  }
  return document;
}

Result<Response> begin_import(const Workbench& bench, const Request& request) {
  THAW_TRY(const json::object body, body_object(request.body));
  evidence::JsonReader reader(body, "body");
  const std::string upload = reader.text("upload", true);
  const std::string format = reader.text("as");
  THAW_CHECK(reader.finish());
  THAW_TRY(Uploads::File taken, bench.uploads->take(upload));
  const std::string title = taken.name;
  // Removed with the last copy of the work: after it ran, was cancelled before, or was refused.
  const std::shared_ptr<const Uploads::File> file(
      new Uploads::File(std::move(taken)), [](const Uploads::File* done) {
        std::error_code ignored;
        std::filesystem::remove_all(done->path.parent_path(), ignored);
        delete done;
      });
  THAW_TRY(const std::string id,
           bench.jobs->start("import", title, "bytes", [bench, file, format](JobControl& control) {
             return run_import(bench, *file, format, control);
           }));
  return json_response(json_line(json::object{{"job", id}}));
}

}  // namespace

void add_import_routes(Site& site, const Workbench& bench) {
  site.route("GET", "/api/formats", {}, formats);
  site.write_route("/api/uploads", {}, "application/json", kBodyMax,
                   [&bench](const Request& request) { return begin_upload(bench, request); });
  site.write_route("/api/upload", {"upload", "offset"}, "application/octet-stream", kPieceBytesMax,
                   [&bench](const Request& request) { return add_piece(bench, request); });
  site.write_route("/api/imports", {}, "application/json", kBodyMax,
                   [&bench](const Request& request) { return begin_import(bench, request); });
}

}  // namespace thaw::api
