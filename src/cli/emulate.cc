#include "effect/emulate.h"

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "effect/emulate_json.h"
#include "registry/person_month_table.h"
#include "table/csv.h"
#include "table/synthetic_mark.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string spec;
  std::string table;
  std::string map;
  std::string drug;
  std::string comparator;
  std::optional<int> bootstrap;
};

Result<Table> csv_table(const Arguments& given) {
  CsvOptions options;
  if (!given.map.empty()) {
    THAW_TRY(const std::string map, read_file(given.map));
    THAW_TRY(options, read_csv_map(map, given.map));
  }
  return read_csv_file(given.table, options);
}

/// The person-months of the registry in the store, with `drug` as the treatment.
Result<Table> registry_months(const Arguments& given, const Options& options) {
  Workspace workspace;
  THAW_TRY(workspace.connection, open_store(options));
  THAW_CHECK(load_registry(workspace));
  if (!workspace.registry) {
    return not_found("the store holds no registry; thaw registry import or synthesize makes one");
  }
  THAW_TRY(auto made,
           registry::person_month_table(*workspace.registry,
                                        {.drug = given.drug, .comparator = given.comparator}));
  return std::move(made.table);
}

Result<Done> run_emulation(const Arguments& given, const Options& options) {
  if (given.spec.empty() || given.table.empty() == given.drug.empty()) {
    return invalid_argument(
        "write: thaw emulate SPEC.json TABLE.csv, or thaw emulate SPEC.json --drug NAME for the "
        "registry of --db, or thaw emulate screen; see thaw emulate --help");
  }
  THAW_TRY(const std::string bytes, read_file(given.spec));
  THAW_TRY(const effect::EmulationSpec spec, effect::read_emulation_spec(bytes, given.spec));
  THAW_TRY(Table table, given.table.empty() ? registry_months(given, options) : csv_table(given));
  const bool synthetic = marked_synthetic(table);
  if (synthetic) {
    tell(options.lang == "zh" ? registry::kBannerZh : registry::kBannerEn);
  }
  THAW_TRY(const std::string hash, effect::emulation_hash(table, spec));
  const effect::EmulationChoice choice{
      .seed = options.seed, .threads = options.threads, .bootstrap = given.bootstrap};
  std::optional<effect::GFormulaResult> g_formula;
  std::optional<effect::LtmleResult> ltmle;
  if (spec.g_formula) {
    THAW_TRY(g_formula, effect::g_formula(table, spec, choice));
  }
  if (spec.ltmle) {
    THAW_TRY(ltmle, effect::ltmle(table, spec, choice));
  }
  std::optional<effect::StructuralResult> structural;
  if (spec.structural) {
    THAW_TRY(structural, effect::structural_model(table, spec, choice));
  }
  THAW_TRY(const effect::EmulationResult result, effect::emulate(std::move(table), spec, choice));
  if (options.json) {
    boost::json::object document = effect::emulation_document(result, spec, hash);
    document["synthetic"] = synthetic;
    document["g_formula"] = nullptr;
    document["ltmle"] = nullptr;
    document["structural_model"] = nullptr;
    if (structural) {
      document["structural_model"] = effect::structural_json(*structural);
    }
    if (g_formula) {
      document["g_formula"] = effect::g_formula_json(*g_formula, spec);
    }
    if (ltmle) {
      document["ltmle"] = effect::ltmle_json(*ltmle, spec);
    }
    print_document(document);
    return Done{};
  }
  std::string text = effect::emulation_text(result, spec, options.lang);
  if (g_formula) {
    text += effect::g_formula_text(*g_formula, spec, options.lang);
  }
  if (ltmle) {
    text += effect::ltmle_text(*ltmle, spec, options.lang);
  }
  if (structural) {
    text += effect::structural_text(*structural, options.lang);
  }
  text.pop_back();  // print_line ends the last line
  print_line(text);
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
  word.add_option("--drug", given->drug,
                  "Without a table: the registry of --db, with this treatment");
  word.add_option("--comparator", given->comparator, "Another drug, as the column comparator");
  word.add_option("--bootstrap", given->bootstrap,
                  "Replicates, instead of the protocol's; 0 for robust standard errors")
      ->check(CLI::Range(0, 10000));
  program.on(word, [given](const Options& options) { return run_emulation(*given, options); });
  add_emulate_screen(program, word);
}

}  // namespace thaw::cli
