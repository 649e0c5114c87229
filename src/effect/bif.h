// Discrete Bayesian networks in the Interchange Format (.bif): structure and probability tables.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "effect/causal_graph.h"
#include "effect/estimand_value.h"

namespace thaw::effect {

struct BayesNetwork {
  CausalGraph graph;                                // a DAG
  std::vector<std::vector<std::string>> states;     // (nodes)
  std::vector<std::vector<std::uint32_t>> parents;  // (nodes) in the order of the table's columns
  /// (nodes) chance of each state, for each combination of the parents' states, the last parent's
  /// running fastest: [combination * states + state].
  std::vector<std::vector<double>> tables;
};

/// Fails: kInvalidArgument with source and line for a variable that is not declared or has two
/// tables or none, a row that is missing, given twice, no chance or does not sum to 1 within 0.01
/// (rows are scaled to 1), a cycle; more than 10,000,000 cells. Cost: linear.
Result<BayesNetwork> read_bif(std::string_view text, const std::string& source);

/// Every combination of states with its chance. Nothing above 2^20 combinations.
std::optional<DiscreteRows> joint_rows(const BayesNetwork& network);

}  // namespace thaw::effect
