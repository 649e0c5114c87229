#include "effect/instruments.h"

#include "graph/separation.h"

namespace thaw::effect {

using graph::NodeSet;

bool valid_instrument(const AdjustmentProblem& problem, const Instrument& instrument) {
  const NodeSet one(problem.graph.nodes(), {instrument.node});
  return problem.usable.contains(instrument.node) && instrument.given.subset_of(problem.usable) &&
         !instrument.given.contains(instrument.node) &&
         separated(problem.graph, one, problem.y, instrument.given, problem.cuts) &&
         !separated(problem.graph, one, problem.x, instrument.given, problem.cuts);
}

std::optional<Instrument> instrument_at(const AdjustmentProblem& problem, std::uint32_t node) {
  const std::size_t n = problem.graph.nodes();
  if (problem.x.size() != 1 || problem.causal.empty() || !problem.usable.contains(node)) {
    return std::nullopt;
  }
  const NodeSet one(n, {node});
  const auto given = minimal_separator(
      problem.graph, {problem.y, one, NodeSet(n), problem.usable - one, problem.cuts});
  if (!given || !valid_instrument(problem, {node, *given})) {
    return std::nullopt;
  }
  return Instrument{node, *given};
}

std::vector<Instrument> instruments(const AdjustmentProblem& problem) {
  std::vector<Instrument> found;
  problem.usable.for_each([&](std::uint32_t v) {
    if (auto one = instrument_at(problem, v)) {
      found.push_back(std::move(*one));
    }
  });
  return found;
}

}  // namespace thaw::effect
