// Reads the terms of a model in words, "age + log(bili) + (age + surgery)*transplant".
//
// The notation is Wilkinson and Rogers 1973, Appl Stat 22:392, as in R: + joins terms, a:b is a
// product, a*b is a + b + a:b, and brackets group. One part is column, column^K (K from 2 to 5),
// log(column), sqrt(column), factor(column) or relevel(column, level); `a name` in backticks may
// hold anything.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace thaw::effect {

/// A part of a term: one column and what is done to it.
struct Factor {
  enum class Kind { kNumber, kPower, kLog, kRoot, kLevels };
  Kind kind;
  std::string column;
  int power = 1;
  std::vector<std::string> levels;  // of kLevels, the reference first; filled in by Model::learn
  std::string reference;            // of kLevels: the level to compare with; empty: the first
};

using Term = std::vector<Factor>;

/// What `factor` is called in names of columns: "age^2", "log(age)", "site".
std::string to_text(const Factor& factor);

/// The terms of `text` in the order they first occur, each once; a product's parts in the order of
/// their text. "" and "1" give none. Fails: kInvalidArgument, with the part that cannot be read,
/// for brackets deeper than 20, more than 2000 terms, or products of more than 8 parts.
Result<std::vector<Term>> parse_terms(std::string_view text);

}  // namespace thaw::effect
