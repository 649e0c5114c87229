// What a diagram claims about data: each missing edge is an independence that can be tested.
//
// Pairs that no set separates although no edge joins them are counted: what the diagram says of
// them (Verma constraints) is no plain independence. Check: the published examples of dagitty.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/admg.h"

namespace thaw::effect {

struct Independence {
  std::uint32_t a, b;  // a < b
  graph::NodeSet given;
};

struct Implications {
  std::vector<Independence> independences;  // by (a, b), smallest given first
  std::size_t missing_edges = 0;            // among measured nodes
  std::size_t not_separable = 0;            // of these, without an independence
  bool complete = true;                     // false: cut at `most`
};

/// Independences of measured nodes given measured nodes. `every`: all minimal sets a pair, else one
/// of the smallest. Cost: O(n^2) searches for separators.
Implications implications(const graph::Admg& graph, const graph::NodeSet& measured, bool every,
                          std::size_t most);

}  // namespace thaw::effect
