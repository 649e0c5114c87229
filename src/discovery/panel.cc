#include "discovery/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace thaw::discovery {
namespace {

constexpr std::size_t kMaxLags = 5;
constexpr std::string_view kMark = "@t";

/// One person's rows in order of time.
struct Visits {
  std::vector<std::size_t> rows;
  std::vector<double> times;
};

Result<std::vector<double>> times_of(const Column& column) {
  std::vector<double> times;
  if (column.type() == ColumnType::kDate) {
    for (const Day day : column.days()) {
      times.push_back(static_cast<double>(day.time_since_epoch().count()));
    }
  } else if (column.type() == ColumnType::kInteger || column.type() == ColumnType::kReal) {
    THAW_TRY(times, column.numeric());
  } else {
    return invalid_argument(fmt::format("column {}: time must be numbers or dates, and it is {}",
                                        column.name(), to_string(column.type())));
  }
  for (std::size_t row = 0; row < times.size(); ++row) {
    if (column.missing(row) || !std::isfinite(times[row])) {
      return invalid_argument(
          fmt::format("column {}: row {} has no time; fill it in or leave the row out",
                      column.name(), row + 1));
    }
  }
  return times;
}

Result<std::vector<Visits>> visits_of(const Table& table, const PanelOptions& options) {
  THAW_TRY(const Column* id, table.column(options.id));
  THAW_TRY(const Column* time, table.column(options.time));
  THAW_TRY(const std::vector<double> times, times_of(*time));
  std::map<std::string, std::vector<std::size_t>> rows;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (id->missing(row)) {
      return invalid_argument(
          fmt::format("column {}: row {} says nobody's id", id->name(), row + 1));
    }
    rows[id->cell_text(row)].push_back(row);
  }
  std::vector<Visits> people;
  for (auto& [who, own] : rows) {
    std::ranges::stable_sort(own, {}, [&](std::size_t row) { return times[row]; });
    Visits visits{own, {}};
    for (const std::size_t row : own) {
      if (!visits.times.empty() && visits.times.back() == times[row]) {
        return invalid_argument(fmt::format("{} {} has two rows at {} {}; keep one of them",
                                            id->name(), who, time->name(), time->cell_text(row)));
      }
      visits.times.push_back(times[row]);
    }
    people.push_back(std::move(visits));
  }
  return people;
}

bool equal_cells(const Column& column, std::size_t a, std::size_t b) {
  return column.cell_text(a) == column.cell_text(b);
}

/// Whether `column` has at most one value in every person's rows.
bool is_fixed(const Column& column, const std::vector<Visits>& people) {
  return std::ranges::all_of(people, [&](const Visits& person) {
    std::size_t first = column.size();
    for (const std::size_t row : person.rows) {
      if (column.missing(row)) {
        continue;
      }
      if (first == column.size()) {
        first = row;
      } else if (!equal_cells(column, first, row)) {
        return false;
      }
    }
    return true;
  });
}

/// The rows of the old table that the windows show at each lag.
struct Windows {
  std::vector<std::vector<std::size_t>> at_lag;  // (lags + 1, windows)
  std::vector<std::size_t> first_row;            // of the window's person
  std::vector<const Visits*> person;
  std::vector<double> gaps;  // largest deviation is judged later; one per window and lag
};

Windows windows_of(const std::vector<Visits>& people, Panel& panel) {
  Windows windows;
  windows.at_lag.resize(panel.lags + 1);
  for (const Visits& visits : people) {
    if (visits.rows.size() <= panel.lags) {
      ++panel.too_short;
      continue;
    }
    for (std::size_t t = panel.lags; t < visits.rows.size(); ++t) {
      for (std::size_t lag = 0; lag <= panel.lags; ++lag) {
        windows.at_lag[lag].push_back(visits.rows[t - lag]);
      }
      for (std::size_t lag = 0; lag < panel.lags; ++lag) {
        windows.gaps.push_back(visits.times[t - lag] - visits.times[t - lag - 1]);
      }
      windows.person.push_back(&visits);
      panel.person.push_back(panel.people);
    }
    ++panel.people;
  }
  return windows;
}

void judge_gaps(std::vector<double> gaps, Panel& panel) {
  std::ranges::sort(gaps);
  panel.usual_gap = gaps[gaps.size() / 2];
  const auto off = std::ranges::count_if(
      gaps, [&](double gap) { return gap < panel.usual_gap / 2 || gap > panel.usual_gap * 2; });
  panel.gaps_off = static_cast<double>(off) / static_cast<double>(gaps.size());
}

/// A fixed column's row for each window: the first visit of the person that knows it.
std::vector<std::size_t> knowing_rows(const Column& column, const Windows& windows) {
  std::vector<std::size_t> rows;
  for (const Visits* visits : windows.person) {
    const auto known =
        std::ranges::find_if(visits->rows, [&](std::size_t row) { return !column.missing(row); });
    rows.push_back(known == visits->rows.end() ? visits->rows.front() : *known);
  }
  return rows;
}

std::string lagged_name(const std::string& column, std::size_t lag) {
  return lag == 0 ? fmt::format("{}{}", column, kMark) : fmt::format("{}{}-{}", column, kMark, lag);
}

}  // namespace

Result<Panel> lag_table(const Table& table, const PanelOptions& options) {
  if (options.lags < 1 || options.lags > kMaxLags) {
    return invalid_argument(fmt::format("lags must be 1 to {}", kMaxLags));
  }
  THAW_TRY(const std::vector<Visits> people, visits_of(table, options));
  Panel panel;
  panel.lags = options.lags;
  const Windows windows = windows_of(people, panel);
  if (panel.people == 0) {
    return invalid_argument(
        fmt::format("nobody has {} visits, which {} lags need", options.lags + 1, options.lags));
  }
  judge_gaps(windows.gaps, panel);
  std::vector<std::string> names = table.names();
  std::ranges::sort(names);
  for (const std::string& name : names) {
    if (name == options.id || name == options.time) {
      continue;
    }
    const Column& column = *table.find(name);
    if (column.name().find(kMark) != std::string::npos) {
      return invalid_argument(fmt::format("column {}: names with '{}' mean a visit here; rename it",
                                          column.name(), kMark));
    }
    if (is_fixed(column, people)) {
      THAW_CHECK(panel.table.add_column(column.take(knowing_rows(column, windows))));
      panel.variables.push_back({column.name(), column.name(), 0, true});
      continue;
    }
    for (std::size_t lag = 0; lag <= panel.lags; ++lag) {
      const std::string lagged = lagged_name(name, lag);
      Column taken = column.take(windows.at_lag[lag]);
      THAW_CHECK(panel.table.add_column(std::move(taken.with_name(lagged))));
      panel.variables.push_back({lagged, name, lag, false});
    }
  }
  return panel;
}

Result<DataOptions> lag_kinds(const DataOptions& kinds, const Table& table, const Panel& panel) {
  for (const auto& [name, kind] : kinds.kinds) {
    THAW_CHECK(table.column(name));
  }
  DataOptions lagged;
  lagged.all = kinds.all;
  for (const PanelVariable& variable : panel.variables) {
    const auto given = kinds.kinds.find(variable.column);
    if (given != kinds.kinds.end()) {
      lagged.kinds[variable.name] = given->second;
    } else if (!kinds.all) {
      THAW_TRY(const Column* column, table.column(variable.column));
      THAW_TRY(const VariableKind kind, kind_by_rule(*column));
      lagged.kinds[variable.name] = kind;
    }
  }
  return lagged;
}

}  // namespace thaw::discovery
