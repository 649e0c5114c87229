// English text as words and marks, and how they are written together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace thaw::gaze {

/// Words and marks of a text: "don't" and "well-known" are one word, each mark is a piece of its
/// own. What is neither (emoji, Hanzi) is a piece too. White space is left out.
std::vector<std::string> en_pieces(std::string_view text);

/// A mark that ends a sentence.
bool ends_sentence(std::string_view piece);

bool is_en_word(std::string_view piece);         // begins with a Latin letter
std::string lowered(std::string_view text);      // ASCII
std::string capitalised(std::string_view text);  // the first letter, ASCII

}  // namespace thaw::gaze
