#include "evidence/labelled_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace thaw::evidence {
namespace {

/// A blank separates where the header has blanks and nothing else that could.
char delimiter_of(std::string_view bytes) {
  const std::string_view header = bytes.substr(0, bytes.find('\n'));
  if (header.find_first_of(",\t;|") == std::string_view::npos &&
      trim(header).find(' ') != std::string_view::npos) {
    return ' ';
  }
  return detect_delimiter(bytes);
}

/// The header's name as it is compared: folded, and without the blanks of "log2 fc".
std::string key_of(std::string_view name) {
  std::string key = fold(name);
  std::erase(key, ' ');
  return key;
}

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

std::size_t LabelledRows::line_of(const char* at) {
  line_ += static_cast<std::size_t>(std::count(counted_to_, at, '\n'));
  counted_to_ = at;
  return line_;
}

std::string LabelledRows::place() const {
  return fmt::format("{}:{}: ", source_, line_);
}

Result<LabelledRows> LabelledRows::open(std::string_view bytes, std::string source) {
  if (bytes.starts_with(kByteOrderMark)) {
    bytes.remove_prefix(kByteOrderMark.size());
  }
  if (const auto bad = first_invalid_utf8(bytes)) {
    const auto line = 1 + std::count(bytes.begin(), bytes.begin() + static_cast<long>(*bad), '\n');
    return invalid_argument(fmt::format("{}:{}: not UTF-8 text", source, line));
  }
  LabelledRows rows(bytes, std::move(source), delimiter_of(bytes));
  rows.counted_to_ = bytes.data();
  THAW_TRY(const bool any, rows.next());
  if (!any) {
    return invalid_argument(rows.source_ + ": is empty; a first line with column names is wanted");
  }
  rows.header_ = rows.cells_;
  std::vector<std::string> keys;
  for (const auto& name : rows.header_) {
    keys.push_back(key_of(name));
  }
  std::ranges::sort(keys);
  if (const auto twice = std::ranges::adjacent_find(keys); twice != keys.end()) {
    return invalid_argument(fmt::format("{}column '{}' is named twice", rows.place(), *twice));
  }
  return rows;
}

int LabelledRows::find(const std::vector<std::string_view>& names) const {
  for (const auto name : names) {
    for (std::size_t i = 0; i < header_.size(); ++i) {
      if (key_of(header_[i]) == key_of(name)) {
        return static_cast<int>(i);
      }
    }
  }
  return -1;
}

Result<std::size_t> LabelledRows::require(const std::vector<std::string_view>& names) const {
  const int at = find(names);
  if (at < 0) {
    return invalid_argument(fmt::format("{}: has no column '{}'; it has: {}", source_,
                                        names.front(), join(header_, ", ")));
  }
  return static_cast<std::size_t>(at);
}

Result<bool> LabelledRows::next() {
  const auto step = scanner_.next(raw_);
  if (step == CsvScanner::Step::kFault) {
    line_of(scanner_.fault_at());
    return invalid_argument(place() + std::string(scanner_.fault()));
  }
  if (step == CsvScanner::Step::kEnd) {
    return false;
  }
  line_of(raw_.front().raw.data());
  if (!header_.empty() && raw_.size() != header_.size()) {
    return invalid_argument(fmt::format("{}{} cells, but the header names {} columns", place(),
                                        raw_.size(), header_.size()));
  }
  cells_.resize(raw_.size());
  std::string scratch;
  for (std::size_t i = 0; i < raw_.size(); ++i) {
    cells_[i] = trim(cell_value(raw_[i], scratch));
  }
  return true;
}

}  // namespace thaw::evidence
