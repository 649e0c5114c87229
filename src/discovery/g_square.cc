#include "discovery/g_square.h"

#include <fmt/format.h>

#include <cmath>

#include "discovery/contingency.h"

namespace thaw::discovery {
namespace {

/// n log n, from a table where n is small enough.
class CountLog {
 public:
  explicit CountLog(std::size_t rows) {
    for (std::size_t n = 0; n <= std::min(rows, kTable); ++n) {
      table_.push_back(n == 0 ? 0 : static_cast<double>(n) * std::log(static_cast<double>(n)));
    }
  }
  double operator()(std::size_t n) const {
    return n < table_.size() ? table_[n]
                             : static_cast<double>(n) * std::log(static_cast<double>(n));
  }

 private:
  static constexpr std::size_t kTable = 1U << 17U;
  std::vector<double> table_;
};

class GSquare : public IndependenceTest {
 public:
  explicit GSquare(const Data& data)
      : counter_(data), variables_(data.size()), count_log_(data.rows()) {}

  std::string_view name() const override { return "g2"; }
  std::size_t variables() const override { return variables_; }
  double nominal_cost(std::size_t size) const override {
    return 0.3 + 0.0001 * static_cast<double>(counter_.rows()) * static_cast<double>(size + 2);
  }

  Independence test(std::size_t x, std::size_t y, std::span<const std::uint32_t> given) override {
    counter_.load(static_cast<std::uint32_t>(x), given);
    return summed(counter_.count(static_cast<std::uint32_t>(y)));
  }

 private:
  Independence summed(const Contingency& table) {
    const std::size_t columns = table.columns;
    in_column_.assign(table.strata * columns, 0);
    lines_.assign(table.strata, 0);
    double sum = 0;
    for (std::size_t line = 0; line < table.stratum_of.size(); ++line) {
      const std::uint32_t* cells = table.cells.data() + line * columns;
      std::uint32_t* in_column = in_column_.data() + table.stratum_of[line] * columns;
      std::size_t total = 0;
      for (std::size_t j = 0; j < columns; ++j) {
        total += cells[j];
        in_column[j] += cells[j];
        sum += count_log_(cells[j]);
      }
      sum -= count_log_(total);
      lines_[table.stratum_of[line]] += total > 0 ? 1 : 0;
    }
    Independence result;
    for (std::size_t stratum = 0; stratum < table.strata; ++stratum) {
      std::size_t total = 0;
      std::size_t occurring = 0;
      for (std::size_t j = 0; j < columns; ++j) {
        const std::uint32_t count = in_column_[stratum * columns + j];
        total += count;
        occurring += count > 0 ? 1 : 0;
        sum -= count_log_(count);
      }
      sum += count_log_(total);
      result.rows += total;
      if (lines_[stratum] > 1 && occurring > 1) {
        result.df += static_cast<double>((lines_[stratum] - 1) * (occurring - 1));
      }
    }
    result.statistic = result.df > 0 ? std::max(0.0, 2 * sum) : 0;
    return result;
  }

  ContingencyCounter counter_;
  std::size_t variables_;
  CountLog count_log_;
  std::vector<std::uint32_t> in_column_;  // [stratum * columns + level of y]
  std::vector<std::size_t> lines_;        // levels of x that occur, by stratum
};

}  // namespace

Result<std::unique_ptr<IndependenceTest>> g_square(const Data& data) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (!data.discrete(i)) {
      return invalid_argument(fmt::format(
          "g2 needs categories, and column {} is continuous; take the test dg, or say that the "
          "column is discrete",
          data.variable(i).name));
    }
  }
  return std::unique_ptr<IndependenceTest>(std::make_unique<GSquare>(data));
}

}  // namespace thaw::discovery
