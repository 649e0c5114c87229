#include <boost/json.hpp>

#include "api/body.h"
#include "api/cohort_floor.h"
#include "api/json_text.h"
#include "api/tables.h"
#include "api/workbench.h"
#include "evidence/change_note.h"
#include "evidence/json_reader.h"
#include "evidence/resolve.h"
#include "exchange/import.h"
#include "exchange/import_report.h"
#include "inquiry/analysis.h"
#include "inquiry/estimate_evidence.h"
#include "inquiry/registry_loop.h"
#include "registry/cohort_table.h"
#include "table/csv.h"
#include "table/synthetic_mark.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kBodyMax = 4096;
constexpr std::size_t kAnalysisBytesMax = 2 * 1024 * 1024;  // a graph of thousands of edges

/// The brought file as a table. The file itself goes with this.
Result<HeldTable> table_of_upload(const Workbench& bench, const std::string& upload) {
  THAW_TRY(const Uploads::File file, bench.uploads->take(upload));
  auto table = read_csv_file(file.path);
  std::error_code ignored;
  std::filesystem::remove_all(file.path.parent_path(), ignored);
  if (!table) {
    Error error = table.error();
    const std::string path = file.path.string();  // of this machine, and no help to the reader
    if (const auto at = error.message.find(path); at != std::string::npos) {
      error.message.replace(at, path.size(), file.name);
    }
    return error;
  }
  HeldTable held;
  held.name = file.name;
  held.table = std::move(*table);
  held.synthetic = marked_synthetic(held.table);
  return held;
}

/// One row a person at their first report, with who started `drug` then: registry/cohort_table.h.
Result<HeldTable> table_of_cohort(const Workbench& bench, const std::string& drug) {
  const auto context = bench.live->now();
  if (context->registry == nullptr) {
    return not_found("there is no registry here to choose a cohort from");
  }
  registry::CohortSpec spec;
  spec.drug = drug;
  THAW_TRY(registry::Cohort cohort, registry::cohort_table(*context->registry, spec));
  std::vector<std::string> kept;
  for (const std::string& name : cohort.table.names()) {
    if (name != "person" && name != "synthetic") {  // neither is a variable
      kept.push_back(name);
    }
  }
  HeldTable held;
  held.name = "registry: " + drug;
  held.synthetic = context->registry->synthetic();
  held.cohort = true;
  THAW_TRY(held.table, cohort.table.select(kept));
  return held;
}

Result<Response> add_table(const Workbench& bench, const Request& request) {
  THAW_TRY(const json::object body, body_object(request.body));
  evidence::JsonReader reader(body, "body");
  const std::string upload = reader.text("upload");
  const std::string cohort = reader.text("cohort");
  THAW_CHECK(reader.finish());
  if (upload.empty() == cohort.empty()) {
    return invalid_argument("give either 'upload' or 'cohort'");
  }
  THAW_TRY(HeldTable made,
           upload.empty() ? table_of_cohort(bench, cohort) : table_of_upload(bench, upload));
  THAW_TRY(const auto held, bench.tables->add(std::move(made)));
  return json_response(json_line(table_document(*held)));
}

/// The body's "analysis", and the table that it names where `held` is asked for.
struct Asked {
  inquiry::AnalysisSpec spec;
  std::shared_ptr<const HeldTable> held;
};
Result<Asked> asked_of(const Workbench& bench, const json::object& body) {
  Asked asked;
  const json::value* table = body.if_contains("table");
  const json::value* analysis = body.if_contains("analysis");
  if (table == nullptr || !table->is_string() || analysis == nullptr || !analysis->is_object()) {
    return invalid_argument("body: 'table' must be the id of a table, 'analysis' an object");
  }
  THAW_TRY(asked.held, bench.tables->find(std::string(table->get_string())));
  THAW_TRY(asked.spec, inquiry::read_analysis_spec(analysis->get_object()));
  return asked;
}

Result<Response> begin_analysis(const Workbench& bench, const Request& request) {
  THAW_TRY(const json::object body, body_object(request.body));
  THAW_TRY(const Asked asked, asked_of(bench, body));
  const unsigned threads = bench.live->now()->threads;
  const auto work = [asked, threads](JobControl& control) -> Result<json::object> {
    inquiry::AnalysisRun run;
    run.threads = threads;
    run.progress = [&control](double share) {
      control.progress(static_cast<std::uint64_t>(100 * share), 100);
      return !control.cancelled();
    };
    THAW_TRY(json::object answer, inquiry::run_analysis(asked.held->table, asked.spec, run));
    if (asked.held->cohort) {
      hide_small_counts(answer);
    }
    return answer;
  };
  THAW_TRY(const std::string id, bench.jobs->start("analysis", asked.held->name, "%", work));
  return json_response(json_line(json::object{{"job", id}}));
}

Result<Response> identify(const Request& request) {
  THAW_TRY(const json::object body, body_object(request.body));
  THAW_TRY(const inquiry::AnalysisSpec spec, inquiry::read_analysis_spec(body));
  THAW_TRY(const json::object document, inquiry::identify_question(spec));
  return json_response(json_line(document));
}

Result<Response> script(const Workbench& bench, const Request& request) {
  THAW_TRY(const json::object body, body_object(request.body));
  THAW_TRY(const Asked asked, asked_of(bench, body));
  THAW_TRY(const std::string text,
           inquiry::analysis_script(asked.held->table, asked.spec, asked.held->name));
  return json_response(json_line(json::object{{"script", text}}));
}

/// The report of an ended analysis of a held table of real people.
Result<json::object> report_of(const Workbench& bench, const std::string& job,
                               const std::string& table) {
  THAW_TRY(const json::object document, bench.jobs->document(job));
  const json::value& report = document.at("report");
  THAW_TRY(const auto held, bench.tables->find(table));
  if (document.at("kind") != "analysis" || !report.is_object()) {
    return not_found("job " + job + " is no analysis that has ended well");
  }
  if (report.at("analysis").at("data_hash").as_string() != inquiry::table_hash(held->table)) {
    return conflict("that analysis is of another table");
  }
  if (held->synthetic) {
    return denied("these people are made up: what they show is no evidence about ALS");
  }
  return report.get_object();
}

/// Brings `lines` in as an import of their own, with a note of what moved.
Result<Done> bring_in(const Workbench& bench, const std::string& lines) {
  THAW_TRY(const std::string upload, bench.uploads->begin("estimate.jsonl", lines.size()));
  THAW_CHECK(bench.uploads->add(upload, 0, lines));
  THAW_TRY(const Uploads::File file, bench.uploads->take(upload));
  THAW_TRY(auto connection, bench.open_store());
  exchange::ImportOptions options;
  options.name = file.name;
  const std::lock_guard one_at_a_time(*bench.changing);
  THAW_TRY(const auto note, evidence::ChangeNote::begin(*connection));
  const auto report = exchange::import_file(*connection, file.path, options);
  std::error_code ignored;
  std::filesystem::remove_all(file.path.parent_path(), ignored);
  THAW_CHECK(note.end(*connection, *bench.live->now()->parameters,
                      {"an estimate from a table", "\u4e00\u5f20\u8868\u7684\u4f30\u8ba1"},
                      *bench.clock));
  bench.refresh->ask(kRefreshPatience);
  if (!report) {
    return report.error();
  }
  const json::object told = exchange::to_json(*report);
  if (const json::value* refused = told.if_contains("refused_total");
      refused != nullptr && refused->is_number() && refused->to_number<double>() > 0) {
    return invalid_argument("the evidence refuses this estimate: " +
                            json::serialize(told.at("refused")));
  }
  return Done{};
}

Result<Response> send_to_evidence(const Workbench& bench, const Request& request) {
  THAW_TRY(const json::object body, body_object(request.body));
  evidence::JsonReader reader(body, "body");
  const std::string job = reader.text("job", true);
  const std::string table = reader.text("table", true);
  const std::string subject = reader.text("subject", true);
  const std::string object = reader.text("object", true);
  const std::string higher = reader.text("higher_means", true);
  THAW_CHECK(reader.finish());
  if (higher != "more" && higher != "less") {
    return invalid_argument(
        "'higher_means' must be more or less: what a higher outcome means for "
        "the concept it stands for");
  }
  THAW_TRY(const json::object report, report_of(bench, job, table));
  const auto context = bench.live->now();
  THAW_TRY(const evidence::Concept* from, context->names->resolve(subject));
  THAW_TRY(const evidence::Concept* to, context->names->resolve(object));
  THAW_TRY(evidence::Item item,
           inquiry::estimate_item(
               report, *from, *to,
               higher == "more" ? inquiry::HigherMeans::kMore : inquiry::HigherMeans::kLess));
  THAW_TRY(const auto held, bench.tables->find(table));
  if (held->cohort) {
    item.group_keys.emplace_back(inquiry::kRegistryPeople);
  }
  THAW_CHECK(bring_in(bench, inquiry::estimate_lines(report, item)));
  return json_response(json_line(json::object{{"item", item.id}}));
}

}  // namespace

void add_data_routes(Site& site, const Workbench& bench) {
  site.write_route("/api/tables", {}, "application/json", kBodyMax,
                   [&bench](const Request& request) { return add_table(bench, request); });
  site.route("GET", "/api/table", {"table"}, [&bench](const Request& request) -> Result<Response> {
    THAW_TRY(const std::string id, request.query.required("table"));
    THAW_TRY(const auto held, bench.tables->find(id));
    return json_response(json_line(table_document(*held)));
  });
  site.write_route("/api/analysis", {}, "application/json", kAnalysisBytesMax,
                   [&bench](const Request& request) { return begin_analysis(bench, request); });
  site.ask_route("/api/identify", {}, "application/json", kAnalysisBytesMax, identify);
  site.write_route("/api/analysis/script", {}, "application/json", kAnalysisBytesMax,
                   [&bench](const Request& request) { return script(bench, request); });
  site.write_route("/api/analysis/evidence", {}, "application/json", kBodyMax,
                   [&bench](const Request& request) { return send_to_evidence(bench, request); });
}

}  // namespace thaw::api
