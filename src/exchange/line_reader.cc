#include "exchange/line_reader.h"

#include <fmt/format.h>

#include "base/text.h"

namespace thaw::exchange {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 18U;

}  // namespace

Result<Done> LineReader::fill() {
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t before = buffer_.size();
  buffer_.resize(before + kBlock);
  THAW_TRY(const std::size_t n, bytes_->read(std::span(buffer_.data() + before, kBlock)));
  buffer_.resize(before + n);
  ended_ = n < kBlock;
  if (number_ == 0 && before == 0 && buffer_.starts_with("\xEF\xBB\xBF")) {
    at_ = 3;
  }
  return Done{};
}

Result<bool> LineReader::next(Line& line) {
  if (buffer_.empty() && !ended_) {
    THAW_CHECK(fill());
  }
  bool too_long = false;
  std::size_t searched = at_;
  std::size_t end = buffer_.find('\n', searched);
  while (end == std::string::npos && !ended_) {
    if (buffer_.size() - at_ > kMostRecordBytes) {
      too_long = true;
      at_ = buffer_.size();  // What is over the limit is passed by, not kept.
    }
    searched = buffer_.size() - at_;
    THAW_CHECK(fill());
    end = buffer_.find('\n', searched);
  }
  if (end == std::string::npos && at_ == buffer_.size() && !too_long) {
    return false;
  }
  const std::size_t stop = end == std::string::npos ? buffer_.size() : end;
  line.text = std::string_view(buffer_).substr(at_, stop - at_);
  line.number = ++number_;
  line.fault.clear();
  at_ = end == std::string::npos ? buffer_.size() : end + 1;
  if (!line.text.empty() && line.text.back() == '\r') {
    line.text.remove_suffix(1);
  }
  if (too_long || line.text.size() > kMostRecordBytes) {
    line.fault = fmt::format("the line is longer than {} MiB", kMostRecordBytes >> 20U);
  } else if (const auto bad = first_invalid_utf8(line.text)) {
    line.fault = fmt::format("not UTF-8 at column {}", *bad + 1);
    line.text = line.text.substr(0, *bad);
  }
  return true;
}

}  // namespace thaw::exchange
