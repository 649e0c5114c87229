#include "effect/survival_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "base/digest.h"
#include "base/text.h"
#include "effect/row_condition.h"
#include "table/csv.h"

namespace thaw::effect {
namespace {

constexpr std::size_t kGroupsMax = 50;
constexpr std::size_t kStatesMax = 20;
constexpr std::array kKinds = {"km", "logrank", "cox", "finegray", "aj", "aft", "rmst"};

bool competes(const SurvivalRequest& request) {
  return request.kind == SurvivalKind::kFineGray || request.kind == SurvivalKind::kAalenJohansen;
}

/// What ended each row: 0 nothing, k state k; -1 unknown.
struct Endings {
  std::vector<int> of_row;
  std::vector<std::string> states;
  std::vector<std::string> columns;  // of the table that were read
  bool other_events = false;
};

Result<std::vector<Truth>> truths(const Table& table, const std::string& text, Endings& endings) {
  THAW_TRY(const RowCondition condition, RowCondition::parse(text));
  for (const std::string& column : condition.columns()) {
    endings.columns.push_back(column);
  }
  return condition.evaluate(table);
}

/// From conditions: the event, and what competes with it.
Result<Endings> endings_by_condition(const Table& table, const SurvivalRequest& request) {
  Endings endings;
  THAW_TRY(const auto event, truths(table, request.event, endings));
  endings.states = {request.event};
  endings.of_row.resize(event.size());
  for (std::size_t i = 0; i < event.size(); ++i) {
    endings.of_row[i] = event[i] == Truth::kUnknown ? -1 : static_cast<int>(event[i]);
  }
  if (request.competing.empty()) {
    return endings;
  }
  THAW_TRY(const auto other, truths(table, request.competing, endings));
  if (competes(request)) {
    endings.states.push_back(request.competing);
  }
  for (std::size_t i = 0; i < other.size(); ++i) {
    if (endings.of_row[i] == 0 && other[i] != Truth::kFalse) {
      endings.other_events = true;
      endings.of_row[i] = other[i] == Truth::kUnknown ? -1 : competes(request) ? 2 : 0;
    }
  }
  return endings;
}

bool says_censored(const std::string& level) {
  static const std::set<std::string> kWords = {"0",          "censored", "censor", "cens",
                                               "none",       "false",    "alive",  "no event",
                                               "event-free", "删失"};
  return kWords.contains(fold(level));
}

std::string levels_text(const std::vector<std::string>& levels) {
  return join({levels.begin(), levels.begin() + static_cast<std::ptrdiff_t>(
                                                    std::min<std::size_t>(levels.size(), 8))},
              ", ");
}

std::vector<std::string> levels_of(const Column& column) {
  std::set<std::string> used;
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (!column.missing(i)) {
      used.insert(column.cell_text(i));
    }
  }
  if (column.type() != ColumnType::kCategory) {
    return ordered_levels({used.begin(), used.end()});
  }
  std::vector<std::string> levels;
  std::ranges::copy_if(column.levels(), std::back_inserter(levels),
                       [&](const std::string& level) { return used.contains(level); });
  return levels;
}

/// The level that is no event: as asked for, or the one that says so.
Result<std::string> censored_level(const std::vector<std::string>& levels,
                                   const SurvivalRequest& request) {
  if (!request.censored.empty()) {
    return request.censored;
  }
  std::string found;
  for (const std::string& level : levels) {
    if (says_censored(level)) {
      if (!found.empty()) {
        found.clear();
        break;
      }
      found = level;
    }
  }
  if (found.empty()) {
    return invalid_argument(
        fmt::format("column {} has the levels {}; say which of them is no event (--censored LEVEL)",
                    request.event, levels_text(levels)));
  }
  return found;
}

/// From one column whose levels are kinds of events.
Result<Endings> endings_by_level(const Column& column, const SurvivalRequest& request) {
  const std::vector<std::string> levels = levels_of(column);
  Endings endings;
  endings.columns = {request.event};
  const auto known = [&](const std::string& level) {
    return std::ranges::find(levels, level) != levels.end();
  };
  for (const std::string& level : {request.cause, request.censored}) {
    if (!level.empty() && !known(level)) {
      return invalid_argument(fmt::format("column {} has no level \"{}\"; it has {}", request.event,
                                          level, levels_text(levels)));
    }
  }
  const bool one_event = !competes(request);
  const bool plain = std::ranges::all_of(levels, [](const std::string& level) {
    return level == "0" || level == "1" || level == "true" || level == "false";
  });
  std::map<std::string, int> states;
  if (one_event && request.cause.empty()) {
    if (!plain) {
      return invalid_argument(fmt::format(
          "column {} has the levels {}; an event is 0 or 1, so name the level that is the event "
          "(--cause LEVEL) or write a condition such as \"{} == {}\"",
          request.event, levels_text(levels), request.event, levels.empty() ? "1" : levels.back()));
    }
    states = {{"1", 1}, {"true", 1}};
    endings.states = {request.event};
  } else if (one_event) {
    states = {{request.cause, 1}};
    endings.states = {request.cause};
    endings.other_events = levels.size() > 2;
  } else {
    THAW_TRY(const std::string censored, censored_level(levels, request));
    for (const std::string& level : levels) {
      if (level != censored) {
        endings.states.push_back(level);
        states[level] = static_cast<int>(endings.states.size());
      }
    }
    if (endings.states.empty() || endings.states.size() > kStatesMax) {
      return invalid_argument(
          fmt::format("column {} has {} kinds of events; 1 to {} can be told apart", request.event,
                      endings.states.size(), kStatesMax));
    }
  }
  for (std::size_t i = 0; i < column.size(); ++i) {
    const auto state = states.find(column.cell_text(i));
    endings.of_row.push_back(column.missing(i) ? -1 : state == states.end() ? 0 : state->second);
  }
  return endings;
}

Result<Endings> endings_of(const Table& table, const SurvivalRequest& request) {
  if (request.event.empty()) {
    return invalid_argument(
        "say what the event is: a column, or a condition such as \"status == 2\"");
  }
  const Column* column = table.find(request.event);
  if (column != nullptr && request.competing.empty()) {
    return endings_by_level(*column, request);
  }
  if (column == nullptr && request.event.find_first_of("=<>!( ") == std::string::npos) {
    THAW_CHECK(table.column(request.event));  // Its message names the nearest columns.
  }
  if (column != nullptr) {
    SurvivalRequest as_condition = request;
    as_condition.event = fmt::format("`{}` == 1", request.event);
    return endings_by_condition(table, as_condition);
  }
  return endings_by_condition(table, request);
}

std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> names;
  for (const std::string_view part : split(text, ',')) {
    if (!trim(part).empty()) {
      names.emplace_back(trim(part));
    }
  }
  return names;
}

/// Every column that the request reads, each once.
Result<std::vector<std::string>> columns_used(const SurvivalRequest& request) {
  std::vector<std::string> columns;
  const auto add = [&](const std::string& name) {
    if (!name.empty() && std::ranges::find(columns, name) == columns.end()) {
      columns.push_back(name);
    }
  };
  for (const std::string* name :
       {&request.time, &request.start, &request.group, &request.weights, &request.cluster}) {
    add(*name);
  }
  for (const std::string& name : names_in(request.strata)) {
    add(name);
  }
  THAW_TRY(const auto terms, term_columns(request.model));
  std::ranges::for_each(terms, add);
  return columns;
}

/// The texts of `columns` in the kept rows as numbers from 0, in the order of their levels.
Result<std::vector<int>> numbered(const Table& table, const std::vector<std::size_t>& rows,
                                  const std::vector<std::string>& columns,
                                  std::vector<std::string>& names) {
  std::vector<std::string> texts(rows.size());
  std::vector<std::string> order;
  for (const std::string& name : columns) {
    THAW_TRY(const Column* column, table.column(name));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      texts[i] += (texts[i].empty() ? "" : ", ") + column->cell_text(rows[i]);
    }
    if (columns.size() == 1) {
      order = levels_of(*column);
    }
  }
  const std::set<std::string> used(texts.begin(), texts.end());
  if (order.empty()) {
    order.assign(used.begin(), used.end());
  }
  std::map<std::string, int> numbers;
  for (const std::string& level : order) {
    if (used.contains(level)) {
      numbers[level] = static_cast<int>(names.size());
      names.push_back(level);
    }
  }
  std::vector<int> result;
  for (const std::string& text : texts) {
    result.push_back(numbers.at(text));
  }
  return result;
}

Error bad_value(std::size_t row, const std::string& column, double value, std::string_view must) {
  return invalid_argument(fmt::format("row {}: column {} is {}; {}", row + 1, column, value, must));
}

Result<Done> fill_times(const Table& table, const SurvivalRequest& request, SurvivalRows& rows) {
  THAW_TRY(const std::vector<double> time, table.numeric(request.time));
  std::vector<double> start;
  if (!request.start.empty()) {
    THAW_TRY(start, table.numeric(request.start));
  }
  std::vector<double> weights;
  if (!request.weights.empty()) {
    THAW_TRY(weights, table.numeric(request.weights));
  }
  for (const std::size_t row : rows.source) {
    if (!std::isfinite(time[row]) || time[row] < 0) {
      return bad_value(row, request.time, time[row], "a time is finite and not negative");
    }
    rows.time.push_back(time[row]);
    if (!start.empty()) {
      if (!std::isfinite(start[row]) || start[row] >= time[row]) {
        return bad_value(
            row, request.start, start[row],
            fmt::format("it must lie before {}, which is {}", request.time, time[row]));
      }
      rows.entry.push_back(start[row]);
    }
    if (!weights.empty()) {
      if (!std::isfinite(weights[row]) || weights[row] < 0) {
        return bad_value(row, request.weights, weights[row], "a weight is finite and not negative");
      }
      rows.weights.push_back(weights[row]);
    }
  }
  return Done{};
}

/// Times and endings of all rows where both are known, whatever else is missing.
Result<Done> fill_everyone(const Table& table, const SurvivalRequest& request,
                           const Endings& endings, SurvivalRows& rows) {
  THAW_TRY(const std::vector<double> time, table.numeric(request.time));
  std::size_t place = 0;
  for (std::size_t i = 0; i < time.size(); ++i) {
    const bool kept = place < rows.source.size() && rows.source[place] == i;
    if (endings.of_row[i] >= 0 && std::isfinite(time[i])) {
      rows.all_place.push_back(kept ? std::optional<std::size_t>(place) : std::nullopt);
      rows.all_time.push_back(time[i]);
      rows.all_event.push_back(static_cast<std::uint8_t>(endings.of_row[i]));
    }
    place += kept ? 1 : 0;
  }
  return Done{};
}

Result<std::string> hash_of(const Table& table, std::vector<std::string> columns) {
  std::ranges::sort(columns);
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  THAW_TRY(const Table used, table.select(columns));
  THAW_TRY(const std::string bytes, write_csv(used));
  return sha256_hex(bytes);
}

Result<Done> fill_numbers(const Table& table, const SurvivalRequest& request, SurvivalRows& rows) {
  std::vector<std::string> names;
  if (!request.group.empty()) {
    THAW_TRY(rows.group, numbered(table, rows.source, {request.group}, rows.groups));
    if (rows.groups.size() > kGroupsMax) {
      return invalid_argument(
          fmt::format("column {} has {} different values; groups are at most {}, so cut it into "
                      "ranges or put it into a model",
                      request.group, rows.groups.size(), kGroupsMax));
    }
  }
  if (!request.strata.empty()) {
    THAW_TRY(rows.strata, numbered(table, rows.source, names_in(request.strata), names));
    rows.strata_count = names.size();
  }
  names.clear();
  if (!request.cluster.empty()) {
    THAW_TRY(rows.cluster, numbered(table, rows.source, {request.cluster}, names));
    rows.cluster_count = names.size();
  }
  return Done{};
}

}  // namespace

std::string_view to_string(SurvivalKind kind) {
  return kKinds.at(static_cast<std::size_t>(kind));
}

Result<SurvivalKind> parse_survival_kind(std::string_view word) {
  for (std::size_t k = 0; k < kKinds.size(); ++k) {
    if (word == kKinds.at(k)) {
      return static_cast<SurvivalKind>(k);
    }
  }
  return invalid_argument(
      fmt::format("\"{}\" is no survival analysis; there are {}", word, fmt::join(kKinds, ", ")));
}

bool SurvivalRows::whole_weights() const {
  return std::ranges::all_of(weights, [](double w) { return w == std::floor(w); });
}

Result<SurvivalRows> survival_rows(const Table& table, const SurvivalRequest& request) {
  if (request.time.empty()) {
    return invalid_argument("say which column holds the times");
  }
  THAW_TRY(std::vector<std::string> columns, columns_used(request));
  for (const std::string& name : columns) {
    THAW_CHECK(table.column(name));
  }
  THAW_TRY(const Endings endings, endings_of(table, request));
  SurvivalRows rows;
  rows.states = endings.states;
  rows.other_events = endings.other_events;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    const bool complete =
        endings.of_row[i] >= 0 && std::ranges::none_of(columns, [&](const std::string& name) {
          return table.find(name)->missing(i);
        });
    if (complete) {
      rows.source.push_back(i);
      rows.event.push_back(static_cast<std::uint8_t>(endings.of_row[i]));
    }
  }
  rows.left_out = table.rows() - rows.source.size();
  if (rows.source.empty()) {
    return invalid_argument(fmt::format(
        "none of the {} rows has a value in every column that this analysis needs", table.rows()));
  }
  THAW_CHECK(fill_times(table, request, rows));
  THAW_CHECK(fill_numbers(table, request, rows));
  const Table kept = table.take(rows.source);
  THAW_TRY(rows.model, Model::learn(kept, request.model));
  THAW_TRY(rows.x, rows.model.matrix(kept));
  if (request.kind == SurvivalKind::kFineGray) {
    THAW_CHECK(fill_everyone(table, request, endings, rows));
  }
  columns.insert(columns.end(), endings.columns.begin(), endings.columns.end());
  THAW_TRY(rows.data_hash, hash_of(table, std::move(columns)));
  return rows;
}

}  // namespace thaw::effect
