// Cuts an English or Chinese text into sentences.
//
// Method: rules. A sentence ends at a line's end, at 。！？；, and at . ! ? before white space and
// something that can begin a sentence, unless the full stop belongs to an abbreviation ("e.g.",
// "et al.", an initial) or a number. Checked by sentences_test.cc: named cases, and the law that
// sentences do not overlap, are in order and leave out nothing but white space.
#pragma once

#include <string_view>
#include <vector>

#include "reading/reading.h"

namespace thaw::reading {

/// The sentences of `text` in order, without white space at their ends. Any bytes are allowed.
std::vector<Span> split_sentences(std::string_view text);

}  // namespace thaw::reading
