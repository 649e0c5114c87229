// One question about a treatment given once, to an estimate with everything that could be wrong.
//
// The door of thaw effect and of the web API: point_data reads the table, method estimates,
// sensitivity and refutation try to bring the estimate down, effect_checks judges, effect_json
// writes.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/estimate.h"
#include "effect/method.h"
#include "effect/refutation.h"
#include "effect/sensitivity.h"

namespace thaw::effect {

/// The same sentence in both languages.
struct Words {
  std::string en;
  std::string zh;
};

struct EffectRequest {
  PointQuestion question;
  Settings settings;
  std::vector<std::string> negative_outcomes;
  /// Refits of each refutation: -1 for as many as some seconds hold, 0 for none.
  int refutations = -1;
  bool side_by_side = true;
};

enum class CheckStatus { kFailed, kCaution, kPassed, kNotDone };
/// "failed", "caution", "passed", "not_done".
std::string_view to_string(CheckStatus status);

struct Check {
  std::string name;
  CheckStatus status;
  Words words;
};

/// What another method says of the same question.
struct SideBySide {
  std::string method;  // "crude" or to_string(Method)
  std::string estimand;
  std::optional<double> estimate, se, ci_low, ci_high;
  std::string failure;  // why there is none, or empty
};

/// Propensities of both arms in 20 bins of [0, 1], for a picture.
using ArmCounts = std::array<std::array<std::size_t, 20>, 2>;

struct Overlap {
  ArmCounts counts{};
  double extreme_share = 0;      // of people with a propensity below 0.02 or above 0.98
  double effective_treated = 0;  // people that the weighted arm is worth
  double effective_untreated = 0;
  double treated = 0, untreated = 0;  // people in each arm
  double largest_share = 0;           // of its arm's weight that one person carries
  std::string weights_of;             // the method whose weights these are
};

/// Ratios of the two risks, for an outcome of 0 and 1.
struct RiskRatios {
  double risk_treated, risk_untreated;
  Estimate risk_ratio, odds_ratio;
};

struct EffectAnswer {
  EffectRequest request;
  Words treatment_words;  // what is compared
  Words method_words;
  Estimate estimate;
  std::optional<double> se_model;
  std::optional<RiskRatios> ratios;
  std::optional<Overlap> overlap;  // nothing without a binary treatment and covariates
  std::optional<FirstStage> first_stage;
  std::vector<CovariateBalance> balance;
  bool balance_after = true;  // false: a treatment that is a number; `before` is a correlation
  std::optional<EValue> e_value;
  std::optional<PartialR2> partial_r2;
  std::optional<TippingPoint> tipping;
  std::optional<Refits> placebo, random_cause, subset;
  std::optional<NegativeControls> negative;
  std::optional<Calibrated> calibrated;
  std::vector<SideBySide> side_by_side;
  std::vector<Check> checks;  // failed first
  std::vector<Words> warnings;
  std::optional<Words> first;  // what to read before the number, where a check failed
  std::string data_hash;
  std::size_t excluded = 0;
  std::vector<Gap> gaps;
  double outcome_sd = 0;
  bool binary_outcome = false;
  bool binary_treatment = false;
  bool synthetic = false;  // the table says that its people do not exist
};

/// The answer to `request` from `table`.
/// Fails: as point_data and fit_method. What merely makes the answer doubtful is a check or
/// warning. The same request and rows give the same answer whatever the threads and the order of
/// rows.
Result<EffectAnswer> answer_effect(const Table& table, const EffectRequest& request);

/// The estimate of `fit` with its interval: Student's where the method has degrees of freedom, the
/// bootstrap's where `settings` ask for it.
Result<Estimate> estimate_of(const PointData& data, const Settings& settings, const MethodFit& fit);

}  // namespace thaw::effect
