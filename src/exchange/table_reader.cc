#include "exchange/table_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace thaw::exchange {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return out;
}

/// Takes one line's cells; true when a quoted cell goes on in the next line.
bool take_cells(std::string_view line, char delimiter, std::vector<std::string>& cells, bool open) {
  if (!open) {
    cells.emplace_back();
  } else {
    cells.back() += '\n';
  }
  bool quoted = open;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted) {
      if (c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
        cells.back() += '"';
        ++i;
      } else if (c == '"') {
        quoted = false;
      } else {
        cells.back() += c;
      }
    } else if (c == delimiter) {
      cells.emplace_back();
    } else if (c == '"' && delimiter == ',' && cells.back().empty()) {
      quoted = true;
    } else {
      cells.back() += c;
    }
  }
  return quoted;
}

}  // namespace

Result<bool> TableReader::read_record(bool& any) {
  fault_.clear();
  cells_.clear();
  Line line;
  THAW_TRY(const bool more, lines_.next(line));
  if (!more) {
    return false;
  }
  place_.line = line.number;
  any = !trim(line.text).empty() || !line.fault.empty();
  bool open = take_cells(line.text, delimiter_, cells_, false);
  fault_ = line.fault;
  std::size_t bytes = line.text.size();
  while (open && fault_.empty()) {
    THAW_TRY(const bool next_line, lines_.next(line));
    bytes += line.text.size();
    if (!next_line || bytes > kMostRecordBytes) {
      fault_ = "a quote that is not closed begins here";
      break;
    }
    open = take_cells(line.text, delimiter_, cells_, true);
    fault_ = line.fault;
  }
  return true;
}

Result<Done> TableReader::read_header() {
  while (true) {
    bool any = false;
    THAW_TRY(const bool more, read_record(any));
    if (!more) {
      return invalid_argument("there is no header line");
    }
    if (any && !cells_.front().starts_with('#')) {
      break;
    }
  }
  if (!fault_.empty()) {
    return invalid_argument(fmt::format("line {}: {}", place_.line, fault_));
  }
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const std::string name = lower(trim(cells_[i]));
    if (!name.empty() && !columns_.emplace(name, i).second) {
      return invalid_argument(
          fmt::format("line {}: the column '{}' stands twice", place_.line, name));
    }
  }
  return Done{};
}

Result<bool> TableReader::next() {
  while (true) {
    bool any = false;
    THAW_TRY(const bool more, read_record(any));
    if (!more) {
      return false;
    }
    if (!any) {
      continue;
    }
    ++place_.record;
    if (fault_.empty() && cells_.size() > columns_.size() + 1) {
      fault_ = fmt::format("{} cells under {} columns", cells_.size(), columns_.size());
    }
    return true;
  }
}

std::string_view TableReader::cell(std::string_view name) const {
  const auto at = columns_.find(name);
  return at == columns_.end() || at->second >= cells_.size() ? std::string_view()
                                                             : trim(cells_[at->second]);
}

std::string_view TableReader::first_of(std::initializer_list<std::string_view> names) const {
  for (const auto& name : names) {
    if (const auto value = cell(name); !value.empty()) {
      return value;
    }
  }
  return {};
}

Result<Done> read_rows(TableReader& rows, Sink& sink,
                       Result<Batch> (*batch_of)(const TableReader&)) {
  while (true) {
    THAW_TRY(const bool more, rows.next());
    if (!more) {
      return Done{};
    }
    if (!rows.fault().empty()) {
      sink.refuse(rows.place(), rows.fault());
      continue;
    }
    auto batch = batch_of(rows);
    if (!batch) {
      sink.refuse(rows.place(), batch.error().message);
      continue;
    }
    THAW_CHECK(sink.keep(rows.place(), std::move(batch).value()));
  }
}

std::vector<std::string> header_of(std::string_view head, char delimiter) {
  for (const std::string_view line : split(head, '\n')) {
    if (line.starts_with('#') || trim(line).empty()) {
      continue;
    }
    std::vector<std::string> cells;
    take_cells(line, delimiter, cells, false);
    for (auto& name : cells) {
      name = lower(trim(name));
    }
    return cells;
  }
  return {};
}

}  // namespace thaw::exchange
