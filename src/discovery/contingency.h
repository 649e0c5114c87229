// Contingency tables of two discrete variables within strata, counted fast.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "discovery/data.h"

namespace thaw::discovery {

/// Counts of one table: cells[(i * columns) + j] for line i and level j of y. A line is a stratum
/// with a level of x that occurs in it; stratum_of[i] counts from 0 to strata - 1.
struct Contingency {
  std::size_t columns = 0, strata = 0;
  std::vector<std::uint32_t> cells;
  std::vector<std::uint32_t> stratum_of;
};

/// The discrete variables of one Data, ready to be counted.
class ContingencyCounter {
 public:
  explicit ContingencyCounter(const Data& data);

  /// Takes x and the strata of `given`; tables follow. Nothing is done when they are as before.
  void load(std::uint32_t x, std::span<const std::uint32_t> given);
  /// The table of x and `y`; valid until the next call.
  const Contingency& count(std::uint32_t y);

  std::size_t rows() const { return rows_; }
  std::size_t levels(std::size_t variable) const { return variables_[variable].levels; }

 private:
  using Word = std::uint64_t;
  struct Variable {
    std::size_t levels = 0;
    bool missing = false;
    std::vector<std::uint16_t> codes;  // kNoCode = missing
    std::vector<Word> bits;            // [level * words + word]
  };

  void load_bits();
  void split_bits(std::size_t depth, const Word* within);
  void load_codes();
  void count_bits(const Variable& y);
  void count_codes(const Variable& y);

  std::size_t rows_, words_;
  std::vector<Variable> variables_;
  std::uint32_t x_ = 0;
  std::vector<std::uint32_t> given_;
  bool loaded_ = false, have_bits_ = false, have_codes_ = false;
  double lines_at_most_ = 0;          // levels of x times those of the set
  std::vector<Word> line_bits_;       // [line * words + word]
  std::vector<std::uint32_t> total_;  // of a line, by bits
  std::vector<std::vector<Word>> split_;
  std::vector<std::uint32_t> line_of_;  // of a row; kNoLine = something missing
  std::vector<std::uint32_t> renumbered_;
  std::vector<std::uint32_t> bit_strata_, code_strata_;  // of a line
  std::size_t bit_strata_count_ = 0, code_strata_count_ = 0;
  Contingency table_;
};

}  // namespace thaw::discovery
