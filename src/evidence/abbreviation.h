// Abbreviations that a text defines itself: "amyotrophic lateral sclerosis (ALS)".
//
// Method: Schwartz, Hearst: A simple algorithm for identifying abbreviation definitions in
// biomedical text, Pac Symp Biocomput 2003: the letters of the short form are found from right to
// left in the words before the bracket, the first at the beginning of a word. Beyond it, as Chinese
// abstracts write: full-width brackets, "(long form, SHORT)", and a Chinese long form before the
// bracket (any run of at most 20 characters; whoever asks must know the name).
// Checked by evidence/abbreviation_test.cc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace thaw::evidence {

struct Abbreviation {
  std::string short_form, long_form;            // the bytes of the text
  std::size_t short_begin = 0, long_begin = 0;  // their places in it
  bool aligned = true;  // false: Chinese before the bracket, where no letters can be compared and
                        // only the end of `long_form` may be the name
};

/// Every definition in `text`, in order of place. Any bytes will do. Cost: linear in the text,
/// times the length of the window before a bracket (at most 15 words).
std::vector<Abbreviation> find_abbreviations(std::string_view text);

}  // namespace thaw::evidence
