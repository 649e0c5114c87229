#include "registry/profile.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>

namespace thaw::registry {
namespace {

namespace json = boost::json;

std::vector<DrugPlan> drugs(double riluzole_share) {
  return {{"riluzole", "CHEBI:8863", 0.75, 0.85, riluzole_share},
          {"synthetic drug B", "", 1.0, 1.0, 0.20},
          {"synthetic drug C", "", 1.2, 1.1, 0.15}};
}

Profile china() {
  Profile p{};
  p.population = Population::kChina;
  p.age_mean_years = 49.8;
  p.age_sd_years = 11.4;
  p.male = 1.7 / 2.7;
  p.bulbar = 0.14;
  p.trunk = 0;
  p.flail_arm = 0.078;
  p.pma = 0.026;
  p.pls = 0.005;
  p.definite = 0.268;
  p.probable = 0.228;
  p.probable_laboratory = 0.126;
  p.ln_delay_mean = std::log(14.0);
  p.ln_delay_sd = 0.80;
  p.ftd = 0.03;
  p.familial = 0.04;
  p.genes = {{"SOD1", 0.328, 0.025},     {"FUS", 0.121, 0.012}, {"TARDBP", 0.086, 0.008},
             {"C9orf72", 0.017, 0.0097}, {"NEK1", 0, 0.010},    {"TBK1", 0, 0.005}};
  p.survival_shift = -0.7;
  p.height_mean_male_m = 1.69;
  p.height_mean_female_m = 1.58;
  p.observed_ln_slope_mean = -0.46;
  p.observed_ln_slope_sd = 0.65;
  p.drugs = drugs(0.35);
  return p;
}

Profile west() {
  Profile p{};
  p.population = Population::kWest;
  p.age_mean_years = 61;
  p.age_sd_years = 11;
  p.male = 0.609;
  p.bulbar = 0.30;
  p.trunk = 0.061;
  p.flail_arm = 0;
  p.pma = 0;
  p.pls = 0;
  p.definite = 0.27;
  p.probable = 0.24;
  p.probable_laboratory = 0.15;
  p.ln_delay_mean = std::log(9.8);
  p.ln_delay_sd = 0.84;
  p.ftd = 0.05;
  p.familial = 0.111;
  p.genes = {{"C9orf72", 0.337, 0.048},
             {"SOD1", 0.12, 0.015},
             {"FUS", 0.04, 0.01},
             {"TARDBP", 0.04, 0.01}};
  p.survival_shift = 0.3;
  p.height_mean_male_m = 1.77;
  p.height_mean_female_m = 1.64;
  p.observed_ln_slope_mean = -0.49;
  p.observed_ln_slope_sd = 0.69;
  p.drugs = drugs(0.483);
  return p;
}

json::array genes_json(const Profile& p) {
  json::array out;
  for (const GeneShare& gene : p.genes) {
    out.push_back(json::object{{"symbol", std::string(gene.symbol)},
                               {"familial", gene.familial},
                               {"sporadic", gene.sporadic}});
  }
  return out;
}

json::array drugs_json(const Profile& p) {
  json::array out;
  for (const DrugPlan& drug : p.drugs) {
    out.push_back(json::object{{"name", std::string(drug.name)},
                               {"concept_id", std::string(drug.concept_id)},
                               {"hazard_ratio", drug.hazard_ratio},
                               {"slope_factor", drug.slope_factor},
                               {"share", drug.share}});
  }
  return out;
}

json::object litres_json(const LitresLine& line) {
  return {
      {"per_metre", line.per_metre}, {"per_year", line.per_year}, {"intercept", line.intercept}};
}

json::object people_json(const Profile& p) {
  return {{"population", std::string(code(p.population))},
          {"age_mean_years", p.age_mean_years},
          {"age_sd_years", p.age_sd_years},
          {"age_min_years", p.age_min_years},
          {"age_max_years", p.age_max_years},
          {"male", p.male},
          {"bulbar", p.bulbar},
          {"trunk", p.trunk},
          {"flail_arm", p.flail_arm},
          {"pma", p.pma},
          {"pls", p.pls},
          {"definite", p.definite},
          {"probable", p.probable},
          {"probable_laboratory", p.probable_laboratory},
          {"ln_delay_mean", p.ln_delay_mean},
          {"ln_delay_sd", p.ln_delay_sd},
          {"ln_pre_slope_mean", p.ln_pre_slope_mean},
          {"ln_pre_slope_sd", p.ln_pre_slope_sd},
          {"delay_slope_correlation", p.delay_slope_correlation},
          {"ftd", p.ftd},
          {"familial", p.familial},
          {"genes", genes_json(p)},
          {"genes_tested", p.genes_tested},
          {"survival_shift", p.survival_shift},
          {"height_mean_male_m", p.height_mean_male_m},
          {"height_mean_female_m", p.height_mean_female_m},
          {"height_sd_m", p.height_sd_m},
          {"onset_to_the_day", p.onset_to_the_day},
          {"onset_to_the_month", p.onset_to_the_month},
          {"diagnosis_to_the_day", p.diagnosis_to_the_day}};
}

json::object course_json(const Profile& p) {
  return {{"vital_capacity_mean", p.vital_capacity_mean},
          {"vital_capacity_sd", p.vital_capacity_sd},
          {"vital_capacity_per_slope_sd", p.vital_capacity_per_slope_sd},
          {"vital_capacity_loss_mean", p.vital_capacity_loss_mean},
          {"vital_capacity_loss_noise_sd", p.vital_capacity_loss_noise_sd},
          {"vital_capacity_loss_per_point", p.vital_capacity_loss_per_point},
          {"vital_capacity_error_sd", p.vital_capacity_error_sd},
          {"vital_capacity_mean_slope", p.vital_capacity_mean_slope},
          {"vital_capacity_min", p.vital_capacity_min},
          {"vital_capacity_max", p.vital_capacity_max},
          {"vital_capacity_at_entry", p.vital_capacity_at_entry},
          {"vital_capacity_later", p.vital_capacity_later},
          {"svc_share", p.svc_share},
          {"litres_male", litres_json(p.litres_male)},
          {"litres_female", litres_json(p.litres_female)},
          {"litres_min", p.litres_min},
          {"slope_root_mean", p.slope_root_mean},
          {"slope_root_sd", p.slope_root_sd},
          {"pre_post_correlation", p.pre_post_correlation},
          {"slope_survival_correlation", p.slope_survival_correlation},
          {"noise_points", p.noise_points},
          {"noise_log_sd", p.noise_log_sd}};
}

json::object reporting_json(const Profile& p) {
  return {{"joining_years", p.joining_years},
          {"months_from_diagnosis_to_entry", p.months_from_diagnosis_to_entry},
          {"reports_a_year", p.reports_a_year},
          {"report_rate_shape", p.report_rate_shape},
          {"report_rate_shape_wanted", p.report_rate_shape_wanted},
          {"reports_a_year_min", p.reports_a_year_min},
          {"stops_early", p.stops_early},
          {"stops_early_months", p.stops_early_months},
          {"skip_base", p.skip_base},
          {"skip_per_point", p.skip_per_point},
          {"skip_max", p.skip_max},
          {"item_missing", p.item_missing},
          {"gap_shape", p.gap_shape},
          {"thinned_below", p.thinned_below},
          {"thinned_at_zero", p.thinned_at_zero},
          {"clinic_share", p.clinic_share},
          {"proxy_max", p.proxy_max},
          {"proxy_half", p.proxy_half},
          {"proxy_scale", p.proxy_scale},
          {"app_share", p.app_share},
          {"tube_offered", p.tube_offered}};
}

}  // namespace

const Profile& profile_of(Population population) {
  static const Profile kChinaProfile = china();
  static const Profile kWestProfile = west();
  return population == Population::kChina ? kChinaProfile : kWestProfile;
}

std::string to_json(const Profile& profile) {
  json::object all = people_json(profile);
  for (const json::object& part : {course_json(profile), reporting_json(profile)}) {
    for (const auto& entry : part) {
      all.insert(entry);
    }
  }
  all["choice_per_sd"] = profile.choice_per_sd;
  all["observed_ln_slope_mean"] = profile.observed_ln_slope_mean;
  all["observed_ln_slope_sd"] = profile.observed_ln_slope_sd;
  all["started_before_entry"] = profile.started_before_entry;
  all["starts_later"] = profile.starts_later;
  all["later_from_months"] = profile.later_from_months;
  all["later_span_months"] = profile.later_span_months;
  all["drugs"] = drugs_json(profile);
  return json::serialize(all);
}

}  // namespace thaw::registry
