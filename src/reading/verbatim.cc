#include "reading/verbatim.h"

#include <algorithm>

namespace thaw::reading {
namespace {

/// Bytes of white space at `at`, 0 when there is none.
std::size_t space_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == ' ' || (c >= '\t' && c <= '\r')) {
    return 1;
  }
  if (text.substr(at, 2) == "\xC2\xA0") {
    return 2;
  }
  return text.substr(at, 3) == "\xE3\x80\x80" ? 3 : 0;
}

}  // namespace

FoldedText::FoldedText(std::string_view text) {
  text_.reserve(text.size());
  from_.reserve(text.size());
  bool gap = false;
  std::size_t gap_at = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t space = space_at(text, at);
    if (space > 0) {
      gap_at = gap ? gap_at : at;
      gap = true;
      at += space;
      continue;
    }
    if (gap && !text_.empty()) {
      text_ += ' ';
      from_.push_back(gap_at);
    }
    gap = false;
    text_ += text[at];
    from_.push_back(at);
    ++at;
  }
}

std::optional<Span> FoldedText::find(std::string_view quote, const Span& within) const {
  const FoldedText needle(quote);
  const auto begin = std::ranges::lower_bound(from_, within.begin) - from_.begin();
  const auto end = std::ranges::lower_bound(from_, within.end) - from_.begin();
  if (needle.text_.empty() || begin >= end) {
    return std::nullopt;
  }
  const auto hay = std::string_view(text_).substr(0, static_cast<std::size_t>(end));
  const auto at = hay.find(needle.text_, static_cast<std::size_t>(begin));
  if (at == std::string::npos) {
    return std::nullopt;
  }
  return Span{from_[at], from_[at + needle.text_.size() - 1] + 1};
}

std::optional<Span> find_verbatim(std::string_view text, std::string_view quote, std::size_t from) {
  return FoldedText(text).find(quote, {from, text.size()});
}

}  // namespace thaw::reading
