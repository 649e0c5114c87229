#include "table/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/edit_distance.h"
#include "base/text.h"

namespace thaw {
std::vector<std::string> Table::names() const {
  std::vector<std::string> out;
  for (const auto& column : columns_) {
    out.push_back(column.name());
  }
  return out;
}

const Column* Table::find(std::string_view name) const {
  const auto it = index_.find(name);
  return it == index_.end() ? nullptr : &columns_[it->second];
}

Result<const Column*> Table::column(std::string_view name) const {
  if (const Column* found = find(name)) {
    return found;
  }
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const auto& column : columns_) {
    near.emplace_back(edit_distance(name, column.name()), column.name());
  }
  std::ranges::sort(near);
  near.resize(std::min<std::size_t>(near.size(), 3));
  std::vector<std::string> names;
  for (const auto& [edits, close] : near) {
    names.push_back(fmt::format("'{}'", close));
  }
  return not_found(fmt::format("no column '{}' among the {} of the table{}{}", name,
                               columns_.size(), names.empty() ? "" : "; the nearest names are ",
                               join(names, ", ")));
}

Result<std::vector<double>> Table::numeric(std::string_view name) const {
  THAW_TRY(const Column* found, column(name));
  return found->numeric();
}

Result<Done> Table::add_column(Column column) {
  if (column.name().empty()) {
    return invalid_argument("a column needs a name");
  }
  if (!columns_.empty() && column.size() != rows()) {
    return invalid_argument(fmt::format("column '{}' has {} rows, the table has {}", column.name(),
                                        column.size(), rows()));
  }
  if (!index_.emplace(column.name(), columns_.size()).second) {
    return conflict(fmt::format("the table already has a column '{}'", column.name()));
  }
  columns_.push_back(std::move(column));
  return Done{};
}

Result<Table> Table::select(std::span<const std::string> names) const {
  Table out;
  for (const auto& name : names) {
    THAW_TRY(const Column* found, column(name));
    THAW_CHECK(out.add_column(*found));
  }
  return out;
}

Table Table::take(std::span<const std::size_t> rows) const {
  Table out;
  out.index_ = index_;
  out.columns_.reserve(columns_.size());
  for (const auto& column : columns_) {
    out.columns_.push_back(column.take(rows));
  }
  return out;
}

Table Table::filter(std::span<const std::uint8_t> keep) const {
  assert(keep.size() == rows());
  std::vector<std::size_t> kept;
  for (std::size_t row = 0; row < keep.size(); ++row) {
    if (keep[row] != 0) {
      kept.push_back(row);
    }
  }
  return take(kept);
}

Result<Table> Table::complete_rows(std::span<const std::string> names) const {
  std::vector<std::uint8_t> keep(rows(), 1);
  for (const auto& name : names) {
    THAW_TRY(const Column* found, column(name));
    for (std::size_t row = 0; row < keep.size(); ++row) {
      keep[row] = found->missing(row) ? 0 : keep[row];
    }
  }
  return filter(keep);
}

}  // namespace thaw
