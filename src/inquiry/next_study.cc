#include "inquiry/next_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "evidence/weigh_json.h"
#include "inquiry/study_profile.h"
#include "inquiry/wording.h"

namespace thaw::inquiry {
namespace {

using evidence::Concept;
using evidence::WeighedClaim;

constexpr double kMuchUnknown = 0.4;  // share of ignorance that calls for a larger study
constexpr double kHarmFound = 1;      // nats for harm from which on no new trial is proposed
constexpr double kDisagree = 0.5;     // nats on each side from which on trials disagree
constexpr double kOpenBelief = 0.15;  // or its mirror: a trial that leaves less open told something
constexpr double kMonthsSinceOnset = 36;
constexpr int kMinTotal = 24;

struct Rule {
  bool (*holds)(const StudyProfile&);
  Design design;
  std::string_view en;  // {subject}, {object}, {group} stand for names, {move} for what is done
  std::string_view zh;
};

bool treatment(const StudyProfile& p) {
  return p.treatment_on_people();
}

bool too_small(const StudyProfile& p) {
  return treatment(p) && p.trials_with_figure > 0 && p.all_small && p.ignorance >= kMuchUnknown &&
         p.belief > kOpenBelief && p.belief < 1 - kOpenBelief;
}

bool only_one_kind(const StudyProfile& p, bool StudyProfile::*kind) {
  return p.*kind && p.cohort + p.open_label + p.subgroup == 1;
}

constexpr std::array kRules = std::to_array<Rule>({
    {[](const StudyProfile& p) { return treatment(p) && !p.missing_group.empty(); },
     Design::kFindTheNumber,
     "{group} is recorded without a usable estimate and interval: finding or asking for that "
     "number "
     "costs little and could move this answer",
     "{group}的记录中没有可用的效应值和区间：找到或索取这个数字成本很低，却可能改变答案"},
    {[](const StudyProfile& p) { return treatment(p) && p.harmful && p.trial_for >= kHarmFound; },
     Design::kSubgroup,
     "A randomised trial speaks for harm of {subject} on {object}: no new trial in people is "
     "proposed; pool the records that exist, by subgroups named in advance, to learn why",
     "有随机试验提示 {subject} 对 {object} 有害：此处不建议再做人体试验；可按事先指定的亚组合并"
     "已有数据，弄清原因"},
    {[](const StudyProfile& p) {
       return treatment(p) && p.trial_for > kDisagree && p.trial_against > kDisagree;
     },
     Design::kRandomisedTrial,
     "Trials of {subject} disagree: pool their individual records by subgroup first, then a "
     "randomised trial large enough to see the smallest effect on {object} that matters",
     "{subject} 的试验结果互相矛盾：先按亚组合并个体数据，再做一项样本量足以看清对 {object} "
     "最小有意义效应的随机试验"},
    {[](const StudyProfile& p) { return too_small(p) && p.trials_with_figure == 1; },
     Design::kRandomisedTrial,
     "The one randomised trial of {subject} recorded here with a figure for {object} was too small "
     "to tell: a confirmatory trial with {object} as its main outcome",
     "{subject} 对 {object} 只有一项给出数字的随机试验，规模太小，不足以定论：需要以 {object} "
     "为主要终点的确证性试验"},
    {too_small, Design::kRandomisedTrial,
     "The randomised trials of {subject} recorded here with figures for {object} were too small to "
     "tell: a confirmatory trial with {object} as its main outcome",
     "{subject} 对 {object} 给出数字的随机试验规模太小，不足以定论：需要以 {object} "
     "为主要终点的确证性试验"},
    {[](const StudyProfile& p) {
       return treatment(p) && p.trial_against > p.trial_for && p.belief <= kOpenBelief;
     },
     Design::kSubgroup,
     "The trials of {subject} recorded here speak against it for {object}: before any new trial, "
     "pool their individual records by subgroups named in advance",
     "此处记录的 {subject} 试验对 {object} 的结果偏向否定：在任何新试验之前，先按事先指定的亚组合并"
     "个体数据"},
    {[](const StudyProfile& p) { return treatment(p) && p.trials > 0; }, Design::kRandomisedTrial,
     "What remains open about {subject} and {object} needs an independent randomised trial, or a "
     "subgroup named in advance",
     "关于 {subject} 与 {object} 仍未解决的部分，需要独立的随机试验，或事先指定的亚组分析"},
    {[](const StudyProfile& p) {
       return treatment(p) && only_one_kind(p, &StudyProfile::open_label);
     },
     Design::kRandomisedTrial,
     "Only an open-label follow-up speaks of {subject} and {object}, where everyone knew what was "
     "given: a randomised, blinded trial",
     "关于 {subject} 与 {object} 只有开放标签随访，人人都知道用的是什么：需要随机盲法试验"},
    {[](const StudyProfile& p) {
       return treatment(p) && only_one_kind(p, &StudyProfile::subgroup);
     },
     Design::kRandomisedTrial,
     "Only a subgroup of a trial speaks of {subject} and {object}: a randomised trial in everyone, "
     "or in that subgroup named in advance",
     "关于 {subject} 与 {object} 只有试验的亚组结果：需要在全体或事先指定的该亚组中做随机试验"},
    {[](const StudyProfile& p) { return treatment(p) && (p.cohort || p.open_label || p.subgroup); },
     Design::kRandomisedTrial,
     "Only observational or subgroup analyses speak of {subject} and {object}: a randomised trial",
     "关于 {subject} 与 {object} 只有观察性或亚组分析：需要随机试验"},
    {[](const StudyProfile& p) { return treatment(p) && p.animal; }, Design::kRandomisedTrial,
     "{subject} is recorded here as tested on {object} in animals only: a first randomised trial "
     "in people",
     "{subject} 对 {object} 的作用在此只有动物实验记录：需要首个人体随机试验"},
    {[](const StudyProfile& p) { return treatment(p) && p.cells; }, Design::kAnimal,
     "{subject} is recorded here as tested in cells only: give {subject} to animals, blinded and "
     "randomised, and measure {object}",
     "{subject} 在此只有细胞实验记录：在盲法随机的动物实验中给予 {subject}，并测量 {object}"},
    {[](const StudyProfile& p) { return p.only_reviews(); }, Design::kFindTheNumber,
     "Only reviews are recorded here on {subject} and {object}: find and read the primary studies",
     "关于 {subject} 与 {object}，此处只记录了综述：请查找并阅读原始研究"},
    {treatment, Design::kCohort,
     "Nothing recorded here tests {subject} on {object} directly: where people already take it, "
     "compare them with people who do not, as a target trial in a registry",
     "此处没有直接检验 {subject} 对 {object} 作用的记录：若已有人使用，可在登记库中以目标试验"
     "方式比较用与不用的人"},
    {[](const StudyProfile& p) { return p.subject == StudySubject::kExposure; }, Design::kCohort,
     "Whether {subject} acts on {object}: a cohort with exposure measured before onset",
     "{subject} 是否影响 {object}：需要在起病前测量暴露的队列研究"},
    {[](const StudyProfile& p) { return p.subject == StudySubject::kGene && p.object_is_clinical; },
     Design::kGenetics,
     "Whether {subject} acts on {object}: segregation in further families and burden in an "
     "independent cohort of the same ancestry",
     "{subject} 是否影响 {object}：需要更多家系的共分离证据，以及同一人群独立队列的负荷检验"},
    {[](const StudyProfile& p) { return p.both_sides; }, Design::kCells,
     "Findings on {subject} and {object} disagree: an independent laboratory repeats both in "
     "patient-derived cells, protocol published first",
     "关于 {subject} 与 {object} 的发现互相矛盾：由独立实验室在患者来源细胞中重复双方实验，"
     "方案先行公布"},
    {[](const StudyProfile& p) { return p.animal && !p.cells; }, Design::kCells,
     "{subject} and {object} were linked in animals only: {move} in patient-derived neurons and "
     "measure {object}",
     "{subject} 与 {object} 的联系只在动物中见过：在患者来源的神经元中{move}，并测量 {object}"},
    {[](const StudyProfile& p) { return p.cells && !p.animal; }, Design::kAnimal,
     "{subject} and {object} were linked in cells or tissue only: {move} in an animal and measure "
     "{object}",
     "{subject} 与 {object} 的联系只在细胞或组织中见过：在动物中{move}，并测量 {object}"},
    {[](const StudyProfile& p) {
       return p.animal && p.cells && p.subject != StudySubject::kTreatment;
     },
     Design::kGenetics,
     "Cells and animals both speak of {subject} and {object}: ask human genetics, by variants that "
     "change {subject}",
     "细胞与动物证据都涉及 {subject} 与 {object}：用改变 {subject} 的人类遗传变异来检验"},
    {[](const StudyProfile&) { return true; }, Design::kCells,
     "{subject} and {object}: {move} in patient-derived cells and measure {object}",
     "{subject} 与 {object}：在患者来源细胞中{move}，并测量 {object}"},
});

struct Names {
  std::string subject, object, group, move;
};

std::string fill(std::string_view pattern, const Names& names) {
  return fmt::format(fmt::runtime(fmt::string_view(pattern.data(), pattern.size())),
                     fmt::arg("subject", names.subject), fmt::arg("object", names.object),
                     fmt::arg("group", names.group), fmt::arg("move", names.move));
}

Text fill(std::string_view en, std::string_view zh, const Names& in_en, const Names& in_zh) {
  return {capital(fill(en, in_en)) + ".", close_zh(fill(zh, in_zh)) + "。"};
}

/// A trial by its name; one without is known by its paper.
Text trial_name(const StudyProfile& profile, const Text& subject) {
  const std::string& label = profile.missing_group;
  if (profile.missing_whole) {
    return {label + ", over all its people,", label + " 全体受试者"};
  }
  if (label.find(':') == std::string::npos) {
    return {label, label + " "};
  }
  return {fmt::format("The trial of {} in {}", subject.en, label),
          fmt::format("{} 的试验（{}）", subject.zh, label)};
}

/// A claim that is settled: what is left to ask is another outcome, or for whom.
NextStudy after_settled(const WeighedClaim& claim, const evidence::Knowledge& knowledge,
                        const Concept* untested, const Text& subject) {
  const bool holds = claim.belief > 0.5;
  const Text said = evidence::claim_text(knowledge, *claim.claim);
  Text text{fmt::format("That {} is fairly settled{}. ", said.en,
                        holds ? "" : " in the negative: the evidence speaks against it"),
            fmt::format("“{}”已基本{}。", said.zh, holds ? "明确成立" : "明确不成立")};
  if (holds && untested != nullptr) {
    text.en += fmt::format(
        "What {} does to {} is not tested directly in what is recorded here: compare people who "
        "take it with people who do not, as a target trial in a registry",
        subject.en, untested->name.en);
    text.zh += fmt::format(
        "而 {} 对 {} 的作用，此处没有直接检验的记录：可在登记库中以目标试验方式比较用与不用的人",
        subject.zh, untested->name.zh);
    return {Design::kCohort, {capital(text.en) + ".", close_zh(text.zh) + "。"}, {}};
  }
  text.en += holds ? "What is open is for whom, at what dose and at which stage: pool the trials' "
                     "individual records by subgroups named in advance"
                   : "What could still be open is a subgroup, dose or stage named in advance: pool "
                     "the trials' individual records before any new trial";
  text.zh += holds
                 ? "仍待回答的是对哪些人、何种剂量、哪个阶段：按事先指定的亚组合并各试验的个体数据"
                 : "可能仍待回答的是事先指定的亚组、剂量或阶段：在任何新试验之前先合并个体数据";
  return {Design::kSubgroup, {capital(text.en) + ".", close_zh(text.zh) + "。"}, {}};
}

NextStudy by_rule(const StudyProfile& profile, const Text& from, const Text& to) {
  const auto rule = std::ranges::find_if(kRules, [&](const Rule& r) { return r.holds(profile); });
  const Text trial = trial_name(profile, from);
  const bool given = profile.subject == StudySubject::kTreatment;
  const Names en{from.en, to.en, trial.en, (given ? "give " : "change ") + from.en};
  const Names zh{from.zh, to.zh, trial.zh, (given ? "给予 " : "改变 ") + from.zh};
  return {rule->design, fill(rule->en, rule->zh, en, zh), {}};
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

Text criteria_text(const registry::Criteria& criteria, bool trial, const Concept* candidate) {
  Text text{"alive, reported within 12 months", "在世，12 个月内有报告"};
  if (trial) {
    text.en += fmt::format(", first symptom within {:.0f} months, ALSFRS-R at least {}",
                           kMonthsSinceOnset, kMinTotal);
    text.zh +=
        fmt::format("，起病 {:.0f} 个月内，ALSFRS-R 不低于 {} 分", kMonthsSinceOnset, kMinTotal);
  }
  if (criteria.gene) {
    text.en += ", carries a pathogenic variant of " + *criteria.gene;
    text.zh += "，携带 " + *criteria.gene + " 致病变异";
  }
  if (criteria.not_taking && candidate != nullptr) {
    text.en += ", never took " + candidate->name.en;
    text.zh += "，从未用过 " + candidate->name.zh;
  }
  return text;
}

}  // namespace

std::string code(Design design) {
  constexpr std::array<std::string_view, 7> kCodes = {
      "randomised_trial", "cohort", "animal", "cells", "genetics", "find_the_number", "subgroup"};
  return std::string(kCodes[static_cast<std::size_t>(design)]);
}

registry::Criteria trial_criteria(const evidence::Knowledge& knowledge, const Concept* candidate) {
  registry::Criteria criteria;
  criteria.max_months_since_onset = kMonthsSinceOnset;
  criteria.min_total = kMinTotal;
  if (candidate == nullptr) {
    return criteria;
  }
  registry::DrugNames drug{candidate->id, candidate->aliases};
  drug.names.push_back(candidate->name.en);
  drug.names.push_back(candidate->name.zh);
  criteria.not_taking = std::move(drug);
  criteria.gene = gene_of(knowledge, *candidate);
  return criteria;
}

NextStudy next_study(const WeighedClaim& claim, const evidence::Knowledge& knowledge,
                     const Concept* candidate, const PeoplePort* people, const Concept* untested) {
  const StudyProfile profile = profile_of(claim, knowledge);
  const Concept* subject = knowledge.find_concept(claim.claim->subject);
  const Concept* object = knowledge.find_concept(claim.claim->object);
  const Text from =
      subject == nullptr ? Text{claim.claim->subject, claim.claim->subject} : subject->name;
  const Text to = object == nullptr ? Text{claim.claim->object, claim.claim->object} : object->name;
  NextStudy study = profile.treatment_on_people() && is_settled(claim) && !profile.harmful
                        ? after_settled(claim, knowledge, untested, from)
                        : by_rule(profile, from, to);
  const bool trial = study.design == Design::kRandomisedTrial;
  if (people != nullptr && (trial || study.design == Design::kCohort)) {
    const auto criteria = trial ? trial_criteria(knowledge, candidate) : registry::Criteria{};
    study.people = Participants{people->count(criteria), people->synthetic,
                                criteria_text(criteria, trial, candidate)};
  }
  return study;
}

}  // namespace thaw::inquiry
