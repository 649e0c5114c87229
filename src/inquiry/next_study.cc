#include "inquiry/next_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>

#include "inquiry/wording.h"

namespace thaw::inquiry {
namespace {

using evidence::Concept;
using evidence::WeighedClaim;

constexpr double kNumberMatters = 0.5;  // nats that a figure which was not printed could move
constexpr double kMuchUnknown = 0.4;    // share of ignorance that calls for a larger study
constexpr double kSpeaks = 0.1;         // nats from which on a group says something
constexpr double kMonthsSinceOnset = 36;
constexpr int kMinTotal = 24;

enum class Subject : std::uint8_t { kTreatment, kExposure, kGene, kMechanism };

/// What kinds of evidence a claim has.
struct Profile {
  Subject subject = Subject::kMechanism;
  bool object_is_clinical = false;  // disease, outcome, phenotype
  double number_missing = 0;        // nats that could move
  std::string silent_group;         // whose figure is missing
  double trial_for = 0, trial_against = 0;
  bool trial = false, observational = false, animal = false, cells = false, genetic = false;
  bool any = false, both_sides = false;
  double ignorance = 1;
};

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, word) != list.end();
}

Subject subject_of(const Concept* subject) {
  const std::string_view kind = subject == nullptr ? "" : std::string_view(subject->kind);
  if (is_one_of(kind, {"drug", "intervention"})) {
    return Subject::kTreatment;
  }
  if (kind == "exposure") {
    return Subject::kExposure;
  }
  return is_one_of(kind, {"gene", "gene_variant"}) ? Subject::kGene : Subject::kMechanism;
}

void add_group(Profile& profile, const evidence::WeighedGroup& group) {
  const std::string_view kind = group.kind;
  const bool trial = kind.starts_with("rct") || kind == "meta_analysis_rct";
  profile.any = true;
  profile.trial |= trial;
  profile.observational |=
      is_one_of(kind, {"adjusted_cohort", "open_label", "registry_analysis", "subgroup_analysis"});
  profile.animal |= kind == "animal";
  profile.cells |= is_one_of(kind, {"patient_cells", "in_vitro", "omics", "human_pathology"});
  profile.genetic |= is_one_of(kind, {"mendelian_variant", "rare_variant_or_gwas",
                                      "mendelian_randomisation", "expert_panel", "definition"});
  if (trial) {
    (group.direction > 0 ? profile.trial_for : profile.trial_against) +=
        group.direction == 0 ? 0 : group.nats;
  }
  // A trial that prints no figure weighs by its kind alone; one that prints no sign, by a range.
  const bool figure = std::ranges::any_of(
      group.items, [](const auto& item) { return item.counts && item.quantitative; });
  const double missing = trial && !figure ? group.nats : group.nats_high - group.nats_low;
  if (missing > profile.number_missing) {
    profile.number_missing = missing;
    profile.silent_group = group.label;
  }
}

Profile profile_of(const WeighedClaim& claim, const evidence::Knowledge& knowledge) {
  Profile profile;
  const Concept* object = knowledge.find_concept(claim.claim->object);
  profile.subject = subject_of(knowledge.find_concept(claim.claim->subject));
  profile.object_is_clinical =
      object != nullptr && is_one_of(object->kind, {"disease", "outcome", "phenotype"});
  for (const auto& group : claim.groups) {
    add_group(profile, group);
  }
  profile.both_sides = claim.support > kSpeaks && claim.opposition > kSpeaks;
  profile.ignorance = claim.opinion.ignorance;
  return profile;
}

struct Rule {
  bool (*holds)(const Profile&);
  Design design;
  std::string_view en;  // {subject}, {object} and {group} stand for names
  std::string_view zh;
};

bool treatment(const Profile& p) {
  return p.subject == Subject::kTreatment && p.object_is_clinical;
}

constexpr std::array kRules = std::to_array<Rule>({
    {[](const Profile& p) { return p.number_missing >= kNumberMatters; }, Design::kFindTheNumber,
     "{group} reports its result without an estimate and interval: finding or asking for that "
     "number costs little and could move this answer",
     "{group} 的结果没有给出效应值和区间:找到或索取这个数字成本很低,却可能改变答案"},
    {[](const Profile& p) {
       return treatment(p) && p.trial_for > kSpeaks && p.trial_against > kSpeaks;
     },
     Design::kRandomisedTrial,
     "trials of {subject} disagree: pool their individual records by subgroup first, then a "
     "randomised trial large enough to see the smallest effect on {object} that matters",
     "{subject} 的试验结果互相矛盾:先按亚组合并个体数据,再做一项样本量足以看清对{object}"
     "最小有意义效应的随机试验"},
    {[](const Profile& p) { return treatment(p) && p.trial && p.ignorance >= kMuchUnknown; },
     Design::kRandomisedTrial,
     "the randomised trials of {subject} were too small to tell: a confirmatory trial with "
     "{object} as its main outcome",
     "{subject} 的随机试验规模太小,不足以定论:需要以{object}为主要终点的确证性试验"},
    {[](const Profile& p) { return treatment(p) && p.trial; }, Design::kRandomisedTrial,
     "what remains open about {subject} and {object} needs an independent randomised trial, or a "
     "subgroup named in advance",
     "关于 {subject} 与{object}仍未解决的部分,需要独立的随机试验,或事先指定的亚组分析"},
    {[](const Profile& p) { return treatment(p) && p.observational; }, Design::kRandomisedTrial,
     "only observational or subgroup analyses speak of {subject} and {object}: a randomised trial",
     "关于 {subject} 与{object}只有观察性或亚组分析:需要随机试验"},
    {[](const Profile& p) { return treatment(p) && p.animal; }, Design::kRandomisedTrial,
     "{subject} was tested on {object} in animals only: a first randomised trial in people",
     "{subject} 对{object}的作用只在动物中检验过:需要首个人体随机试验"},
    {[](const Profile& p) { return treatment(p) && p.cells; }, Design::kAnimal,
     "{subject} was tested in cells only: a blinded, randomised animal study of {object}",
     "{subject} 只在细胞中检验过:需要盲法随机的动物实验检验{object}"},
    {treatment, Design::kCohort,
     "nothing tests {subject} on {object} directly: compare people who take it with people who do "
     "not, as a target trial in a registry",
     "目前没有直接检验 {subject} 对{object}作用的研究:可在登记库中以目标试验方式比较用与不用的人"},
    {[](const Profile& p) { return p.subject == Subject::kExposure; }, Design::kCohort,
     "whether {subject} acts on {object}: a cohort with exposure measured before onset",
     "{subject} 是否影响{object}:需要在起病前测量暴露的队列研究"},
    {[](const Profile& p) { return p.subject == Subject::kGene && p.object_is_clinical; },
     Design::kGenetics,
     "whether {subject} acts on {object}: segregation in further families and burden in an "
     "independent cohort of the same ancestry",
     "{subject} 是否影响{object}:需要更多家系的共分离证据,以及同一人群独立队列的负荷检验"},
    {[](const Profile& p) { return p.both_sides; }, Design::kCells,
     "findings on {subject} and {object} disagree: an independent laboratory repeats both in "
     "patient-derived cells, protocol published first",
     "关于 {subject} 与{object}的发现互相矛盾:由独立实验室在患者来源细胞中重复双方实验,"
     "方案先行公布"},
    {[](const Profile& p) { return p.animal && !p.cells; }, Design::kCells,
     "{subject} and {object} were linked in animals only: the same test in patient-derived neurons",
     "{subject} 与{object}的联系只在动物中见过:在患者来源的神经元中做同样的检验"},
    {[](const Profile& p) { return p.cells && !p.animal; }, Design::kAnimal,
     "{subject} and {object} were linked in cells or tissue only: move {subject} in an animal and "
     "measure {object}",
     "{subject} 与{object}的联系只在细胞或组织中见过:在动物中改变 {subject} 并测量{object}"},
    {[](const Profile& p) { return p.animal && p.cells; }, Design::kGenetics,
     "cells and animals agree on {subject} and {object}: ask human genetics, by variants that move "
     "{subject}",
     "细胞与动物证据一致({subject} 与{object}):用改变 {subject} 的人类遗传变异来检验"},
    {[](const Profile&) { return true; }, Design::kCells,
     "{subject} and {object}: move {subject} in patient-derived cells and measure {object}",
     "{subject} 与{object}:在患者来源细胞中改变 {subject} 并测量{object}"},
});

std::string fill(std::string_view pattern, const std::string& subject, const std::string& object,
                 const std::string& group) {
  return fmt::format(fmt::runtime(fmt::string_view(pattern.data(), pattern.size())),
                     fmt::arg("subject", subject), fmt::arg("object", object),
                     fmt::arg("group", group));
}

/// Genes whose product a treatment lowers only in carriers of a variant of it.
constexpr std::array<std::string_view, 5> kGenes = {"SOD1", "C9orf72", "FUS", "TARDBP", "ATXN2"};

std::optional<std::string> gene_in(const std::string& name) {
  for (const std::string_view gene : kGenes) {
    if (name.find(gene) != std::string::npos) {
      return std::string(gene);
    }
  }
  return std::nullopt;
}

/// The gene a treatment is aimed at: by its own name, or by the product that it lowers.
std::optional<std::string> gene_of(const evidence::Knowledge& knowledge, const Concept& candidate) {
  if (const auto own = gene_in(candidate.name.en)) {
    return own;
  }
  for (const evidence::Claim* claim : knowledge.about(candidate.id)) {
    const Concept* object = knowledge.find_concept(claim->object);
    if (claim->subject == candidate.id && claim->causal && object != nullptr &&
        claim->sign == evidence::Sign::kLowers &&
        is_one_of(object->kind, {"gene", "gene_variant", "protein", "transcript", "biomarker"})) {
      if (const auto gene = gene_in(object->name.en)) {
        return gene;
      }
    }
  }
  return std::nullopt;
}

Text criteria_text(const registry::Criteria& criteria, bool trial) {
  Text text{"alive, reported within 12 months", "在世,12 个月内有报告"};
  if (trial) {
    text.en += fmt::format(", first symptom within {:.0f} months, ALSFRS-R at least {}",
                           kMonthsSinceOnset, kMinTotal);
    text.zh +=
        fmt::format(",起病 {:.0f} 个月内,ALSFRS-R 不低于 {} 分", kMonthsSinceOnset, kMinTotal);
  }
  if (criteria.gene) {
    text.en += ", carries a pathogenic variant of " + *criteria.gene;
    text.zh += ",携带 " + *criteria.gene + " 致病变异";
  }
  if (criteria.not_taking) {
    text.en += ", never took " + *criteria.not_taking;
    text.zh += ",从未用过 " + *criteria.not_taking;
  }
  return text;
}

}  // namespace

std::string code(Design design) {
  constexpr std::array<std::string_view, 6> kCodes = {
      "randomised_trial", "cohort", "animal", "cells", "genetics", "find_the_number"};
  return std::string(kCodes[static_cast<std::size_t>(design)]);
}

registry::Criteria trial_criteria(const evidence::Knowledge& knowledge, const Concept* candidate) {
  registry::Criteria criteria;
  criteria.max_months_since_onset = kMonthsSinceOnset;
  criteria.min_total = kMinTotal;
  if (candidate == nullptr) {
    return criteria;
  }
  criteria.not_taking = candidate->name.en;
  criteria.gene = gene_of(knowledge, *candidate);
  return criteria;
}

NextStudy next_study(const WeighedClaim& claim, const evidence::Knowledge& knowledge,
                     const Concept* candidate, const PeoplePort* people) {
  const Profile profile = profile_of(claim, knowledge);
  const Concept* subject = knowledge.find_concept(claim.claim->subject);
  const Concept* object = knowledge.find_concept(claim.claim->object);
  const Text from =
      subject == nullptr ? Text{claim.claim->subject, claim.claim->subject} : subject->name;
  const Text to = object == nullptr ? Text{claim.claim->object, claim.claim->object} : object->name;
  const auto rule = std::ranges::find_if(kRules, [&](const Rule& r) { return r.holds(profile); });
  NextStudy study;
  study.design = rule->design;
  study.text = {fill(rule->en, from.en, to.en, profile.silent_group),
                fill(rule->zh, from.zh, to.zh, profile.silent_group)};
  const bool trial = study.design == Design::kRandomisedTrial;
  if (people != nullptr && (trial || study.design == Design::kCohort)) {
    const auto criteria = trial ? trial_criteria(knowledge, candidate) : registry::Criteria{};
    study.people =
        Participants{people->count(criteria), people->synthetic, criteria_text(criteria, trial)};
  }
  return study;
}

}  // namespace thaw::inquiry
