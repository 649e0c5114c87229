// What the relation model sees of two things in a text: counts, cues and hashed words.
//
// Numbers (`dense`) feed boosted trees; hashed words (`sparse`) feed a linear model. Names of the
// two things are hidden, words between and around them are hashed: no text can be read back.
// Pairs are document-level, as BioRED annotates them: all places of both things count.
#pragma once

#include <cstdint>
#include <vector>

#include "reading/annotated_text.h"

namespace thaw::reading {

/// Two things, `a` before `b` by kind (variant, chemical, gene, disease), then by first place.
struct ThingPair {
  std::size_t a = 0, b = 0;
};

struct PairFeatures {
  std::vector<float> dense;           // always dense_features() numbers
  std::vector<std::uint32_t> sparse;  // sorted, unique, each below kSparseSpace
};

constexpr std::uint32_t kSparseSpace = 1U << 16U;

/// How many numbers `dense` has.
std::size_t dense_features();

/// Every pair of kinds that can stand in a signed relation, in order of (a, b).
std::vector<ThingPair> pairs_of(const AnnotatedText& text);

PairFeatures pair_features(const AnnotatedText& text, const ThingPair& pair);

/// The closest places of the pair in one sentence each, closest first; empty when never together.
struct Together {
  std::size_t sentence = 0, unit_a = 0, unit_b = 0;
  std::size_t distance() const { return unit_a < unit_b ? unit_b - unit_a : unit_a - unit_b; }
};
std::vector<Together> together(const AnnotatedText& text, const ThingPair& pair);

}  // namespace thaw::reading
