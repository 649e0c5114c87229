#include "api/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "discovery/data.h"
#include "registry/suppression.h"
#include "table/summary.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kLevelsShown = 30;

/// `counts` of people that together are all of them, as they may be shown.
std::vector<json::value> shown_counts(const std::vector<std::int64_t>& counts, bool cohort) {
  std::vector<json::value> shown;
  const auto floors = registry::floored(counts);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    shown.emplace_back(!cohort           ? json::value(counts[i])
                       : floors[i].count ? json::value(*floors[i].count)
                                         : json::value(nullptr));
  }
  return shown;
}

/// Quantiles of a cohort with too few people beyond them are null.
json::object number_document(const NumberSummary& number, std::size_t n, bool cohort) {
  const auto at = [&](double share) -> json::value {
    const double beyond = static_cast<double>(n) * std::min(share, 1 - share);
    if (cohort && beyond < static_cast<double>(registry::kCountFloor)) {
      return nullptr;
    }
    const auto found = std::ranges::find(kSummaryShares, share);
    return number.quantiles[static_cast<std::size_t>(found - kSummaryShares.begin())];
  };
  return {{"mean", number.mean}, {"sd", number.sd ? json::value(*number.sd) : json::value(nullptr)},
          {"p5", at(0.05)},      {"q1", at(0.25)},
          {"median", at(0.5)},   {"q3", at(0.75)},
          {"p95", at(0.95)}};
}

std::size_t distinct_numbers(const Column& column) {
  auto values = column.numeric();
  if (!values) {
    return 0;
  }
  std::ranges::sort(*values);
  const auto end = std::unique(values->begin(), values->end());
  return static_cast<std::size_t>(
      std::count_if(values->begin(), end, [](double value) { return value == value; }));
}

/// The values of an integer column that has so few that they may be codes, with how often each
/// occurs; else nothing.
std::vector<LevelCount> codes_of(const Column& column, const json::object& document) {
  const json::value* distinct = document.if_contains("distinct");
  if (column.type() != ColumnType::kInteger || distinct == nullptr ||
      distinct->to_number<std::size_t>() > discovery::kMaxCodes) {
    return {};
  }
  std::map<std::int64_t, std::size_t> counts;
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (!column.missing(row)) {
      ++counts[column.integers()[row]];
    }
  }
  std::vector<LevelCount> levels;
  for (const auto& [value, count] : counts) {
    levels.push_back({std::to_string(value), count});
  }
  return levels;
}

json::object variable_document(const Column& column, bool cohort) {
  const ColumnSummary summary = summarize(column);
  const auto parts = shown_counts(
      {static_cast<std::int64_t>(summary.n), static_cast<std::int64_t>(summary.missing)}, cohort);
  json::object document{{"name", column.name()},
                        {"type", to_string(column.type())},
                        {"unit", column.unit()},
                        {"n", parts[0]},
                        {"missing", parts[1]}};
  if (summary.number && column.type() != ColumnType::kBoolean) {
    document["number"] = number_document(*summary.number, summary.n, cohort);
    document["distinct"] = distinct_numbers(column);
  }
  const std::vector<LevelCount> found =
      summary.levels.empty() ? codes_of(column, document) : summary.levels;
  if (!found.empty()) {
    std::vector<std::int64_t> counts;
    for (const LevelCount& level : found) {
      counts.push_back(static_cast<std::int64_t>(level.count));
    }
    const auto shown = shown_counts(counts, cohort);
    json::array levels;
    for (std::size_t i = 0; i < std::min(found.size(), kLevelsShown); ++i) {
      levels.push_back(json::object{{"level", found[i].level}, {"count", shown[i]}});
    }
    document["levels"] = std::move(levels);
    document["distinct"] = found.size();
  }
  return document;
}

}  // namespace

Result<std::shared_ptr<const HeldTable>> Tables::add(HeldTable table) {
  if (table.table.columns().empty() || table.table.rows() == 0) {
    return invalid_argument(table.name + " has no rows under its header");
  }
  if (table.table.rows() > kCellsMax / table.table.columns().size()) {
    return invalid_argument(
        fmt::format("{} has {} rows of {} columns, more than the {} cells that a page can hold; "
                    "use the command "
                    "line",
                    table.name, table.table.rows(), table.table.columns().size(), kCellsMax));
  }
  const std::lock_guard lock(mutex_);
  table.id = fmt::format("t{}", next_++);
  held_.push_back(std::make_shared<const HeldTable>(std::move(table)));
  if (held_.size() > kTablesMax) {
    held_.pop_front();
  }
  return held_.back();
}

Result<std::shared_ptr<const HeldTable>> Tables::find(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  for (const auto& one : held_) {
    if (one->id == id) {
      return one;
    }
  }
  return not_found(fmt::format("table {} is not held here any more; bring the file again", id));
}

json::object table_document(const HeldTable& held) {
  json::array variables;
  for (const Column& column : held.table.columns()) {
    variables.push_back(variable_document(column, held.cohort));
  }
  return {{"table", held.id},          {"name", held.name},
          {"rows", held.table.rows()}, {"synthetic", held.synthetic},
          {"cohort", held.cohort},     {"variables", std::move(variables)}};
}

}  // namespace thaw::api
