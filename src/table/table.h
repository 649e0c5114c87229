// A table of typed columns that analyses read: in memory and read-only once built. No row carries
// an id unless a column does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "table/column.h"

namespace thaw {

/// Columns of one length with distinct, non-empty names, in a fixed order.
class Table {
 public:
  std::size_t rows() const { return columns_.empty() ? 0 : columns_.front().size(); }
  const std::vector<Column>& columns() const { return columns_; }
  std::vector<std::string> names() const;

  /// The column called `name`, or null. Valid until the table changes or goes.
  const Column* find(std::string_view name) const;
  /// The same; kNotFound names the column asked for and the nearest ones there are.
  Result<const Column*> column(std::string_view name) const;
  /// Column `name` as numbers, missing as NaN. Errors of column() and Column::numeric().
  Result<std::vector<double>> numeric(std::string_view name) const;

  /// Adds at the end. kInvalidArgument: no name, or not rows() long; kConflict: the name is taken.
  Result<Done> add_column(Column column);

  /// The columns `names` in that order. kNotFound; kConflict when a name is given twice.
  Result<Table> select(std::span<const std::string> names) const;
  /// The rows of `rows`, in that order, repeats allowed; each below rows() (asserted).
  Table take(std::span<const std::size_t> rows) const;
  /// The rows whose mark in `keep` (rows()) is not 0.
  Table filter(std::span<const std::uint8_t> keep) const;
  /// The rows in which none of the columns `names` is missing. kNotFound.
  Result<Table> complete_rows(std::span<const std::string> names) const;

  friend bool operator==(const Table& a, const Table& b) { return a.columns_ == b.columns_; }

 private:
  std::vector<Column> columns_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

}  // namespace thaw
