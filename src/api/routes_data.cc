#include <boost/json.hpp>

#include "api/body.h"
#include "api/json_text.h"
#include "api/tables.h"
#include "api/workbench.h"
#include "evidence/json_reader.h"
#include "registry/cohort_table.h"
#include "table/csv.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kBodyMax = 4096;

/// The brought file as a table. The file itself goes with this.
Result<HeldTable> table_of_upload(const Workbench& bench, const std::string& upload) {
  THAW_TRY(const Uploads::File file, bench.uploads->take(upload));
  auto table = read_csv_file(file.path);
  std::error_code ignored;
  std::filesystem::remove_all(file.path.parent_path(), ignored);
  if (!table) {
    return table.error();
  }
  HeldTable held;
  held.name = file.name;
  held.table = std::move(*table);
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

}  // namespace

void add_data_routes(Site& site, const Workbench& bench) {
  site.write_route("/api/tables", {}, "application/json", kBodyMax,
                   [&bench](const Request& request) { return add_table(bench, request); });
  site.route("GET", "/api/table", {"table"}, [&bench](const Request& request) -> Result<Response> {
    THAW_TRY(const std::string id, request.query.required("table"));
    THAW_TRY(const auto held, bench.tables->find(id));
    return json_response(json_line(table_document(*held)));
  });
}

}  // namespace thaw::api
