// Which study could settle a claim: read off what kinds of evidence it has and lacks.
//
// A small table of rules, tried in order; see docs/methods/next_study.md. A suggestion for people
// who design studies, never advice to take or to stop a treatment.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "evidence/knowledge.h"
#include "evidence/weigh.h"
#include "inquiry/mechanism.h"
#include "inquiry/people_port.h"

namespace thaw::inquiry {

enum class Design : std::uint8_t {
  kRandomisedTrial,
  kCohort,
  kAnimal,
  kCells,
  kGenetics,
  kFindTheNumber,  // the study was done; its figure was not printed, or only a review was read
  kSubgroup        // individual records of the trials, by subgroups named in advance
};

/// "randomised_trial", "cohort", "animal", "cells", "genetics", "find_the_number", "subgroup".
std::string code(Design design);

/// How many people of the registry could take part now.
struct Participants {
  registry::FlooredCount eligible;
  bool synthetic = false;
  Text criteria;
};

struct NextStudy {
  Design design = Design::kCells;
  Text text;
  std::optional<Participants> people;  // only for designs that need people, with a registry
};

/// `claim` is what the study is to settle. `candidate` is the treatment behind the question, for
/// whom could take part; null: none. `people` null: no registry. `untested`: a part of the outcome
/// that the candidate was not tested on directly, to propose where the claim is settled; or null.
NextStudy next_study(const evidence::WeighedClaim& claim, const evidence::Knowledge& knowledge,
                     const evidence::Concept* candidate, const PeoplePort* people,
                     const evidence::Concept* untested = nullptr);

/// Whom a trial of `candidate` would ask: alive, seen within 12 months, first symptom within 36
/// months, ALSFRS-R of at least 24; carriers only where the candidate lowers a gene's product.
registry::Criteria trial_criteria(const evidence::Knowledge& knowledge,
                                  const evidence::Concept* candidate);

}  // namespace thaw::inquiry
