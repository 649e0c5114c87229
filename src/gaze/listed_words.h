// Words of a dictionary's lists that the text learned from does not have, and how likely they are.
//
// A word that stood once in the text would be unknown had that place been left out, so the words
// that stood once tell which share of unknown words each list has (leave-one-out, Good 1953): a
// common list more than a rare one, forms of known words ("colleagues" of "colleague") more than
// others. Check: listed_words_test.cc, and the sum to one in en_model_test.cc.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "gaze/ngram_counts.h"

namespace thaw::gaze {

/// Words by level: a lower one has commoner words.
using WordLists = std::map<int, std::vector<std::string>>;

/// The words of one list, one a line, UTF-8 or Latin-1. Those with 's, a capital or a full stop are
/// left out: possessives, names, abbreviations. kInvalidArgument, with the line, for anything that
/// is no word and for a list without words.
Result<std::vector<std::string>> parse_word_list(std::string_view bytes);

/// Groups the words of `lists` that are not in `seen` (word in lower case, how often it stood) by
/// level and by whether they are forms of a word in it. A word of several levels has the lowest.
ListedWords group_listed(const WordLists& lists,
                         const std::unordered_map<std::string, std::uint32_t>& seen);

/// Whether taking an ending off ("s", "ed", "ing", "ly", "er", ...) gives a word of `seen`.
bool is_form_of_known(std::string_view word,
                      const std::unordered_map<std::string, std::uint32_t>& seen);

}  // namespace thaw::gaze
