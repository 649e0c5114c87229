#include "reading/sentence_claim_odds.h"

#include <algorithm>
#include <array>

namespace thaw::reading {
namespace {

// Rows: trigger class; columns: units from the trigger to the farther name: 1-2, 3-4, 5-8, more.
struct Measured {
  Cue cue;
  std::array<double, 4> share;
};
constexpr std::array kMeasured = {
    Measured{Cue::kRaises, {0.35, 0.35, 0.34, 0.12}},
    Measured{Cue::kLowers, {0.60, 0.35, 0.31, 0.27}},
    Measured{Cue::kCauses, {0.73, 0.43, 0.32, 0.25}},
    Measured{Cue::kTreats, {0.61, 0.39, 0.28, 0.28}},
    Measured{Cue::kWorsens, {0.40, 0.40, 0.30, 0.20}},  // too few to measure: set by judgement
};
constexpr double kDoubted = 0.8;
constexpr double kChinese = 0.9;
constexpr double kNoSignProbability = 0.2;
constexpr double kDeniedProbability = 0.5;  // of a denial: not measured, BioRED marks none

std::size_t column_of(std::size_t reach) {
  return reach <= 2 ? 0 : reach <= 4 ? 1 : reach <= 8 ? 2 : 3;
}

}  // namespace

bool is_chinese(const UnitSentence& sentence) {
  return std::ranges::any_of(sentence.units, [](const Unit& unit) {
    return unit.lower.size() >= 3 && static_cast<unsigned char>(unit.lower[0]) >= 0xE4U &&
           static_cast<unsigned char>(unit.lower[0]) <= 0xE9U;
  });
}

double sentence_claim_probability(const UnitSentence& sentence, const SentenceClaim& claim) {
  const auto away = [&](std::size_t unit) {
    return unit > claim.trigger ? unit - claim.trigger : claim.trigger - unit;
  };
  const bool chinese = is_chinese(sentence);
  // A character is less than a word: about two make one.
  const std::size_t reach = std::max(away(claim.subject), away(claim.object)) / (chinese ? 2 : 1);
  double p = claim.negated ? kDeniedProbability : kNoSignProbability;
  for (const Measured& row : kMeasured) {
    if (claim.sign && !claim.negated && row.cue == claim.cue) {
      p = row.share[column_of(reach)];
    }
  }
  return p * (claim.hedged ? kDoubted : 1) * (chinese ? kChinese : 1);
}

}  // namespace thaw::reading
