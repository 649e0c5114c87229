// Text as bytes in UTF-8: validity, trimming, folding for comparison, and strict number parsing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thaw {

/// Offset of the first byte that is not part of valid UTF-8 (no overlong forms, no surrogates, at
/// most U+10FFFF), or nothing when all of `bytes` is valid. Cost: linear, 8 ASCII bytes a step.
std::optional<std::size_t> first_invalid_utf8(std::string_view bytes);

/// `text` without ASCII white space at both ends.
std::string_view trim(std::string_view text);

/// A key for comparing names: ASCII letters lowered, white space, '-', '_' and '/' runs made one
/// space, ends trimmed, full-width ASCII made narrow, other characters as they are.
std::string fold(std::string_view text);

/// The parts of `text` between `separator`s; always at least one part.
std::vector<std::string_view> split(std::string_view text, char separator);

/// `parts` joined by `separator`.
std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// The whole of `text` as a decimal number, or nothing: "1x", "" and out-of-range give nothing.
std::optional<double> parse_double(std::string_view text);
std::optional<std::int64_t> parse_int(std::string_view text);

/// `text` for use inside an HTML or XML text node or attribute.
std::string escape_xml(std::string_view text);

}  // namespace thaw
