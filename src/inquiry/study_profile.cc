#include "inquiry/study_profile.h"

#include <algorithm>
#include <tuple>

namespace thaw::inquiry {
namespace {

using evidence::Item;
using evidence::Knowledge;
using evidence::WeighedGroup;
using evidence::WeighedItem;

constexpr double kNumberMatters = 0.5;  // nats that an unprinted sign could move
constexpr double kSpeaks = 0.1;         // nats from which on a group says something
constexpr double kSmallTrial = 200;     // people
constexpr double kWeakTrial = 1;        // nats

StudySubject subject_of(const evidence::Concept* subject) {
  const std::string_view kind = subject == nullptr ? "" : std::string_view(subject->kind);
  if (is_one_of(kind, {"drug", "intervention"})) {
    return StudySubject::kTreatment;
  }
  if (kind == "exposure") {
    return StudySubject::kExposure;
  }
  return is_one_of(kind, {"gene", "gene_variant"}) ? StudySubject::kGene : StudySubject::kMechanism;
}

bool prints_estimate(const WeighedItem& item) {
  return item.quantitative && item.estimate_printed;
}

double people_in(const Knowledge& knowledge, const WeighedGroup& group) {
  double most = 0;
  for (const auto& item : group.items) {
    most = std::max(most, knowledge.items()[item.item].n.value_or(0));
  }
  return most;
}

/// No item prints an estimate that can be weighed, and what was not printed could matter: nothing
/// but words or a bare "no effect", or a P value whose sign is open by `kNumberMatters` or more.
bool lacks_number(const Knowledge& knowledge, const WeighedGroup& group) {
  if (std::ranges::any_of(group.items, prints_estimate)) {
    return false;
  }
  for (const auto& item : group.items) {
    const Item& read = knowledge.items()[item.item];
    const bool open = !item.quantitative || !read.effect || !read.effect->p;
    if (open || item.nats_high - item.nats_low >= kNumberMatters) {
      return true;
    }
  }
  return false;
}

/// The name of the trial that speaks here: a group can hold arms of one platform.
std::string label_of(const Knowledge& knowledge, const WeighedGroup& group) {
  for (const auto& item : group.items) {
    const std::string& own = knowledge.items()[item.item].group_label;
    if (!own.empty()) {
      return own;
    }
  }
  return std::string(group.label);
}

/// An estimate is printed for a part of the people, and none for the whole trial.
bool lacks_whole(const Knowledge& knowledge, const WeighedGroup& group) {
  double printed = 0;
  double without = 0;
  for (const auto& item : group.items) {
    double& most = prints_estimate(item) ? printed : without;
    most = std::max(most, knowledge.items()[item.item].n.value_or(0));
  }
  return printed > 0 && without > printed;
}

struct Missing {
  bool confirmatory = false;
  double people = 0;
  std::string label;
  bool whole = false;

  auto rank() const { return std::tie(confirmatory, people, label); }
};

void add_trial(const Knowledge& knowledge, const WeighedGroup& group, StudyProfile& profile,
               Missing& missing) {
  const double people = people_in(knowledge, group);
  ++profile.trials;
  if (std::ranges::any_of(group.items, prints_estimate)) {
    ++profile.trials_with_figure;
    const bool small = (people > 0 && people < kSmallTrial) || group.nats < kWeakTrial;
    profile.all_small = profile.all_small && small;
  }
  if (group.direction != 0) {
    (group.direction > 0 ? profile.trial_for : profile.trial_against) += group.nats;
  }
  const bool whole = lacks_whole(knowledge, group);
  if (whole || lacks_number(knowledge, group)) {
    const Missing here{group.kind == "rct_confirmatory", people, label_of(knowledge, group), whole};
    if (missing.label.empty() || missing.rank() < here.rank()) {
      missing = here;
    }
  }
}

void add_group(const Knowledge& knowledge, const WeighedGroup& group, StudyProfile& profile,
               Missing& missing) {
  const std::string_view kind = group.kind;
  if (kind.starts_with("rct") || kind == "meta_analysis_rct") {
    add_trial(knowledge, group, profile, missing);
  }
  profile.cohort |= is_one_of(kind, {"adjusted_cohort", "registry_analysis"});
  profile.open_label |= kind == "open_label";
  profile.subgroup |= kind == "subgroup_analysis";
  profile.animal |= kind == "animal";
  profile.cells |= is_one_of(kind, {"patient_cells", "in_vitro", "omics", "human_pathology"});
  profile.genetic |= is_one_of(kind, {"mendelian_variant", "rare_variant_or_gwas",
                                      "mendelian_randomisation", "expert_panel", "definition"});
  profile.review |= kind == "review";
}

}  // namespace

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, word) != list.end();
}

bool is_settled(const evidence::WeighedClaim& claim) {
  const bool end = claim.belief >= kSettledBelief || claim.belief <= 1 - kSettledBelief;
  return end && claim.opinion.ignorance < kSettledIgnorance;
}

StudyProfile profile_of(const evidence::WeighedClaim& claim, const Knowledge& knowledge) {
  StudyProfile profile;
  const evidence::Concept* object = knowledge.find_concept(claim.claim->object);
  profile.subject = subject_of(knowledge.find_concept(claim.claim->subject));
  profile.object_is_clinical =
      object != nullptr && is_one_of(object->kind, {"disease", "outcome", "phenotype"});
  const std::string wanted = object == nullptr ? "" : object->wanted;
  profile.harmful =
      !wanted.empty() && (wanted == "raises") != (claim.claim->sign == evidence::Sign::kRaises);
  Missing missing;
  for (const auto& group : claim.groups) {
    add_group(knowledge, group, profile, missing);
  }
  profile.missing_group = missing.label;
  profile.missing_whole = missing.whole;
  profile.both_sides = claim.support > kSpeaks && claim.opposition > kSpeaks;
  profile.belief = claim.belief;
  profile.ignorance = claim.opinion.ignorance;
  return profile;
}

}  // namespace thaw::inquiry
