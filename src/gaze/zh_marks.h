// The punctuation mark that ends or parts a Chinese sentence, from the words in it.
#pragma once

#include <string_view>

namespace thaw::gaze {

/// The chance that `sentence` (without its mark), when it ends, ends in a question mark. The
/// figures are set by hand, since the training text has no marks.
double question_share(std::string_view sentence);

}  // namespace thaw::gaze
