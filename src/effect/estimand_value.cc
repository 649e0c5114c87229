#include "effect/estimand_value.h"

#include <cmath>
#include <limits>

namespace thaw::effect {

using graph::NodeSet;

namespace {

constexpr std::uint64_t kMostCells = std::uint64_t{1} << 22;
constexpr std::size_t kMostSteps = 50'000'000;
constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

}  // namespace

std::uint64_t EstimandValues::code(const NodeSet& nodes,
                                   const std::vector<std::uint16_t>& at) const {
  std::uint64_t cell = 0;
  nodes.for_each([&](std::uint32_t v) { cell = cell * rows_.levels[v] + at[v]; });
  return cell;
}

double EstimandValues::marginal(const NodeSet& nodes, const std::vector<std::uint16_t>& at) {
  auto found = marginals_.find(nodes);
  if (found == marginals_.end()) {
    std::uint64_t cells = 1;
    const std::vector<std::uint32_t> members = nodes.members();
    for (const std::uint32_t v : members) {
      cells *= rows_.levels[v];
      if (cells > kMostCells) {
        too_large_ = true;
        return kUndefined;
      }
    }
    std::vector<double> table(cells, 0);
    for (std::size_t row = 0; row < rows_.weights.size(); ++row) {
      std::uint64_t cell = 0;
      for (const std::uint32_t v : members) {
        cell = cell * rows_.levels[v] + rows_.codes[v][row];
      }
      table[cell] += rows_.weights[row];
    }
    found = marginals_.emplace(nodes, std::move(table)).first;
  }
  return found->second[code(nodes, at)];
}

double EstimandValues::probability(const Estimand& estimand, const std::vector<std::uint16_t>& at) {
  const double below = marginal(estimand.given(), at);
  if (below == 0) {
    return kUndefined;
  }
  return marginal(estimand.head() | estimand.given(), at) / below;
}

double EstimandValues::product(const Estimand& estimand, std::vector<std::uint16_t>& at) {
  double value = 1;
  bool defined = true;
  for (const Estimand& part : estimand.parts()) {
    const double factor = walk(part, at);
    if (factor == 0) {
      return 0;  // Whatever the others are, this stratum does not count.
    }
    defined = defined && !std::isnan(factor);
    value *= factor;
  }
  return defined ? value : kUndefined;
}

double EstimandValues::sum(const Estimand& estimand, std::vector<std::uint16_t>& at) {
  const std::vector<std::uint32_t> over = estimand.over().members();
  std::vector<std::uint16_t> outside;
  for (const std::uint32_t v : over) {
    outside.push_back(at[v]);
    at[v] = 0;
  }
  double total = 0;
  while (!too_large_) {
    total += walk(estimand.parts().front(), at);
    std::size_t i = 0;
    for (; i < over.size() && ++at[over[i]] == rows_.levels[over[i]]; ++i) {
      at[over[i]] = 0;
    }
    if (i == over.size()) {
      break;
    }
  }
  for (std::size_t i = 0; i < over.size(); ++i) {
    at[over[i]] = outside[i];
  }
  return total;
}

double EstimandValues::walk(const Estimand& estimand, std::vector<std::uint16_t>& at) {
  if (++steps_ > kMostSteps) {
    too_large_ = true;
  }
  if (too_large_) {
    return kUndefined;
  }
  switch (estimand.kind()) {
    case Estimand::Kind::kProbability:
      return probability(estimand, at);
    case Estimand::Kind::kProduct:
      return product(estimand, at);
    default:
      break;
  }
  std::uint64_t cells = 1;  // Values are kept where their code fits a word.
  estimand.arguments().for_each(
      [&](std::uint32_t v) { cells = cells > kMostCells ? cells : cells * rows_.levels[v]; });
  const bool keep = cells <= kMostCells;
  const std::uint64_t cell = keep ? code(estimand.arguments(), at) : 0;
  if (keep) {
    const auto& table = known_[estimand.identity()];
    const auto found = table.find(cell);
    if (found != table.end()) {
      return found->second;
    }
  }
  double value = 0;
  if (estimand.kind() == Estimand::Kind::kSum) {
    value = sum(estimand, at);
  } else {
    const double below = walk(estimand.parts()[1], at);
    value = below == 0 ? kUndefined : walk(estimand.parts()[0], at) / below;
  }
  if (keep) {
    known_[estimand.identity()][cell] = value;
  }
  return value;
}

Result<double> EstimandValues::value(const Estimand& estimand,
                                     const std::vector<std::uint16_t>& at) {
  kept_.push_back(estimand);
  steps_ = 0;
  std::vector<std::uint16_t> codes = at;
  const double found = walk(estimand, codes);
  if (too_large_) {
    return invalid_argument("the expression has too many combinations of values to be summed");
  }
  if (std::isnan(found)) {
    return invalid_argument(
        "no overlap: the expression needs a chance given values that no row has together");
  }
  return found;
}

}  // namespace thaw::effect
