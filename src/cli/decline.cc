#include <boost/json.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/output.h"
#include "effect/decline.h"
#include "table/csv.h"

namespace thaw::cli {
namespace {

struct SlopeArguments {
  std::string table;
  std::string random = "slope";
  std::string method = "reml";
  effect::SlopeRequest request;
};

Result<Done> run_slope(const SlopeArguments& given, const Options& options) {
  effect::SlopeRequest request = given.request;
  request.random_slope = given.random == "slope";
  request.restricted = given.method == "reml";
  THAW_TRY(const Table table, read_csv_file(given.table));
  THAW_TRY(const effect::SlopeResult result, effect::estimate_slopes(table, request));
  if (options.json) {
    print_document(effect::slope_json(result));
  } else {
    print_line(effect::slope_text(result, options.lang));
  }
  return Done{};
}

struct JointArguments {
  std::string table, event_table;
  std::string link = "value";
  effect::JointRequest request;
};

Result<Done> run_joint(const JointArguments& given, const Options& options) {
  effect::JointRequest request = given.request;
  request.options.link = given.link == "value"   ? stats::JointLink::kValue
                         : given.link == "slope" ? stats::JointLink::kSlope
                                                 : stats::JointLink::kBoth;
  request.options.threads = options.threads;
  THAW_TRY(const Table visits, read_csv_file(given.table));
  std::optional<Table> people;
  if (!given.event_table.empty()) {
    THAW_TRY(people, read_csv_file(given.event_table));
  }
  THAW_TRY(const effect::JointResult result,
           effect::estimate_joint(visits, people ? &*people : nullptr, request));
  if (options.json) {
    print_document(effect::joint_json(result));
  } else {
    print_line(effect::joint_text(result, options.lang));
  }
  return Done{};
}

}  // namespace

void add_slope(Program& program) {
  auto given = std::make_shared<SlopeArguments>();
  CLI::App& verb = program.word("slope", "How an outcome changes over time, by a mixed model");
  verb.add_option("table", given->table, "CSV with one visit a row")->required();
  verb.add_option("--id", given->request.id, "Column of the person")->required();
  verb.add_option("--time", given->request.time, "Column of the time")->required();
  verb.add_option("--outcome", given->request.outcome, "Column of the outcome")->required();
  verb.add_option("--model", given->request.model,
                  "Terms, such as \"arm*time + age\"; the time alone if not given");
  verb.add_option("--random", given->random, "What differs between people: intercept or slope")
      ->check(CLI::IsMember({"intercept", "slope"}))
      ->capture_default_str();
  verb.add_option("--method", given->method, "reml or ml")
      ->check(CLI::IsMember({"reml", "ml"}))
      ->capture_default_str();
  verb.add_flag("--normal", given->request.normal, "Normal tests in place of Satterthwaite's");
  program.on(verb, [given](const Options& options) { return run_slope(*given, options); });
}

void add_joint(Program& program) {
  auto given = std::make_shared<JointArguments>();
  CLI::App& verb = program.word("joint", "Decline and death together, by a joint model");
  verb.add_option("table", given->table, "CSV with one visit a row")->required();
  verb.add_option("--id", given->request.id, "Column of the person")->required();
  verb.add_option("--time", given->request.time, "Column of the time, 0 at entry")->required();
  verb.add_option("--outcome", given->request.outcome, "Column of the outcome")->required();
  verb.add_option("--event-table", given->event_table,
                  "CSV with one person a row; the visits' own columns if not given");
  verb.add_option("--event-time", given->request.event_time, "Column of the end of follow-up")
      ->required();
  verb.add_option("--event", given->request.event, "Column: 1 where the end was the event")
      ->required();
  verb.add_option("--level-model", given->request.level_model,
                  "Terms of the level at entry, such as \"arm + age\"");
  verb.add_option("--slope-model", given->request.slope_model, "Terms of the slope");
  verb.add_option("--event-model", given->request.hazard_model, "Terms of the hazard");
  verb.add_option("--link", given->link, "What drives the hazard: value, slope or both")
      ->check(CLI::IsMember({"value", "slope", "both"}))
      ->capture_default_str();
  verb.add_option("--pieces", given->request.options.pieces, "Pieces of the baseline hazard")
      ->check(CLI::Range(1, 20))
      ->capture_default_str();
  verb.add_option("--nodes", given->request.options.nodes, "Nodes of the quadrature, a dimension")
      ->check(CLI::Range(3, 25))
      ->capture_default_str();
  program.on(verb, [given](const Options& options) { return run_joint(*given, options); });
}

}  // namespace thaw::cli
