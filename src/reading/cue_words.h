// The words by which a text states a relation: what raises, lowers, causes, treats, denies, doubts.
//
// Method: a lexicon of word beginnings for English and of phrases for Chinese, written for this
// program from textbooks' usage; no corpus' text is in it. Checked by cue_words_test.cc.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "reading/reading.h"

namespace thaw::reading {

/// What a word tells. One word may tell several things ("deficiency": loss).
enum class Cue : std::uint8_t {
  kRaises,      // increases, activates, upregulates
  kLowers,      // inhibits, reduces, suppresses
  kCauses,      // causes, induces, leads to, due to
  kTreats,      // treats, protects, improves, attenuates a harm
  kWorsens,     // exacerbates, aggravates
  kRisk,        // risk, susceptibility, predisposes
  kAssociates,  // associated, correlated, linked
  kNoSign,      // regulates, affects, modulates
  kBinds,       // binds, interacts, complex
  kLoss,        // deficiency, knockout, absence: the thing itself is lowered
  kGain,        // overexpression, elevated: the thing itself is raised
  kBlocker,     // inhibitor, antagonist of the thing
  kHelper,      // agonist, activator of the thing
  kMutation,    // mutation, variant, allele, carriers
  kNegation,    // not, no, without, failed
  kNull,        // no effect words: unaffected, unchanged
  kHedge,       // may, might, suggests
  kTreatment,   // treated with, receiving, dose, administration
  kHarm,        // toxicity, adverse, side effect
  kPatients,    // patients, cases
  kTogether,    // combined, combination, coadministered
  kCompares,    // versus, compared, than
  kResists,     // resistant, refractory, insensitive
  kExpression,  // expression, levels, mRNA
  kBetter,      // better, beneficial, effective
  kPassive,     // by (after a verb): the agent follows
  kCount        // not a cue: how many there are
};

constexpr std::size_t kCues = static_cast<std::size_t>(Cue::kCount);

/// A set of cues, one bit each.
using CueSet = std::uint32_t;

constexpr CueSet bit(Cue cue) {
  return CueSet{1} << static_cast<unsigned>(cue);
}
constexpr bool has(CueSet set, Cue cue) {
  return (set & bit(cue)) != 0;
}

/// Cues of one English word in lower case; 0 when it tells nothing.
CueSet cues_of(std::string_view lower);

/// A Chinese phrase found in a text.
struct FoundCue {
  Span span;
  CueSet cues = 0;
};

/// Chinese phrases inside `within`, longest first where they overlap, in order of place.
std::vector<FoundCue> find_chinese_cues(std::string_view text, const Span& within);

}  // namespace thaw::reading
