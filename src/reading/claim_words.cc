#include "reading/claim_words.h"

namespace thaw::reading {
namespace {

using evidence::Sign;

bool starts_with_any(std::string_view word, std::initializer_list<std::string_view> beginnings) {
  for (const std::string_view beginning : beginnings) {
    if (word.starts_with(beginning)) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string relation_word(Cue cue, std::optional<Sign> sign, const Unit& trigger,
                          std::string_view object_kind) {
  if (!sign) {
    return cue == Cue::kAssociates ? "associated_with" : "affects";
  }
  const bool raises = *sign == Sign::kRaises;
  if (starts_with_any(trigger.lower, {"prolong", "extend", "延长"}) && raises) {
    return "extends";
  }
  if (starts_with_any(trigger.lower, {"slow", "delay", "延缓", "减缓", "减慢"}) && !raises) {
    return "slows";
  }
  if (has(trigger.cues, Cue::kRisk) && raises) {
    return "increases_risk";
  }
  switch (cue) {
    case Cue::kCauses:
      return raises
                 ? (object_kind == "disease" || object_kind == "phenotype" ? "causes" : "increases")
                 : "decreases";
    case Cue::kTreats:
      return raises ? "improves" : "protects_against";
    case Cue::kWorsens:
      return raises ? "worsens" : "decreases";
    default:
      return raises ? "increases" : "decreases";
  }
}

}  // namespace thaw::reading
