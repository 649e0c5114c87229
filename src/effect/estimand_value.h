// The value of an estimand on a distribution of discrete variables: an exact joint table, or rows
// of data, each row as often as its weight says.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "effect/estimand.h"

namespace thaw::effect {

/// Rows of codes with weights. Weights are at least 0 and do not have to sum to 1.
struct DiscreteRows {
  std::vector<std::uint32_t> levels;              // (nodes): how many values each variable has
  std::vector<std::vector<std::uint16_t>> codes;  // (nodes)(rows)
  std::vector<double> weights;                    // (rows)
};

/// Marginal and conditional probabilities of one distribution, and estimands on it. Tables that
/// were asked for once are kept.
class EstimandValues {
 public:
  /// `rows` must outlive it. At most 2^22 cells in a table of a marginal.
  explicit EstimandValues(const DiscreteRows& rows) : rows_(rows) {}

  /// The value where the arguments have the codes of `at` (nodes; others are not read).
  /// Fails: kInvalidArgument when a P(a | b) that counts is asked for at a b that never occurs (no
  /// overlap: the message has no names, the caller knows them), or when tables or sums are too
  /// large.
  Result<double> value(const Estimand& estimand, const std::vector<std::uint16_t>& at);

 private:
  /// NaN: not defined, since what it is conditioned on never occurs.
  double walk(const Estimand& estimand, std::vector<std::uint16_t>& at);
  double probability(const Estimand& estimand, const std::vector<std::uint16_t>& at);
  double product(const Estimand& estimand, std::vector<std::uint16_t>& at);
  double sum(const Estimand& estimand, std::vector<std::uint16_t>& at);
  double marginal(const graph::NodeSet& nodes, const std::vector<std::uint16_t>& at);
  std::uint64_t code(const graph::NodeSet& nodes, const std::vector<std::uint16_t>& at) const;

  const DiscreteRows& rows_;
  std::map<graph::NodeSet, std::vector<double>> marginals_;
  std::unordered_map<const void*, std::unordered_map<std::uint64_t, double>> known_;
  std::vector<Estimand> kept_;  // so that an identity in known_ stays one thing
  std::size_t steps_ = 0;
  bool too_large_ = false;
};

}  // namespace thaw::effect
