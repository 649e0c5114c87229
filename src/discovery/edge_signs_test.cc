#include "discovery/edge_signs.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace thaw::discovery {
namespace {

TEST(EdgeSigns, AnArrowHasTheSignBesideTheOtherParents) {
  // b = a + noise, c = 2 b - a + noise: a and c go together, yet a lowers c directly.
  Random random(2);
  std::vector<double> a, b, c;
  std::vector<std::int32_t> d;
  for (int i = 0; i < 500; ++i) {
    a.push_back(random.normal());
    b.push_back(a.back() + 0.5 * random.normal());
    c.push_back(2 * b.back() - a.back() + 0.1 * random.normal());
    d.push_back(c.back() + random.normal() < 0 ? 1 : i % 9 == 0 ? -1 : 0);
  }
  Table table;
  ASSERT_TRUE(table.add_column(Column::real("a", a)));
  ASSERT_TRUE(table.add_column(Column::real("b", b)));
  ASSERT_TRUE(table.add_column(Column::real("c", c)));
  ASSERT_TRUE(table.add_column(Column::category("d", d, {"no", "yes"})));
  const Data data = Data::from_table(table).value();
  graph::MixedGraph graph(4);
  graph.direct(0, 1);
  graph.direct(0, 2);
  graph.direct(1, 2);
  graph.set_edge(2, 3, graph::Mark::kTail, graph::Mark::kTail);
  EXPECT_EQ(edge_signs(graph, data), (std::vector<std::optional<int>>{1, -1, 1, -1}));
  graph.set_edge(0, 2, graph::Mark::kTail, graph::Mark::kTail);
  EXPECT_EQ(edge_signs(graph, data)[1], 1);
}

TEST(EdgeSigns, ManyLevelsHaveNoSign) {
  Table table;
  ASSERT_TRUE(table.add_column(Column::real("a", {1, 2, 3, 4.5})));
  ASSERT_TRUE(table.add_column(Column::category("b", {0, 1, 2, 1}, {"x", "y", "z"})));
  graph::MixedGraph graph(2);
  graph.direct(0, 1);
  EXPECT_EQ(edge_signs(graph, Data::from_table(table).value())[0], std::nullopt);
}

}  // namespace
}  // namespace thaw::discovery
