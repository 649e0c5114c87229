// The numbers of the text engine that were set by trying: on held-out Tatoeba sentences, by
// selections a character (docs/methods/gaze_text.md tells how). Nowhere else are there any.
#pragma once

#include <array>
#include <cstdlib>

namespace thaw::gaze {

struct Tuning {
  double zh_counts_triple = 0.6;  // weight of the counts where a triple's context was seen
  double zh_counts_pair = 0.3;    // and elsewhere
  double style_full = 0.15;  // how often letters are typed so, beside the styles' own ambiguity
  double style_initials = 0.6;
  double style_mixed = 0.02;
  double style_fuzzy = 0.01;
  double style_several = 0.05;  // letters of several words
  double bits_free = 2.5;       // an offer of so few bits is expected in the list without a letter
  double en_bits_a_letter = 2.3;  // the same of English
  double bits_a_letter = 4;       // each letter then brings so many
  double en_phrase_least = 0.002;
  // By how many words before agree with a place in own text: trust in it, weight that halves it,
  // and the chance that the text goes on with each further word.
  std::array<double, 5> own_trust{0.15, 0.4, 0.6, 0.8, 0.9};
  std::array<double, 5> own_prior{20, 4, 2, 1, 0.5};
  std::array<double, 5> own_goes_on{0.3, 0.5, 0.75, 0.85, 0.92};
  double overlooked = 0.06;  // see shown_offers.h
  double own_word_saves = 1.7;
  double phrase_least = 0.005;  // a phrase of several words less likely is not looked at
};

inline Tuning& tuning() {
  static Tuning one;
  return one;
}

}  // namespace thaw::gaze
