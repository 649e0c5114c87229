#include "table/csv_scan.h"

#include <algorithm>
#include <cstring>

namespace thaw {
namespace {

constexpr std::string_view kDelimiters = ",\t;|";

}  // namespace

std::string_view cell_value(const CsvCell& cell, std::string& scratch) {
  if (!cell.doubled) {
    return cell.raw;
  }
  scratch.clear();
  for (std::size_t i = 0; i < cell.raw.size(); ++i) {
    scratch.push_back(cell.raw[i]);
    if (cell.raw[i] == '"') {
      ++i;  // The second of a pair.
    }
  }
  return scratch;
}

CsvScanner::CsvScanner(std::string_view bytes, char delimiter)
    : at_(bytes.data()), end_(bytes.data() + bytes.size()), delimiter_(delimiter) {
  for (const char c : {delimiter, '\n', '\r', '"'}) {
    stops_[static_cast<unsigned char>(c)] = true;
  }
}

CsvScanner::Step CsvScanner::fail(std::string_view what, const char* at) {
  fault_ = what;
  fault_at_ = at;
  return Step::kFault;
}

bool CsvScanner::read_quoted(CsvCell& cell) {
  const char* const begin = ++at_;
  for (;;) {
    const auto left = static_cast<std::size_t>(end_ - at_);
    const auto* quote = left == 0 ? nullptr : static_cast<const char*>(std::memchr(at_, '"', left));
    if (quote == nullptr) {
      fail("the quote that opens here is never closed", begin - 1);
      return false;
    }
    at_ = quote + 1;
    if (at_ == end_ || *at_ != '"') {
      cell.raw = {begin, static_cast<std::size_t>(quote - begin)};
      return true;
    }
    cell.doubled = true;
    ++at_;
  }
}

CsvScanner::Step CsvScanner::next(std::vector<CsvCell>& cells) {
  cells.clear();
  while (at_ != end_ && (*at_ == '\n' || (*at_ == '\r' && at_ + 1 != end_ && at_[1] == '\n'))) {
    ++at_;
  }
  if (at_ == end_) {
    return Step::kEnd;
  }
  for (;;) {
    CsvCell cell;
    const char* const begin = at_;
    if (at_ != end_ && *at_ == '"') {
      cell.quoted = true;
      if (!read_quoted(cell)) {
        return Step::kFault;
      }
    } else {
      while (at_ != end_ && !stops_[static_cast<unsigned char>(*at_)]) {
        ++at_;
      }
      cell.raw = {begin, static_cast<std::size_t>(at_ - begin)};
    }
    if (at_ != end_ && *at_ == delimiter_) {
      cells.push_back(cell);
      ++at_;
      continue;
    }
    if (at_ != end_ && *at_ == '\r' && at_ + 1 != end_ && at_[1] == '\n') {
      ++at_;
    }
    if (at_ == end_ || *at_ == '\n') {
      cells.push_back(cell);
      at_ += at_ == end_ ? 0 : 1;
      return Step::kRecord;
    }
    if (cell.quoted) {
      return fail("text after the closing quote; double the quotes that are part of a cell", at_);
    }
    return *at_ == '"' ? fail(
                             "a quote inside a cell without quotes; quote the cell and double "
                             "the quotes in it",
                             at_)
                       : fail("a carriage return that ends no line; quote the cell", at_);
  }
}

char detect_delimiter(std::string_view bytes) {
  std::array<std::size_t, kDelimiters.size()> counts{};
  bool quoted = false;
  bool any = false;
  for (const char c : bytes) {
    if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == '\n' && any) {
      break;
    } else if (const auto at = kDelimiters.find(c); !quoted && at != std::string_view::npos) {
      ++counts[at];
    }
    any = any || (c != '\n' && c != '\r');
  }
  const auto best = std::ranges::max_element(counts);
  return kDelimiters[static_cast<std::size_t>(best - counts.begin())];
}

}  // namespace thaw
