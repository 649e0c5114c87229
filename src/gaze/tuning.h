// The numbers of the text engine that were set by trying: on held-out Tatoeba sentences, by
// selections a character (docs/methods/gaze_text.md tells how). Nowhere else are there any.
#pragma once

#include <array>

namespace thaw::gaze {

struct Tuning {
  double zh_counts_triple = 0.6;  // weight of the counts where a triple's context was seen
  double zh_counts_pair = 0.3;    // and elsewhere

  double en_classes_triple = 0.2;  // weight of the classes of words, likewise
  double en_classes_pair = 0.4;
  double en_classes_unknown = 0.8;  // after a word that is not known

  double en_outside = 0.5;      // share of words outside in what discounts leave over
  double en_outside_class = 1;  // weight of a word outside in a class, for each rare word in it

  // How often letters are typed in each style (pinyin.h).
  double style_full = 0.15;
  double style_initials = 0.6;
  double style_mixed = 0.02;
  double style_fuzzy = 0.01;
  double style_several = 0.05;  // letters of several words

  // What an offer saves: one of `bits_free` bits shows without a letter, a letter then brings more.
  double bits_free = 2.5;
  double bits_a_letter = 4;
  double en_bits_free = 1;
  double en_bits_a_letter = 1.9;

  // A phrase of several words less likely is not looked at.
  double phrase_least = 0.005;
  double en_phrase_least = 0.002;

  double overlooked = 0.06;  // see shown_offers.h

  // By how many words before agree with a place in own text: trust in it, weight that halves it,
  // and the chance that the text goes on with each further word.
  std::array<double, 5> own_trust{0.15, 0.4, 0.6, 0.8, 0.9};
  std::array<double, 5> own_prior{20, 4, 2, 1, 0.5};
  std::array<double, 5> own_goes_on{0.3, 0.5, 0.75, 0.85, 0.92};
  double own_word_saves = 1.7;  // selections that each further word of own text saves
};

/// The one set that everything uses. Changed only by programs that look for better numbers.
inline Tuning& tuning() {
  static Tuning one;
  return one;
}

}  // namespace thaw::gaze
