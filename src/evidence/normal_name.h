// One spelling for the many ways in which a biomedical name is written.
//
// TDP-43, TDP43 and tdp 43; IL-1β and IL1 beta; tumour and tumor; type II and type 2; neurons and
// neuron; Sjögren and Sjogren: each pair has one normal form. It is for comparing only, never
// shown. Steps, a token at a time: full-width letters narrow, accents off, Greek letters spelled
// out, ASCII lowered, British spellings made American, plural ends off, Roman numerals after a word
// such as "type" (or of two letters at the end) made digits; then all tokens are joined without a
// gap. Checked by evidence/normal_name_test.cc: pairs that must meet, pairs that must not.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace thaw::evidence {

/// One token of a text: a run of letters, a run of digits, or one Chinese (or other) character.
struct NameToken {
  std::string normal;      // its normal form; never empty
  std::size_t begin, end;  // bytes in the text as given
  bool joined;             // nothing stands between it and the token before
  bool character;          // one character of a script that is written without gaps
};

/// The tokens of `text` in order; what is neither letter nor digit separates. Any bytes will do:
/// what is not UTF-8 separates too. Cost: linear.
std::vector<NameToken> name_tokens(std::string_view text);

/// The tokens' normal forms joined. Empty when `text` has no letter and no digit.
std::string normal_name(std::string_view text);

}  // namespace thaw::evidence
