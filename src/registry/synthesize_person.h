// One synthetic person up to the day they join: who they are and how their disease will run.
//
// Recipe R of docs/methods/synthetic_registry.md: covariates, the ENCALS linear predictor,
// survival.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/random.h"
#include "registry/person.h"
#include "registry/profile.h"

namespace thaw::registry {

/// What is drawn at onset, before anything is treated.
struct Course {
  double age_at_onset;         // years
  double months_to_diagnosis;  // from onset
  double pre_slope;            // points lost a month from onset to entry
  double slope_score;          // standard normal score of ln pre_slope
  double post_slope;           // points a month after entry, untreated; negative falls
  double noise_sd;             // points, of one report
  double vital_capacity;       // % predicted at diagnosis
  double vital_capacity_loss;  // % predicted a month
  bool male, bulbar, trunk, definite, ftd, c9orf72, familial;
  std::vector<std::size_t> genes;  // indices of profile.genes
  double linear_predictor;         // ENCALS plus the profile's shift
  double hazard_at_death;          // cumulative hazard at which death comes, exponential(1)

  double months_to_death() const;  // from onset, untreated
};

Course draw_course(Random& random, const Profile& profile);

/// A person who was alive when they joined.
struct Joined {
  Course course;
  std::size_t died_before = 0;  // courses drawn and dropped: dead before they would have joined
  double months_to_entry;       // from onset
  Day entry;                    // day of the first report
  Day onset;
  double hazard_left;       // cumulative hazard still to live through at entry
  double predicted_litres;  // vital capacity of a healthy person of this sex, age and height
  Person person;
};

/// Person `index` of a registry: own stream of `seed`, so that order and threads do not matter.
Joined draw_joined(const SynthesisRequest& request, const Profile& profile, std::size_t index);

/// Months from entry until death when each of `changes` multiplies the hazard from its month on.
/// `changes` in any order; months below 0 count as 0.
struct HazardChange {
  double month;  // from entry
  double factor;
};
double months_to_death(const Joined& joined, std::vector<HazardChange> changes);

/// The stream numbers of one person's draws.
enum class Draws : std::uint64_t { kPerson, kTreatment, kReports, kDefects };
Random random_for(std::uint64_t seed, std::size_t index, Draws draws);

}  // namespace thaw::registry
