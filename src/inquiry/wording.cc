#include "inquiry/wording.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>

namespace thaw::inquiry {
namespace {

struct RelationWords {
  std::string_view relation;
  std::string_view en;
  std::string_view zh;
};

constexpr std::array kRelations = std::to_array<RelationWords>({
    {"slows", "slows", "延缓"},
    {"accelerates", "accelerates", "加速"},
    {"worsens", "worsens", "加重"},
    {"improves", "improves", "改善"},
    {"extends", "extends", "延长"},
    {"shortens", "shortens", "缩短"},
    {"causes", "causes", "导致"},
    {"prevents", "prevents", "预防"},
    {"protects_against", "protects against", "保护免于"},
    {"increases", "increases", "增加"},
    {"decreases", "decreases", "减少"},
    {"raises", "raises", "升高"},
    {"lowers", "lowers", "降低"},
    {"increases_risk", "increases the risk of", "增加风险:"},
    {"decreases_risk", "decreases the risk of", "降低风险:"},
    {"activates", "activates", "激活"},
    {"inhibits", "inhibits", "抑制"},
    {"rescues", "rescues", "挽救"},
});

constexpr double kLittleKnown = 0.6;  // share of ignorance from which on little is known
constexpr double kConflict = 0.6;

const RelationWords* find_relation(std::string_view relation) {
  for (const auto& words : kRelations) {
    if (words.relation == relation) {
      return &words;
    }
  }
  return nullptr;
}

Text relation_text(const std::string& relation, evidence::Sign sign) {
  if (const RelationWords* words = find_relation(relation)) {
    return {std::string(words->en), std::string(words->zh)};
  }
  return sign == evidence::Sign::kRaises ? Text{"raises", "升高"} : Text{"lowers", "降低"};
}

bool is_ascii_end(const std::string& text, bool front) {
  return !text.empty() && static_cast<unsigned char>(front ? text.front() : text.back()) < 0x80;
}

/// Chinese needs a space only next to Latin letters.
void append_zh(std::string& to, const std::string& word) {
  if (!to.empty() && (is_ascii_end(to, false) || is_ascii_end(word, true))) {
    to += ' ';
  }
  to += word;
}

}  // namespace

Text claim_text(const evidence::Concept& subject, const std::string& relation, evidence::Sign sign,
                const evidence::Concept& object) {
  const Text words = relation_text(relation, sign);
  std::string zh = subject.name.zh;
  append_zh(zh, words.zh);
  append_zh(zh, object.name.zh);
  return {fmt::format("{} {} {}", subject.name.en, words.en, object.name.en), zh};
}

Text chain_text(const Chain& chain) {
  Text text;
  for (const Link& link : chain.links) {
    if (text.en.empty()) {
      text = link.subject->name;
    }
    const Text words =
        relation_text(link.claim == nullptr ? "" : link.claim->claim->relation, link.sign);
    text.en += fmt::format(" → {} {}", words.en, link.object->name.en);
    text.zh += " → " + words.zh;
    append_zh(text.zh, link.object->name.zh);
  }
  return text;
}

Text verdict(const evidence::WeighedClaim& claim) {
  if (claim.opinion.ignorance >= kLittleKnown) {
    return {"little is known", "所知甚少"};
  }
  if (claim.conflict >= kConflict) {
    return {"evidence on both sides is strong", "正反两方面证据都较强"};
  }
  if (claim.belief >= 0.9) {
    return {"strongly for", "有力支持"};
  }
  if (claim.belief <= 0.1) {
    return {"strongly against", "有力反对"};
  }
  return claim.belief >= 0.5 ? Text{"more for than against", "支持多于反对"}
                             : Text{"more against than for", "反对多于支持"};
}

std::string percent(double share) {
  if (share < 0.005) {
    return "under 1 %";
  }
  return share > 0.995 ? "over 99 %" : fmt::format("{:.0f} %", 100 * share);
}

std::string percent_zh(double share) {
  if (share < 0.005) {
    return "不到 1%";
  }
  return share > 0.995 ? "超过 99%" : fmt::format("{:.0f}%", 100 * share);
}

}  // namespace thaw::inquiry
