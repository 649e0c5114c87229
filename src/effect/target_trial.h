// A target trial of a treatment at time zero against none, emulated in one table of people.
//
// The table has one row a person who was eligible at time zero; who may stand in it, and when time
// zero is, its maker decides and says (registry/ does that). Confounding by the covariates is
// removed by weighting with the inverse probability of the treatment received: Hernan and Robins
// 2016, Am J Epidemiol 183:758; Robins, Hernan and Brumback 2000, Epidemiology 11:550; survival
// curves as Cole and Hernan 2004, Comput Methods Programs Biomed 75:45.
// It answers as a trial would only if the covariates hold all common causes of treatment and
// outcome, both arms could occur for everybody, and leaving follow-up is unrelated to the outcome
// within an arm. The effect is of starting, whatever followed (intention to treat).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/e_value.h"
#include "effect/estimate.h"
#include "table/table.h"

namespace thaw::effect {

/// Which columns play which part, and the choices of the analysis.
struct TargetTrialSpec {
  std::string treatment;   // boolean or 0/1: started at time zero
  std::string months;      // follow-up from time zero, months, above 0
  std::string event;       // boolean or 0/1: the event at the end of follow-up
  std::string covariates;  // terms at time zero, as model_matrix.h reads: "age + age^2 + site"
  std::string outcome;     // numeric column for the decline, may be missing; empty: none
  std::string outcome_unit = "points/month";
  double horizon_months = 24;  // where survival and mean survival time are compared
  /// Follow-up beyond this is cut off before anything is fitted; nothing: all of it is used.
  std::optional<double> follow_up_max_months;
  /// Propensities are held within [bound, 1 - bound] when weights are made; 0: as fitted.
  double propensity_bound = 0.01;
  /// Weight variance: false takes the weights as known, which is the usual and the cautious
  /// choice; true subtracts what estimating the propensity explains (needs its model to be right).
  bool weights_as_estimated = false;
};

/// One step of a weighted Kaplan-Meier curve.
struct CurvePoint {
  double month;
  double survival;  // probability
  double low;       // 95 %, complementary log-log, robust to the weights
  double high;
};

struct TargetTrialResult {
  std::size_t people;    // used: complete in treatment, months, event and covariates
  std::size_t excluded;  // rows left out for a missing value among these
  std::size_t treated;
  std::size_t untreated;
  std::size_t events;
  Estimate naive_hazard_ratio;   // Cox with treatment alone: confounded, for comparison only
  Estimate hazard_ratio;         // marginal: weighted Cox, robust variance
  Estimate survival_difference;  // probability of being event-free at the horizon, treated - not
  Estimate rmst_difference;      // mean months event-free up to the horizon, treated - not
  EValue e_value;                // of hazard_ratio; common event when over 15 % had it
  std::optional<Estimate> naive_outcome_difference;  // difference of means, treated - not
  std::optional<Estimate> outcome_difference;        // AIPW, treated - not
  std::string outcome_problem;  // why there is no outcome difference though one was asked for
  std::vector<CurvePoint> treated_curve;  // weighted, to the end of that arm's follow-up
  std::vector<CurvePoint> untreated_curve;
};

/// Runs the trial `spec` on `table`. The balance table, effective n, weights and overlap are the
/// diagnostics of `hazard_ratio`. The same table in any row order gives the same printed digits.
/// Fails: kNotFound for an absent column; kInvalidArgument for a column that does not fit its part
/// (the message says which row and value), for an arm without people or without an event, for
/// covariates that are constant or repeat each other, and for a horizon that an arm's follow-up
/// does not reach. A propensity model that does not settle (covariates that foretell treatment
/// exactly) sets `converged` false.
/// Cost: O(n p^2) for each of about ten passes, and two sorts.
Result<TargetTrialResult> emulate_target_trial(const Table& table, const TargetTrialSpec& spec);

}  // namespace thaw::effect
