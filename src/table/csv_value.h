// What the text of one CSV cell means: a number, a boolean, missing.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thaw {

/// `text` as a real number: decimal digits, or "inf" with a sign or none. Not "nan": no value.
std::optional<double> real_of(std::string_view text);

/// `text` as a boolean: true, t, yes, 1 and false, f, no, 0 in any case.
std::optional<bool> boolean_of(std::string_view text);

/// Whether `text` begins as people write numbers, not codes ("007") or words ("inf").
bool looks_like_number(std::string_view text);

/// trim(), quick for text that has no white space at its ends.
std::string_view trim_fast(std::string_view text);

/// The codes that mean missing in one column.
class MissingCodes {
 public:
  MissingCodes(const std::vector<std::string>& common, const std::vector<std::string>& own);
  bool contains(std::string_view trimmed) const {
    return trimmed.empty() ? empty_
                           : starts_[static_cast<unsigned char>(trimmed.front())] && find(trimmed);
  }

 private:
  bool find(std::string_view trimmed) const;

  std::vector<std::string> codes_;
  std::array<bool, 256> starts_{};
  bool empty_ = false;
};

}  // namespace thaw
