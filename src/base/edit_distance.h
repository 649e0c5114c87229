// How far one spelling is from another, to suggest the name that was meant.
#pragma once

#include <cstddef>
#include <string_view>

namespace thaw {

/// Least number of bytes changed, added or dropped to make `a` into `b` (Levenshtein). Bytes and
/// not characters: enough to rank names. Cost: O(|a| |b|).
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace thaw
