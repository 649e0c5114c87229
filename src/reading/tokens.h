// Cuts a sentence into words, numbers and marks; a Chinese character is a token of its own.
//
// Checked by tokens_test.cc: spans are in order, do not overlap and hold no white space.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reading/reading.h"

namespace thaw::reading {

struct Token {
  Span span;
  std::string lower;  // ASCII letters lowered
  std::string stem;   // of an English word: without common endings; else as `lower`
};

/// Tokens of `text` inside `within`, with spans in `text`. "SCOP-induced" is three tokens, "0.84"
/// one. Any bytes are allowed.
std::vector<Token> tokenize(std::string_view text, const Span& within);

/// `word` (lower case ASCII) without plural and verb endings: "increased" and "increases" agree.
std::string light_stem(std::string_view word);

}  // namespace thaw::reading
