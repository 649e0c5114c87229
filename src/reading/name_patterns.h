// Names that no dictionary has, by how they are written: gene symbols, drugs by their ending,
// diseases by their last word, and Chinese diseases and drugs by their last character.
//
// Such a name leads to no concept; it lets a reading show what it cannot ground, and be measured
// end to end. Method: endings of international nonproprietary names (WHO stem book) and of medical
// Greek; lists written for this program. Checked by name_patterns_test.cc.
#pragma once

#include <string_view>
#include <vector>

#include "reading/reading.h"

namespace thaw::reading {

struct PatternName {
  Span span;
  std::string_view kind;  // "gene", "drug", "disease"
};

/// In order of place, not overlapping.
std::vector<PatternName> find_pattern_names(std::string_view text);

}  // namespace thaw::reading
