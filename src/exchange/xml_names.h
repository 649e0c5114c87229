// The characters that older article files write by name, such as "&alpha;".
//
// Only names of the HTML 4 and ISO sets that occur in articles; their meaning is in those
// standards.
#pragma once

#include <string>
#include <string_view>

namespace thaw::exchange {

/// The character that `&name;` stands for, or "&name;" itself when the name is not known here.
std::string named_character(std::string_view name);

}  // namespace thaw::exchange
