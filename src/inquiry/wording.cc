#include "inquiry/wording.h"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/weigh_json.h"

namespace thaw::inquiry {
namespace {

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
  return text;
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
