#include "discovery/fit_for_learning.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.h"
#include "discovery/correlation.h"
#include "stats/blas.h"
#include "stats/matrix.h"

namespace thaw::discovery {
namespace {

bool varies(const Data& data, std::size_t i) {
  std::optional<std::size_t> first;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    if (data.missing(i, row)) {
      continue;
    }
    if (!first) {
      first = row;
    } else if (data.discrete(i) ? data.codes(i)[row] != data.codes(i)[*first]
                                : data.values(i)[row] != data.values(i)[*first]) {
      return true;
    }
  }
  return false;
}

/// The continuous variables in the rows of `data`, which miss nothing, and which they are.
struct Numbers {
  stats::Matrix x;
  std::vector<std::size_t> variables;
};

Numbers numbers_of(const Data& data) {
  Numbers numbers;
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (!data.discrete(i) && varies(data, i)) {
      numbers.variables.push_back(i);
    }
  }
  numbers.x.resize(static_cast<Eigen::Index>(data.rows()),
                   static_cast<Eigen::Index>(numbers.variables.size()));
  for (std::size_t j = 0; j < numbers.variables.size(); ++j) {
    numbers.x.col(static_cast<Eigen::Index>(j)) =
        stats::as_vector(data.values(numbers.variables[j]));
  }
  return numbers;
}

/// The names of a set of continuous variables of which one follows from the others; empty: none.
std::vector<std::string> dependent_columns(const Data& data) {
  Numbers numbers = numbers_of(data);
  if (numbers.variables.size() < 2 || data.rows() <= numbers.variables.size()) {
    return {};
  }
  const stats::Matrix r = correlation_matrix(std::move(numbers.x));
  const auto found = stats::first_dependent_by_blas(r);
  if (!found) {
    return {};
  }
  const auto j = static_cast<Eigen::Index>(*found);
  const stats::Vector weights = r.topLeftCorner(j, j).ldlt().solve(r.col(j).head(j));
  std::vector<std::string> names;
  for (Eigen::Index i = 0; i < j; ++i) {
    if (std::fabs(weights[i]) > 1e-4) {
      names.push_back(data.variable(numbers.variables[static_cast<std::size_t>(i)]).name);
    }
  }
  names.push_back(data.variable(numbers.variables[*found]).name);
  return names;
}

/// Codes numbered as they first occur: equal for columns that split the rows alike.
std::vector<std::int32_t> partition(std::span<const std::int32_t> codes, std::size_t levels) {
  std::vector<std::int32_t> number(levels, -1);
  std::vector<std::int32_t> out;
  out.reserve(codes.size());
  std::int32_t next = 0;
  for (const std::int32_t code : codes) {
    if (code >= 0 && number[static_cast<std::size_t>(code)] < 0) {
      number[static_cast<std::size_t>(code)] = next++;
    }
    out.push_back(code < 0 ? -1 : number[static_cast<std::size_t>(code)]);
  }
  return out;
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> repeated_columns(const Data& data) {
  std::vector<std::pair<std::size_t, std::size_t>> repeats;
  std::map<std::size_t, std::vector<std::size_t>> by_hash;
  const auto parts = [&](std::size_t i) {
    return partition(data.codes(i), data.variable(i).levels.size());
  };
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (!data.discrete(i)) {
      continue;
    }
    const std::vector<std::int32_t> own = parts(i);
    std::size_t hash = 0;
    for (const std::int32_t code : own) {
      hash = (hash ^ static_cast<std::size_t>(code + 1)) * 0x9e3779b97f4a7c15U;
    }
    auto& alike = by_hash[hash];
    const auto first = std::ranges::find_if(alike, [&](auto other) { return parts(other) == own; });
    if (first != alike.end()) {
      repeats.emplace_back(*first, i);
    } else {
      alike.push_back(i);
    }
  }
  return repeats;
}

Result<Done> fit_for_learning(const Data& data) {
  if (data.size() > kMostVariables) {
    return invalid_argument(
        fmt::format("there are {} columns, more than the {} that a graph can "
                    "be learned of here; choose fewer",
                    data.size(), kMostVariables));
  }
  if (data.rows() < data.size()) {
    return invalid_argument(
        fmt::format("there are {} rows to learn from and {} columns; a graph needs at least as "
                    "many rows as columns, so leave columns out or add rows",
                    data.rows(), data.size()));
  }
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (!varies(data, i)) {
      return invalid_argument(fmt::format(
          "column {}: it has one value only in the rows that are left; leave it out, or have "
          "missing values imputed",
          data.variable(i).name));
    }
  }
  const auto repeats = repeated_columns(data);
  if (!repeats.empty() && !data.all_of(VariableKind::kDiscrete)) {
    const auto [first, second] = repeats.front();
    return invalid_argument(
        fmt::format("columns {} and {} are the same in every row, up to their levels' names; leave "
                    "one out",
                    data.variable(first).name, data.variable(second).name));
  }
  const std::vector<std::string> names =
      dependent_columns(data.any_missing() ? data.complete() : data);
  if (names.size() > 1) {
    return invalid_argument(
        fmt::format("columns {} depend on each other: the last is a sum of multiples of the "
                    "others, so no test can tell them apart; leave one out",
                    join(names, ", ")));
  }
  return Done{};
}

}  // namespace thaw::discovery
