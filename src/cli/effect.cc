#include <fmt/format.h>

#include <memory>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "effect/effect_answer.h"
#include "effect/effect_json.h"
#include "effect/effect_words.h"
#include "effect/r_script.h"
#include "registry/registry_data.h"
#include "table/csv.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string table, map, r_script;
  std::string method = "aipw", estimand = "ate", learner = "linear", metric = "mahalanobis";
  std::string se = "robust", instruments, negative;
  bool no_header = false, no_side_by_side = false, no_bias_adjustment = false;
  effect::EffectRequest request;
};

std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> names;
  for (const std::string_view part : split(text, ',')) {
    if (!trim(part).empty()) {
      names.emplace_back(trim(part));
    }
  }
  return names;
}

Result<effect::EffectRequest> request_of(const Arguments& given, const Options& options) {
  effect::EffectRequest request = given.request;
  effect::Settings& settings = request.settings;
  THAW_TRY(settings.method, effect::parse_method(given.method));
  THAW_TRY(settings.population, effect::parse_population(given.estimand));
  THAW_TRY(settings.learner, effect::parse_learner(given.learner));
  settings.metric = given.metric == "propensity" ? effect::MatchMetric::kPropensity
                                                 : effect::MatchMetric::kMahalanobis;
  settings.model_variance = given.se == "model";
  settings.bias_adjusted = !given.no_bias_adjustment;
  settings.seed = options.seed;
  settings.threads = options.threads;
  request.question.instruments = names_in(given.instruments);
  request.negative_outcomes = names_in(given.negative);
  request.side_by_side = !given.no_side_by_side;
  return request;
}

std::string line(double estimate, double low, double high, bool zh) {
  return fmt::format(fmt::runtime(zh ? "{:.5g}（95% 区间 {:.5g} 至 {:.5g}）"
                                     : "{:.5g} (95 % interval {:.5g} to {:.5g})"),
                     estimate, low, high);
}

void print_checks(const effect::EffectAnswer& answer, bool zh) {
  for (const effect::Check& check : answer.checks) {
    const char* status = "";
    switch (check.status) {
      case effect::CheckStatus::kFailed:
        status = zh ? "未通过" : "FAILED";
        break;
      case effect::CheckStatus::kCaution:
        status = zh ? "当心" : "caution";
        break;
      case effect::CheckStatus::kPassed:
        status = zh ? "通过" : "passed";
        break;
      case effect::CheckStatus::kNotDone:
        status = zh ? "不适用" : "not done";
        break;
    }
    print_line(
        fmt::format("  {}{}{}", status, zh ? "：" : ": ", zh ? check.words.zh : check.words.en));
  }
}

void print_answer(const effect::EffectAnswer& answer, bool zh) {
  const auto& e = answer.estimate;
  if (answer.first) {
    print_line(zh ? answer.first->zh : answer.first->en);
  }
  print_line(zh ? answer.treatment_words.zh : answer.treatment_words.en);
  print_line(fmt::format("{} {}", line(e.estimate, e.ci_low, e.ci_high, zh),
                         effect::unit_words(e.unit, zh)));
  print_line(fmt::format(fmt::runtime(zh ? "方法：{}；标准误 {:.5g}；{} 人"
                                         : "method: {}; standard error {:.5g}; {} people"),
                         zh ? answer.method_words.zh : answer.method_words.en, e.se, e.n));
  if (answer.ratios) {
    const auto& rr = answer.ratios->risk_ratio;
    print_line(fmt::format("{} {}", zh ? "风险比" : "risk ratio",
                           line(rr.estimate, rr.ci_low, rr.ci_high, zh)));
  }
  if (answer.calibrated) {
    const auto& c = *answer.calibrated;
    print_line(fmt::format("{} {}",
                           zh ? "按阴性对照校准后：" : "calibrated by the negative controls:",
                           line(c.estimate, c.ci_low, c.ci_high, zh)));
  }
  for (const effect::Words& warning : answer.warnings) {
    print_line(zh ? warning.zh : warning.en);
  }
  print_line(zh ? "检查：" : "Checks:");
  print_checks(answer, zh);
  if (!answer.side_by_side.empty()) {
    print_line(zh ? "各方法并列：" : "Methods side by side:");
  }
  for (const effect::SideBySide& side : answer.side_by_side) {
    print_line(fmt::format(
        "  {:<9}{:<5}{}", side.method, side.estimand,
        side.estimate ? line(*side.estimate, *side.ci_low, *side.ci_high, zh) : side.failure));
  }
}

Result<Done> run(const Arguments& given, const Options& options) {
  CsvOptions csv;
  if (!given.map.empty()) {
    THAW_TRY(const std::string map, read_file(given.map));
    THAW_TRY(csv, read_csv_map(map, given.map));
  }
  if (given.no_header) {
    csv.header = CsvHeader::kNone;
  }
  THAW_TRY(const effect::EffectRequest request, request_of(given, options));
  THAW_TRY(const Table table, read_csv_file(given.table, csv));
  THAW_TRY(const effect::EffectAnswer answer, effect::answer_effect(table, request));
  if (!given.r_script.empty()) {
    THAW_TRY(const std::string script, effect::r_script(table, request, given.table));
    THAW_CHECK(write_file(given.r_script, script));
    tell(fmt::format("wrote {}", given.r_script));
  }
  if (answer.synthetic) {
    tell(options.lang == "zh" ? registry::kBannerZh : registry::kBannerEn);
  }
  if (options.json) {
    print_document(effect::effect_document(answer));
  } else {
    print_answer(answer, options.lang == "zh");
  }
  return Done{};
}

void add_options(CLI::App& word, Arguments& given) {
  auto& q = given.request.question;
  auto& s = given.request.settings;
  word.add_option("table", given.table, "CSV file; docs/formats/csv.md")->required();
  word.add_option("--map", given.map, "Types, names and units of its columns (JSON)");
  word.add_flag("--no-header", given.no_header, "The first line is data: column_1, column_2, ...");
  word.add_option("--treatment", q.treatment, "Column of 0 and 1; ols, dml, iv: any number")
      ->required();
  word.add_option("--outcome", q.outcome, "Column of numbers, or of 0 and 1")->required();
  word.add_option("--adjust", q.adjust, "Terms: \"x + x^2 + factor(z) + log(u) + x:z\"");
  word.add_option("--method", given.method, "How it is estimated")
      ->check(CLI::IsMember({"ols", "gformula", "ipw", "match", "aipw", "tmle", "dml", "iv"}))
      ->capture_default_str();
  word.add_option("--estimand", given.estimand, "Averaged over all, the treated, the untreated")
      ->check(CLI::IsMember({"ate", "att", "atc"}))
      ->capture_default_str();
  word.add_option("--instrument", given.instruments, "iv: columns, separated by commas");
  word.add_option("--outcome-terms", q.outcome_terms,
                  "gformula: terms of the outcome model; with the treatment in them, one model");
  word.add_option("--learner", given.learner, "aipw, tmle, dml: how the models are learnt")
      ->check(CLI::IsMember({"linear", "lasso", "boosting", "forest"}))
      ->capture_default_str();
  word.add_option("--folds", s.folds, "Cross-fitting; 0: none for linear aipw and tmle, else 5")
      ->check(CLI::Range(0, 50))
      ->capture_default_str();
  word.add_option("--repeats", s.repeats, "dml: splits into folds, the median counts")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  word.add_option("--bootstrap", s.bootstrap, "Replicates for the interval; 0: influence function")
      ->check(CLI::Range(0, 100'000))
      ->capture_default_str();
  word.add_option("--se", given.se, "ols: robust (HC1), or one noise variance as R's lm")
      ->check(CLI::IsMember({"robust", "model"}))
      ->capture_default_str();
  word.add_option("--bound", s.bound, "Propensities are held within [BOUND, 1 - BOUND]")
      ->check(CLI::Range(0.0, 0.49))
      ->capture_default_str();
  word.add_flag("--stabilised", s.stabilised, "ipw: weights times the arm's share");
  word.add_option("--matches", s.matches, "match: neighbours for each person")
      ->check(CLI::Range(1, 50))
      ->capture_default_str();
  word.add_option("--metric", given.metric, "match: distance")
      ->check(CLI::IsMember({"mahalanobis", "propensity"}))
      ->capture_default_str();
  word.add_flag("--no-bias-adjustment", given.no_bias_adjustment,
                "match: no regression between neighbours");
  word.add_option("--cluster", q.cluster, "Column whose equal values belong together");
  word.add_option("--unit", q.unit, "Unit of the outcome");
  word.add_option("--negative-outcomes", given.negative,
                  "Columns that the treatment cannot change, separated by commas");
  word.add_option("--refutations", given.request.refutations,
                  "Refits of each refutation; -1: as many as some seconds hold")
      ->check(CLI::Range(-1, 10'000))
      ->capture_default_str();
  word.add_flag("--no-side-by-side", given.no_side_by_side, "The asked method alone");
  word.add_flag("--drop-missing-treatment", q.drop_missing_treatment,
                "Leave out rows without a treatment");
  word.add_option("--r-script", given.r_script, "Also write an R script with the same number");
}

}  // namespace

void add_effect(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& word =
      program.word("effect", "What a treatment given once does, and all that could be wrong");
  add_options(word, *given);
  program.on(word, [given](const Options& options) { return run(*given, options); });
}

}  // namespace thaw::cli
