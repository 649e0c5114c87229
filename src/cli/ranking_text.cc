#include "cli/ranking_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/weigh_json.h"
#include "inquiry/wording.h"

namespace thaw::cli {
namespace {

class Text {
 public:
  explicit Text(const std::string& lang) : zh_(lang == "zh") {}

  const std::string& of(const evidence::Name& name) const { return zh_ ? name.zh : name.en; }
  std::string_view of(std::string_view en, std::string_view zh) const { return zh_ ? zh : en; }

  template <class... Values>
  void line(std::string_view en, std::string_view zh, const Values&... values) {
    const std::string said = fmt::format(fmt::runtime(zh_ ? zh : en), values...);
    text_ += (zh_ ? inquiry::close_zh(said) : said) + '\n';
  }

  std::string take() { return std::move(text_); }

 private:
  bool zh_;
  std::string text_;
};

/// "riluzole -| glutamate -> excitotoxicity": -> raises, -| lowers.
std::string chain_text(const inquiry::Chain& chain, const Text& text) {
  std::string line = chain.links.empty() ? "" : text.of(chain.links[0].subject->name);
  for (const inquiry::Link& link : chain.links) {
    line += link.sign == evidence::Sign::kRaises ? " -> " : " -| ";
    line += text.of(link.object->name);
  }
  return line;
}

void add_people(Text& text, const inquiry::Participants& people) {
  const std::string_view mark = people.synthetic ? text.of(", synthetic", "，模拟数据") : "";
  if (people.eligible.count) {
    text.line("      could take part: {} people{} ({})", "      可能参加：{} 人{}（{}）",
              *people.eligible.count, mark, text.of(people.criteria));
  } else {
    text.line("      could take part: 1-10 people, hidden{} ({})",
              "      可能参加：1–10 人，不显示{}（{}）", mark, text.of(people.criteria));
  }
}

/// "on survival: well supported; support 4.66, ...".
void add_part(Text& text, const inquiry::Link& part) {
  constexpr double kPercent = 100;
  const evidence::WeighedClaim& claim = *part.claim;
  const auto wanted = inquiry::wanted_of(*part.object);
  const bool harm = wanted && part.sign != *wanted;
  text.line(
      "      {} {}: {}; support {:.2f}, opposition {:.2f} nats, belief {:.2f}, unknown {:.0f} %",
      "      {} {}：{}；支持 {:.2f}、反对 {:.2f} 奈特，可信度 {:.2f}，未知 {:.0f} %",
      harm ? text.of("harm on", "有害于") : text.of("on", "对"), text.of(part.object->name),
      text.of(evidence::verdict_of(claim)), claim.support, claim.opposition, claim.belief,
      kPercent * claim.opinion.ignorance);
}

/// Nothing direct of which less than 80 % is unknown: the rank hangs on the even start.
bool little_known(const inquiry::Answer& answer) {
  constexpr double kLittle = 0.8;
  return std::ranges::all_of(answer.parts, [](const inquiry::Link& part) {
    return part.claim->opinion.ignorance >= kLittle;
  });
}

void add_answer(Text& text, const inquiry::Answer& answer, std::size_t rank) {
  constexpr double kPercent = 100;
  const std::string_view mark =
      little_known(answer) ? text.of("  (little is known)", "（所知甚少）") : "";
  text.line("{:3}  {}{}", "{:3}  {}{}", rank, text.of(answer.candidate->name), mark);
  text.line(
      "      helps in {:.1f} ± {:.1f} % of worlds, harms in {:.1f} %; links shuffled: {:.1f} %",
      "      {:.1f} ± {:.1f} % 的世界中有益，{:.1f} % 中有害；打乱连线后 {:.1f} %",
      kPercent * answer.helps, kPercent * answer.error, kPercent * answer.harms,
      kPercent * answer.baseline);
  for (const inquiry::Link& part : answer.parts) {
    add_part(text, part);
  }
  if (answer.parts.empty()) {
    text.line("      {}", "      {}", text.of(answer.verdict));
  }
  if (answer.chain) {
    text.line("      through: {}", "      链条：{}", chain_text(*answer.chain, text));
  }
  if (answer.weakest) {
    text.line("      weakest link: {}", "      最弱环节：{}", text.of(answer.weakest->text));
  }
  if (answer.next) {
    text.line("      next study: {}", "      下一项研究：{}", text.of(answer.next->text));
    if (answer.next->people) {
      add_people(text, *answer.next->people);
    }
  }
}

}  // namespace

std::string ranking_text(const inquiry::Ranking& ranking, const std::string& lang) {
  Text text(lang);
  const inquiry::Verbs verbs = inquiry::verbs_for(*ranking.outcome);
  const auto& helps = ranking.wanted == evidence::Sign::kRaises ? verbs.raises : verbs.lowers;
  text.line("What would {} {}? {} candidates, {} possible worlds",
            "什么能使 {1} {0}？{2} 个候选，{3} 个可能世界", text.of(helps),
            text.of(ranking.outcome->name), ranking.candidates_total, ranking.worlds);
  if (!ranking.request.weigh.prior) {
    text.line("Starting from even odds, so little-known candidates stand high; try --prior 0.1.",
              "以先验对半开始，所知甚少的候选会偏高；可试 --prior 0.1。");
  }
  for (std::size_t i = 0; i < ranking.answers.size(); ++i) {
    add_answer(text, ranking.answers[i], i + 1);
  }
  text.line("Information, not medical advice.", "仅供参考，不是医疗建议。");
  return text.take();
}

}  // namespace thaw::cli
