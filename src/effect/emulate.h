// A target trial over time, emulated in a long table: strategies that unfold month by month,
// compared as if everybody had followed each.
//
// Per protocol by cloning, censoring and weighting; intention to treat by weighting at time zero;
// both with inverse probability weights for leaving; naive without any weight, for comparison.
// Hernan and Robins 2016, Am J Epidemiol 183:758; sequential trials: Hernan et al. 2008,
// Epidemiology 19:766, Danaei et al. 2013, Stat Methods Med Res 22:70. Standard errors are robust
// and by person, weights as known (cautious: Robins, Hernan and Brumback 2000), or of the
// bootstrap by person with every model fitted anew.
// Check: emulate_test.cc (equality with the g-formula on saturated models, laws), tests/laws.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/e_value.h"
#include "effect/emulation_spec.h"
#include "effect/person_months.h"
#include "effect/trial_curve.h"

namespace thaw::effect {

/// A number of one arm or a contrast of two.
struct Quantity {
  Measure measure;
  std::size_t arm;                     // in the analysis
  std::optional<std::size_t> against;  // of contrasts
  bool known = false;                  // false: it cannot be had, and the rest is 0
  double value = 0;                    // ratios as ratios
  double se = 0;                       // of ratios: of the logarithm
  double low = 0;
  double high = 0;
};

/// One month of an arm's curve, with its people and weights.
struct ArmMonth {
  int month = 0;
  double risk = 0;  // by the start of the month
  double risk_low = 0;
  double risk_high = 0;
  double free = 1;
  std::optional<double> value;  // weighted mean of the outcome's number
  std::size_t at_risk = 0;      // trials in the month that begins here
  double weight_mean = 0;
  double weight_max = 0;
  double effective_n = 0;
};

struct ArmResult {
  std::string name;
  BothTexts label;
  std::size_t began = 0;
  std::size_t departed = 0;
  std::size_t events = 0;
  std::size_t competing = 0;
  std::size_t lost = 0;
  std::size_t ended = 0;
  std::size_t completed = 0;
  std::size_t events_by_horizon = 0;
  double weight_mean = 0;  // over the person-months of the arm
  double weight_sd = 0;
  double weight_max = 0;
  std::size_t truncated = 0;  // person-months whose weight was cut
  std::vector<ArmMonth> months;
};

struct AnalysisResult {
  std::string name;  // "per_protocol", "intention_to_treat", "naive"
  std::vector<ArmResult> arms;
  std::vector<Quantity> quantities;
};

/// Standardised mean difference of one term between those treated and not at one kind of decision.
struct BalanceRow {
  std::string term;
  double before = 0;
  double after = 0;
};

/// One model behind the weights.
struct ModelResult {
  std::string purpose;
  std::size_t rows = 0;
  std::size_t yes = 0;
  bool converged = true;
  int passes = 0;
  double probability_min = 0;
  double probability_max = 0;
  double rare_share = 0;  // of rows whose own outcome had a probability below 0.01
  std::vector<BalanceRow> balance;
  std::vector<std::string> terms;
  std::vector<double> coef;
};

/// A check that failed, in words.
struct Caution {
  std::string code;
  BothTexts text;
};

struct EmulationResult {
  TrialFlow flow;
  std::size_t carried = 0;
  bool dropout_recorded = false;
  std::optional<double> weight_cap;
  std::vector<ModelResult> models;
  std::vector<AnalysisResult> analyses;  // per protocol first
  std::optional<AnalysisResult> negative_control;
  std::optional<EValue> e_value;  // of the first contrast's risk or hazard ratio
  std::vector<Caution> cautions;
  int replicates = 0;
  int failed_replicates = 0;
  std::uint64_t seed = 0;
};

struct EmulationChoice {
  std::uint64_t seed = 1;
  unsigned threads = 1;
  std::optional<int> bootstrap;  // instead of the spec's
};

/// Emulates `spec` in `table`. The same rows in any order give the same bits; so do threads.
/// Fails: as read there: person_months, select_trials, trial_models, strategy_arm; kInvalidArgument
/// when no arm reaches the horizon. Cost: a few passes over the person-months, and as many again
/// a replicate.
Result<EmulationResult> emulate(Table table, const EmulationSpec& spec,
                                const EmulationChoice& choice);

}  // namespace thaw::effect
