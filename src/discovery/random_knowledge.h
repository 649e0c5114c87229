// For tests only: knowledge drawn at random, for the law that no output breaks any.
#pragma once

#include "base/random.h"
#include "discovery/knowledge.h"
#include "discovery/simulated_graph.h"

namespace thaw::discovery {

/// Tiers, forbidden and required arrows along a random order; check() may still refuse it.
inline Knowledge random_knowledge(std::size_t n, Random& random) {
  Knowledge knowledge(n);
  std::vector<std::uint32_t> order = graph::directed_order(random_dag(n, 3, random));
  for (std::size_t i = 0; i < n; ++i) {
    if (random.bernoulli(0.7)) {
      knowledge.set_tier(order[i], static_cast<int>(i * 3 / n));
    }
  }
  if (random.bernoulli(0.3)) {
    knowledge.forbid_within(1);
  }
  for (std::size_t k = 0; k < 6; ++k) {
    const std::size_t i = random.index(n - 1);
    const std::size_t j = i + 1 + random.index(n - 1 - i);
    if (k < 3) {
      knowledge.forbid(order[j], order[i]);
    } else if (!knowledge.forbidden(order[i], order[j])) {
      knowledge.require(order[i], order[j]);
    }
  }
  return knowledge;
}

}  // namespace thaw::discovery
