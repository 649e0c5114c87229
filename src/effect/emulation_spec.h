// The protocol of a target trial over time, as docs/formats/target_trial.md writes it in JSON.
//
// Method: Hernan and Robins 2016, Am J Epidemiol 183:758 (the parts of a protocol); strategies with
// grace periods: Cain et al. 2010, Int J Biostat 6(2):18. Check: emulation_spec_test.cc; fuzzed by
// tests/fuzz/trial_spec_fuzz.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "effect/row_condition.h"

namespace thaw::effect {

/// A text in both languages; one given alone stands for both.
struct BothTexts {
  std::string en;
  std::string zh;
};

/// When treatment must start, must go on and must end, month by month.
struct Strategy {
  std::string name;  // short, unique in the spec
  BothTexts label;
  bool starts = true;                      // false: never treated
  std::optional<RowCondition> start_when;  // nothing: from time zero on
  int within_months = 1;  // the start falls in one of this many months, counted from the trigger
  bool stay = true;       // once started go on; false: whatever follows is allowed
  std::optional<RowCondition> stop_when;  // from the first such month on treated no more
};

enum class TimeZero { kFirstEligible, kEveryEligible };
enum class OutcomeKind {
  kEvent,  // months to an event: risk at the horizon, mean months without it, hazard ratio
  kValue,  // mean of a number at a month, among those alive then
  kSlope   // straight line through the mean of a number, month 0 to a month
};
/// What an event that precludes the outcome does.
enum class Competing {
  kCompetingRisk,  // it ends follow-up, and the risk counts it as without the outcome for good
  kCensor,         // as if it could be prevented and those who had it were like the others
  kComposite       // it counts as the outcome
};
enum class MissingCovariate { kRefuse, kCarryForward };

/// A covariate that the g-formula simulates from month to month.
struct SimulatedCovariate {
  enum class Kind { kNumber, kBinary };
  std::string column;
  Kind kind = Kind::kNumber;
  std::string terms;
};

/// The models of the parametric g-formula.
struct GFormulaPart {
  std::vector<SimulatedCovariate> covariates;  // in the order in which a month makes them
  std::string treatment_terms;                 // of the natural course; "" = the time-varying ones
  std::string outcome_terms;                   // with the treatment among them
  int simulations = 10000;
};

/// The models of longitudinal TMLE.
struct LtmlePart {
  std::string outcome_terms;  // of each month's regression, with the treatment among them
};

/// A marginal structural model of the event's monthly odds.
struct StructuralPart {
  std::string terms;      // of the model: treatment, time, and what was known at time zero
  std::string numerator;  // of the stabilising probabilities: what was known at time zero
};

struct EmulationSpec {
  BothTexts title;
  std::string id = "person";
  std::string month = "month";
  std::string treatment = "treatment";
  std::optional<RowCondition> eligibility;  // nothing: every row
  bool new_users = true;                    // treated in no earlier month of the table
  TimeZero time_zero = TimeZero::kFirstEligible;
  std::vector<Strategy> strategies;  // at least two
  std::size_t reference = 0;         // the strategy that the others are compared with
  std::string confounders;           // terms at time zero
  std::string time_varying;          // terms of each later month
  std::string time_terms = "since_zero + since_zero^2";  // of every later month's models
  int months = 0;                                        // the longest follow-up
  std::string dropout;  // column, 1 in the month in which a person was lost; "" = none recorded
  std::string dropout_terms;
  OutcomeKind outcome = OutcomeKind::kEvent;
  std::string event;
  std::string competing;
  Competing competing_as = Competing::kCompetingRisk;
  std::string value;  // column of kValue and kSlope
  std::string unit;
  int horizon = 0;  // month of the contrasts, at most `months`
  bool intention_to_treat = true;
  double truncate = 1;           // weights above this quantile are set to it; 1: none
  double probability_bound = 0;  // probabilities are held within [bound, 1 - bound]
  int bootstrap = 0;             // replicates; 0: robust standard errors, weights as known
  MissingCovariate missing = MissingCovariate::kRefuse;
  std::string negative_control;  // an event that treatment cannot cause
  std::optional<GFormulaPart> g_formula;
  std::optional<LtmlePart> ltmle;
  std::optional<StructuralPart> structural;
};

/// Reads a spec. kInvalidArgument names `source_name`, the path of keys and what is allowed there;
/// an unknown key is an error. Every condition is read, every condition's columns are not yet
/// looked up.
Result<EmulationSpec> read_emulation_spec(std::string_view json, std::string_view source_name);

/// Columns that the protocol uses, each once, those that add_history() derives among them.
Result<std::vector<std::string>> spec_columns(const EmulationSpec& spec);

}  // namespace thaw::effect
