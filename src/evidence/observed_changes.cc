#include "evidence/observed_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "base/text.h"
#include "evidence/labelled_rows.h"

namespace thaw::evidence {
namespace {

constexpr std::size_t kRowsMax = 5'000'000;

bool is_missing(std::string_view cell) {
  constexpr std::array<std::string_view, 6> kMissing = {"", "-", "--", "---", "NA", "NaN"};
  return std::ranges::find(kMissing, cell) != kMissing.end();
}

struct Columns {
  std::size_t name = 0;
  int p = -1, fold = -1, direction = -1;
};

Result<Columns> columns_of(const LabelledRows& rows) {
  Columns out;
  THAW_TRY(out.name, rows.require({"name", "id", "gene", "symbol", "gene_symbol", "entrez",
                                   "entrez_id", "ensembl", "ensembl_id"}));
  out.p = rows.find({"p", "p_val", "p_value", "pval", "pvalue"});
  out.fold = rows.find({"log2fc", "log2_fc", "logfc", "log_fc", "log2foldchange"});
  out.direction = rows.find({"direction", "sign"});
  if (out.fold < 0 && out.direction < 0) {
    return invalid_argument(rows.require({"log2fc"}).error().message +
                            " ('log2fc' or 'direction' is wanted)");
  }
  return out;
}

/// The number in a cell, nothing where it is missing.
Result<std::optional<double>> number_in(const LabelledRows& rows, int column,
                                        std::string_view what) {
  const std::string_view cell = rows.cell(static_cast<std::size_t>(column));
  if (is_missing(cell)) {
    return std::optional<double>();
  }
  const auto value = parse_double(cell);
  if (!value || !std::isfinite(*value)) {
    return invalid_argument(
        fmt::format("{}{} is '{}', a number is wanted", rows.place(), what, cell));
  }
  return value;
}

Result<int> direction_in(const LabelledRows& rows, int column) {
  const std::string_view cell = rows.cell(static_cast<std::size_t>(column));
  constexpr std::array<std::string_view, 4> kUp = {"+", "+1", "1", "up"};
  constexpr std::array<std::string_view, 3> kDown = {"-", "-1", "down"};
  if (std::ranges::find(kUp, cell) != kUp.end()) {
    return 1;
  }
  if (std::ranges::find(kDown, cell) != kDown.end()) {
    return -1;
  }
  if (cell == "0" || cell.empty() || cell == "NA") {
    return 0;
  }
  return invalid_argument(
      fmt::format("{}direction is '{}', one of + - 0 is wanted", rows.place(), cell));
}

/// +1, -1, or 0 where the row does not pass.
Result<int> sign_of(const LabelledRows& rows, const Columns& columns,
                    const ObservedOptions& options) {
  bool passes = true;
  int sign = 0;
  if (columns.p >= 0) {
    THAW_TRY(const auto p, number_in(rows, columns.p, "p"));
    if (p && (*p < 0 || *p > 1)) {
      return invalid_argument(fmt::format("{}p is {}, it must lie in 0 to 1", rows.place(), *p));
    }
    passes = p && *p <= options.p_max;
  }
  if (columns.fold >= 0) {
    THAW_TRY(const auto fold, number_in(rows, columns.fold, "log2fc"));
    passes = passes && fold && std::abs(*fold) >= std::log2(options.fold_least);
    sign = !fold || *fold == 0 ? 0 : *fold > 0 ? 1 : -1;
  }
  if (columns.direction >= 0) {
    THAW_TRY(sign, direction_in(rows, columns.direction));
  }
  return passes ? sign : 0;
}

}  // namespace

Result<ObservedChanges> read_observed(std::string_view bytes, const std::string& source,
                                      const ObservedOptions& options) {
  THAW_TRY(LabelledRows rows, LabelledRows::open(bytes, source));
  THAW_TRY(const Columns columns, columns_of(rows));
  ObservedChanges out;
  std::map<std::string, int, std::less<>> moved;  // 0: its rows disagree
  for (;;) {
    THAW_TRY(const bool more, rows.next());
    if (!more) {
      break;
    }
    if (++out.rows > kRowsMax) {
      return invalid_argument(fmt::format("{}more than {} rows", rows.place(), kRowsMax));
    }
    THAW_TRY(const int sign, sign_of(rows, columns, options));
    const std::string_view name = rows.cell(columns.name);
    if (is_missing(name)) {
      ++out.unnamed;
    } else if (sign == 0) {
      ++out.unmoved;
    } else {
      const auto at = moved.try_emplace(std::string(name), sign).first;
      at->second = at->second == sign ? sign : 0;
    }
  }
  for (const auto& [name, sign] : moved) {
    if (sign == 0) {
      ++out.conflicting;
    } else {
      out.moved.push_back({name, sign});
    }
  }
  return out;
}

}  // namespace thaw::evidence
