// Every number that the generator of synthetic people uses, per population.
//
// Sources of each figure, and which are assumptions: docs/methods/synthetic_registry.md.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "registry/synthesize.h"

namespace thaw::registry {

/// Share of people with a pathogenic variant of a gene.
struct GeneShare {
  std::string_view symbol;
  double familial;
  double sporadic;
};

struct DrugPlan {
  std::string_view name;
  std::string_view concept_id;
  double hazard_ratio;  // of each person, from the start on
  double slope_factor;  // multiplies the person's slope from the start on
  double share;         // of people who have started it by their entry
};

/// Litres of a healthy person: height (m) and age (years) times these, plus `intercept`; an
/// assumption of this project.
struct LitresLine {
  double per_metre, per_year, intercept;
};

struct Profile {
  Population population;
  // From onset.
  double age_mean_years, age_sd_years;
  double age_min_years = 18, age_max_years = 90;
  double male;
  double bulbar, trunk;
  double flail_arm, pma, pls;
  double definite, probable, probable_laboratory;
  double ln_delay_mean, ln_delay_sd;  // delay in months from onset to diagnosis
  double ln_pre_slope_mean = -0.635, ln_pre_slope_sd = 0.729;  // points lost a month
  double delay_slope_correlation = -0.5;
  double ftd;
  double familial;
  std::vector<GeneShare> genes;
  double genes_tested = 0.7;
  double survival_shift;  // added to the ENCALS linear predictor
  double height_mean_male_m, height_mean_female_m;
  double height_sd_m = 0.065;
  // How exactly onset and diagnosis are remembered; what is left of onset is known to the year.
  double onset_to_the_day = 0.45, onset_to_the_month = 0.45;
  double diagnosis_to_the_day = 0.7;  // the others to the month
  // Vital capacity, percent of predicted.
  double vital_capacity_mean = 92, vital_capacity_sd = 20, vital_capacity_per_slope_sd = -6;
  double vital_capacity_loss_mean = 2.24, vital_capacity_loss_noise_sd = 1.5;
  double vital_capacity_loss_per_point = 1.6, vital_capacity_error_sd = 4;
  double vital_capacity_mean_slope = -1.06;  // points a month that go with the mean loss
  double vital_capacity_min = 25, vital_capacity_max = 140;  // at diagnosis
  double vital_capacity_at_entry = 0.8;                      // share of people
  double vital_capacity_later = 0.15;                        // share of later reports
  double svc_share = 0.15;                                   // the others are FVC
  LitresLine litres_male = {5.76, -0.026, -4.34}, litres_female = {4.43, -0.026, -2.89};
  double litres_min = 1;
  // After entry.
  double slope_root_mean = 0.935, slope_root_sd = 0.425;
  double pre_post_correlation = 0.42;       // of the normal scores
  double slope_survival_correlation = 0.5;  // of what the pre-slope leaves open
  double noise_points = 1.6, noise_log_sd = 0.45;
  // Joining and reporting.
  double joining_years = 6;
  double months_from_diagnosis_to_entry = 6;
  double reports_a_year = 6, report_rate_shape = 0.8, reports_a_year_min = 0.3;
  double report_rate_shape_wanted = 4;  // where a mean number of reports is asked for
  double stops_early = 0.25, stops_early_months = 3;
  double skip_base = 0.05, skip_per_point = 0.03, skip_max = 0.6;
  double item_missing = 0.02;
  double gap_shape = 3;                              // gaps vary less than exponential ones
  double thinned_below = 10, thinned_at_zero = 0.4;  // points; share of the rate left at 0
  // Who fills the form in: a proxy with proxy_max / (1 + exp((total - proxy_half) / proxy_scale)).
  double clinic_share = 0.15;
  double proxy_max = 0.75, proxy_half = 18, proxy_scale = 5;
  double app_share = 0.6;     // of those who report themselves, the others on the web
  double tube_offered = 0.5;  // at each report with swallowing 0 or 1
  // Treatment, decided at entry.
  double choice_per_sd = 0.8;  // logit of being treated per SD of ln slope and of age at onset
  double observed_ln_slope_mean, observed_ln_slope_sd;  // of ln(pre-slope + 0.1) at entry
  double started_before_entry = 0.3;                    // of those who have started by entry
  double starts_later = 0.04;                           // of the others
  double later_from_months = 2, later_span_months = 16;
  std::vector<DrugPlan> drugs;
};

/// The profile of a population.
const Profile& profile_of(Population population);

/// All of `profile` as one JSON object, keys as the fields here: what the manifest keeps and
/// hashes.
std::string to_json(const Profile& profile);

}  // namespace thaw::registry
