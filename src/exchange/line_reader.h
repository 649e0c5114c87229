// A file as lines, one at a time, with a limit on how long one may be.
#pragma once

#include <string>
#include <string_view>

#include "exchange/format.h"

namespace thaw::exchange {

/// The longest line, JSON value or YAML document that is taken.
inline constexpr std::size_t kMostRecordBytes = std::size_t{16} << 20U;

struct Line {
  std::string_view text;  // without LF or CRLF; valid until the next call
  std::size_t number = 0;
  std::string fault;  // not empty: why it cannot be read (too long, not UTF-8); `text` is then cut
};

/// Lines of a ByteSource; a byte order mark at the start is dropped, CRLF counts as LF. Memory is
/// one line and one block.
class LineReader {
 public:
  explicit LineReader(ByteSource& bytes) : bytes_(&bytes) {}

  /// True and the next line (blank ones too), or false at the end.
  Result<bool> next(Line& line);

  std::size_t number() const { return number_; }  // of the last line given

 private:
  Result<Done> fill();

  ByteSource* bytes_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::size_t number_ = 0;
  bool ended_ = false;
};

}  // namespace thaw::exchange
