// The estimand of an answer, counted on a table or taken from a network's tables.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "base/random.h"
#include "effect/coded_column.h"
#include "effect/estimand_value.h"
#include "effect/identify_data.h"
#include "stats/quantile.h"

namespace thaw::effect {

using graph::NodeSet;

namespace {

constexpr std::size_t kReplicates = 200;
constexpr std::size_t kMostDraws = 40'000'000;
constexpr std::size_t kMostCells = 500;

/// Every variable that stands anywhere in the expression.
void collect(const Estimand& estimand, NodeSet& found, std::set<const void*>& seen) {
  if (!seen.insert(estimand.identity()).second) {
    return;
  }
  if (estimand.kind() == Estimand::Kind::kProbability) {
    found |= estimand.head() | estimand.given();
  }
  for (const Estimand& part : estimand.parts()) {
    collect(part, found, seen);
  }
}

NodeSet variables_of(const IdentifyAnswer& answer) {
  NodeSet found = answer.x | answer.y | answer.z;
  std::set<const void*> seen;
  collect(*answer.estimand, found, seen);
  return found;
}

/// Values by name, and one row for each combination that occurs.
struct Counted {
  DiscreteRows rows;
  std::vector<std::vector<std::string>> values;  // (nodes)
  std::size_t n = 0;
};

/// The question's cells: every combination of values of treatment, outcome and given.
class Cells {
 public:
  Cells(const IdentifyAnswer& answer, const Counted& counted)
      : answer_(answer), counted_(counted), asked_((answer.x | answer.y | answer.z).members()) {
    for (const std::uint32_t v : asked_) {
      count_ *= counted.values[v].size();
      count_ = std::min(count_, kMostCells + 1);
    }
  }

  std::size_t count() const { return count_; }

  std::vector<std::uint16_t> at(std::size_t cell) const {
    std::vector<std::uint16_t> codes(answer_.names.size(), 0);
    for (const std::uint32_t v : asked_) {
      codes[v] = static_cast<std::uint16_t>(cell % counted_.values[v].size());
      cell /= counted_.values[v].size();
    }
    return codes;
  }

  std::vector<std::string> values(const NodeSet& part, std::size_t cell) const {
    const std::vector<std::uint16_t> codes = at(cell);
    std::vector<std::string> found;
    part.for_each([&](std::uint32_t v) { found.push_back(counted_.values[v][codes[v]]); });
    return found;
  }

  Result<std::vector<double>> evaluate(const DiscreteRows& rows) const {
    EstimandValues values(rows);
    std::vector<double> found;
    for (std::size_t cell = 0; cell < count_; ++cell) {
      THAW_TRY(const double chance, values.value(*answer_.estimand, at(cell)));
      found.push_back(chance);
    }
    return found;
  }

  /// The two cells of the difference and of its subtrahend; nothing for other shapes.
  std::optional<std::pair<std::size_t, std::size_t>> contrast() const {
    if (asked_.size() != 2 || answer_.x.size() != 1 || count_ != 4) {
      return std::nullopt;
    }
    const bool treatment_first = answer_.x.contains(asked_.front());
    return std::pair<std::size_t, std::size_t>{3, treatment_first ? 2 : 1};
  }

 private:
  const IdentifyAnswer& answer_;
  const Counted& counted_;
  std::vector<std::uint32_t> asked_;
  std::size_t count_ = 1;
};

Result<Counted> count_rows(const IdentifyAnswer& answer, const Table& table) {
  const std::size_t nodes = answer.names.size();
  const std::vector<std::uint32_t> used = variables_of(answer).members();
  std::map<std::uint32_t, CodedColumn> columns;
  for (const std::uint32_t v : used) {
    THAW_TRY(const Column* column, table.column(answer.names[v]));
    auto coded = coded_column(*column);
    if (!coded) {
      return invalid_argument(
          fmt::format("column \"{}\" is {}: the formula is evaluated by counting, which takes "
                      "categories; use `thaw effect` with an adjustment set for numbers",
                      answer.names[v], to_string(column->type())));
    }
    if (coded->levels.size() < 2) {
      return invalid_argument(
          fmt::format("column \"{}\" has fewer than two values", answer.names[v]));
    }
    columns.emplace(v, std::move(*coded));
  }
  std::map<std::vector<std::uint16_t>, double> counts;
  Counted counted;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::vector<std::uint16_t> key;
    bool whole = true;
    for (const std::uint32_t v : used) {
      const std::int32_t code = columns.at(v).codes[row];
      whole = whole && code >= 0;
      key.push_back(static_cast<std::uint16_t>(std::max(0, code)));
    }
    if (whole) {
      ++counts[key];
      ++counted.n;
    }
  }
  if (counted.n == 0) {
    return invalid_argument("no row has a value in every column that the formula takes");
  }
  counted.values.assign(nodes, {""});
  counted.rows.levels.assign(nodes, 1);
  counted.rows.codes.assign(nodes, std::vector<std::uint16_t>(counts.size(), 0));
  for (std::size_t i = 0; i < used.size(); ++i) {
    counted.values[used[i]] = columns.at(used[i]).levels;
    counted.rows.levels[used[i]] = static_cast<std::uint32_t>(columns.at(used[i]).levels.size());
    std::size_t cell = 0;
    for (const auto& [key, count] : counts) {
      counted.rows.codes[used[i]][cell++] = key[i];
    }
  }
  for (const auto& [key, count] : counts) {
    counted.rows.weights.push_back(count);
  }
  return counted;
}

Result<Done> check_question(const IdentifyAnswer& answer) {
  if (!answer.estimand) {
    return invalid_argument("there is no formula to evaluate: the effect is not identifiable");
  }
  return Done{};
}

EstimandOnData with_values(const IdentifyAnswer& answer, const Cells& cells,
                           const std::vector<double>& chances) {
  EstimandOnData made;
  for (std::size_t cell = 0; cell < cells.count(); ++cell) {
    made.cells.push_back({cells.values(answer.x, cell), cells.values(answer.y, cell),
                          cells.values(answer.z, cell), chances[cell], chances[cell],
                          chances[cell]});
  }
  if (const auto pair = cells.contrast()) {
    const double value = chances[pair->first] - chances[pair->second];
    made.difference = EffectDifference{value, value, value};
  }
  return made;
}

/// As many rows again, drawn with replacement.
DiscreteRows resampled(const Counted& counted, Random& random) {
  std::vector<double> edges;
  double total = 0;
  for (const double weight : counted.rows.weights) {
    total += weight;
    edges.push_back(total);
  }
  DiscreteRows rows = counted.rows;
  std::fill(rows.weights.begin(), rows.weights.end(), 0);
  for (std::size_t i = 0; i < counted.n; ++i) {
    const auto draw = static_cast<double>(random.index(counted.n));
    const auto cell = std::upper_bound(edges.begin(), edges.end(), draw) - edges.begin();
    ++rows.weights[static_cast<std::size_t>(cell)];
  }
  return rows;
}

void add_intervals(EstimandOnData& made, const Cells& cells, const Counted& counted,
                   std::uint64_t seed) {
  const std::size_t wanted = std::clamp<std::size_t>(kMostDraws / counted.n, 50, kReplicates);
  std::vector<std::vector<double>> draws(cells.count());
  std::vector<double> differences;
  const auto pair = cells.contrast();
  for (std::size_t replicate = 0; replicate < wanted; ++replicate) {
    Random random(seed, replicate);
    const auto chances = cells.evaluate(resampled(counted, random));
    if (!chances) {
      continue;  // A stratum was lost: counted below as a replicate that is missing.
    }
    ++made.replicates;
    for (std::size_t cell = 0; cell < cells.count(); ++cell) {
      draws[cell].push_back((*chances)[cell]);
    }
    if (pair) {
      differences.push_back((*chances)[pair->first] - (*chances)[pair->second]);
    }
  }
  const bool enough = made.replicates * 20 >= wanted * 19;
  const double nan = std::nan("");
  const auto bound = [&](const std::vector<double>& values, double p) {
    const auto found = stats::quantile(values, p);
    return enough && found ? *found : nan;
  };
  for (std::size_t cell = 0; cell < cells.count(); ++cell) {
    made.cells[cell].low = bound(draws[cell], 0.025);
    made.cells[cell].high = bound(draws[cell], 0.975);
  }
  if (made.difference) {
    made.difference->low = bound(differences, 0.025);
    made.difference->high = bound(differences, 0.975);
  }
}

Error too_many_cells() {
  return invalid_argument(fmt::format(
      "treatment, outcome and given have more than {} combinations of values", kMostCells));
}

}  // namespace

Result<EstimandOnData> evaluate_on_table(const IdentifyAnswer& answer, const Table& table,
                                         std::uint64_t seed) {
  THAW_CHECK(check_question(answer));
  THAW_TRY(const Counted counted, count_rows(answer, table));
  const Cells cells(answer, counted);
  if (cells.count() > kMostCells) {
    return too_many_cells();
  }
  THAW_TRY(const std::vector<double> chances, cells.evaluate(counted.rows));
  EstimandOnData made = with_values(answer, cells, chances);
  made.rows = counted.n;
  add_intervals(made, cells, counted, seed);
  return made;
}

Result<EstimandOnData> evaluate_on_network(const IdentifyAnswer& answer,
                                           const BayesNetwork& network) {
  THAW_CHECK(check_question(answer));
  auto rows = joint_rows(network);
  if (!rows || answer.names != network.graph.names) {
    return invalid_argument("the network has too many combinations of states to be summed");
  }
  const Counted counted{std::move(*rows), network.states, 0};
  const Cells cells(answer, counted);
  if (cells.count() > kMostCells) {
    return too_many_cells();
  }
  THAW_TRY(const std::vector<double> chances, cells.evaluate(counted.rows));
  return with_values(answer, cells, chances);
}

}  // namespace thaw::effect
