// Lists of retracted, corrected and doubted papers.
//
// Two forms: one PMID or DOI a line, nothing else said: retracted, since when is not known; or a
// CSV with a header, as Retraction Watch gives it (columns RetractionNature, RetractionDate,
// OriginalPaperDOI, OriginalPaperPubMedID), also with plain names (pmid, doi, nature, date).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "evidence/document_json.h"
#include "exchange/article_parts.h"
#include "exchange/document_readers.h"
#include "exchange/line_reader.h"

namespace thaw::exchange {
namespace {

using evidence::SourceStatus;

constexpr std::size_t kRecordLinesMax = 1000;  // a quoted cell may hold lines
constexpr std::size_t kRecordBytesMax = std::size_t{1} << 20U;
constexpr std::size_t kCellsMax = 1000;

struct Columns {
  std::optional<std::size_t> pmid, doi, nature, date;
};

/// The cells of one CSV record by RFC 4180; nothing while a quoted cell is still open.
std::optional<std::vector<std::string>> cells_of(std::string_view record, char separator) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < record.size(); ++i) {
    const char c = record[i];
    if (quoted && c == '"') {
      if (i + 1 < record.size() && record[i + 1] == '"') {
        cells.back() += record[++i];
      } else {
        quoted = false;
      }
    } else if (!quoted && c == '"' && cells.back().empty()) {
      quoted = true;
    } else if (!quoted && c == separator && cells.size() < kCellsMax) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return quoted ? std::nullopt : std::optional(std::move(cells));
}

char separator_of(std::string_view header) {
  return header.find('\t') != std::string_view::npos ? '\t' : ',';
}

/// The columns that a header names; without a paper's id it is no header.
std::optional<Columns> columns_of(std::string_view line) {
  const auto names = cells_of(line, separator_of(line));
  Columns columns;
  for (std::size_t i = 0; names && i < names->size(); ++i) {
    const std::string name = fold((*names)[i]);
    const auto is = [&](std::initializer_list<std::string_view> known) {
      return std::ranges::find(known, name) != known.end();
    };
    if (is({"originalpaperpubmedid", "pmid", "pubmed id", "pubmedid", "original pmid"})) {
      columns.pmid = columns.pmid.value_or(i);
    } else if (is({"originalpaperdoi", "doi", "original doi"})) {
      columns.doi = columns.doi.value_or(i);
    } else if (is({"retractionnature", "nature", "status", "kind"})) {
      columns.nature = columns.nature.value_or(i);
    } else if (is({"retractiondate", "date", "year", "retraction date"})) {
      columns.date = columns.date.value_or(i);
    }
  }
  return columns.pmid || columns.doi ? std::optional(columns) : std::nullopt;
}

Result<SourceStatus> status_of(std::string_view nature) {
  const std::string word = fold(nature);
  if (word.empty() || word.find("retract") != std::string::npos) {
    return SourceStatus::kRetracted;
  }
  if (word.find("concern") != std::string::npos) {
    return SourceStatus::kConcern;
  }
  if (word.find("correct") != std::string::npos || word.find("erratum") != std::string::npos) {
    return SourceStatus::kCorrected;
  }
  if (word.find("reinstate") != std::string::npos || word == "ok") {
    return SourceStatus::kOk;
  }
  return invalid_argument(
      fmt::format("'{}' is no retraction, correction, expression of concern or "
                  "reinstatement",
                  nature));
}

/// "PMID:..." or "doi:..." of a cell, or nothing where it holds no id ("0", "unavailable").
std::optional<std::string> id_of(std::string_view cell) {
  const std::string_view text = trim(cell);
  if (text.empty() || text == "0") {
    return std::nullopt;
  }
  std::string id = evidence::canonical_document_id(text);
  const bool known = id.starts_with("PMID:") || id.starts_with("doi:10.") ||
                     id.starts_with("PMC:") || id.starts_with("NCT");
  return known ? std::optional(std::move(id)) : std::nullopt;
}

Result<std::vector<SourceNotice>> notices_of(const std::vector<std::string>& cells,
                                             const Columns& columns) {
  const auto cell = [&](std::optional<std::size_t> column) {
    return column && *column < cells.size() ? std::string_view(cells[*column]) : std::string_view();
  };
  THAW_TRY(const SourceStatus status, status_of(cell(columns.nature)));
  std::vector<SourceNotice> notices;
  for (const auto column : {columns.pmid, columns.doi}) {
    if (auto id = id_of(cell(column))) {
      notices.push_back({std::move(*id), status, year_in(cell(columns.date))});
    }
  }
  if (notices.empty()) {
    return invalid_argument("names no PMID and no DOI");
  }
  return notices;
}

class RetractionReader {
 public:
  RetractionReader(ByteSource& bytes, Sink& sink) : lines_(bytes), sink_(&sink) {}

  Result<Done> run() {
    Line line;
    while (true) {
      THAW_TRY(const bool more, lines_.next(line));
      if (!more) {
        break;
      }
      THAW_CHECK(take(line));
    }
    if (!open_.empty()) {
      sink_->refuse({open_line_, ++records_}, "a quoted cell is never closed");
    }
    return Done{};
  }

 private:
  Result<Done> take(const Line& line) {
    if (!line.fault.empty()) {
      sink_->refuse({line.number, ++records_}, line.fault);
      return Done{};
    }
    const std::string_view text = trim(line.text);
    if (open_.empty() && (text.empty() || text.starts_with('#'))) {
      return Done{};
    }
    if (!begun_) {
      begun_ = true;
      separator_ = separator_of(line.text);
      columns_ = columns_of(line.text);
      if (columns_) {
        return Done{};
      }
    }
    return columns_ ? take_cells(line) : take_id(text, line.number);
  }

  Result<Done> take_id(std::string_view text, std::size_t number) {
    const Place place{number, ++records_};
    auto id = id_of(text);
    if (!id) {
      sink_->refuse(place, "is no PMID and no DOI");
      return Done{};
    }
    Batch batch;
    batch.notices.push_back({std::move(*id), SourceStatus::kRetracted, std::nullopt});
    return sink_->keep(place, std::move(batch));
  }

  Result<Done> take_cells(const Line& line) {
    if (open_.empty()) {
      open_line_ = line.number;
    } else {
      open_ += '\n';
    }
    open_ += line.text;
    ++open_lines_;
    const auto cells = cells_of(open_, separator_);
    if (!cells && open_lines_ < kRecordLinesMax && open_.size() < kRecordBytesMax) {
      return Done{};
    }
    const Place place{open_line_, ++records_};
    open_.clear();
    open_lines_ = 0;
    if (!cells) {
      sink_->refuse(place, "a quoted cell is never closed");
      return Done{};
    }
    auto notices = notices_of(*cells, *columns_);
    if (!notices) {
      sink_->refuse(place, notices.error().message);
      return Done{};
    }
    Batch batch;
    batch.notices = std::move(notices).value();
    return sink_->keep(place, std::move(batch));
  }

  LineReader lines_;
  Sink* sink_;
  bool begun_ = false;
  std::optional<Columns> columns_;
  char separator_ = ',';
  std::string open_;  // lines of a record whose quoted cell is not closed yet
  std::size_t open_line_ = 0, open_lines_ = 0;
  std::size_t records_ = 0;
};

}  // namespace

Result<Done> read_retractions(ByteSource& bytes, Sink& sink) {
  return RetractionReader(bytes, sink).run();
}

bool are_retractions(std::string_view name, std::string_view head) {
  const std::string_view line = trim(head.substr(0, head.find('\n')));
  return name.find("retract") != std::string_view::npos &&
         (columns_of(line).has_value() || id_of(line).has_value());
}

}  // namespace thaw::exchange
