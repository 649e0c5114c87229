#include "stats/row_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <utility>

namespace thaw::stats {
namespace {

constexpr int kDigitBits[] = {11, 11, 10};
constexpr int kKeyBits = 32;

/// Whole numbers that stand as the doubles do; both zeros are one.
std::uint64_t as_ordered(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
  return (bits >> 63) != 0 ? ~bits : bits | (std::uint64_t{1} << 63);
}

/// Stable sort of `items` by the `bits` bits from `shift` on, through `spare`. Returns at once when
/// all share them.
void sort_by_digit(std::vector<std::uint64_t>& items, std::vector<std::uint64_t>& spare, int shift,
                   int bits) {
  std::array<std::size_t, 1 << 11> places{};
  const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
  for (const std::uint64_t item : items) {
    ++places[(item >> shift) & mask];
  }
  if (places[(items.front() >> shift) & mask] == items.size()) {
    return;
  }
  std::size_t next = 0;
  for (std::size_t& place : places) {
    next += std::exchange(place, next);
  }
  for (const std::uint64_t item : items) {
    spare[places[(item >> shift) & mask]++] = item;
  }
  items.swap(spare);
}

}  // namespace

void sort_rows(std::span<const double> key, Direction direction, std::vector<std::uint32_t>& rows) {
  if (rows.empty()) {
    return;
  }
  std::uint64_t least = ~std::uint64_t{0};
  std::uint64_t most = 0;
  for (const std::uint32_t row : rows) {
    const std::uint64_t whole = as_ordered(key[row]);
    least = std::min(least, whole);
    most = std::max(most, whole);
  }
  const bool falling = direction == Direction::kFalling;
  const int cut = std::max(0, static_cast<int>(std::bit_width(most - least)) - kKeyBits);
  std::vector<std::uint64_t> items(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint64_t whole = as_ordered(key[rows[i]]);
    const std::uint64_t distance = (falling ? most - whole : whole - least) >> cut;
    items[i] = distance << kKeyBits | rows[i];
  }
  {
    std::vector<std::uint64_t> spare(items.size());
    int shift = kKeyBits;
    for (const int bits : kDigitBits) {
      sort_by_digit(items, spare, shift, bits);
      shift += bits;
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = static_cast<std::uint32_t>(items[i]);
  }
  if (cut == 0) {
    return;
  }
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    return falling ? key[a] > key[b] : key[a] < key[b];
  };
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin + 1;
    bool in_order = true;
    for (; end < rows.size() && items[end] >> kKeyBits == items[begin] >> kKeyBits; ++end) {
      in_order = in_order && !before(rows[end], rows[end - 1]);
    }
    if (!in_order) {
      const auto first = rows.begin() + static_cast<std::ptrdiff_t>(begin);
      std::stable_sort(first, rows.begin() + static_cast<std::ptrdiff_t>(end), before);
    }
    begin = end;
  }
}

std::vector<std::uint32_t> ordered_rows(std::span<const double> key, Direction direction) {
  std::vector<std::uint32_t> rows(key.size());
  std::iota(rows.begin(), rows.end(), 0U);
  sort_rows(key, direction, rows);
  return rows;
}

}  // namespace thaw::stats
