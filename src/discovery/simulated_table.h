// For tests only: tables from a known causal model.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "base/random.h"
#include "table/table.h"

namespace thaw::discovery {

enum class Simulated { kContinuous, kDiscrete, kMixed };

/// `rows` of v0 .. v(p-1), in causal order: each but the first has up to two causes before it.
/// Discrete ones have three levels; mixed: every other one is discrete. Noise is uniform (not
/// normal) where `uniform_noise`.
inline Table simulated_table(Simulated kind, std::size_t p, std::size_t rows, std::uint64_t seed,
                             bool uniform_noise = false) {
  Random random(seed);
  std::vector<std::vector<double>> x(p, std::vector<double>(rows));
  std::vector<std::vector<std::int32_t>> codes(p, std::vector<std::int32_t>(rows));
  const auto discrete = [&](std::size_t i) {
    return kind == Simulated::kDiscrete || (kind == Simulated::kMixed && i % 2 == 1);
  };
  for (std::size_t i = 0; i < p; ++i) {
    const std::size_t a = i > 0 ? random.index(i) : 0;
    const std::size_t b = i > 1 ? random.index(i) : a;
    const double wa = 0.6 + 0.6 * random.uniform();
    const double wb = b == a ? 0 : -0.6 - 0.6 * random.uniform();
    for (std::size_t row = 0; row < rows; ++row) {
      const double noise = uniform_noise ? 3.4 * (random.uniform() - 0.5) : random.normal();
      double value = noise + (i > 0 ? wa * x[a][row] + wb * x[b][row] : 0);
      if (discrete(i)) {
        codes[i][row] = value < -0.6 ? 0 : value < 0.6 ? 1 : 2;
        value = codes[i][row] - 1;
      }
      x[i][row] = value;
    }
  }
  Table table;
  for (std::size_t i = 0; i < p; ++i) {
    const std::string name = "v" + std::to_string(i);
    static_cast<void>(table.add_column(discrete(i)
                                           ? Column::category(name, codes[i], {"a", "b", "c"})
                                           : Column::real(name, x[i])));
  }
  return table;
}

/// `table` with its columns and its rows in another order.
inline Table shuffled(const Table& table, std::uint64_t seed) {
  Random random(seed);
  const auto permutation = [&](std::size_t n) {
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = n; i > 1; --i) {
      std::swap(order[i - 1], order[random.index(i)]);
    }
    return order;
  };
  const auto rows = permutation(table.rows());
  Table out;
  for (const std::size_t column : permutation(table.columns().size())) {
    static_cast<void>(out.add_column(table.columns()[column].take(rows)));
  }
  return out;
}

/// `table` with each value of the real and category columns lost with probability `share`.
inline Table with_holes(const Table& table, double share, std::uint64_t seed) {
  Random random(seed);
  Table out;
  for (const Column& column : table.columns()) {
    if (column.type() == ColumnType::kReal) {
      std::vector<double> values(column.reals().begin(), column.reals().end());
      for (double& value : values) {
        value = random.bernoulli(share) ? std::numeric_limits<double>::quiet_NaN() : value;
      }
      static_cast<void>(out.add_column(Column::real(column.name(), std::move(values))));
    } else {
      std::vector<std::int32_t> values(column.codes().begin(), column.codes().end());
      for (std::int32_t& value : values) {
        value = random.bernoulli(share) ? -1 : value;
      }
      static_cast<void>(
          out.add_column(Column::category(column.name(), std::move(values), column.levels())));
    }
  }
  return out;
}

}  // namespace thaw::discovery
