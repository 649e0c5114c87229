#include "discovery/contingency.h"

#include <algorithm>

namespace thaw::discovery {
namespace {

using Word = std::uint64_t;

constexpr std::uint16_t kNoCode = 0xffff;
constexpr std::uint32_t kNoLine = 0xffffffff;
/// Bits are used while a table has at most so many cells to count, and they fit in the cache.
constexpr double kBitCells = 512;
constexpr double kBitWords = 65536;

/// both = a & b unless `both` is null, and how many bits that has.
[[gnu::always_inline]] inline std::uint32_t intersect_words(const Word* a, const Word* b,
                                                            std::size_t words, Word* both) {
  std::uint64_t bits = 0;
  if (both == nullptr) {
#pragma omp simd reduction(+ : bits)
    for (std::size_t i = 0; i < words; ++i) {
      bits += static_cast<std::uint64_t>(__builtin_popcountll(a[i] & b[i]));
    }
  } else {
#pragma omp simd reduction(+ : bits)
    for (std::size_t i = 0; i < words; ++i) {
      both[i] = a[i] & b[i];
      bits += static_cast<std::uint64_t>(__builtin_popcountll(both[i]));
    }
  }
  return static_cast<std::uint32_t>(bits);
}

using Intersect = std::uint32_t (*)(const Word*, const Word*, std::size_t, Word*);

std::uint32_t intersect_anywhere(const Word* a, const Word* b, std::size_t words, Word* both) {
  return intersect_words(a, b, words, both);
}
#ifdef __x86_64__
__attribute__((target("popcnt"))) std::uint32_t intersect_popcnt(const Word* a, const Word* b,
                                                                 std::size_t words, Word* both) {
  return intersect_words(a, b, words, both);
}
__attribute__((target("avx512f,avx512vpopcntdq,popcnt"))) std::uint32_t intersect_avx512(
    const Word* a, const Word* b, std::size_t words, Word* both) {
  return intersect_words(a, b, words, both);
}
#endif

/// The best of them that this processor has; all count the same.
Intersect best_intersect() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq")) {
    return intersect_avx512;
  }
  if (__builtin_cpu_supports("popcnt")) {
    return intersect_popcnt;
  }
#endif
  return intersect_anywhere;
}

const Intersect intersect = best_intersect();

}  // namespace

ContingencyCounter::ContingencyCounter(const Data& data)
    : rows_(data.rows()), words_((data.rows() + 63) / 64) {
  for (std::size_t v = 0; v < data.size(); ++v) {
    Variable variable;
    variable.levels = data.variable(v).levels.size();
    variable.missing = data.variable(v).missing > 0;
    variable.codes.resize(rows_, kNoCode);
    variable.bits.assign(variable.levels * words_, 0);
    const auto codes = data.codes(v);
    for (std::size_t row = 0; row < rows_; ++row) {
      if (codes[row] >= 0) {
        const auto code = static_cast<std::uint16_t>(codes[row]);
        variable.codes[row] = code;
        variable.bits[code * words_ + row / 64] |= Word{1} << (row % 64);
      }
    }
    variables_.push_back(std::move(variable));
  }
}

void ContingencyCounter::load(std::uint32_t x, std::span<const std::uint32_t> given) {
  if (loaded_ && x == x_ && std::ranges::equal(given, given_)) {
    return;
  }
  x_ = x;
  given_.assign(given.begin(), given.end());
  loaded_ = true;
  have_bits_ = have_codes_ = false;
  lines_at_most_ = static_cast<double>(levels(x));
  for (const std::uint32_t variable : given_) {
    lines_at_most_ *= static_cast<double>(levels(variable));
  }
}

const Contingency& ContingencyCounter::count(std::uint32_t y) {
  const Variable& variable = variables_[y];
  table_.columns = variable.levels;
  const bool few_lines =
      lines_at_most_ <= kBitCells && lines_at_most_ * static_cast<double>(words_) <= kBitWords;
  if (few_lines && !have_bits_) {
    load_bits();
  }
  if (few_lines && static_cast<double>(total_.size() * variable.levels) <= kBitCells) {
    count_bits(variable);
  } else {
    if (!have_codes_) {
      load_codes();
    }
    count_codes(variable);
  }
  return table_;
}

void ContingencyCounter::load_bits() {
  have_bits_ = true;
  line_bits_.clear();
  total_.clear();
  bit_strata_.clear();
  bit_strata_count_ = 0;
  split_.resize(std::max(split_.size(), given_.size()));
  for (auto& words : split_) {
    words.resize(words_);
  }
  split_bits(0, nullptr);
}

/// `within` are the rows of the levels taken so far; nullptr = all.
void ContingencyCounter::split_bits(std::size_t depth, const Word* within) {
  const bool at_x = depth == given_.size();
  const Variable& variable = variables_[at_x ? x_ : given_[depth]];
  bool any = false;
  for (std::size_t level = 0; level < variable.levels; ++level) {
    const Word* bits = variable.bits.data() + level * words_;
    if (at_x) {
      line_bits_.resize((total_.size() + 1) * words_);
      Word* line = line_bits_.data() + total_.size() * words_;
      const std::uint32_t rows = intersect(within == nullptr ? bits : within, bits, words_, line);
      if (rows > 0) {
        total_.push_back(rows);
        bit_strata_.push_back(static_cast<std::uint32_t>(bit_strata_count_));
        any = true;
      }
      continue;
    }
    Word* both = split_[depth].data();
    if (intersect(within == nullptr ? bits : within, bits, words_, both) > 0) {
      split_bits(depth + 1, both);
    }
  }
  bit_strata_count_ += any ? 1 : 0;
}

void ContingencyCounter::count_bits(const Variable& y) {
  const std::size_t lines = total_.size();
  table_.strata = bit_strata_count_;
  table_.stratum_of = bit_strata_;
  table_.cells.resize(lines * y.levels);
  for (std::size_t line = 0; line < lines; ++line) {
    const Word* bits = line_bits_.data() + line * words_;
    std::uint32_t* cells = table_.cells.data() + line * y.levels;
    // Without missing values the last level is what the others leave.
    const std::size_t counted = y.missing ? y.levels : y.levels - 1;
    std::uint32_t left = total_[line];
    for (std::size_t level = 0; level < counted; ++level) {
      cells[level] =
          left == 0 ? 0 : intersect(bits, y.bits.data() + level * words_, words_, nullptr);
      left -= cells[level];
    }
    if (!y.missing) {
      cells[counted] = left;
    }
  }
}

/// Numbers the lines that occur, one variable after the other, so that they stay at most rows.
void ContingencyCounter::load_codes() {
  have_codes_ = true;
  line_of_.assign(rows_, 0);
  code_strata_.assign(1, 0);
  code_strata_count_ = 1;
  for (std::size_t i = 0; i <= given_.size(); ++i) {
    const Variable& variable = variables_[i == given_.size() ? x_ : given_[i]];
    const std::size_t before = code_strata_.size();
    renumbered_.assign(before * variable.levels, kNoLine);
    std::vector<std::uint32_t> from;
    for (std::size_t row = 0; row < rows_; ++row) {
      std::uint32_t& line = line_of_[row];
      if (line == kNoLine || variable.codes[row] == kNoCode) {
        line = kNoLine;
        continue;
      }
      std::uint32_t& number = renumbered_[line * variable.levels + variable.codes[row]];
      if (number == kNoLine) {
        number = static_cast<std::uint32_t>(from.size());
        from.push_back(line);
      }
      line = number;
    }
    if (i == given_.size()) {
      code_strata_count_ = before;
      code_strata_ = std::move(from);
    } else {
      code_strata_.resize(from.size());
    }
  }
}

void ContingencyCounter::count_codes(const Variable& y) {
  table_.strata = code_strata_count_;
  table_.stratum_of = code_strata_;
  table_.cells.assign(code_strata_.size() * y.levels, 0);
  const auto levels = static_cast<std::uint32_t>(y.levels);
  for (std::size_t row = 0; row < rows_; ++row) {
    if (line_of_[row] != kNoLine && y.codes[row] != kNoCode) {
      ++table_.cells[line_of_[row] * levels + y.codes[row]];
    }
  }
}

}  // namespace thaw::discovery
