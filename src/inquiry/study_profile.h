// What kinds of evidence a claim has and lacks: what the rules of next_study.h look at.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "evidence/weigh.h"

namespace thaw::inquiry {

enum class StudySubject : std::uint8_t { kTreatment, kExposure, kGene, kMechanism };

struct StudyProfile {
  StudySubject subject = StudySubject::kMechanism;
  bool object_is_clinical = false;          // disease, outcome, phenotype
  std::string missing_group;                // the largest trial whose estimate was not printed
  bool missing_whole = false;               // it prints one for some of its people only
  std::size_t trials = 0;                   // groups that are randomised trials, silent ones too
  std::size_t trials_with_figure = 0;       // those that print an estimate
  bool all_small = true;                    // each of those has n < 200 or gives less than 1 nat
  double trial_for = 0, trial_against = 0;  // nats
  bool cohort = false, open_label = false, subgroup = false;
  bool animal = false, cells = false, genetic = false, review = false;
  bool both_sides = false;
  bool harmful = false;  // the claim is that the object moves the way nobody wants
  double belief = 0.5, ignorance = 1;

  bool treatment_on_people() const {
    return subject == StudySubject::kTreatment && object_is_clinical;
  }
  /// What is recorded are reviews only, or nothing.
  bool only_reviews() const {
    return review && trials == 0 && !cohort && !open_label && !subgroup && !animal && !cells &&
           !genetic;
  }
};

inline constexpr double kSettledBelief = 0.95;     // or its mirror 0.05
inline constexpr double kSettledIgnorance = 0.35;  // at most

/// Belief at an end and little unknown: one more study of the same kind would change little.
bool is_settled(const evidence::WeighedClaim& claim);

StudyProfile profile_of(const evidence::WeighedClaim& claim, const evidence::Knowledge& knowledge);

/// Whether `word` is one of `list`.
bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list);

}  // namespace thaw::inquiry
