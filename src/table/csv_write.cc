#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "table/csv.h"

namespace thaw {
namespace {

constexpr std::string_view kMissing = "NA";
constexpr std::string_view kNeedQuotes = "\",\t;|\r\n";

/// Whether `text` would read back differently without quotes around it.
bool needs_quotes(std::string_view text) {
  static const std::vector<std::string> codes = CsvOptions{}.missing;
  const std::string_view trimmed = trim(text);
  return text.find_first_of(kNeedQuotes) != std::string_view::npos ||
         text.starts_with("\xEF\xBB\xBF") || std::ranges::find(codes, trimmed) != codes.end();
}

void append_text(std::string& out, std::string_view text) {
  if (!needs_quotes(text)) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    out.append(c == '"' ? 2 : 1, c);
  }
  out += '"';
}

bool can_be_written(std::string_view text) {
  return text.find('\0') == std::string_view::npos && !first_invalid_utf8(text);
}

/// Row, counted from 1, of the first cell that CSV cannot hold; 0 when there is none.
std::size_t first_unwritable_row(const Column& column) {
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (column.missing(row)) {
      continue;
    }
    if (column.type() == ColumnType::kText && !can_be_written(column.texts()[row])) {
      return row + 1;
    }
    if (column.type() == ColumnType::kCategory &&
        !can_be_written(column.levels()[static_cast<std::size_t>(column.codes()[row])])) {
      return row + 1;
    }
    if (column.type() == ColumnType::kDate && !parse_day(to_string(column.days()[row]))) {
      return row + 1;
    }
  }
  return 0;
}

Result<Done> check_writable(const Table& table) {
  if (table.columns().empty()) {
    return invalid_argument("a table without columns cannot be written as CSV");
  }
  for (const auto& column : table.columns()) {
    if (!can_be_written(column.name())) {
      return invalid_argument("a column name holds a NUL byte or bytes that are not UTF-8");
    }
    if (const std::size_t row = first_unwritable_row(column); row != 0) {
      return invalid_argument(fmt::format(
          "column '{}', row {}: {} cannot be written as CSV", column.name(), row,
          column.type() == ColumnType::kDate ? "a date outside 1900 to 2199"
                                             : "text with a NUL byte or bytes that are not UTF-8"));
    }
  }
  return Done{};
}

void append_cell(std::string& out, const Column& column, std::size_t row) {
  if (column.missing(row)) {
    out += kMissing;
    return;
  }
  switch (column.type()) {
    case ColumnType::kReal:
      fmt::format_to(std::back_inserter(out), "{}", column.reals()[row]);
      break;
    case ColumnType::kInteger:
      fmt::format_to(std::back_inserter(out), "{}", column.integers()[row]);
      break;
    case ColumnType::kCategory:
      append_text(out, column.levels()[static_cast<std::size_t>(column.codes()[row])]);
      break;
    case ColumnType::kText:
      append_text(out, column.texts()[row]);
      break;
    default:
      out += column.cell_text(row);
  }
}

}  // namespace

Result<std::string> write_csv(const Table& table) {
  THAW_CHECK(check_writable(table));
  std::string out;
  for (const auto& column : table.columns()) {
    append_text(out, column.name());
    out += ',';
  }
  out.back() = '\n';
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (const auto& column : table.columns()) {
      append_cell(out, column, row);
      out += ',';
    }
    out.back() = '\n';
  }
  return out;
}

CsvOptions csv_options_of(const Table& table) {
  CsvOptions out;
  out.delimiter = ',';
  for (const auto& column : table.columns()) {
    CsvColumn& spec = out.columns[column.name()];
    spec.type = column.type();
    spec.levels = column.levels();
    spec.unit = column.unit();
    spec.label = column.label();
  }
  return out;
}

}  // namespace thaw
