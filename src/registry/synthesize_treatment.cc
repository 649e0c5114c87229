#include "registry/synthesize_treatment.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "registry/cohort_table.h"

namespace thaw::registry {
namespace {

using std::chrono::days;

double logistic(double x) {
  return 1 / (1 + std::exp(-x));
}

// Mean of logistic(intercept + sd Z) for a standard normal Z, by the trapezoid rule.
double mean_share(double intercept, double sd) {
  double sum = 0;
  double weight = 0;
  for (double z = -8; z <= 8; z += 0.05) {
    const double density = std::exp(-z * z / 2);
    sum += density * logistic(intercept + sd * z);
    weight += density;
  }
  return sum / weight;
}

double intercept_for(double share, double sd) {
  double low = -20;
  double high = 20;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (mean_share(middle, sd) < share ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

std::vector<double> choice_intercepts(const Profile& profile) {
  std::vector<double> intercepts;
  for (const DrugPlan& drug : profile.drugs) {
    intercepts.push_back(intercept_for(drug.share, profile.choice_per_sd * std::sqrt(2.0)));
  }
  return intercepts;
}

std::vector<std::optional<double>> choose_starts(Random& random, const Profile& profile,
                                                 const std::vector<double>& intercepts,
                                                 const SeenAtEntry& seen, const Joined& joined) {
  const double severity = (ln_pre_slope(seen.pre_slope) - profile.observed_ln_slope_mean) /
                              profile.observed_ln_slope_sd +
                          (seen.age_at_onset - profile.age_mean_years) / profile.age_sd_years;
  const double since_diagnosis = joined.months_to_entry - joined.course.months_to_diagnosis;
  std::vector<std::optional<double>> starts;
  for (const double intercept : intercepts) {
    // All four are drawn whatever comes of them: one person's choices do not shift another draw.
    const bool by_entry = random.bernoulli(logistic(intercept + profile.choice_per_sd * severity));
    const bool before = random.bernoulli(profile.started_before_entry);
    const bool later = random.bernoulli(profile.starts_later);
    const double when = random.uniform();
    if (by_entry) {
      starts.emplace_back(before ? -std::max(since_diagnosis * when, 1 / kDaysPerMonth) : 0.0);
    } else if (later) {
      starts.emplace_back(profile.later_from_months + profile.later_span_months * when);
    } else {
      starts.emplace_back(std::nullopt);
    }
  }
  return starts;
}

std::vector<HazardChange> hazard_changes(const Profile& profile,
                                         const std::vector<std::optional<double>>& starts) {
  std::vector<HazardChange> changes;
  for (std::size_t drug = 0; drug < starts.size(); ++drug) {
    if (starts[drug]) {
      changes.push_back({*starts[drug], profile.drugs[drug].hazard_ratio});
    }
  }
  return changes;
}

std::vector<SlopeChange> slope_changes(const Profile& profile,
                                       const std::vector<std::optional<double>>& starts) {
  std::vector<SlopeChange> changes;
  for (std::size_t drug = 0; drug < starts.size(); ++drug) {
    if (starts[drug]) {
      changes.push_back({*starts[drug], profile.drugs[drug].slope_factor});
    }
  }
  std::ranges::sort(changes, {}, &SlopeChange::month);
  return changes;
}

std::vector<Treatment> recorded_treatments(const Profile& profile,
                                           const std::vector<std::optional<double>>& starts,
                                           const Joined& joined, Day end) {
  std::vector<Treatment> treatments;
  for (std::size_t drug = 0; drug < starts.size(); ++drug) {
    if (!starts[drug]) {
      continue;
    }
    const double in_days = *starts[drug] * kDaysPerMonth;
    // A start before entry is never rounded onto it.
    const Day day = joined.entry + days{static_cast<int>(std::floor(in_days))};
    if (day > end) {
      continue;
    }
    const DrugPlan& plan = profile.drugs[drug];
    treatments.push_back({.drug = std::string(plan.name),
                          .concept_id = std::string(plan.concept_id),
                          .started = PartialDate{day, day, DatePrecision::kDay},
                          .stopped = std::nullopt,
                          .dose = plan.name == "riluzole" ? "50 mg twice a day" : ""});
  }
  return treatments;
}

}  // namespace thaw::registry
