#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "table/csv.h"
#include "table/csv_column.h"
#include "table/csv_scan.h"

namespace thaw {
namespace {

constexpr std::size_t kMostColumns = 100'000;
constexpr std::size_t kShownBytes = 24;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// `value` in quotes for a message, cut between characters when long.
std::string shown(std::string_view value) {
  if (value.size() <= kShownBytes) {
    return fmt::format("'{}'", value);
  }
  std::size_t end = kShownBytes;
  while ((static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return fmt::format("'{}...'", value.substr(0, end));
}

/// One column of the file: its name there, and what is known or inferred of it.
struct FileColumn {
  std::string name;
  CsvColumn spec;
};

/// Reads one text; the members say where it is, for messages.
class CsvRead {
 public:
  CsvRead(std::string_view bytes, std::string_view source, const CsvOptions& options)
      : bytes_(bytes), source_(source), options_(options) {}

  Result<Table> run();

 private:
  Result<Done> read_header();
  Result<Done> check_names() const;
  Result<Done> apply_options();
  Result<Done> infer_types();
  Result<Done> check_characters() const;
  Result<Table> read_cells();
  /// Calls `take(column, cell)` for each cell of the records after the header; false is a bad cell.
  template <class Take>
  Result<Done> for_each_cell(const Take& take, const std::vector<ColumnReader>* readers);

  CsvScanner scanner() const { return {body_, delimiter_}; }
  MissingCodes codes_of(const CsvColumn& spec) const { return {options_.missing, spec.missing}; }
  std::string place(const char* at, std::size_t column) const;
  Error wrong(const char* at, std::size_t column, std::string_view what) const;
  Error wrong_length(const std::vector<CsvCell>& cells) const;

  std::string_view bytes_;
  std::string_view body_;  // Without the byte order mark.
  std::string_view source_;
  const CsvOptions& options_;
  char delimiter_ = ',';
  std::vector<FileColumn> columns_;
};

/// "source:line: column K 'name'": `column` counts from 0.
std::string CsvRead::place(const char* at, std::size_t column) const {
  const auto line = 1 + std::count(bytes_.data(), at, '\n');
  const bool named = column < columns_.size();
  return fmt::format("{}:{}: column {}{}{}{}", source_, line, column + 1, named ? " '" : "",
                     named ? columns_[column].name : "", named ? "'" : "");
}

Error CsvRead::wrong(const char* at, std::size_t column, std::string_view what) const {
  return invalid_argument(fmt::format("{}: {}", place(at, column), what));
}

Error CsvRead::wrong_length(const std::vector<CsvCell>& cells) const {
  const std::size_t column = std::min(cells.size(), columns_.size());
  const char* const at = cells[std::min(column, cells.size() - 1)].raw.data();
  return wrong(
      at, column,
      fmt::format("the record has {} cells and the {} has {}; quote cells that hold the "
                  "delimiter '{}'",
                  cells.size(), options_.header == CsvHeader::kNone ? "first record" : "header",
                  columns_.size(), delimiter_));
}

/// kInvalidArgument at the first NUL or byte that is not UTF-8.
Result<Done> CsvRead::check_characters() const {
  const std::size_t nul = bytes_.find('\0');
  const auto invalid = first_invalid_utf8(bytes_);
  const std::size_t bad = std::min(nul, invalid.value_or(std::string_view::npos));
  if (bad == std::string_view::npos) {
    return Done{};
  }
  // Which column: read again from the start until a cell reaches past the bad byte.
  const char* const at = bytes_.data() + bad;
  std::size_t column = 0;
  CsvScanner scan = scanner();
  std::vector<CsvCell> cells;
  for (auto step = CsvScanner::Step::kRecord; step == CsvScanner::Step::kRecord;) {
    step = scan.next(cells);
    const auto reaches = [&](const CsvCell& cell) {
      return cell.raw.data() + cell.raw.size() > at;
    };
    column = static_cast<std::size_t>(std::ranges::find_if(cells, reaches) - cells.begin());
    if (column < cells.size()) {
      break;
    }
  }
  return wrong(at, column,
               nul < invalid.value_or(std::string_view::npos)
                   ? std::string("a NUL byte; the file is damaged or not text")
                   : fmt::format("byte 0x{:02X} is not UTF-8; save the file as UTF-8",
                                 static_cast<unsigned char>(*at)));
}

/// Names of the columns, from the first record or column_1, column_2 and so on.
Result<Done> CsvRead::read_header() {
  CsvScanner scan = scanner();
  std::vector<CsvCell> cells;
  const auto step = scan.next(cells);
  if (step == CsvScanner::Step::kEnd) {
    return invalid_argument(
        fmt::format("{}:1: the text is empty; a table needs at least {}", source_,
                    options_.header == CsvHeader::kNone ? "one record" : "a header line"));
  }
  if (step == CsvScanner::Step::kFault) {
    return wrong(scan.fault_at(), cells.size(), scan.fault());
  }
  if (cells.size() > kMostColumns) {
    return wrong(cells[kMostColumns].raw.data(), kMostColumns,
                 fmt::format("more than {} columns", kMostColumns));
  }
  std::string scratch;
  for (const auto& cell : cells) {
    const bool named = options_.header == CsvHeader::kFirstRecord && !cell.raw.empty();
    columns_.push_back({named ? std::string(cell_value(cell, scratch))
                              : fmt::format("column_{}", columns_.size() + 1),
                        {}});
  }
  return check_names();
}

/// kInvalidArgument when two columns of the file have one name.
Result<Done> CsvRead::check_names() const {
  std::map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const auto [first, is_new] = seen.emplace(columns_[i].name, i);
    if (!is_new) {
      return wrong(
          body_.data(), i,
          fmt::format("column {} has the same name; give each its own", first->second + 1));
    }
  }
  return Done{};
}

/// Gives each column its entry of the options.
Result<Done> CsvRead::apply_options() {
  std::size_t used = 0;
  for (auto& column : columns_) {
    const auto entry = options_.columns.find(column.name);
    if (entry != options_.columns.end()) {
      column.spec = entry->second;
      ++used;
    }
    CsvColumn& spec = column.spec;
    if (!spec.levels.empty() &&
        spec.type.value_or(ColumnType::kCategory) != ColumnType::kCategory) {
      return invalid_argument(
          fmt::format("{}: levels are given for column '{}' of type {}; only a "
                      "category has levels",
                      source_, column.name, to_string(*spec.type)));
    }
    if (!spec.levels.empty()) {
      spec.type = ColumnType::kCategory;
    }
    spec.type = spec.type ? spec.type : options_.other_type;
  }
  if (used == options_.columns.size()) {
    return Done{};
  }
  for (const auto& [name, spec] : options_.columns) {
    const auto is_it = [&key = name](const FileColumn& column) { return column.name == key; };
    if (std::ranges::none_of(columns_, is_it)) {
      return invalid_argument(fmt::format(
          "{}: the options name a column '{}' that the file does not have", source_, name));
    }
  }
  return Done{};
}

template <class Take>
Result<Done> CsvRead::for_each_cell(const Take& take, const std::vector<ColumnReader>* readers) {
  CsvScanner scan = scanner();
  std::vector<CsvCell> cells;
  if (options_.header == CsvHeader::kFirstRecord) {
    scan.next(cells);
  }
  for (;;) {
    const auto step = scan.next(cells);
    if (step == CsvScanner::Step::kEnd) {
      return Done{};
    }
    if (step == CsvScanner::Step::kFault) {
      return wrong(scan.fault_at(), cells.size(), scan.fault());
    }
    if (cells.size() != columns_.size()) {
      return wrong_length(cells);
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!take(i, cells[i])) {
        std::string scratch;
        return wrong(cells[i].raw.data(), i,
                     fmt::format("{} is not {}; correct it, or name it as a missing code",
                                 shown(cell_value(cells[i], scratch)), (*readers)[i].wanted()));
      }
    }
  }
}

Result<Done> CsvRead::infer_types() {
  std::vector<std::optional<TypeGuess>> guesses(columns_.size());
  bool any = false;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!columns_[i].spec.type && !columns_[i].spec.skip) {
      guesses[i].emplace(codes_of(columns_[i].spec), options_.quotes_protect);
      any = true;
    }
  }
  if (!any) {
    return Done{};
  }
  THAW_CHECK(for_each_cell(
      [&](std::size_t i, const CsvCell& cell) {
        if (guesses[i]) {
          guesses[i]->add(cell);
        }
        return true;
      },
      nullptr));
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (guesses[i]) {
      columns_[i].spec.type = guesses[i]->type();
    }
  }
  return Done{};
}

Result<Table> CsvRead::read_cells() {
  // Each cell takes a byte at least, which bounds what hostile text can make us reserve.
  const auto lines = 1 + static_cast<std::size_t>(std::ranges::count(body_, '\n'));
  const std::size_t rows = std::min(lines, 1 + body_.size() / columns_.size());
  std::vector<ColumnReader> readers;
  readers.reserve(columns_.size());
  for (auto& column : columns_) {
    column.spec.type = column.spec.type.value_or(ColumnType::kText);  // Only of skipped columns.
    readers.emplace_back(column.spec, codes_of(column.spec), options_.quotes_protect,
                         column.spec.skip ? 0 : rows);
  }
  THAW_CHECK(for_each_cell(
      [&](std::size_t i, const CsvCell& cell) {
        return columns_[i].spec.skip || readers[i].add(cell);
      },
      &readers));
  Table table;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const CsvColumn& spec = columns_[i].spec;
    if (spec.skip) {
      continue;
    }
    Column column =
        std::move(readers[i]).finish(spec.rename.empty() ? columns_[i].name : spec.rename);
    column.with_unit(spec.unit).with_label(spec.label);
    if (auto added = table.add_column(std::move(column)); !added) {
      return invalid_argument(fmt::format("{}: {}", source_, added.error().message));
    }
  }
  return table;
}

Result<Table> CsvRead::run() {
  body_ = bytes_.starts_with(kByteOrderMark) ? bytes_.substr(kByteOrderMark.size()) : bytes_;
  delimiter_ = options_.delimiter ? *options_.delimiter : detect_delimiter(body_);
  if (delimiter_ == '"' || delimiter_ == '\n' || delimiter_ == '\r' || delimiter_ == '\0') {
    return invalid_argument(
        fmt::format("{}: a quote, line end or NUL cannot be the delimiter", source_));
  }
  THAW_CHECK(check_characters());
  THAW_CHECK(read_header());
  THAW_CHECK(apply_options());
  THAW_CHECK(infer_types());
  return read_cells();
}

}  // namespace

Result<Table> read_csv(std::string_view bytes, std::string_view source_name,
                       const CsvOptions& options) {
  return CsvRead(bytes, source_name, options).run();
}

}  // namespace thaw
