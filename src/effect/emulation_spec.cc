#include "effect/emulation_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>

#include "effect/model_matrix.h"
#include "effect/spec_reader.h"

namespace thaw::effect {
namespace {

namespace json = boost::json;

constexpr int kMonthsMax = 600;
constexpr std::size_t kStrategiesMax = 20;
constexpr std::size_t kBytesMax = 1 << 20;

/// A text in quotes, or {"en": ..., "zh": ...}.
Result<BothTexts> both_texts(const SpecReader& spec, std::string_view key, std::string otherwise) {
  const auto* value = spec.find(key);
  if (value == nullptr || !value->is_object()) {
    THAW_TRY(const std::string one, spec.text(key, std::move(otherwise)));
    return BothTexts{one, one};
  }
  THAW_TRY(const SpecReader texts, spec.object(key));
  THAW_CHECK(texts.only({"en", "zh"}));
  THAW_TRY(const std::string en, texts.text("en", std::nullopt));
  THAW_TRY(const std::string zh, texts.text("zh", en));
  return BothTexts{en, zh};
}

Result<std::optional<RowCondition>> condition(const SpecReader& spec, std::string_view key) {
  if (!spec.has(key)) {
    return std::optional<RowCondition>();
  }
  THAW_TRY(const std::string text, spec.text(key, std::nullopt));
  auto read = RowCondition::parse(text);
  if (!read) {
    return spec.wrong(key, read.error().message);
  }
  return std::optional<RowCondition>(*read);
}

/// Terms that a model can be made of; the columns are looked up later.
Result<std::string> terms(const SpecReader& spec, std::string_view key,
                          std::optional<std::string> otherwise) {
  THAW_TRY(std::string text, spec.text(key, std::move(otherwise)));
  const auto columns = term_columns(text);
  if (!columns) {
    return spec.wrong(key, columns.error().message);
  }
  return text;
}

Result<Strategy> read_strategy(const SpecReader& spec) {
  THAW_CHECK(
      spec.only({"name", "label", "kind", "within_months", "when", "after_start", "stop_when"}));
  Strategy strategy;
  THAW_TRY(strategy.name, spec.text("name", std::nullopt));
  if (strategy.name.empty()) {
    return spec.wrong("name", "write a short name");
  }
  THAW_TRY(strategy.label, both_texts(spec, "label", strategy.name));
  THAW_TRY(const std::size_t kind,
           spec.choice("kind", std::nullopt, {"always", "never", "initiate", "start_when"}));
  const bool always = kind == 0;
  const bool never = kind == 1;
  const bool triggered = kind == 3;
  strategy.starts = !never;
  if ((always || never) && spec.has("within_months")) {
    return spec.wrong("within_months", "only \"initiate\" and \"start_when\" have a grace period");
  }
  if (triggered != spec.has("when")) {
    return spec.wrong("when", "\"start_when\" needs a condition here, and no other kind has one");
  }
  if (never && (spec.has("stop_when") || spec.has("after_start"))) {
    return spec.wrong("kind", "\"never\" has nothing to stop or to follow a start");
  }
  THAW_TRY(strategy.within_months, spec.whole("within_months", 1, 1, kMonthsMax));
  THAW_TRY(strategy.start_when, condition(spec, "when"));
  THAW_TRY(strategy.stop_when, condition(spec, "stop_when"));
  THAW_TRY(const std::size_t after, spec.choice("after_start", 0, {"stay", "free"}));
  strategy.stay = after == 0;
  if (always && !strategy.stay) {
    return spec.wrong("after_start", "\"always\" stays; write \"initiate\" for a start alone");
  }
  return strategy;
}

Result<Done> read_strategies(const SpecReader& root, EmulationSpec& out) {
  THAW_TRY(const auto listed, root.objects("strategies", kStrategiesMax));
  for (const SpecReader& one : listed) {
    THAW_TRY(Strategy strategy, read_strategy(one));
    for (const Strategy& other : out.strategies) {
      if (other.name == strategy.name) {
        return one.wrong("name", fmt::format("\"{}\" is given twice", strategy.name));
      }
    }
    out.strategies.push_back(std::move(strategy));
  }
  if (out.strategies.size() < 2) {
    return root.wrong("strategies", "write at least two, or there is nothing to compare");
  }
  THAW_TRY(const std::string reference, root.text("reference", out.strategies.front().name));
  const auto found = std::ranges::find(out.strategies, reference, &Strategy::name);
  if (found == out.strategies.end()) {
    return root.wrong("reference", fmt::format("\"{}\" is no strategy above", reference));
  }
  out.reference = static_cast<std::size_t>(found - out.strategies.begin());
  return Done{};
}

Result<Done> read_columns(const SpecReader& root, EmulationSpec& out) {
  if (!root.has("columns")) {
    return Done{};
  }
  THAW_TRY(const SpecReader columns, root.object("columns"));
  THAW_CHECK(columns.only({"id", "month", "treatment"}));
  THAW_TRY(out.id, columns.text("id", out.id));
  THAW_TRY(out.month, columns.text("month", out.month));
  THAW_TRY(out.treatment, columns.text("treatment", out.treatment));
  return Done{};
}

Result<Done> read_assignment(const SpecReader& root, EmulationSpec& out) {
  THAW_TRY(const SpecReader assignment, root.object("assignment"));
  THAW_CHECK(assignment.only({"confounders", "time_varying", "time"}));
  THAW_TRY(out.confounders, terms(assignment, "confounders", std::nullopt));
  THAW_TRY(out.time_varying, terms(assignment, "time_varying", out.confounders));
  THAW_TRY(out.time_terms, terms(assignment, "time", out.time_terms));
  THAW_TRY(const SpecReader follow_up, root.object("follow_up"));
  THAW_CHECK(follow_up.only({"months", "dropout", "dropout_model"}));
  THAW_TRY(out.months, follow_up.whole("months", std::nullopt, 1, kMonthsMax));
  THAW_TRY(out.dropout, follow_up.text("dropout", ""));
  THAW_TRY(out.dropout_terms, terms(follow_up, "dropout_model", out.time_varying));
  if (out.dropout.empty() && follow_up.has("dropout_model")) {
    return follow_up.wrong("dropout_model", "there is no column in \"dropout\" to model");
  }
  return Done{};
}

Result<Done> read_outcome(const SpecReader& root, EmulationSpec& out) {
  THAW_TRY(const SpecReader outcome, root.object("outcome"));
  THAW_CHECK(outcome.only({"kind", "event", "competing", "competing_as", "column", "unit"}));
  THAW_TRY(const std::size_t kind, outcome.choice("kind", 0, {"event", "value", "slope"}));
  out.outcome = static_cast<OutcomeKind>(kind);
  if (out.outcome == OutcomeKind::kEvent) {
    THAW_TRY(out.event, outcome.text("event", std::nullopt));
  } else {
    THAW_TRY(out.event, outcome.text("event", ""));
    THAW_TRY(out.value, outcome.text("column", std::nullopt));
    THAW_TRY(out.unit, outcome.text("unit", "units"));
  }
  if (out.outcome == OutcomeKind::kEvent && (outcome.has("column") || outcome.has("unit"))) {
    return outcome.wrong("column", "an event has neither column nor unit; write \"event\"");
  }
  THAW_TRY(out.competing, outcome.text("competing", ""));
  THAW_TRY(const std::size_t as,
           outcome.choice("competing_as", 0, {"competing_risk", "censor", "composite"}));
  out.competing_as = static_cast<Competing>(as);
  if (out.competing.empty() && outcome.has("competing_as")) {
    return outcome.wrong("competing_as", "there is no column in \"competing\"");
  }
  THAW_TRY(out.horizon, root.whole("horizon_months", out.months, 1, kMonthsMax));
  if (out.horizon > out.months) {
    return root.wrong("horizon_months", fmt::format("{} lies beyond the follow-up of {} months",
                                                    out.horizon, out.months));
  }
  return Done{};
}

Result<Done> read_analysis(const SpecReader& root, EmulationSpec& out) {
  if (root.has("analysis")) {
    THAW_TRY(const SpecReader analysis, root.object("analysis"));
    THAW_CHECK(analysis.only({"intention_to_treat", "truncate_weights", "probability_bound",
                              "bootstrap", "missing_covariates"}));
    THAW_TRY(out.intention_to_treat, analysis.flag("intention_to_treat", true));
    THAW_TRY(out.truncate, analysis.number("truncate_weights", 1, 0.5, 1));
    THAW_TRY(out.probability_bound, analysis.number("probability_bound", 0, 0, 0.25));
    THAW_TRY(out.bootstrap, analysis.whole("bootstrap", 0, 0, 10000));
    THAW_TRY(const std::size_t missing,
             analysis.choice("missing_covariates", 0, {"refuse", "carry_forward"}));
    out.missing = static_cast<MissingCovariate>(missing);
  }
  if (root.has("negative_control")) {
    THAW_TRY(const SpecReader control, root.object("negative_control"));
    THAW_CHECK(control.only({"event"}));
    THAW_TRY(out.negative_control, control.text("event", std::nullopt));
  }
  return Done{};
}

Result<SimulatedCovariate> read_covariate(const SpecReader& spec) {
  THAW_CHECK(spec.only({"column", "kind", "terms"}));
  SimulatedCovariate covariate;
  THAW_TRY(covariate.column, spec.text("column", std::nullopt));
  THAW_TRY(const std::size_t kind, spec.choice("kind", 0, {"number", "binary"}));
  covariate.kind = static_cast<SimulatedCovariate::Kind>(kind);
  THAW_TRY(covariate.terms, terms(spec, "terms", std::nullopt));
  return covariate;
}

Result<Done> read_models(const SpecReader& root, EmulationSpec& out) {
  if (root.has("g_formula")) {
    THAW_TRY(const SpecReader part, root.object("g_formula"));
    THAW_CHECK(part.only({"covariates", "treatment_model", "outcome_model", "simulations"}));
    GFormulaPart made;
    THAW_TRY(const auto covariates, part.objects("covariates", 30));
    for (const SpecReader& one : covariates) {
      THAW_TRY(SimulatedCovariate covariate, read_covariate(one));
      made.covariates.push_back(std::move(covariate));
    }
    THAW_TRY(made.treatment_terms, terms(part, "treatment_model", out.time_varying));
    THAW_TRY(made.outcome_terms, terms(part, "outcome_model", std::nullopt));
    THAW_TRY(made.simulations, part.whole("simulations", 10000, 0, 10000000));
    out.g_formula = std::move(made);
  }
  if (root.has("ltmle")) {
    THAW_TRY(const SpecReader part, root.object("ltmle"));
    THAW_CHECK(part.only({"outcome_model"}));
    LtmlePart made;
    THAW_TRY(made.outcome_terms, terms(part, "outcome_model", std::nullopt));
    out.ltmle = std::move(made);
  }
  if (root.has("structural_model")) {
    THAW_TRY(const SpecReader part, root.object("structural_model"));
    THAW_CHECK(part.only({"terms", "numerator"}));
    StructuralPart made;
    THAW_TRY(made.terms, terms(part, "terms", std::nullopt));
    THAW_TRY(made.numerator, terms(part, "numerator", "1"));
    out.structural = std::move(made);
  }
  return Done{};
}

Result<EmulationSpec> read_root(const SpecReader& root) {
  THAW_CHECK(root.only({"title", "columns", "eligibility", "new_users", "time_zero", "strategies",
                        "reference", "assignment", "follow_up", "outcome", "horizon_months",
                        "analysis", "negative_control", "g_formula", "ltmle", "structural_model"}));
  EmulationSpec out;
  THAW_TRY(out.title, both_texts(root, "title", ""));
  THAW_CHECK(read_columns(root, out));
  THAW_TRY(out.eligibility, condition(root, "eligibility"));
  THAW_TRY(out.new_users, root.flag("new_users", true));
  THAW_TRY(const std::size_t zero,
           root.choice("time_zero", 0, {"first_eligible", "every_eligible_month"}));
  out.time_zero = static_cast<TimeZero>(zero);
  THAW_CHECK(read_strategies(root, out));
  THAW_CHECK(read_assignment(root, out));
  THAW_CHECK(read_outcome(root, out));
  THAW_CHECK(read_analysis(root, out));
  THAW_CHECK(read_models(root, out));
  return out;
}

}  // namespace

Result<EmulationSpec> read_emulation_spec(std::string_view bytes, std::string_view source_name) {
  if (bytes.size() > kBytesMax) {
    return invalid_argument(
        fmt::format("{}: {} bytes are too many for a protocol", source_name, bytes.size()));
  }
  boost::system::error_code error;
  const json::value root = json::parse(bytes, error);
  if (error) {
    return invalid_argument(fmt::format("{}: not JSON: {}", source_name, error.message()));
  }
  if (!root.is_object()) {
    return invalid_argument(
        fmt::format("{}: a protocol is an object, {{\"strategies\": [...], ...}}", source_name));
  }
  auto spec = read_root(SpecReader(root.get_object(), ""));
  if (!spec) {
    return invalid_argument(fmt::format("{}: {}", source_name, spec.error().message));
  }
  return spec;
}

Result<std::vector<std::string>> spec_columns(const EmulationSpec& spec) {
  std::vector<std::string> names{spec.id, spec.month, spec.treatment};
  const auto add_condition = [&](const std::optional<RowCondition>& condition) {
    if (condition) {
      const auto own = condition->columns();
      names.insert(names.end(), own.begin(), own.end());
    }
  };
  add_condition(spec.eligibility);
  for (const Strategy& strategy : spec.strategies) {
    add_condition(strategy.start_when);
    add_condition(strategy.stop_when);
  }
  std::vector<std::string> models{spec.confounders, spec.time_varying, spec.time_terms};
  if (!spec.dropout.empty()) {
    models.push_back(spec.dropout_terms);
  }
  if (spec.g_formula) {
    models.push_back(spec.g_formula->treatment_terms);
    models.push_back(spec.g_formula->outcome_terms);
    for (const SimulatedCovariate& covariate : spec.g_formula->covariates) {
      names.push_back(covariate.column);
      models.push_back(covariate.terms);
    }
  }
  if (spec.ltmle) {
    models.push_back(spec.ltmle->outcome_terms);
  }
  if (spec.structural) {
    models.push_back(spec.structural->terms);
    models.push_back(spec.structural->numerator);
  }
  for (const std::string& model : models) {
    THAW_TRY(const auto own, term_columns(model));
    names.insert(names.end(), own.begin(), own.end());
  }
  for (const std::string& name :
       {spec.dropout, spec.event, spec.competing, spec.value, spec.negative_control}) {
    if (!name.empty()) {
      names.push_back(name);
    }
  }
  std::vector<std::string> distinct;
  for (const std::string& name : names) {
    if (std::ranges::find(distinct, name) == distinct.end()) {
      distinct.push_back(name);
    }
  }
  return distinct;
}

}  // namespace thaw::effect
