#include "evidence/chain_analogy.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "evidence/chain_recall.h"
#include "evidence/path_benchmark.h"
#include "evidence/sequence_measures.h"
#include "graph/least_cost_path.h"

namespace thaw::evidence {
namespace {

std::string record(const std::string& id, const std::string& drug, const std::string& disease,
                   const std::vector<std::string>& inner) {
  std::string nodes = R"({"id":")" + drug + R"(","label":"Drug","name":")" + drug + R"("})";
  std::string links;
  std::string last = drug;
  std::vector<std::string> rest = inner;
  rest.push_back(disease);
  for (const auto& node : rest) {
    nodes += R"(,{"id":")" + node + R"(","label":"Protein","name":")" + node + R"("})";
    links += (links.empty() ? "" : ",");
    links += R"({"source":")" + last + R"(","target":")" + node + R"(","key":"k"})";
    last = node;
  }
  return R"({"graph":{"_id":")" + id + R"(","drug":")" + drug + R"(","drug_mesh":")" + drug +
         R"(","disease":")" + disease + R"(","disease_mesh":")" + disease + R"("},"nodes":[)" +
         nodes + R"(],"links":[)" + links + "]}\n";
}

CuratedChains made_up() {
  return read_curated_chains(record("A_x_1", "metolol", "X", {"beta", "rate"}) +
                                 record("A_y_1", "metolol", "Y", {"beta", "pressure"}) +
                                 record("B_x_1", "atenolol", "X", {"beta", "rate"}) +
                                 record("E_x_1", "bisolol", "X", {"beta", "rate"}) +
                                 record("F_x_1", "nadolol", "X", {"beta", "rate"}) +
                                 record("G_x_1", "timolol", "X", {"beta", "rate"}) +
                                 record("C_y_1", "captopril", "Y", {"ace", "pressure"}) +
                                 record("D_z_1", "aspirin", "Z", {"cox", "pain"}),
                             "c.ndjson")
      .value();
}

std::vector<std::string> names(const CuratedChains& chains, std::vector<std::uint32_t> nodes) {
  std::vector<std::string> out;
  for (const std::uint32_t node : nodes) {
    out.push_back(chains.nodes[node].name);
  }
  std::ranges::sort(out);
  return out;
}

AnalogyQuery query(const CuratedChains& chains, const std::string& pair, const std::string& drug,
                   const std::string& disease) {
  return {pair, static_cast<std::uint32_t>(chains.find(drug)),
          static_cast<std::uint32_t>(chains.find(disease)), drug};
}

TEST(ChainAnalogy, takes_the_drugs_part_and_the_diseases_part_from_other_pairs) {
  const auto chains = made_up();
  const ChainAnalogy analogy(chains);
  const auto asked = query(chains, "A_x", "metolol", "X");
  const auto set = analogy.best_set(
      asked, analogy.like(asked), [](auto) { return 1.0; }, 0);
  EXPECT_EQ(names(chains, set), (std::vector<std::string>{"beta", "rate"}));
}

TEST(ChainAnalogy, never_uses_the_pair_asked_about) {
  const auto chains = made_up();
  const ChainAnalogy analogy(chains);
  const auto asked = query(chains, "D_z", "aspirin", "Z");
  for (const LikeCase& one : analogy.like(asked)) {
    EXPECT_NE(analogy.cases()[one.index].pair, "D_z");
  }
  for (const auto& [node, share] : analogy.posterior(asked, analogy.like(asked))) {
    EXPECT_NE(chains.nodes[node].name, "cox");
    EXPECT_NE(chains.nodes[node].name, "pain");
  }
}

TEST(ChainAnalogy, the_order_of_records_changes_nothing) {
  const auto chains = made_up();
  CuratedChains turned = chains;
  std::ranges::reverse(turned.chains);
  const auto asked = query(chains, "A_y", "metolol", "Y");
  const ChainAnalogy one(chains);
  const ChainAnalogy two(turned);
  EXPECT_EQ(one.best_set(
                asked, one.like(asked), [](auto) { return 1.0; }, 0),
            two.best_set(
                asked, two.like(asked), [](auto) { return 1.0; }, 0));
}

TEST(ChainAnalogy, the_greedy_set_is_as_good_as_any_on_few_nodes) {
  const auto chains = made_up();
  const ChainAnalogy analogy(chains);
  for (const auto& asked :
       {query(chains, "A_x", "metolol", "X"), query(chains, "C_y", "captopril", "Y"),
        query(chains, "D_z", "aspirin", "Z")}) {
    const auto like = analogy.like(asked);
    const auto posterior = analogy.posterior(asked, like);
    double best = 0;
    for (std::size_t mask = 0; mask < (std::size_t{1} << posterior.size()); ++mask) {
      std::vector<std::uint32_t> set;
      for (std::size_t i = 0; i < posterior.size(); ++i) {
        if ((mask >> i & 1U) != 0) {
          set.push_back(posterior[i].first);
        }
      }
      best = std::max(best, analogy.expected_f1(asked, like, set));
    }
    const auto chosen = analogy.best_set(
        asked, like, [](auto) { return 1.0; }, 0);
    EXPECT_NEAR(analogy.expected_f1(asked, like, chosen), best, 1e-9);
  }
}

TEST(SequenceMeasures, are_those_of_worked_examples) {
  const std::vector<std::uint32_t> a = {1, 2, 3, 4};
  const std::vector<std::uint32_t> b = {1, 3, 4};
  EXPECT_NEAR(set_f1(a, b), 6.0 / 7, 1e-15);
  EXPECT_NEAR(levenshtein_share(a, b), 0.25, 1e-15);
  EXPECT_NEAR(matcher_distance(a, b), 1 - 6.0 / 7, 1e-15);
  EXPECT_EQ(set_f1({}, {}), 1);
  EXPECT_EQ(set_f1(a, {}), 0);
  EXPECT_EQ(levenshtein_share({}, b), 1);
}

TEST(LeastCostPath, hubs_are_avoided_when_passing_them_costs) {
  const graph::PlainGraph graph = {{1, 2}, {4}, {3}, {4}, {}};
  EXPECT_EQ(graph::least_cost_path(graph, {.from = 0, .to = 4}),
            (std::vector<std::uint32_t>{0, 1, 4}));
  EXPECT_EQ(graph::least_cost_path(
                graph, {.from = 0, .to = 4, .cost = [](auto n) { return n == 1 ? 9.0 : 0; }}),
            (std::vector<std::uint32_t>{0, 2, 3, 4}));
  EXPECT_EQ(graph::least_cost_path(
                graph, {.from = 0, .to = 4, .not_as_first = [](auto n) { return n == 1; }}),
            (std::vector<std::uint32_t>{0, 2, 3, 4}));
  EXPECT_TRUE(graph::least_cost_path(graph, {.from = 4, .to = 0}).empty());
}

TEST(CuratedChain, what_is_wrong_is_said_with_its_line) {
  const auto error = [](const std::string& text) {
    const auto read = read_curated_chains(text, "c.ndjson");
    return read ? "" : read.error().message;
  };
  EXPECT_EQ(error("{}\n"), "c.ndjson:1: has no object 'graph'");
  EXPECT_EQ(error("\n[]\n"), "c.ndjson:2: is no JSON object");
  EXPECT_EQ(
      error(R"({"graph":{"_id":"a_1","drug_mesh":"d","disease_mesh":"s"},"nodes":[{"id":"d"}],)"
            R"("links":[{"source":"d","target":"q"}]})"),
      "c.ndjson:1: a link joins 'd' to 'q', not both are listed nodes");
}

TEST(PathBench, the_bootstrap_keeps_pairs_together_and_repeats) {
  const std::vector<double> values = {1, 1, 0, 0};
  const auto one = bootstrap_mean(values, {"a", "a", "b", "b"}, 1);
  EXPECT_EQ(one.value, 0.5);
  EXPECT_EQ(one.low, 0);
  EXPECT_EQ(one.high, 1);
  EXPECT_EQ(bootstrap_mean(values, {"a", "a", "b", "b"}, 1).low, one.low);
}

}  // namespace
}  // namespace thaw::evidence
