#include "effect/row_identity.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <utility>

#include "base/digest.h"

namespace thaw::effect {

std::vector<double> order_values(const Column& column) {
  if (auto numbers = column.numeric()) {
    return std::move(numbers).value();
  }
  std::vector<std::string> texts(column.size());
  for (std::size_t row = 0; row < column.size(); ++row) {
    texts[row] = column.cell_text(row);
  }
  std::vector<std::string> sorted = texts;
  std::ranges::sort(sorted);
  std::vector<double> values;
  for (const std::string& text : texts) {
    values.push_back(static_cast<double>(std::ranges::lower_bound(sorted, text) - sorted.begin()));
  }
  return values;
}

std::vector<std::size_t> canonical_rows(const std::vector<std::vector<double>>& columns,
                                        std::size_t n) {
  std::vector<std::size_t> rows(n);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::ranges::stable_sort(rows, [&](std::size_t a, std::size_t b) {
    for (const auto& column : columns) {
      if (column[a] != column[b]) {
        return column[a] < column[b];
      }
    }
    return false;
  });
  return rows;
}

namespace {

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15U;
  return hash ^ (hash >> 29U);
}

}  // namespace

std::vector<std::uint64_t> row_keys(const std::vector<std::vector<double>>& columns,
                                    std::size_t n) {
  std::vector<std::uint64_t> keys(n);
  std::uint64_t count = 0;
  std::uint64_t before = 0;
  for (std::size_t row = 0; row < n; ++row) {
    std::uint64_t hash = 1;
    for (const auto& column : columns) {
      const double value = column[row] == 0 ? 0 : column[row];  // -0 is 0
      hash = mixed(hash, std::bit_cast<std::uint64_t>(value));
    }
    count = row > 0 && hash == before ? count + 1 : 0;
    before = hash;
    keys[row] = mixed(hash, count);
  }
  return keys;
}

std::string data_hash(const Table& table, const std::vector<std::string>& used) {
  Sha256 sum;
  for (const std::string& name : used) {
    const Column& column = *table.find(name);
    sum.add(name + "\n");
    if (const auto numbers = column.numeric()) {
      for (const double number : *numbers) {
        const double value = number == 0 ? 0 : number;
        std::array<char, sizeof(value)> bytes{};
        auto bits = std::bit_cast<std::uint64_t>(value);
        for (char& byte : bytes) {
          byte = static_cast<char>(bits & 0xffU);
          bits >>= 8U;
        }
        sum.add({bytes.data(), bytes.size()});
      }
      continue;
    }
    for (std::size_t row = 0; row < column.size(); ++row) {
      sum.add(column.cell_text(row) + "\n");
    }
  }
  return sum.hex();
}

}  // namespace thaw::effect
