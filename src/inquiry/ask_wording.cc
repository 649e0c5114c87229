#include "inquiry/ask_wording.h"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/weigh_json.h"
#include "inquiry/wording.h"

namespace thaw::inquiry {
namespace {

using evidence::Concept;

std::size_t groups_of(const evidence::WeighedClaim& claim, int direction) {
  return static_cast<std::size_t>(std::ranges::count_if(
      claim.groups, [&](const auto& group) { return group.direction == direction; }));
}

}  // namespace

Text claim_sentence(const evidence::Knowledge& knowledge, const evidence::WeighedClaim& weighed) {
  const evidence::Claim& claim = *weighed.claim;
  const Text said = evidence::claim_text(knowledge, claim);
  const Text judged = evidence::verdict_of(weighed);
  if (weighed.support + weighed.opposition == 0) {
    return {fmt::format("{}: {}. What is recorded speaks neither for nor against, so belief stays "
                        "at its prior of {}.",
                        capital(said.en), judged.en, percent(weighed.prior)),
            close_zh(fmt::format("{}：{}。现有记录既不支持也不反对，可信度仍为先验 {}。", said.zh,
                                 judged.zh, percent_zh(weighed.prior)))};
  }
  return {
      fmt::format("{}: {}. Independent groups that speak for it: {} ({:.2f} nats), against: {} "
                  "({:.2f} nats); belief {} from a prior of {}, and {} of the picture is "
                  "unknown.",
                  capital(said.en), judged.en, groups_of(weighed, 1), weighed.support,
                  groups_of(weighed, -1), weighed.opposition, percent(weighed.belief),
                  percent(weighed.prior), percent(weighed.opinion.ignorance)),
      close_zh(fmt::format("{}：{}。{} 个独立组支持（{:.2f} 奈特），{} 个反对（{:.2f} 奈特）；"
                           "先验 {}，可信度 {}，未知份额 {}。",
                           said.zh, judged.zh, groups_of(weighed, 1), weighed.support,
                           groups_of(weighed, -1), weighed.opposition, percent_zh(weighed.prior),
                           percent_zh(weighed.belief), percent_zh(weighed.opinion.ignorance)))};
}

Text influence_sentence(const Ranking& ranking, const Answer& answer) {
  const Verbs verbs = verbs_for(*ranking.outcome);
  const bool lowers = ranking.wanted == evidence::Sign::kLowers;
  const Text& helps = lowers ? verbs.lowers : verbs.raises;
  const Text& harms = lowers ? verbs.raises : verbs.lowers;
  return {
      fmt::format("Through all chains together, in {} (± {:.1f} points) of {} possible worlds {} "
                  "{} {}, in {} it {} it, in {} both, in {} neither; degree alone would give {}.",
                  percent(answer.helps), 100 * answer.error, ranking.worlds,
                  answer.candidate->name.en, third_person(helps.en), ranking.outcome->name.en,
                  percent(answer.harms), third_person(harms.en), percent(answer.both),
                  percent(answer.neither), percent(answer.baseline)),
      close_zh(fmt::format("综合所有因果链：在 {} 个可能世界中，{}（± {:.1f} 个百分点）里 {} 使 {} "
                           "{}，{} 里{}，{} 里两者皆有，{} 里无作用；仅凭连接数会得到 {}。",
                           ranking.worlds, percent_zh(answer.helps), 100 * answer.error,
                           answer.candidate->name.zh, ranking.outcome->name.zh, helps.zh,
                           percent_zh(answer.harms), harms.zh, percent_zh(answer.both),
                           percent_zh(answer.neither), percent_zh(answer.baseline)))};
}

Text ranking_sentence(const Ranking& ranking, std::size_t count) {
  Text list;
  for (std::size_t i = 0; i < std::min(count, ranking.answers.size()); ++i) {
    const Answer& answer = ranking.answers[i];
    list.en +=
        fmt::format("{}{} ({}, baseline {}; {})", i == 0 ? "" : ", ", answer.candidate->name.en,
                    percent(answer.helps), percent(answer.baseline), answer.verdict.en);
    list.zh +=
        fmt::format("{}{}（{}，基线 {}；{}）", i == 0 ? "" : "、", answer.candidate->name.zh,
                    percent_zh(answer.helps), percent_zh(answer.baseline), answer.verdict.zh);
  }
  const Verbs verbs = verbs_for(*ranking.outcome);
  const Text& helps = ranking.wanted == evidence::Sign::kLowers ? verbs.lowers : verbs.raises;
  return {
      fmt::format("Of {} candidates, those likeliest to {} {} by what is recorded here, from "
                  "even odds at the start: {}.",
                  ranking.candidates_total, helps.en, ranking.outcome->name.en, list.en),
      close_zh(fmt::format("在 {} 个候选中，以先验对半开始、按现有记录最可能使 {} {}的是：{}。",
                           ranking.candidates_total, ranking.outcome->name.zh, helps.zh, list.zh))};
}

Text chain_sentence(const Chain& chain) {
  const Text said = chain_text(chain);
  return {fmt::format("Through: {} ({} that all of it holds).", said.en, percent(chain.belief)),
          fmt::format("链条：{}（整条成立的概率 {}）。", said.zh, percent_zh(chain.belief))};
}

Text proposal_sentence(const Proposal& proposal) {
  Text text{
      fmt::format("Weakest link: {} Next: {}", proposal.link.text.en, proposal.study.text.en),
      fmt::format("最弱环节：{}下一项研究：{}", proposal.link.text.zh, proposal.study.text.zh)};
  if (!proposal.study.people) {
    return text;
  }
  const Participants& people = *proposal.study.people;
  const std::string count =
      people.eligible.hidden ? "1-10" : fmt::format("{}", people.eligible.count.value_or(0));
  append(text,
         {fmt::format("{} people of {} could take part ({}).", count,
                      people.synthetic ? "the synthetic registry" : "the registry",
                      people.criteria.en),
          fmt::format("{}中有 {} 人可参加（{}）。", people.synthetic ? "模拟登记库" : "登记库",
                      count, people.criteria.zh)});
  return text;
}

Text nothing_sentence(const Concept* subject, const Concept* object) {
  if (subject == nullptr || object == nullptr) {
    const Concept* one = subject != nullptr ? subject : object;
    return {fmt::format("Nothing we hold says causally what acts on or through {}; that is not "
                        "evidence of no effect.",
                        one == nullptr ? "it" : one->name.en),
            close_zh(fmt::format("现有证据中没有关于 {} 的因果结论；这并不等于没有作用。",
                                 one == nullptr ? "它" : one->name.zh))};
  }
  return {
      fmt::format("Nothing we hold joins {} and {} by causal claims; that is not evidence of no "
                  "effect.",
                  subject->name.en, object->name.en),
      close_zh(fmt::format("现有证据中没有因果链连接 {} 与 {}；这并不等于没有作用。",
                           subject->name.zh, object->name.zh))};
}

Text near_sentence(const std::vector<const Concept*>& near, const Concept& object) {
  Text names;
  for (const Concept* other : near) {
    names.en += (names.en.empty() ? "" : "; ") + other->name.en;
    names.zh += (names.zh.empty() ? "" : "、") + other->name.zh;
  }
  return {fmt::format("Near to it, and with a chain to {}: {}.", object.name.en, names.en),
          close_zh(fmt::format("与它相近、且有链条通向 {} 的是：{}。", object.name.zh, names.zh))};
}

Text mechanism_question(const Concept& subject, const Concept& object) {
  return {fmt::format("Through what does {} act on {}?", subject.name.en, object.name.en),
          close_zh(fmt::format("{} 通过什么影响 {}？", subject.name.zh, object.name.zh))};
}

Text no_advice_sentence() {
  return {"This is information, not advice to take or stop a treatment.",
          "以上是信息，不是用药或停药建议。"};
}

void append(Text& text, const Text& sentence) {
  if (!text.en.empty() && !sentence.en.empty()) {
    text.en += ' ';
  }
  text.en += sentence.en;
  text.zh += sentence.zh;
}

std::vector<Text> suggestion_questions(const evidence::Knowledge& knowledge,
                                       const Concept* outcome) {
  const Concept* drug = nullptr;
  std::size_t most = 0;
  for (const Concept& candidate : knowledge.concepts()) {
    const std::size_t claims = knowledge.about(candidate.id).size();
    if (candidate.kind == "drug" && claims > most) {
      drug = &candidate;
      most = claims;
    }
  }
  if (drug == nullptr || outcome == nullptr) {
    return {};
  }
  const Text& x = drug->name;
  const Text& y = outcome->name;
  return {{fmt::format("Does {} slow {}?", x.en, y.en), fmt::format("{} 能延缓{}吗？", x.zh, y.zh)},
          mechanism_question(*drug, *outcome),
          {fmt::format("What should be studied next about {}?", y.en),
           fmt::format("关于{}，接下来该研究什么？", y.zh)},
          {fmt::format("What slows {}?", y.en), fmt::format("什么能延缓{}？", y.zh)}};
}

}  // namespace thaw::inquiry
