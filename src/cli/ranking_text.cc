#include "cli/ranking_text.h"

#include <fmt/format.h>

namespace thaw::cli {
namespace {

class Text {
 public:
  explicit Text(const std::string& lang) : zh_(lang == "zh") {}

  const std::string& of(const evidence::Name& name) const { return zh_ ? name.zh : name.en; }
  std::string_view of(std::string_view en, std::string_view zh) const { return zh_ ? zh : en; }

  template <class... Values>
  void line(std::string_view en, std::string_view zh, const Values&... values) {
    text_ += fmt::format(fmt::runtime(zh_ ? zh : en), values...) + '\n';
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
  const std::string_view mark = people.synthetic ? text.of(", synthetic", ",模拟数据") : "";
  if (people.eligible.count) {
    text.line("      could take part: {} people{} ({})", "      可能参加:{} 人{}({})",
              *people.eligible.count, mark, text.of(people.criteria));
  } else {
    text.line("      could take part: 1-10 people, hidden{} ({})",
              "      可能参加:1–10 人,不显示{}({})", mark, text.of(people.criteria));
  }
}

void add_answer(Text& text, const inquiry::Answer& answer, std::size_t rank) {
  constexpr double kPercent = 100;
  text.line("{:3}  {}", "{:3}  {}", rank, text.of(answer.candidate->name));
  text.line(
      "      helps in {:.1f} ± {:.1f} % of worlds, harms in {:.1f} %; links shuffled: {:.1f} %",
      "      {:.1f} ± {:.1f} % 的世界中有益,{:.1f} % 中有害;打乱连线后 {:.1f} %",
      kPercent * answer.helps, kPercent * answer.error, kPercent * answer.harms,
      kPercent * answer.baseline);
  if (answer.direct != nullptr) {
    text.line("      {}: support {:.2f}, opposition {:.2f} nats, belief {:.2f}, unknown {:.0f} %",
              "      {}:支持 {:.2f}、反对 {:.2f} 奈特,可信度 {:.2f},未知 {:.0f} %",
              text.of(answer.verdict), answer.direct->support, answer.direct->opposition,
              answer.direct->belief, kPercent * answer.direct->opinion.ignorance);
  } else {
    text.line("      {}", "      {}", text.of(answer.verdict));
  }
  if (answer.chain) {
    text.line("      through: {}", "      途径:{}", chain_text(*answer.chain, text));
  }
  if (answer.weakest) {
    text.line("      weakest link: {}", "      最弱的一环:{}", text.of(answer.weakest->text));
  }
  if (answer.next) {
    text.line("      next study: {}", "      下一步研究:{}", text.of(answer.next->text));
    if (answer.next->people) {
      add_people(text, *answer.next->people);
    }
  }
}

}  // namespace

std::string ranking_text(const inquiry::Ranking& ranking, const std::string& lang) {
  Text text(lang);
  const bool raises = ranking.wanted == evidence::Sign::kRaises;
  text.line("What would {} {}? {} candidates, {} possible worlds",
            "什么能{}{}?{} 个候选,{} 个可能的世界",
            raises ? text.of("raise", "提高") : text.of("lower", "减少"),
            text.of(ranking.outcome->name), ranking.candidates_total, ranking.worlds);
  for (std::size_t i = 0; i < ranking.answers.size(); ++i) {
    add_answer(text, ranking.answers[i], i + 1);
  }
  text.line("Information, not medical advice.", "仅供参考,不是医疗建议。");
  return text.take();
}

}  // namespace thaw::cli
