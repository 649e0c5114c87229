// The registry's own answer to one claim, and what it would add to the weight.
//
// A target trial is emulated in the registry's cohort (effect/target_trial.h), its estimate becomes
// an evidence item of kind registry_analysis with a bias of its own, and that item is weighed
// beside the claim. From a synthetic registry it is marked synthetic: import refuses it and the
// weight skips it, so it can only be shown as "what this registry would add".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "effect/target_trial.h"
#include "evidence/weigh.h"
#include "inquiry/mechanism.h"
#include "registry/cohort_table.h"
#include "registry/registry_data.h"

namespace thaw::inquiry {

/// Covariates at time zero that the weights are made from, as effect/model_matrix.h reads them.
inline constexpr std::string_view kCovariates =
    "age_at_onset + female + site + months_since_onset + total + ln_pre_slope";

/// Standard deviation of what confounding that was not measured may still do, on each scale; added
/// to the sampling error before the result is weighed. Assumptions, see
/// docs/methods/net_influence.md.
inline constexpr double kBiasSdLogHazard = 0.10;
inline constexpr double kBiasSdPointsPerMonth = 0.05;

/// What a registry's trial can bear on, as concepts: a hazard ratio of death on the one, a
/// difference of slopes in points/month on the other.
inline constexpr std::string_view kSurvivalConcept = "thaw:survival";
inline constexpr std::string_view kDeclineConcept = "thaw:alsfrs_r_decline";

/// The group that every item computed from a registry's people belongs to besides its own: they are
/// the same people, however often they are analysed.
inline constexpr std::string_view kRegistryPeople = "registry:people";

/// One part of the protocol in words.
struct ProtocolPart {
  std::string part;  // "eligibility", "time_zero", "treatment", "outcome", "follow_up", ...
  Text text;
};

struct LoopResult {
  const evidence::Concept* subject = nullptr;
  const evidence::Concept* object = nullptr;
  evidence::Claim
      claim;  // without qualifiers, that it bears on; its id is empty where none is held
  bool synthetic = false;
  bool survival = true;  // hazard ratio of death; else difference of slopes in points/month
  registry::CohortFlow flow;
  effect::TargetTrialResult trial;
  effect::Estimate naive, adjusted;  // on the scale of the object
  std::optional<double> truth;       // only where the registry was made by us
  evidence::Item item;
  evidence::Weigher::Addition would_add;
  std::vector<ProtocolPart> protocol;
};

/// Runs the trial of `subject` on `object` in `data`. kNotFound: the registry can say nothing of
/// this pair (the object is neither survival nor ALSFRS-R decline, or too few of the cohort took
/// the drug); kInvalidArgument: as emulate_target_trial. Cost: about 35 ms for 18,000 people with
/// 20 reports each.
Result<LoopResult> registry_loop(const registry::RegistryData& data,
                                 const evidence::Weigher& weigher, const evidence::Concept& subject,
                                 const evidence::Concept& object,
                                 const evidence::WeighOptions& options = {});

/// The estimate as an evidence item: its interval widened by the bias, marked synthetic when the
/// people were. `measure` of survival is a hazard ratio of death. The claim's object is
/// kSurvivalConcept with `survival` and kDeclineConcept without (asserted): of no other is the
/// direction of these figures known. The id holds the drug, the outcome and the measure, against
/// not starting.
evidence::Item registry_item(const evidence::Claim& claim, const effect::Estimate& estimate,
                             bool survival, bool synthetic);

/// The treatment and covariates of kCovariates over the columns of registry/cohort_table.h.
effect::TargetTrialSpec trial_spec();

}  // namespace thaw::inquiry
