#include "registry/synthesize_person.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "registry/encals.h"
#include "stats/distributions.h"

namespace thaw::registry {
namespace {

using std::chrono::days;

constexpr double kYearDays = 365.25;

double correlated(double with, double correlation, double noise) {
  return correlation * with + std::sqrt(1 - correlation * correlation) * noise;
}

void draw_genes(Random& random, const Profile& profile, Course& course) {
  course.familial = random.bernoulli(profile.familial);
  double draw = random.uniform();  // at most one gene a person
  for (std::size_t i = 0; i < profile.genes.size(); ++i) {
    const GeneShare& gene = profile.genes[i];
    const double share = course.familial ? gene.familial : gene.sporadic;
    if (draw < share) {
      course.genes.push_back(i);
      course.c9orf72 = gene.symbol == "C9orf72";
      return;
    }
    draw -= share;
  }
}

void draw_slopes(Random& random, const Profile& p, Course& course) {
  course.slope_score = random.normal();
  const double delay_score =
      correlated(course.slope_score, p.delay_slope_correlation, random.normal());
  course.pre_slope = std::exp(p.ln_pre_slope_mean + p.ln_pre_slope_sd * course.slope_score);
  course.months_to_diagnosis = std::exp(p.ln_delay_mean + p.ln_delay_sd * delay_score);
  const double left_open = random.normal();  // of the later slope, given the earlier one
  const double root =
      p.slope_root_mean +
      p.slope_root_sd * correlated(course.slope_score, p.pre_post_correlation, left_open);
  course.post_slope = -root * std::fabs(root);
  course.noise_sd = p.noise_points * std::exp(p.noise_log_sd * random.normal());
  course.vital_capacity_loss =
      p.vital_capacity_loss_mean -
      p.vital_capacity_loss_per_point * (course.post_slope - p.vital_capacity_mean_slope) +
      p.vital_capacity_loss_noise_sd * random.normal();
  // Who falls faster than the pre-slope says dies earlier than it says.
  const double survival_score =
      correlated(left_open, p.slope_survival_correlation, random.normal());
  course.hazard_at_death = -std::log(stats::normal_cdf(survival_score));
}

double draw_age(Random& random, const Profile& p) {
  while (true) {
    const double age = p.age_mean_years + p.age_sd_years * random.normal();
    if (age >= p.age_min_years && age <= p.age_max_years) {
      return age;
    }
  }
}

Certainty draw_certainty(Random& random, const Profile& p, bool definite) {
  if (definite) {
    return Certainty::kDefinite;
  }
  const double draw = random.uniform() * (1 - p.definite);
  if (draw < p.probable) {
    return Certainty::kProbable;
  }
  return draw < p.probable + p.probable_laboratory ? Certainty::kProbableLaboratory
                                                   : Certainty::kPossible;
}

Diagnosis draw_diagnosis(Random& random, const Profile& p, bool limb) {
  // The other phenotypes start in a limb: their shares are of all people.
  const double draw = random.uniform() * (1 - p.bulbar - p.trunk);
  if (!limb || draw >= p.flail_arm + p.pma + p.pls) {
    return Diagnosis::kAls;
  }
  if (draw < p.flail_arm) {
    return Diagnosis::kFlailArm;
  }
  return draw < p.flail_arm + p.pma ? Diagnosis::kPma : Diagnosis::kPls;
}

// Vital capacity of a healthy person, linear in height and age: only to turn % into litres.
double predicted_litres(const Profile& p, bool male, double height_m, double age_years) {
  const LitresLine& line = male ? p.litres_male : p.litres_female;
  return std::max(line.per_metre * height_m + line.per_year * age_years + line.intercept,
                  p.litres_min);
}

PartialDate whole_month(Day day) {
  const std::chrono::year_month_day date(day);
  const auto month = date.year() / date.month();
  return {Day{month / 1}, Day{month / std::chrono::last}, DatePrecision::kMonth};
}

PartialDate whole_year(Day day) {
  const auto year = std::chrono::year_month_day(day).year();
  return {Day{year / 1 / 1}, Day{year / 12 / 31}, DatePrecision::kYear};
}

PartialDate exact(Day day) {
  return {day, day, DatePrecision::kDay};
}

Day months_later(Day from, double months) {
  return from + days{std::lround(months * kDaysPerMonth)};
}

PartialDate remembered(const Profile& p, double draw, Day day) {
  if (draw < p.onset_to_the_day) {
    return exact(day);
  }
  return draw < p.onset_to_the_day + p.onset_to_the_month ? whole_month(day) : whole_year(day);
}

Person person_of(Random& random, const Profile& profile, const Joined& joined) {
  const Course& course = joined.course;
  Person person;
  person.sex = course.male ? Sex::kMale : Sex::kFemale;
  person.birth_year = static_cast<int>(
      std::chrono::year_month_day(joined.onset - days{std::lround(course.age_at_onset * kYearDays)})
          .year());
  person.onset = remembered(profile, random.uniform(), joined.onset);
  person.site = course.bulbar  ? OnsetSite::kBulbar
                : course.trunk ? OnsetSite::kTrunk
                               : OnsetSite::kLimb;
  person.diagnosis = draw_diagnosis(random, profile, person.site == OnsetSite::kLimb);
  person.certainty = draw_certainty(random, profile, course.definite);
  const Day diagnosed = months_later(joined.onset, course.months_to_diagnosis);
  person.diagnosed =
      random.bernoulli(profile.diagnosis_to_the_day) ? exact(diagnosed) : whole_month(diagnosed);
  person.familial = course.familial;
  person.genes_tested = random.bernoulli(profile.genes_tested);
  if (*person.genes_tested) {
    for (const std::size_t gene : course.genes) {
      person.genes.emplace_back(profile.genes[gene].symbol);
    }
  }
  return person;
}

}  // namespace

Random random_for(std::uint64_t seed, std::size_t index, Draws draws) {
  return Random(seed, 4 * static_cast<std::uint64_t>(index) + static_cast<std::uint64_t>(draws));
}

double Course::months_to_death() const {
  return encals_months_at(linear_predictor, hazard_at_death);
}

Course draw_course(Random& random, const Profile& p) {
  Course course{};
  course.age_at_onset = draw_age(random, p);
  course.male = random.bernoulli(p.male);
  const double site = random.uniform();
  course.bulbar = site < p.bulbar;
  course.trunk = !course.bulbar && site < p.bulbar + p.trunk;
  course.definite = random.bernoulli(p.definite);
  course.ftd = random.bernoulli(p.ftd);
  draw_genes(random, p, course);
  draw_slopes(random, p, course);
  course.vital_capacity = std::clamp(p.vital_capacity_mean + p.vital_capacity_sd * random.normal() +
                                         p.vital_capacity_per_slope_sd * course.slope_score,
                                     p.vital_capacity_min, p.vital_capacity_max);
  course.linear_predictor =
      p.survival_shift + encals_linear_predictor({.age_at_onset = course.age_at_onset,
                                                  .points_lost_per_month = course.pre_slope,
                                                  .months_to_diagnosis = course.months_to_diagnosis,
                                                  .vital_capacity_percent = course.vital_capacity,
                                                  .bulbar = course.bulbar ? 1.0 : 0.0,
                                                  .definite = course.definite ? 1.0 : 0.0,
                                                  .ftd = course.ftd ? 1.0 : 0.0,
                                                  .c9orf72 = course.c9orf72 ? 1.0 : 0.0});
  return course;
}

Joined draw_joined(const SynthesisRequest& request, const Profile& profile, std::size_t index) {
  Random random = random_for(request.seed, index, Draws::kPerson);
  Joined joined{};
  while (true) {
    joined.course = draw_course(random, profile);
    joined.months_to_entry = joined.course.months_to_diagnosis +
                             profile.months_from_diagnosis_to_entry * random.exponential();
    const double lived =
        encals_cumulative_hazard(joined.course.linear_predictor, joined.months_to_entry);
    if (joined.course.hazard_at_death > lived) {
      joined.hazard_left = joined.course.hazard_at_death - lived;
      break;
    }
    ++joined.died_before;
  }
  const double days_ago = 1 + random.uniform() * (profile.joining_years * kYearDays - 2);
  joined.entry = request.as_of - days{static_cast<int>(days_ago)};
  joined.onset = joined.entry - days{std::lround(joined.months_to_entry * kDaysPerMonth)};
  joined.person = person_of(random, profile, joined);
  joined.person.code = fmt::format("SYN-{:06d}", index + 1);
  const double mean_height =
      joined.course.male ? profile.height_mean_male_m : profile.height_mean_female_m;
  joined.predicted_litres = predicted_litres(
      profile, joined.course.male, mean_height + profile.height_sd_m * random.normal(),
      joined.course.age_at_onset + joined.months_to_entry / 12);
  return joined;
}

double months_to_death(const Joined& joined, std::vector<HazardChange> changes) {
  std::ranges::sort(changes, {}, &HazardChange::month);
  const double lp = joined.course.linear_predictor;
  double left = joined.hazard_left;
  double month = joined.months_to_entry;
  double lived = encals_cumulative_hazard(lp, month);
  double factor = 1;
  for (const HazardChange& change : changes) {
    const double until = joined.months_to_entry + std::max(change.month, 0.0);
    const double reached = encals_cumulative_hazard(lp, until);
    if (factor * (reached - lived) >= left) {
      break;
    }
    left -= factor * (reached - lived);
    lived = reached;
    factor *= change.factor;
  }
  return encals_months_at(lp, lived + left / factor) - joined.months_to_entry;
}

}  // namespace thaw::registry
