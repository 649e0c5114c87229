// The independences of a graph tested on a table.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "effect/coded_column.h"
#include "effect/identify_data.h"
#include "stats/conditional_independence.h"

namespace thaw::effect {
namespace {

/// One variable of the graph as the tests take it.
struct TestColumn {
  std::optional<CodedColumn> codes;  // when it has few values
  std::vector<double> numbers;       // when it can stand as numbers; NaN = missing
  bool missing(std::size_t row) const {
    return codes ? codes->codes[row] < 0 : std::isnan(numbers[row]);
  }
};

Result<TestColumn> test_column(const Table& table, const std::string& name) {
  THAW_TRY(const Column* column, table.column(name));
  TestColumn made;
  made.codes = coded_column(*column);
  const auto numbers = column->numeric();
  if (numbers) {
    made.numbers = *numbers;
  } else if (made.codes && made.codes->levels.size() == 2) {
    for (const std::int32_t code : made.codes->codes) {
      made.numbers.push_back(code < 0 ? std::nan("") : code);
    }
  }
  return made;
}

class Tester {
 public:
  Tester(const std::vector<const TestColumn*>& columns, std::size_t rows) : columns_(columns) {
    for (std::size_t row = 0; row < rows; ++row) {
      if (std::none_of(columns.begin(), columns.end(),
                       [&](const TestColumn* one) { return one->missing(row); })) {
        rows_.push_back(row);
      }
    }
  }

  void run(ImplicationTest& test) const {
    test.n = rows_.size();
    const bool all_codes =
        std::all_of(columns_.begin(), columns_.end(), [](const auto* one) { return !!one->codes; });
    const bool all_numbers = std::all_of(columns_.begin(), columns_.end(),
                                         [](const auto* one) { return !one->numbers.empty(); });
    if (!all_codes && !all_numbers) {
      test.problem =
          "continuous and category variables together: no test of these kinds is made here";
      return;
    }
    const auto made = all_codes ? by_codes() : by_numbers();
    if (!made) {
      test.problem = made.error().message;
      return;
    }
    test.method = all_codes ? "g2" : "fisher_z";
    test.estimate = made->estimate;
    test.statistic = made->statistic;
    test.df = made->df;
    test.p = made->p;
  }

 private:
  Result<stats::IndependenceTest> by_codes() const {
    std::vector<std::int32_t> x, y;
    std::vector<std::uint64_t> strata;
    std::map<std::vector<std::int32_t>, std::uint64_t> numbers;
    for (const std::size_t row : rows_) {
      x.push_back(columns_[0]->codes->codes[row]);
      y.push_back(columns_[1]->codes->codes[row]);
      std::vector<std::int32_t> key;
      for (std::size_t i = 2; i < columns_.size(); ++i) {
        key.push_back(columns_[i]->codes->codes[row]);
      }
      strata.push_back(numbers.emplace(std::move(key), numbers.size()).first->second);
    }
    return stats::g_squared_test(x, y, strata);
  }

  Result<stats::IndependenceTest> by_numbers() const {
    std::vector<std::vector<double>> values;
    for (const TestColumn* one : columns_) {
      values.emplace_back();
      for (const std::size_t row : rows_) {
        values.back().push_back(one->numbers[row]);
      }
    }
    return stats::partial_correlation_test(values[0], values[1],
                                           {values.begin() + 2, values.end()});
  }

  const std::vector<const TestColumn*>& columns_;
  std::vector<std::size_t> rows_;
};

/// Holm 1979, Scand J Stat 6:65.
void correct(std::vector<ImplicationTest>& tests) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    if (!tests[i].method.empty()) {
      order.push_back(i);
    }
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return tests[a].p < tests[b].p; });
  double largest = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double scaled = tests[order[i]].p * static_cast<double>(order.size() - i);
    largest = std::max(largest, std::min(1.0, scaled));
    tests[order[i]].p_holm = largest;
  }
}

}  // namespace

Result<std::vector<ImplicationTest>> test_implications(const IdentifyAnswer& answer,
                                                       const Table& table) {
  std::map<std::uint32_t, TestColumn> columns;
  std::vector<ImplicationTest> tests;
  for (const Independence& claim : answer.implications.independences) {
    std::vector<std::uint32_t> nodes = {claim.a, claim.b};
    claim.given.for_each([&](std::uint32_t v) { nodes.push_back(v); });
    std::vector<const TestColumn*> used;
    for (const std::uint32_t v : nodes) {
      if (columns.find(v) == columns.end()) {
        THAW_TRY(TestColumn made, test_column(table, answer.names[v]));
        columns.emplace(v, std::move(made));
      }
      used.push_back(&columns.at(v));
    }
    tests.push_back({.claim = claim});
    Tester(used, table.rows()).run(tests.back());
  }
  correct(tests);
  return tests;
}

}  // namespace thaw::effect
