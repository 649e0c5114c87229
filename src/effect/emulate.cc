#include "effect/emulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "effect/trial_comparison.h"
#include "effect/trial_report.h"

namespace thaw::effect {
namespace {

Result<Comparison> per_protocol(const Workbench& bench) {
  Comparison out;
  out.name = "per_protocol";
  for (const Strategy& strategy : bench.spec->strategies) {
    THAW_TRY(Arm arm, strategy_arm(bench.months, bench.trials, *bench.spec, strategy));
    out.arms.push_back(std::move(arm));
    out.names.push_back(strategy.name);
    out.labels.push_back(strategy.label);
  }
  out.event = bench.months.event;
  out.competing = bench.months.competing;
  out.quantities = asked_of(*bench.spec, out.arms.size(), bench.spec->reference);
  return out;
}

/// By the treatment in the month of time zero; untreated is the reference.
Result<Comparison> by_start(const Workbench& bench, std::string name, bool weighted) {
  Comparison out;
  out.name = std::move(name);
  THAW_TRY(Arm treated, baseline_arm(bench.months, bench.trials, *bench.spec, true, weighted));
  THAW_TRY(Arm untreated, baseline_arm(bench.months, bench.trials, *bench.spec, false, weighted));
  out.arms = {std::move(treated), std::move(untreated)};
  out.names = {"started", "not_started"};
  out.labels = {{"treated in the month of time zero", "零点当月用药"},
                {"not treated in the month of time zero", "零点当月未用药"}};
  out.event = bench.months.event;
  out.competing = bench.months.competing;
  out.quantities = asked_of(*bench.spec, 2, 1);
  return out;
}

/// The strategies again, with an event that treatment cannot cause; others end follow-up.
Result<Comparison> control_comparison(Workbench& bench) {
  THAW_TRY(const std::vector<double> marks,
           bench.months.table.numeric(bench.spec->negative_control));
  std::vector<std::uint8_t> control(marks.size());
  std::vector<std::uint8_t> ends(marks.size());
  for (std::size_t row = 0; row < marks.size(); ++row) {
    if (marks[row] != 0 && marks[row] != 1) {
      return invalid_argument(fmt::format("{}: {} is {}; it must be 0 or 1",
                                          bench.months.place(*bench.spec, row),
                                          bench.spec->negative_control, marks[row]));
    }
    control[row] = marks[row] == 1 ? 1 : 0;
    const int other = bench.months.event[row] | bench.months.competing[row];
    ends[row] = other != 0 && control[row] == 0 ? 1 : 0;
  }
  std::swap(bench.months.event, control);
  std::swap(bench.months.competing, ends);
  auto out = per_protocol(bench);
  std::swap(bench.months.event, control);
  std::swap(bench.months.competing, ends);
  if (out) {
    out->name = "negative_control";
    EmulationSpec event = *bench.spec;
    event.outcome = OutcomeKind::kEvent;
    out->quantities = asked_of(event, out->arms.size(), bench.spec->reference);
  }
  return out;
}

/// The weight at quantile `share` of all weights of the arms.
double weight_quantile(const Workbench& bench, const Comparison& comparison, double share) {
  std::vector<double> weights;
  const WeightWalk walk = bench.walk(comparison, bench.inverse, {});
  for (const Arm& arm : comparison.arms) {
    for (const Arm::Run& run : arm.runs) {
      double raw = 1;
      for (std::size_t k = 0; k < run.length; ++k) {
        weights.push_back(month_weight(walk, arm, run, k, raw));
      }
    }
  }
  const auto place = static_cast<std::size_t>(share * static_cast<double>(weights.size() - 1));
  std::ranges::nth_element(weights, weights.begin() + static_cast<std::ptrdiff_t>(place));
  return weights[place];
}

Result<Workbench> set_up(Table table, const EmulationSpec& spec, unsigned threads,
                         EmulationResult& result) {
  Workbench bench{.spec = &spec};
  THAW_TRY(TrialData data, trial_data(std::move(table), spec, result.flow));
  bench.months = std::move(data.months);
  bench.trials = std::move(data.trials);
  if (!spec.value.empty()) {
    THAW_TRY(bench.value, bench.months.table.numeric(spec.value));
  }
  THAW_TRY(Comparison first, per_protocol(bench));
  bench.comparisons.push_back(std::move(first));
  THAW_TRY(bench.models, trial_models(bench.months, bench.trials, spec));
  THAW_TRY(bench.fits, fit_models(bench.models, {}, nullptr, threads));
  inverse_probabilities(bench.models, bench.fits, bench.months.rows(), spec.probability_bound,
                        bench.inverse);
  if (spec.truncate < 1) {
    bench.cap = weight_quantile(bench, bench.comparisons.front(), spec.truncate);
  }
  return bench;
}

/// Why no contrast is known, as an error.
Error out_of_reach(const Workbench& bench, const AnalysisResult& analysis) {
  std::string reaches;
  for (const ArmResult& arm : analysis.arms) {
    reaches += fmt::format("{}\"{}\" {} months with {} events", reaches.empty() ? "" : ", ",
                           arm.name, arm.months.size() - 1, arm.events_by_horizon);
  }
  return invalid_argument(
      fmt::format("nothing can be compared at the horizon of {} months; followed by strategy: {}. "
                  "Choose an earlier horizon or wider strategies",
                  bench.spec->horizon, reaches));
}

void set_e_value(EmulationResult& result) {
  for (const Quantity& q : result.analyses.front().quantities) {
    if (q.measure == Measure::kLogRiskRatio && q.known) {
      const auto made = e_value({q.value, q.low, q.high}, RatioKind::kRiskRatio);
      if (made) {
        result.e_value = *made;
      }
      return;
    }
  }
}

}  // namespace

Result<EmulationResult> emulate(Table table, const EmulationSpec& spec,
                                const EmulationChoice& choice) {
  EmulationResult result;
  THAW_TRY(Workbench bench, set_up(std::move(table), spec, choice.threads, result));
  result.carried = bench.months.carried;
  result.dropout_recorded = !spec.dropout.empty();
  result.seed = choice.seed;
  if (bench.cap > 0) {
    result.weight_cap = bench.cap;
  }
  if (spec.intention_to_treat && result.flow.treated_at_zero > 0 &&
      result.flow.treated_at_zero < result.flow.trials) {
    for (const bool weighted : {true, false}) {
      auto made = by_start(bench, weighted ? "intention_to_treat" : "naive", weighted);
      if (made) {  // everybody of one arm may have left in month 0: then there is none
        bench.comparisons.push_back(std::move(*made));
      }
    }
  }
  if (!spec.negative_control.empty()) {
    THAW_TRY(Comparison control, control_comparison(bench));
    bench.comparisons.push_back(std::move(control));
  }
  for (Comparison& comparison : bench.comparisons) {
    estimate(bench, comparison);
  }
  result.replicates = choice.bootstrap.value_or(spec.bootstrap);
  if (result.replicates > 0) {
    result.failed_replicates = bootstrap_comparisons(bench, result.replicates, choice).failed;
  }
  for (const Comparison& comparison : bench.comparisons) {
    AnalysisResult made = report(bench, comparison);
    if (comparison.name == "negative_control") {
      result.negative_control = std::move(made);
    } else {
      result.analyses.push_back(std::move(made));
    }
  }
  const auto& quantities = result.analyses.front().quantities;
  if (std::ranges::none_of(quantities,
                           [](const Quantity& q) { return q.against.has_value() && q.known; })) {
    return out_of_reach(bench, result.analyses.front());
  }
  result.models = model_results(bench);
  set_e_value(result);
  result.cautions = cautions_of(result, spec);
  return result;
}

}  // namespace thaw::effect
