// For tests only: what an answer of identify must satisfy, checked by multiplying out.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "effect/identification.h"
#include "effect/random_model.h"

namespace thaw::effect {

/// Joined by <-> within.
inline bool one_district(const graph::Admg& graph, const graph::NodeSet& part) {
  return !part.empty() && graph::districts(graph, part).size() == 1;
}

/// The properties that make `hedge` a proof that P(y | do(x)) is not identifiable.
inline void expect_hedge(const graph::Admg& graph, const graph::NodeSet& x, const graph::NodeSet& y,
                         const Hedge& hedge) {
  const std::size_t n = graph.nodes();
  EXPECT_TRUE(one_district(graph, hedge.larger));
  EXPECT_TRUE(one_district(graph, hedge.smaller));
  EXPECT_TRUE(hedge.smaller.subset_of(hedge.larger));
  EXPECT_FALSE(hedge.smaller == hedge.larger);
  EXPECT_TRUE(hedge.larger.intersects(x));
  EXPECT_FALSE(hedge.smaller.intersects(x));
  EXPECT_TRUE(hedge.roots.subset_of(hedge.smaller));
  EXPECT_FALSE(hedge.roots.empty());
  EXPECT_EQ(ancestors(graph, hedge.roots, hedge.larger), hedge.larger);
  EXPECT_EQ(ancestors(graph, hedge.roots, hedge.smaller), hedge.smaller);
  EXPECT_TRUE(hedge.roots.subset_of(ancestors(graph, y, graph::NodeSet::all(n) - x)));
}

/// `estimand` on the joint distribution of `model` is the truncated factorisation, everywhere.
inline void expect_truncated(const graph::Admg& graph, const RandomModel& model,
                             const graph::NodeSet& x, const graph::NodeSet& y,
                             const graph::NodeSet& z, const Estimand& estimand) {
  const std::size_t n = graph.nodes();
  const DiscreteRows joint = model.joint(std::vector<int>(n, -1));
  EstimandValues values(joint);
  EXPECT_TRUE(estimand.is_one() || estimand.arguments().subset_of(x | y | z));
  const std::vector<std::uint32_t> asked = (x | y | z).members();
  for (std::size_t code = 0; code < (std::size_t{1} << asked.size()); ++code) {
    std::vector<std::uint16_t> at(n, 0);
    std::vector<int> set(n, -1);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      at[asked[i]] = static_cast<std::uint16_t>((code >> i) & 1);
      if (x.contains(asked[i])) {
        set[asked[i]] = at[asked[i]];
      }
    }
    const auto value = values.value(estimand, at);
    ASSERT_TRUE(value) << value.error().message;
    ASSERT_NEAR(*value, model.truncated(y, z, set, at), 1e-9);
  }
}

}  // namespace thaw::effect
