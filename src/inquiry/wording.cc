#include "inquiry/wording.h"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/weigh_json.h"

namespace thaw::inquiry {
namespace {

constexpr double kPercentMax = 99;  // nothing here is certain

/// The relation of a link; by its sign where the claim only mirrors one of the other sign.
Text relation_text(const Link& link) {
  const std::string relation = link.claim == nullptr ? "" : link.claim->claim->relation;
  if (relation.empty() || relation.starts_with("opposite_of_")) {
    return link.sign == evidence::Sign::kRaises ? Text{"raises", "升高"} : Text{"lowers", "降低"};
  }
  std::string en = relation;
  std::ranges::replace(en, '_', ' ');
  return {en, evidence::relation_zh(relation)};
}

}  // namespace

Text chain_text(const Chain& chain) {
  if (chain.links.empty()) {
    return {};
  }
  Text text = chain.links.front().subject->name;
  for (const Link& link : chain.links) {
    const Text words = relation_text(link);
    text.en += fmt::format(" → {} {}", words.en, link.object->name.en);
    text.zh += fmt::format(" → {} {}", words.zh, link.object->name.zh);
  }
  text.zh = close_zh(text.zh);
  return text;
}

std::string percent(double share) {
  return share < 0.005 ? "under 1 %" : fmt::format("{:.0f} %", std::min(100 * share, kPercentMax));
}

std::string percent_zh(double share) {
  return share < 0.005 ? "不到 1%" : fmt::format("{:.0f}%", std::min(100 * share, kPercentMax));
}

Verbs verbs_for(const evidence::Concept& object) {
  if (object.kind == "disease") {
    return {{"raise the risk of", "的风险升高"}, {"lower the risk of", "的风险降低"}};
  }
  if (object.id == "thaw:survival") {
    return {{"extend", "延长"}, {"shorten", "缩短"}};
  }
  if (object.id == "thaw:als_progression" || object.id == "thaw:alsfrs_r_decline") {
    return {{"worsen", "加快"}, {"slow", "减慢"}};
  }
  return {{"raise", "升高"}, {"lower", "降低"}};
}

std::string third_person(const std::string& verb) {
  const std::size_t end = std::min(verb.find(' '), verb.size());
  return verb.substr(0, end) + "s" + verb.substr(end);
}

std::string capital(std::string text) {
  const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto word_end = std::ranges::find_if(text, [](char c) { return c == ' ' || c == '-'; });
  if (!text.empty() && std::all_of(text.begin(), word_end, small)) {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

std::string close_zh(std::string_view text) {
  // CJK characters and full-width marks are three bytes that begin with E3..E9 or EF.
  const auto is_wide = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0xE3 && byte <= 0xE9) || byte == 0xEF;
  };
  constexpr std::size_t kWideBytes = 3;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool between = text[i] == ' ' && out.size() >= kWideBytes && i + 1 < text.size() &&
                         is_wide(out[out.size() - kWideBytes]) && is_wide(text[i + 1]);
    if (!between) {
      out += text[i];
    }
  }
  return out;
}

}  // namespace thaw::inquiry
