// The best parents of one variable among those before it in an order, remembered as a tree.
//
// Grow: take the candidate that raises the score most, again and again, until none does. Shrink:
// drop the parent without which the score is highest, until none is dropped. A node of the tree is
// the parents grown so far with all candidates that would raise the score, best first; a prefix of
// the order follows the first candidate that it holds. So prefixes that differ in what does not
// matter share every computation. Andrews et al. 2023, NeurIPS (arXiv 2310.17679), section 4.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "discovery/knowledge.h"
#include "discovery/local_score.h"

namespace thaw::discovery {

/// The variables that stand before place `limit`: rank[v] < limit.
struct Prefix {
  const std::int32_t* rank;
  std::int32_t limit;

  bool holds(std::uint32_t variable) const { return rank[variable] < limit; }
};

class GrowShrinkTree {
 public:
  /// For `child`. Required parents are always parents, forbidden ones never. `score` and
  /// `knowledge` must outlive the tree.
  GrowShrinkTree(const LocalScore& score, std::uint32_t child, const Knowledge& knowledge);

  /// The score of `child` with its best parents in `prefix`. Cost: a few loads where it was asked
  /// before; else one LocalScore::improving for every parent that is new on the way.
  double best_score(const Prefix& prefix);
  /// Those parents, rising.
  std::vector<std::uint32_t> best_parents(const Prefix& prefix);

  std::size_t nodes() const { return nodes_.size(); }

 private:
  struct Branch {
    std::uint32_t variable;
    std::int32_t node;  // -1 until some prefix goes there
    double gain;
  };
  struct Node {
    double grown;                    // score of the parents on the way here
    double best = 0;                 // the same after shrinking; valid when `shrunk`
    std::int32_t first_branch = -1;  // -1: not expanded
    std::int32_t branches = 0;
    bool shrunk = false;
    std::vector<std::uint32_t> dropped;
  };

  std::size_t walk(const Prefix& prefix);
  void expand(std::size_t node);
  void shrink(std::size_t node);

  const LocalScore* score_;
  std::uint32_t child_;
  std::vector<std::uint32_t> required_;
  std::vector<std::uint8_t> allowed_;   // not the child, not required, not forbidden
  std::vector<std::uint32_t> parents_;  // of the node that a walk stands at
  std::vector<Node> nodes_;
  std::vector<Branch> branches_;
  std::vector<Gain> gains_;
};

}  // namespace thaw::discovery
