#include "effect/emulate.h"

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "effect/emulate_json.h"
#include "table/csv.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string spec;
  std::string table;
  std::string map;
  std::optional<int> bootstrap;
};

Result<Table> table_of(const Arguments& given) {
  CsvOptions options;
  if (!given.map.empty()) {
    THAW_TRY(const std::string map, read_file(given.map));
    THAW_TRY(options, read_csv_map(map, given.map));
  }
  return read_csv_file(given.table, options);
}

Result<Done> run_emulation(const Arguments& given, const Options& options) {
  if (given.spec.empty() || given.table.empty()) {
    return invalid_argument(
        "write: thaw emulate SPEC.json TABLE.csv, or thaw emulate screen; see thaw emulate --help");
  }
  THAW_TRY(const std::string bytes, read_file(given.spec));
  THAW_TRY(const effect::EmulationSpec spec, effect::read_emulation_spec(bytes, given.spec));
  THAW_TRY(Table table, table_of(given));
  THAW_TRY(const std::string hash, effect::emulation_hash(table, spec));
  THAW_TRY(const effect::EmulationResult result,
           effect::emulate(
               std::move(table), spec,
               {.seed = options.seed, .threads = options.threads, .bootstrap = given.bootstrap}));
  if (options.json) {
    print_document(effect::emulation_document(result, spec, hash));
  } else {
    print_line(effect::emulation_text(result, spec, options.lang));
  }
  return Done{};
}

}  // namespace

void add_emulate(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& word =
      program.word("emulate", "Emulate a target trial of strategies over time in a long table");
  word.add_option("spec", given->spec, "The protocol, JSON (docs/formats/target_trial.md)");
  word.add_option("table", given->table, "One row a person and month, CSV");
  word.add_option("--map", given->map, "Types and missing codes of the table's columns, JSON");
  word.add_option("--bootstrap", given->bootstrap,
                  "Replicates, instead of the protocol's; 0 for robust standard errors")
      ->check(CLI::Range(0, 10000));
  program.on(word, [given](const Options& options) { return run_emulation(*given, options); });
}

}  // namespace thaw::cli
