#include <fmt/format.h>

#include <boost/json/parse.hpp>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "registry/import_csv.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string file;
  std::string map;
};

constexpr std::size_t kShownRefusals = 20;

void print_report(const registry::ImportReport& report, const Arguments& given) {
  print_line(fmt::format("{}: {} rows read, {} kept, {} refused", given.file, report.rows_read,
                         report.rows_kept, report.refused.size()));
  for (std::size_t i = 0; i < report.refused.size() && i < kShownRefusals; ++i) {
    const registry::Refusal& refusal = report.refused[i];
    print_line(fmt::format("  line {}{}: {}", refusal.line,
                           refusal.column.empty() ? "" : ", column " + refusal.column,
                           refusal.reason));
  }
  if (report.refused.size() > kShownRefusals) {
    print_line(
        fmt::format("  and {} more; --json lists all", report.refused.size() - kShownRefusals));
  }
}

Result<Done> import(const Arguments& given, const Options& options) {
  THAW_TRY(const std::string map_text, read_file(given.map));
  THAW_TRY(const registry::ImportMap map, registry::read_import_map(map_text, given.map));
  THAW_TRY(const std::string csv, read_file(given.file));
  THAW_TRY(auto connection, open_store(options));
  THAW_TRY(auto store, registry::RegistryStore::open(*connection));
  THAW_TRY(const registry::ImportReport report, registry::import_csv(store, csv, given.file, map));
  if (options.json) {
    print_document(boost::json::parse(registry::to_json(report)));
  } else {
    print_report(report, given);
  }
  return Done{};
}

}  // namespace

void add_registry_import(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb =
      program.verb("registry", "import", "Load a table of people: all of it, or none of it");
  verb.add_option("file", given->file, "CSV file")->required();
  verb.add_option("--map", given->map, "JSON file that says which column is what")->required();
  program.on(verb, [given](const Options& options) { return import(*given, options); });
}

}  // namespace thaw::cli
