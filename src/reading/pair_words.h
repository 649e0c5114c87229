// Words between and around two things of a text as hashed features.
#pragma once

#include <cstdint>
#include <vector>

#include "reading/pair_features.h"

namespace thaw::reading {

/// Sorted, unique feature numbers below kSparseSpace. `all`: together(text, pair).
std::vector<std::uint32_t> pair_words(const AnnotatedText& text, const ThingPair& pair,
                                      const std::vector<Together>& all);

}  // namespace thaw::reading
