// Rows known by what they hold, not by where they stand: an order, keys and a hash that no order of
// the file changes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "table/table.h"

namespace thaw::effect {

/// One column as numbers that order its rows: values, or places of levels among sorted texts.
std::vector<double> order_values(const Column& column);

/// The rows 0 .. n-1 in the order of their contents, `columns` (each n) compared one after another.
std::vector<std::size_t> canonical_rows(const std::vector<std::vector<double>>& columns,
                                        std::size_t n);

/// A key for each of n rows that stand in canonical order: its contents, and its number among
/// equals.
std::vector<std::uint64_t> row_keys(const std::vector<std::vector<double>>& columns, std::size_t n);

/// SHA-256 of names and values of the columns `used` of `table`, in that order; -0 counts as 0.
std::string data_hash(const Table& table, const std::vector<std::string>& used);

}  // namespace thaw::effect
