#include "inquiry/registry_loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

#include "base/text.h"
#include "registry/synthesize.h"
#include "stats/distributions.h"

namespace thaw::inquiry {
namespace {

using evidence::Concept;
using evidence::Sign;

constexpr std::size_t kFewTreated = 30;

/// The name under which people of the registry recorded the drug, or nothing.
std::optional<std::string> recorded_drug(const registry::RegistryData& data,
                                         const Concept& subject) {
  std::vector<std::string> names{fold(subject.name.en), fold(subject.name.zh)};
  for (const auto& alias : subject.aliases) {
    names.push_back(fold(alias));
  }
  for (const auto& history : data.people) {
    for (const auto& treatment : history.treatments) {
      if (treatment.concept_id == subject.id ||
          std::ranges::find(names, fold(treatment.drug)) != names.end()) {
        return treatment.drug;
      }
    }
  }
  return std::nullopt;
}

/// The unqualified causal claim of the pair: the one that helps where there are two. Where nothing
/// is claimed yet, a claim without id and without items: its belief is the prior.
evidence::Claim claim_of(const evidence::Knowledge& knowledge, const Concept& subject,
                         const Concept& object) {
  const Sign wanted = object.wanted == "raises" ? Sign::kRaises : Sign::kLowers;
  const evidence::Claim* found = nullptr;
  for (const auto* claim : knowledge.between(subject.id, object.id)) {
    if (claim->causal && claim->qualifiers.empty() && (found == nullptr || claim->sign == wanted)) {
      found = claim;
    }
  }
  if (found != nullptr) {
    return *found;
  }
  evidence::Claim none;
  none.subject = subject.id;
  none.object = object.id;
  none.relation = wanted == Sign::kRaises ? "extends" : "slows";
  none.sign = wanted;
  return none;
}

std::optional<double> truth_of(const registry::RegistryData& data, const std::string& drug,
                               bool survival) {
  if (!data.synthetic()) {
    return std::nullopt;
  }
  const auto truth = registry::truth_from_json(data.manifest.truth);
  if (!truth) {
    return std::nullopt;
  }
  for (const auto& effect : truth->effects) {
    if (effect.drug == drug) {
      return survival ? effect.marginal.hazard_ratio : effect.marginal.slope_difference;
    }
  }
  return std::nullopt;
}

std::vector<ProtocolPart> protocol_of(const std::string& drug, bool survival) {
  const registry::CohortSpec cohort;
  const double months = cohort.max_months_since_onset;
  return {
      {"eligibility",
       {fmt::format("adults with ALS within {:.0f} months of the first symptom, never on {} before",
                    months, drug),
        fmt::format("起病 {:.0f} 个月内、此前从未用过 {} 的成年 ALS 患者", months, drug)}},
      {"time_zero", {"the first complete ALSFRS-R report", "首份完整的 ALSFRS-R 报告"}},
      {"treatment",
       {fmt::format("starts {} within {} days of time zero, or does not", drug, cohort.grace_days),
        fmt::format("时间零点后 {} 天内开始 {}，或不开始", cohort.grace_days, drug)}},
      {"outcome", survival ? Text{"death from any cause", "任何原因的死亡"}
                           : Text{"ALSFRS-R points lost a month in the first year",
                                  "首年 ALSFRS-R 每月下降分数"}},
      {"follow_up",
       {"to death, a later start of the drug, or the day of the data",
        "随访至死亡、后来开始用药或数据截止日"}},
      {"adjustment",
       {"inverse probability of treatment by age, sex, site, months since onset, total and slope "
        "before time zero",
        "按年龄、性别、起病部位、病程、总分和基线前下降速度做逆概率加权"}}};
}

}  // namespace

effect::TargetTrialSpec trial_spec() {
  effect::TargetTrialSpec spec;
  spec.treatment = "treatment";
  spec.months = "months";
  spec.event = "event";
  spec.covariates = std::string(kCovariates);
  spec.outcome = "slope";
  return spec;
}

evidence::Item registry_item(const evidence::Claim& claim, const effect::Estimate& estimate,
                             bool survival, bool synthetic) {
  assert(claim.object == (survival ? kSurvivalConcept : kDeclineConcept));
  const double bias = survival ? kBiasSdLogHazard : kBiasSdPointsPerMonth;
  const double se = std::hypot(estimate.se, bias);
  const double centre = survival ? std::log(estimate.estimate) : estimate.estimate;
  const auto shown = [&](double x) { return survival ? std::exp(x) : x; };
  evidence::Item item;
  item.id = fmt::format("registry_trial:{}:none:{}:{}", claim.subject, claim.object,
                        survival ? "hazard_ratio" : "slope_difference");
  item.subject = claim.subject;
  item.object = claim.object;
  item.relation = claim.relation;
  item.sign = claim.sign;
  item.study_kind = "registry_analysis";
  item.extractor = "model";
  item.n = static_cast<double>(estimate.n);
  item.synthetic = synthetic;
  item.source = "registry:target_trial";
  item.group_keys = {item.source, std::string(kRegistryPeople)};
  item.group_label = "registry target trial";
  evidence::PrintedEffect effect;
  effect.measure = survival ? "hazard_ratio" : "alsfrs_r_rate_difference";
  effect.value = estimate.estimate;
  effect.low = shown(centre - stats::kZ95 * se);
  effect.high = shown(centre + stats::kZ95 * se);
  effect.positive_means =
      Sign::kLowers;  // a ratio above 1 shortens survival; slope up: less decline
  effect.printed =
      fmt::format("{} {:.3g} ({:.3g} to {:.3g}); interval widened for a bias sd of {}",
                  estimate.unit, estimate.estimate, estimate.ci_low, estimate.ci_high, bias);
  item.effect = std::move(effect);
  return item;
}

Result<LoopResult> registry_loop(const registry::RegistryData& data,
                                 const evidence::Weigher& weigher, const Concept& subject,
                                 const Concept& object, const evidence::WeighOptions& options) {
  if (object.id != kSurvivalConcept && object.id != kDeclineConcept) {
    return not_found(fmt::format("the registry measures survival and ALSFRS-R decline, not '{}'",
                                 object.name.en));
  }
  LoopResult out;
  out.subject = &subject;
  out.object = &object;
  out.synthetic = data.synthetic();
  out.survival = object.id == kSurvivalConcept;
  out.claim = claim_of(weigher.knowledge(), subject, object);
  const auto drug = recorded_drug(data, subject);
  if (!drug) {
    return not_found(fmt::format("nobody in the registry took '{}'", subject.name.en));
  }
  registry::CohortSpec cohort_spec;
  cohort_spec.drug = *drug;
  THAW_TRY(const auto cohort, registry::cohort_table(data, cohort_spec));
  out.flow = cohort.flow;
  THAW_TRY(out.trial, effect::emulate_target_trial(cohort.table, trial_spec()));
  if (std::min(out.trial.treated, out.trial.untreated) < kFewTreated ||
      (!out.survival && !out.trial.outcome_difference)) {
    return not_found(
        fmt::format("too few people of the registry started '{}' to compare", subject.name.en));
  }
  out.naive = out.survival ? out.trial.naive_hazard_ratio : *out.trial.naive_outcome_difference;
  out.adjusted = out.survival ? out.trial.hazard_ratio : *out.trial.outcome_difference;
  out.truth = truth_of(data, *drug, out.survival);
  out.item = registry_item(out.claim, out.adjusted, out.survival, out.synthetic);
  out.would_add = weigher.would_add(out.claim, out.item, options);
  out.protocol = protocol_of(*drug, out.survival);
  return out;
}

}  // namespace thaw::inquiry
