// An expression over the distribution of what is measured that equals a causal quantity: sums,
// products and ratios of P(a | b).
//
// Variables are the numbers of the diagram's nodes. A sum binds its variables: inside, they are
// those of the sum, whatever is called so outside. What is not bound is an argument: treatments,
// outcomes.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "graph/admg.h"

namespace thaw::effect {

/// Unchanged once made; parts are shared, so a copy costs one pointer however long the expression.
class Estimand {
 public:
  enum class Kind { kProbability, kProduct, kSum, kRatio };

  /// P(head | given), `head` not empty and disjoint from `given`.
  static Estimand probability(graph::NodeSet head, graph::NodeSet given);
  /// Products within are flattened; one factor is itself; none is 1.
  static Estimand product(std::vector<Estimand> factors);
  /// Over all values of `over`; over nothing: `summand` itself.
  static Estimand sum(graph::NodeSet over, Estimand summand);
  static Estimand ratio(Estimand numerator, Estimand denominator);

  Kind kind() const;
  const graph::NodeSet& head() const;   // kProbability
  const graph::NodeSet& given() const;  // kProbability
  const graph::NodeSet& over() const;   // kSum
  /// Factors; the summand; numerator and denominator.
  const std::vector<Estimand>& parts() const;
  bool is_one() const;

  /// The variables that it takes as arguments.
  const graph::NodeSet& arguments() const;
  /// How many P(...) it is made of, counted as often as they are written; stops at 10^12.
  std::size_t size() const;
  /// Equal for copies, and for parts that are shared.
  const void* identity() const { return node_.get(); }

  friend bool operator==(const Estimand& a, const Estimand& b);

 private:
  struct Node;
  static Estimand made(Node node);
  std::shared_ptr<const Node> node_;
};

}  // namespace thaw::effect
