#include "registry/import_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "base/text.h"
#include "registry/import_row.h"
#include "table/csv.h"

namespace thaw::registry {
namespace {

namespace json = boost::json;

// The line on which each record after the header starts: quoted cells may hold line ends, and
// lines without a byte are no records. `csv` has been read without fault.
std::vector<std::size_t> record_lines(std::string_view csv) {
  std::vector<std::size_t> lines;
  std::size_t line = 1;
  std::size_t record_line = 0;  // 0: between records
  bool quoted = false;
  for (const char c : csv) {
    if (c == '\n' && !quoted) {
      if (record_line != 0) {
        lines.push_back(record_line);
      }
      record_line = 0;
    } else if (c != '\r' && record_line == 0) {
      record_line = line;
    }
    quoted = quoted != (c == '"');
    line += c == '\n' ? 1 : 0;
  }
  if (record_line != 0) {
    lines.push_back(record_line);
  }
  lines.erase(lines.begin());
  return lines;
}

class TableRow final : public RowCells {
 public:
  explicit TableRow(const Table& table) : table_(table) {}

  std::string_view cell(const FieldSource& source) const override {
    const Column* column = table_.find(source.column);
    return column == nullptr || column->missing(row) ? "" : trim(column->texts()[row]);
  }

  std::size_t row = 0;

 private:
  const Table& table_;
};

Result<Table> text_table(std::string_view csv, std::string_view source, const ImportMap& map) {
  CsvOptions options;
  options.other_type = ColumnType::kText;
  options.missing = {""};
  options.quotes_protect = false;
  THAW_TRY(Table table, read_csv(csv, source, options));
  for (const auto& [field, from] : map.fields) {
    if (!from.column.empty() && table.find(from.column) == nullptr) {
      return invalid_argument(fmt::format(
          "{}:1: there is no column '{}', which the map names for {}", source, from.column, field));
    }
  }
  return table;
}

/// What a cell of the column `synthetic` says, or nothing where it says neither.
std::optional<bool> yes_or_no(std::string_view cell) {
  constexpr std::array<std::string_view, 5> kYes = {"true", "yes", "1", "y", "t"};
  constexpr std::array<std::string_view, 6> kNo = {"false", "no", "0", "n", "f", ""};
  const std::string word = fold(cell);
  if (std::ranges::find(kYes, word) != kYes.end()) {
    return true;
  }
  return std::ranges::find(kNo, word) != kNo.end() ? std::optional(false) : std::nullopt;
}

/// Synthetic rows say so themselves, whatever the map says: by a column `synthetic`, its name and
/// words in any letters, or by their codes. A word that is neither refuses the whole file: it may
/// be all that keeps synthetic people out of a real store.
Result<Kind> kind_of(const Table& table, const ImportMap& map,
                     const std::vector<std::size_t>& lines, std::string_view source) {
  Kind kind = map.kind;
  const Column* person = table.find(map.fields.find("person")->second.column);
  for (std::size_t row = 0; person != nullptr && row < table.rows(); ++row) {
    if (trim(person->texts()[row]).starts_with("SYN-")) {
      kind = Kind::kSynthetic;
    }
  }
  for (const Column& flag : table.columns()) {
    if (fold(flag.name()) != "synthetic") {
      continue;
    }
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const auto said = yes_or_no(flag.texts()[row]);
      if (!said) {
        return invalid_argument(
            fmt::format("{}:{}: column '{}' says '{}', which is none of true, yes, 1, y, t, false, "
                        "no, 0, n, f or empty",
                        source, lines[row], flag.name(), flag.texts()[row]));
      }
      kind = *said ? Kind::kSynthetic : kind;
    }
  }
  return kind;
}

template <class Row>
void extend(std::vector<Row>& rows, const std::vector<Row>& more) {
  rows.insert(rows.end(), more.begin(), more.end());
}

// Adds what `more` says to `history`, in order of date.
void extend(History& history, const History& more) {
  extend(history.reports, more.reports);
  extend(history.vital_capacities, more.vital_capacities);
  extend(history.treatments, more.treatments);
  extend(history.events, more.events);
  std::ranges::stable_sort(history.reports, {}, &Report::assessed);
  std::ranges::stable_sort(history.vital_capacities, {}, &VitalCapacity::measured);
}

// What the file adds, beside what is known of the same people.
class Additions {
 public:
  Additions(const ImportMap& map, std::vector<History> known, Day as_of)
      : layout_(map.layout), as_of_(as_of) {
    for (History& history : known) {
      std::string code = history.person.code;
      whole_.emplace(std::move(code), std::move(history));
    }
  }

  /// Why the row cannot be taken, or nothing when it was.
  std::optional<std::string> take(const History& row) {
    const std::string& code = row.person.code;
    auto known = whole_.find(code);
    if (layout_ == Layout::kPerson && known != whole_.end()) {
      return "this person is there already";
    }
    if (layout_ == Layout::kMore && known == whole_.end()) {
      return "this person is not in the registry: load the people first";
    }
    History candidate = row;
    if (known != whole_.end()) {
      candidate = known->second;
      extend(candidate, row);
    }
    if (auto fine = check_history(candidate, as_of_); !fine) {
      return fine.error().message;
    }
    whole_.insert_or_assign(code, std::move(candidate));
    const auto [at, is_new] = index_.emplace(code, added_.size());
    if (is_new) {
      added_.emplace_back().person = row.person;
    }
    extend(added_[at->second], row);
    return std::nullopt;
  }

  std::vector<History> take_added() { return std::move(added_); }

 private:
  Layout layout_;
  Day as_of_;
  std::map<std::string, History, std::less<>> whole_;
  std::map<std::string, std::size_t, std::less<>> index_;
  std::vector<History> added_;
};

void read_rows(const Table& table, const ImportMap& map, const std::vector<std::size_t>& lines,
               Additions& additions, ImportReport& report) {
  TableRow cells(table);
  report.rows_read = table.rows();
  for (cells.row = 0; cells.row < table.rows(); ++cells.row) {
    const std::size_t line = lines[cells.row];
    const auto read = history_of_row(map, cells);
    if (const auto* fault = std::get_if<RowFault>(&read)) {
      report.refused.push_back({line, fault->column, fault->reason});
    } else if (auto reason = additions.take(std::get<History>(read))) {
      report.refused.push_back({line, "", *reason});
    } else {
      ++report.rows_kept;
    }
  }
}

}  // namespace

Result<ImportReport> import_csv(RegistryStore& store, std::string_view csv,
                                std::string_view source_name, const ImportMap& map) {
  THAW_TRY(const Table table, text_table(csv, source_name, map));
  const std::vector<std::size_t> lines = record_lines(csv);
  RegistryData data;
  THAW_TRY(data.manifest.kind, kind_of(table, map, lines, source_name));
  data.manifest.as_of = map.as_of;
  THAW_TRY(const std::optional<Manifest> there, store.manifest());
  std::vector<History> known;
  if (there) {
    THAW_TRY(RegistryData stored, store.read_all());
    known = std::move(stored.people);
  }
  Additions additions(map, std::move(known), there ? std::max(there->as_of, map.as_of) : map.as_of);
  ImportReport report;
  read_rows(table, map, lines, additions, report);
  if (report.rows_kept == 0) {
    return invalid_argument(
        report.refused.empty()
            ? fmt::format("{}: no rows", source_name)
            : fmt::format("{}: none of {} rows could be kept; the first, line {}: {}", source_name,
                          report.rows_read, report.refused[0].line, report.refused[0].reason));
  }
  data.people = additions.take_added();
  const auto known_person =
      map.layout == Layout::kMore ? KnownPerson::kExtend : KnownPerson::kRefuse;
  THAW_TRY(report.added, store.add(data, known_person));
  return report;
}

std::string to_json(const ImportReport& report) {
  json::array refused;
  for (const Refusal& refusal : report.refused) {
    refused.push_back(json::object{
        {"line", refusal.line}, {"column", refusal.column}, {"reason", refusal.reason}});
  }
  const StoreCounts& added = report.added;
  return json::serialize(json::object{{"rows_read", report.rows_read},
                                      {"rows_kept", report.rows_kept},
                                      {"rows_refused", report.refused.size()},
                                      {"refused", std::move(refused)},
                                      {"added",
                                       {{"people", added.people},
                                        {"reports", added.reports},
                                        {"vital_capacities", added.vital_capacities},
                                        {"treatments", added.treatments},
                                        {"events", added.events}}}});
}

}  // namespace thaw::registry
