#include "effect/emulate_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <cmath>
#include <cstring>

#include "base/digest.h"
#include "effect/emulation_words.h"

namespace thaw::effect {
namespace {

namespace json = boost::json;

json::object both(const BothTexts& texts) {
  return {{"en", texts.en}, {"zh", texts.zh}};
}

json::value finite(double value) {
  return std::isfinite(value) ? json::value(value) : json::value(nullptr);
}

json::object quantity_json(const Quantity& q, const AnalysisResult& analysis,
                           const EmulationSpec& spec) {
  json::object out{{"measure", measure_code(q.measure)},
                   {"words", both(measure_words(q.measure, spec))},
                   {"arm", analysis.arms[q.arm].name},
                   {"against", nullptr},
                   {"unit", measure_unit(q.measure, spec)},
                   {"estimate", nullptr},
                   {"se", nullptr},
                   {"ci_low", nullptr},
                   {"ci_high", nullptr},
                   {"se_scale", logarithm(q.measure) ? "log" : "estimate"},
                   {"n", analysis.arms[q.arm].began}};
  if (q.against) {
    out["against"] = analysis.arms[*q.against].name;
    out["n"] = analysis.arms[q.arm].began + analysis.arms[*q.against].began;
  }
  if (q.known) {
    out["estimate"] = finite(q.value);
    out["se"] = finite(q.se);
    out["ci_low"] = finite(q.low);
    out["ci_high"] = finite(q.high);
  }
  return out;
}

json::object month_json(const ArmMonth& month, bool value) {
  json::object out{{"month", month.month},
                   {"risk", month.risk},
                   {"risk_low", month.risk_low},
                   {"risk_high", month.risk_high},
                   {"free", month.free},
                   {"at_risk", month.at_risk},
                   {"weight_mean", month.weight_mean},
                   {"weight_max", month.weight_max},
                   {"effective_n", month.effective_n}};
  if (value) {
    out["value"] = month.value ? json::value(*month.value) : json::value(nullptr);
  }
  return out;
}

json::object arm_json(const ArmResult& arm, bool value) {
  json::array months;
  for (const ArmMonth& month : arm.months) {
    months.push_back(month_json(month, value));
  }
  return {{"name", arm.name},
          {"label", both(arm.label)},
          {"flow",
           {{"began", arm.began},
            {"departed", arm.departed},
            {"events", arm.events},
            {"competing", arm.competing},
            {"lost", arm.lost},
            {"data_ended", arm.ended},
            {"completed", arm.completed},
            {"events_by_horizon", arm.events_by_horizon}}},
          {"weights",
           {{"mean", arm.weight_mean},
            {"sd", arm.weight_sd},
            {"max", arm.weight_max},
            {"truncated", arm.truncated}}},
          {"curve", std::move(months)}};
}

json::object analysis_json(const AnalysisResult& analysis, const EmulationSpec& spec) {
  json::array arms;
  for (const ArmResult& arm : analysis.arms) {
    arms.push_back(arm_json(arm, spec.outcome != OutcomeKind::kEvent));
  }
  json::array quantities;
  for (const Quantity& q : analysis.quantities) {
    quantities.push_back(quantity_json(q, analysis, spec));
  }
  return {{"name", analysis.name}, {"estimates", std::move(quantities)}, {"arms", std::move(arms)}};
}

json::object model_json(const ModelResult& model) {
  json::array balance;
  for (const BalanceRow& row : model.balance) {
    balance.push_back(
        json::object{{"term", row.term}, {"before", row.before}, {"after", row.after}});
  }
  json::array coef;
  for (std::size_t i = 0; i < model.coef.size(); ++i) {
    coef.push_back(json::object{{"term", model.terms[i]}, {"log_odds", finite(model.coef[i])}});
  }
  return {{"of", model.purpose},
          {"person_months", model.rows},
          {"yes", model.yes},
          {"converged", model.converged},
          {"probability_min", model.probability_min},
          {"probability_max", model.probability_max},
          {"share_below_1_percent", model.rare_share},
          {"balance", std::move(balance)},
          {"coefficients", std::move(coef)}};
}

json::object flow_json(const EmulationResult& result) {
  const TrialFlow& flow = result.flow;
  return {{"people", flow.people},
          {"person_months", flow.person_months},
          {"never_eligible", flow.never_eligible},
          {"treated_before", flow.treated_before},
          {"covariate_unknown", flow.covariate_unknown},
          {"eligible", flow.enrolled},
          {"trials", flow.trials},
          {"treated_at_time_zero", flow.treated_at_zero},
          {"eligibility_undecided_person_months", flow.unknown_eligibility},
          {"covariates_carried_forward", result.carried}};
}

/// Bytes of one column that do not hang on how its levels are coded.
void add_column_bytes(const Column& column, const std::vector<std::size_t>& order, Sha256& hash) {
  hash.add(fmt::format("{}\n{}\n", column.name(), to_string(column.type())));
  const bool number = column.type() == ColumnType::kReal || column.type() == ColumnType::kInteger ||
                      column.type() == ColumnType::kBoolean;
  std::string bytes;
  const auto values =
      number ? column.numeric() : Result<std::vector<double>>(std::vector<double>());
  for (const std::size_t row : order) {
    if (number) {
      double value = column.missing(row) ? -0.0 : (*values)[row] + 0.0;
      bytes.append(reinterpret_cast<const char*>(&value), sizeof value);  // NOLINT
    } else if (column.type() == ColumnType::kCategory && !column.missing(row)) {
      bytes += column.levels()[static_cast<std::size_t>(column.codes()[row])];
    } else {
      bytes += column.cell_text(row);
    }
    bytes += column.missing(row) ? "?\n" : "\n";
    if (bytes.size() > (1U << 16U)) {
      hash.add(bytes);
      bytes.clear();
    }
  }
  hash.add(bytes);
}

}  // namespace

Result<std::string> emulation_hash(const Table& table, const EmulationSpec& spec) {
  THAW_TRY(std::vector<std::string> names, spec_columns(spec));
  std::ranges::sort(names);
  THAW_TRY(const std::vector<std::size_t> order, person_month_order(table, spec));
  Sha256 hash;
  for (const std::string& name : names) {
    if (const Column* column = table.find(name)) {
      add_column_bytes(*column, order, hash);
    }
  }
  return hash.hex();
}

json::object emulation_document(const EmulationResult& result, const EmulationSpec& spec,
                                std::string_view data_hash) {
  json::array cautions;
  for (const Caution& caution : result.cautions) {
    cautions.push_back(json::object{{"code", caution.code}, {"text", both(caution.text)}});
  }
  json::array protocol;
  for (const ProtocolRow& row : protocol_rows(spec)) {
    protocol.push_back(json::object{
        {"part", row.part}, {"target", both(row.target)}, {"emulation", both(row.emulation)}});
  }
  json::array analyses;
  for (const AnalysisResult& analysis : result.analyses) {
    analyses.push_back(analysis_json(analysis, spec));
  }
  json::array models;
  for (const ModelResult& model : result.models) {
    models.push_back(model_json(model));
  }
  json::object out{
      {"title", both(spec.title)},
      {"cautions", std::move(cautions)},
      {"protocol", std::move(protocol)},
      {"horizon_months", spec.horizon},
      {"reference", spec.strategies[spec.reference].name},
      {"flow", flow_json(result)},
      {"analyses", std::move(analyses)},
      {"e_value", nullptr},
      {"negative_control", nullptr},
      {"models", std::move(models)},
      {"weight_cap", nullptr},
      {"variance", result.replicates > 0 ? "bootstrap by person" : "robust by person"},
      {"bootstrap", {{"replicates", result.replicates}, {"failed", result.failed_replicates}}},
      {"seed", result.seed},
      {"data_hash", data_hash}};
  if (result.e_value) {
    out["e_value"] = json::object{
        {"of", "risk_ratio"}, {"value", result.e_value->value}, {"limit", result.e_value->limit}};
  }
  if (result.negative_control) {
    EmulationSpec event = spec;
    event.outcome = OutcomeKind::kEvent;
    out["negative_control"] = analysis_json(*result.negative_control, event);
  }
  if (result.weight_cap) {
    out["weight_cap"] = *result.weight_cap;
  }
  return out;
}

}  // namespace thaw::effect
