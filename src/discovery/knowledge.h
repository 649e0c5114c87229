// What is known before learning: tiers, forbidden and required arrows, and odds from evidence.
//
// Tiers, forbidden and required arrows are invariants: no output breaks them. Odds are a voice
// among others: they move a score, or a test's level, by what earlier evidence weighs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "graph/mixed_graph.h"

namespace thaw::discovery {

/// About the variables 0 .. n-1 of one Data.
class Knowledge {
 public:
  explicit Knowledge(std::size_t variables);

  std::size_t size() const { return n_; }
  bool empty() const { return empty_; }

  /// Variables of a lower tier come first in time: a later one never causes an earlier one.
  void set_tier(std::size_t variable, int tier);
  std::optional<int> tier(std::size_t variable) const;
  /// Variables of one tier never cause each other.
  void forbid_within(int tier);
  void forbid(std::size_t from, std::size_t to);
  void require(std::size_t from, std::size_t to);
  /// Natural logarithm of the odds that `from` causes `to` directly; 0 says nothing.
  void set_log_odds(std::size_t from, std::size_t to, double log_odds);

  /// No arrow from -> to: forbidden, from a later tier to an earlier one, or against a requirement.
  bool forbidden(std::size_t from, std::size_t to) const;
  bool required(std::size_t from, std::size_t to) const { return required_[from * n_ + to] != 0; }
  /// Neither direction is allowed: the two are never joined by a direct cause.
  bool never_joined(std::size_t a, std::size_t b) const {
    return forbidden(a, b) && forbidden(b, a);
  }
  double log_odds(std::size_t from, std::size_t to) const;

  /// Nothing wrong, or kInvalidArgument: what contradicts itself (an arrow required and forbidden,
  /// required arrows in a circle), with the variables' `names` (n).
  Result<Done> check(const std::vector<std::string>& names) const;

 private:
  std::size_t n_;
  bool empty_ = true;
  std::vector<std::optional<int>> tier_;
  std::vector<int> closed_tiers_;
  std::vector<std::uint8_t> forbidden_, required_;
  std::vector<double> log_odds_;  // empty until one is set
};

/// Where `graph` breaks `knowledge`, one sentence each with the variables' `names`: a required
/// arrow that is missing or not directed, a mark that lets a forbidden cause be certain. In a graph
/// with hidden causes (`latent`) an edge may stand between two that never cause each other when it
/// has an arrow at both ends, or circles that may become such.
std::vector<std::string> broken_knowledge(const graph::MixedGraph& graph,
                                          const Knowledge& knowledge,
                                          const std::vector<std::string>& names, bool latent);

}  // namespace thaw::discovery
