// Where a quotation stands in a text, letter for letter; only white space may differ.
//
// This is what keeps an invented quotation out: nothing is corrected, no case folded, no letter
// forgiven. Checked against a comparison of the folded texts by verbatim_test.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reading/reading.h"

namespace thaw::reading {

/// A text made ready for many searches: each run of white space is one space. ASCII white space,
/// the no-break space and the ideographic space count as white.
class FoldedText {
 public:
  /// Cost: linear; holds a copy and eight bytes for each byte of `text`.
  explicit FoldedText(std::string_view text);

  /// The first place, in bytes of the text and inside `within`, where `quote` stands; runs of white
  /// space are equal to one another and none is needed at the ends. Nothing when it does not stand
  /// there, or holds no letter.
  std::optional<Span> find(std::string_view quote, const Span& within) const;

 private:
  std::string text_;
  std::vector<std::size_t> from_;  // where each byte of text_ comes from
};

/// FoldedText::find for one search, from `from` to the end.
std::optional<Span> find_verbatim(std::string_view text, std::string_view quote,
                                  std::size_t from = 0);

}  // namespace thaw::reading
