// Survival from onset by the ENCALS prediction model, for generating people and for nothing else.
//
// Westeneng 2018, doi:10.1016/S1474-4422(18)30089-9, end point NIV > 23 h/day, tracheostomy or
// death. Coefficients as in two copies of a public script; the paper has not been checked against
// them, so no figure from here is shown to a person as a prognosis.
#pragma once

namespace thaw::registry {

/// What the model asks of a person. Flags are 0 or 1.
struct EncalsInput {
  double age_at_onset;            // years, > 0
  double points_lost_per_month;   // > -0.1
  double months_to_diagnosis;     // from onset, > 0
  double vital_capacity_percent;  // of predicted, > 0
  double bulbar;
  double definite;
  double ftd;
  double c9orf72;
};

/// The linear predictor: larger is shorter survival.
double encals_linear_predictor(const EncalsInput& input);

/// ln of the odds of an event by month `months` > 0 at a linear predictor of 0. Increasing.
double encals_baseline(double months);

/// The month at which encals_baseline is `value`; from a table, within 1e-6 relative.
double encals_baseline_inverse(double value);

/// Share without event at `months` > 0: 1 / (1 + exp(baseline + linear predictor)).
double encals_survival(double linear_predictor, double months);

/// Cumulative hazard at `months` >= 0, -ln of the survival, and the month at which it is `hazard`.
double encals_cumulative_hazard(double linear_predictor, double months);
double encals_months_at(double linear_predictor, double hazard);

}  // namespace thaw::registry
