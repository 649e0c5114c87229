#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "effect/survival_json.h"
#include "effect/survival_r_script.h"
#include "table/csv.h"

namespace thaw::cli {
namespace {

using effect::SurvivalKind;
using effect::SurvivalRequest;

struct Arguments {
  std::string table, map, r_script;
  SurvivalRequest request;
};

Result<Done> run(const Arguments& given, const Options& options) {
  CsvOptions csv;
  if (!given.map.empty()) {
    THAW_TRY(const std::string map, read_file(given.map));
    THAW_TRY(csv, read_csv_map(map, given.map));
  }
  THAW_TRY(const Table table, read_csv_file(given.table, csv));
  THAW_TRY(const auto document, effect::survival_document(table, given.request));
  if (!given.r_script.empty()) {
    THAW_TRY(const std::string script, effect::survival_r_script(table, given.request));
    THAW_CHECK(write_file(given.r_script, script));
  }
  if (options.json) {
    print_document(document);
  } else {
    print_line(effect::survival_text(document, options.lang));
  }
  return Done{};
}

void add_common(CLI::App& verb, Arguments& given) {
  SurvivalRequest& request = given.request;
  verb.add_option("table", given.table, "CSV, one row a person or a stretch of a person's time")
      ->required();
  verb.add_option("--map", given.map, "Types and missing codes of the table's columns, JSON");
  verb.add_option("--time", request.time, "Column of times to the event or the end of follow-up")
      ->required();
  verb.add_option("--event", request.event,
                  "Column, 0 or 1 or kinds of events, or a condition such as \"status == 2\"")
      ->required();
  verb.add_option("--cause", request.cause, "The level of the event column that is the event");
  verb.add_option("--competing", request.competing,
                  "Condition: another event that ends the chance of this one");
  verb.add_option("--r-script", given.r_script, "Also write an R script that repeats the analysis");
}

void add_curves(CLI::App& verb, SurvivalRequest& request) {
  verb.add_option("--start", request.start, "Column: time from which a row is at risk");
  verb.add_option("--group", request.group, "Column: one curve for each value");
  verb.add_option("--weights", request.weights, "Column of sampling or probability weights");
}

void add_interval(CLI::App& verb, SurvivalRequest& request) {
  verb.add_option("--times", request.times, "Times at which curves are read, such as 12,24,60")
      ->delimiter(',');
  verb.add_option("--interval", request.interval, "Scale of the 95 % interval")
      ->check(CLI::IsMember({"loglog", "log", "plain"}))
      ->capture_default_str();
}

void add_fit(CLI::App& verb, SurvivalRequest& request, bool required) {
  CLI::Option* model =
      verb.add_option("--model", request.model, "Terms, such as \"age + log(bili) + sex*stage\"");
  model->required(required);
}

void add_ties(CLI::App& verb, SurvivalRequest& request) {
  verb.add_option("--ties", request.ties, "How events at one time are taken")
      ->check(CLI::IsMember({"efron", "breslow", "exact"}))
      ->capture_default_str();
}

void add_own(CLI::App& verb, SurvivalRequest& request) {
  switch (request.kind) {
    case SurvivalKind::kKaplanMeier:
      add_curves(verb, request);
      add_interval(verb, request);
      return;
    case SurvivalKind::kAalenJohansen:
      add_curves(verb, request);
      add_interval(verb, request);
      verb.add_option("--censored", request.censored, "The level that is no event");
      return;
    case SurvivalKind::kRmst:
      add_curves(verb, request);
      verb.add_option("--horizon", request.horizon, "Time up to which the mean is taken");
      return;
    case SurvivalKind::kLogRank:
      add_curves(verb, request);
      verb.add_option("--strata", request.strata,
                      "Columns within whose values groups are compared");
      verb.add_option("--rho", request.rho, "0 log-rank, 1 Peto and Peto")->capture_default_str();
      return;
    case SurvivalKind::kCox:
      add_fit(verb, request, true);
      add_ties(verb, request);
      verb.add_option("--start", request.start, "Column: time from which a row is at risk");
      verb.add_option("--strata", request.strata, "Columns, each value with its own hazard");
      verb.add_option("--weights", request.weights, "Column of sampling or probability weights");
      verb.add_option("--cluster", request.cluster, "Column: rows of one value are one person");
      verb.add_flag("--robust", request.robust, "Robust standard errors");
      verb.add_option("--transform", request.transform,
                      "Of time, in the test of proportional hazards")
          ->check(CLI::IsMember({"km", "log", "identity"}))
          ->capture_default_str();
      verb.add_flag("--residuals", request.residuals,
                    "Scaled Schoenfeld residuals in the document");
      return;
    case SurvivalKind::kFineGray:
      add_fit(verb, request, true);
      add_ties(verb, request);
      verb.add_option("--censored", request.censored, "The level that is no event");
      verb.add_option("--convention", request.convention,
                      "Ties and censoring as R's survival or cmprsk have them")
          ->check(CLI::IsMember({"survival", "cmprsk"}))
          ->capture_default_str();
      return;
    case SurvivalKind::kAft:
      add_fit(verb, request, false);
      verb.add_option("--dist", request.dist, "Law of the times")
          ->check(CLI::IsMember({"weibull", "exponential", "lognormal", "loglogistic"}))
          ->capture_default_str();
      verb.add_option("--weights", request.weights, "Column of sampling or probability weights");
      verb.add_option("--cluster", request.cluster, "Column: rows of one value are one person");
      verb.add_flag("--robust", request.robust, "Robust standard errors");
      return;
  }
}

}  // namespace

void add_survival(Program& program) {
  const std::pair<SurvivalKind, const char*> kVerbs[] = {
      {SurvivalKind::kKaplanMeier, "Kaplan-Meier curves: the share still free of the event"},
      {SurvivalKind::kLogRank, "Log-rank test: do groups have the event at different rates?"},
      {SurvivalKind::kCox, "Cox regression: what multiplies the rate of the event"},
      {SurvivalKind::kFineGray,
       "Fine and Gray: what moves the share that will have one of several events"},
      {SurvivalKind::kAalenJohansen, "Aalen-Johansen curves: the share that has had each event"},
      {SurvivalKind::kAft, "Accelerated failure time: what stretches time to the event"},
      {SurvivalKind::kRmst, "Restricted mean: time free of the event up to a horizon"}};
  for (const auto& [kind, help] : kVerbs) {
    auto given = std::make_shared<Arguments>();
    given->request.kind = kind;
    CLI::App& verb = program.verb("survival", std::string(effect::to_string(kind)), help);
    add_common(verb, *given);
    add_own(verb, given->request);
    program.on(verb, [given](const Options& options) { return run(*given, options); });
  }
}

}  // namespace thaw::cli
