#include "graph/upstream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "base/random.h"

namespace thaw::graph {
namespace {

/// The STRING v10 relations and an expression signature of the shared test data.
struct SharedString {
  std::vector<std::string> symbols;  // by node
  std::vector<Relation> relations;
  std::vector<int> measured;
};

std::string unquoted(const std::string& text) {
  return text.size() > 1 ? text.substr(1, text.size() - 2) : text;
}

/// Nothing where the shared data are absent.
SharedString shared_string(const std::string& signature) {
  const char* shared = std::getenv("THAW_SHARED");
  const std::string folder =
      (shared != nullptr ? std::string(shared) : std::string(THAW_SOURCE_DIR) + "/../shared") +
      "/data/mechanism/string_signed/";
  SharedString out;
  std::ifstream entities(folder + "StringEnts.dat");
  std::ifstream arrows(folder + "StringRels.dat");
  std::ifstream changes(folder + signature);
  std::string line, uid, entrez, ensembl, symbol;
  std::getline(entities, line);
  std::multimap<std::string, std::uint32_t> by_entrez;
  while (entities >> uid >> entrez >> ensembl >> symbol) {
    const auto node = static_cast<std::uint32_t>(std::stoul(uid));
    out.symbols.resize(std::max<std::size_t>(out.symbols.size(), node + 1));
    out.symbols[node] = unquoted(symbol);
    by_entrez.emplace(unquoted(entrez), node);
  }
  std::getline(arrows, line);
  Relation relation;
  while (arrows >> relation.from >> relation.to >> relation.sign) {
    out.relations.push_back(relation);
  }
  out.measured.assign(out.symbols.size(), 0);
  std::getline(changes, line);
  std::map<std::string, int> first;  // a gene given twice keeps its first row, as the peers do
  double p = 0;
  double fold = 0;
  while (changes >> entrez >> p >> fold) {
    if (p <= 0.05 && std::abs(fold) >= std::log2(1.3)) {
      first.emplace(entrez, fold > 0 ? 1 : -1);
    }
  }
  for (const auto& [gene, sign] : first) {
    const auto [begin, end] = by_entrez.equal_range(gene);
    std::for_each(begin, end, [&](const auto& entry) { out.measured[entry.second] = sign; });
  }
  return out;
}

#define THAW_SHARED_STRING(data, signature)                                        \
  const SharedString data = shared_string(signature);                              \
  if (data.relations.empty()) {                                                    \
    GTEST_SKIP() << "no shared test data: data/mechanism/string_signed is absent"; \
  }

Regulator find(const SharedString& data, const UpstreamScan& scan, const std::string& symbol) {
  for (const Regulator& regulator : scan.regulators) {
    if (data.symbols[regulator.node] == symbol) {
      return regulator;
    }
  }
  ADD_FAILURE() << symbol << " is not among the regulators";
  return {};
}

UpstreamScan scan(const SharedString& data, UpstreamMethod method) {
  return scan_upstream(data.relations, data.measured, {.method = method, .threads = 2}).value();
}

TEST(Upstream, gives_the_published_scores_on_the_e2f3_signature) {
  THAW_SHARED_STRING(data, "e2f3_sig.txt");
  const auto quaternary = scan(data, UpstreamMethod::kQuaternary);
  EXPECT_EQ(quaternary.universe, 7249U);
  EXPECT_EQ(quaternary.up, 76U);
  EXPECT_EQ(quaternary.down, 18U);
  const Regulator e2f1 = find(data, quaternary, "E2F1");
  EXPECT_EQ(e2f1.score, 10);
  EXPECT_EQ(e2f1.direction, 1);
  EXPECT_NEAR(e2f1.p_up, 6.16e-8, 5e-11);
  const Regulator e2f3 = find(data, quaternary, "E2F3");
  EXPECT_EQ(e2f3.score_up, 2);
  EXPECT_NEAR(e2f3.p_up, 0.111, 5e-4);
  const Regulator ternary = find(data, scan(data, UpstreamMethod::kTernary), "E2F1");
  EXPECT_EQ(ternary.score, 4);
  EXPECT_NEAR(ternary.p_up, 1.168e-3, 5e-7);
  EXPECT_EQ(ternary.margins.up, 70);
  EXPECT_EQ(ternary.margins.unchanged, 7121);
}

TEST(Upstream, gives_the_published_scores_on_the_myc_signature) {
  THAW_SHARED_STRING(data, "myc_sig.txt");
  const Regulator ternary = find(data, scan(data, UpstreamMethod::kTernary), "MYC");
  EXPECT_EQ(ternary.score, 7);
  EXPECT_NEAR(ternary.p_up, 3.453e-6, 5e-10);
  const Regulator quaternary = find(data, scan(data, UpstreamMethod::kQuaternary), "MYC");
  EXPECT_EQ(quaternary.score, 9);
  EXPECT_NEAR(quaternary.p_up, 1.775e-5, 5e-9);
}

TEST(Upstream, myc_and_e2f1_come_out_on_top_of_their_signatures) {
  THAW_SHARED_STRING(myc, "myc_sig.txt");
  const auto both = scan(myc, UpstreamMethod::kBetter);
  EXPECT_EQ(myc.symbols[both.regulators.front().node], "MYC");
  EXPECT_LT(both.regulators.front().fdr, 0.05);
  const auto of_myc = scan(myc, UpstreamMethod::kTernary);
  EXPECT_EQ(myc.symbols[of_myc.regulators.front().node], "MYC");
  EXPECT_LT(of_myc.regulators.front().fdr, 0.05);
  THAW_SHARED_STRING(e2f3, "e2f3_sig.txt");
  const auto of_e2f3 = scan(e2f3, UpstreamMethod::kQuaternary);
  EXPECT_EQ(e2f3.symbols[of_e2f3.regulators.front().node], "E2F1");
  const auto both_e2f3 = scan(e2f3, UpstreamMethod::kBetter);
  EXPECT_EQ(e2f3.symbols[both_e2f3.regulators.front().node], "E2F1");
  EXPECT_LT(both_e2f3.regulators.front().fdr, 0.05);
  EXPECT_LT(of_e2f3.regulators.front().fdr, 0.05);
}

TEST(Upstream, better_is_twice_the_smaller_of_two_exact_tails) {
  const std::vector<Relation> relations = {{0, 1, 1}, {0, 2, -1}, {0, 3, 0}, {4, 5, 1}, {4, 6, 1}};
  const std::vector<int> measured = {0, 1, -1, 1, 0, 0, 0};
  const auto p_of = [&](UpstreamMethod method) {
    return scan_upstream(relations, measured, {.method = method}).value().regulators.front().p_up;
  };
  EXPECT_NEAR(p_of(UpstreamMethod::kBetter),
              std::min(1.0, 2 * std::min(p_of(UpstreamMethod::kQuaternary),
                                         p_of(UpstreamMethod::kTernary))),
              1e-12);
}

TEST(Upstream, chains_of_one_relation_are_the_ternary_table_over_all_things) {
  const std::vector<Relation> relations = {{0, 1, 1}, {0, 2, -1}, {0, 3, 1}, {4, 5, 1}, {4, 1, -1}};
  const std::vector<int> measured = {0, 1, -1, 1, 0, -1};
  const auto causal =
      scan_upstream(relations, measured, {.method = UpstreamMethod::kCausal, .depth = 1}).value();
  const auto ternary =
      scan_upstream(relations, measured, {.method = UpstreamMethod::kTernary}).value();
  ASSERT_EQ(causal.regulators.size(), ternary.regulators.size());
  for (std::size_t i = 0; i < causal.regulators.size(); ++i) {
    EXPECT_EQ(causal.regulators[i].node, ternary.regulators[i].node);
    EXPECT_EQ(causal.regulators[i].p, ternary.regulators[i].p);
  }
}

TEST(Upstream, a_chain_multiplies_its_signs_and_a_tie_of_signs_predicts_nothing) {
  // 0 lowers 1, 1 lowers 2: 0 raises 2. 0 reaches 4 by one chain of each sign: no prediction.
  const std::vector<Relation> relations = {{0, 1, -1}, {1, 2, -1}, {0, 3, 1}, {3, 4, 1}, {1, 4, 1}};
  const std::vector<int> measured = {0, -1, 1, 1, 1};
  const auto scan =
      scan_upstream(relations, measured, {.method = UpstreamMethod::kCausal, .depth = 2}).value();
  const auto of_0 = std::ranges::find(scan.regulators, 0U, &Regulator::node);
  ASSERT_NE(of_0, scan.regulators.end());
  EXPECT_EQ(of_0->direction, 1);
  EXPECT_EQ(of_0->correct, 3);
  EXPECT_EQ(of_0->incorrect, 0);
  EXPECT_EQ(of_0->margins.none, 1);
}

TEST(Upstream, a_pair_with_both_signs_is_of_unknown_sign_and_a_loop_is_left_out) {
  const std::vector<Relation> relations = {{0, 1, 1}, {0, 1, -1}, {0, 2, 1}, {0, 2, 1}, {0, 0, 1}};
  const std::vector<int> measured = {1, 1, 1};
  const auto scan = scan_upstream(relations, measured, {}).value();
  ASSERT_EQ(scan.regulators.size(), 1U);
  EXPECT_EQ(scan.regulators[0].margins.either, 1);
  EXPECT_EQ(scan.regulators[0].margins.raised, 1);
  EXPECT_EQ(scan.universe, 2U);
  EXPECT_EQ(scan.outside, 1U);
}

TEST(Upstream, neither_the_order_of_relations_nor_threads_change_the_answer) {
  Random random(5);
  std::vector<Relation> relations;
  for (int i = 0; i < 400; ++i) {
    relations.push_back({static_cast<std::uint32_t>(random.index(40)),
                         static_cast<std::uint32_t>(random.index(40)),
                         static_cast<int>(random.index(3)) - 1});
  }
  std::vector<int> measured(40);
  std::ranges::generate(measured, [&] { return static_cast<int>(random.index(3)) - 1; });
  for (const auto method :
       {UpstreamMethod::kBetter, UpstreamMethod::kQuaternary, UpstreamMethod::kTernary,
        UpstreamMethod::kEnrichment, UpstreamMethod::kCausal}) {
    const auto one = scan_upstream(relations, measured, {.method = method}).value();
    std::ranges::reverse(relations);
    const auto two = scan_upstream(relations, measured, {.method = method, .threads = 3}).value();
    ASSERT_EQ(one.regulators.size(), two.regulators.size());
    for (std::size_t i = 0; i < one.regulators.size(); ++i) {
      EXPECT_EQ(one.regulators[i].node, two.regulators[i].node);
      EXPECT_EQ(one.regulators[i].p, two.regulators[i].p);
      EXPECT_EQ(one.regulators[i].fdr, two.regulators[i].fdr);
    }
  }
}

TEST(Upstream, p_is_uniform_at_most_where_signs_fall_at_random) {
  // Under the null P(p <= 0.1) <= 0.1: 2000 shuffles, 4 standard errors of slack.
  std::vector<Relation> relations;
  for (std::uint32_t node = 1; node < 60; ++node) {
    relations.push_back({0, node, node < 20 ? 1 : node < 35 ? -1 : 0});
    relations.push_back({60, node, 1});
  }
  std::vector<int> measured(61, 0);
  for (std::size_t i = 1; i <= 15; ++i) {
    measured[i] = i < 9 ? 1 : -1;
  }
  Random random(9);
  int hits = 0;
  for (int round = 0; round < 2000; ++round) {
    for (std::size_t i = 59; i > 1; --i) {
      std::swap(measured[i], measured[1 + random.index(i)]);
    }
    const auto scan =
        scan_upstream(relations, measured, {.method = UpstreamMethod::kQuaternary}).value();
    const auto of_0 = std::ranges::find(scan.regulators, 0U, &Regulator::node);
    hits += of_0->p_up <= 0.1 ? 1 : 0;
  }
  EXPECT_LE(hits, 200 + 4 * 14);
  EXPECT_GE(hits, 60);  // and it is not needlessly cautious
}

TEST(Upstream, false_discovery_rates_are_those_of_benjamini_and_hochberg) {
  const std::vector<double> p = {0.04, 0.01, 0.03, 0.5};
  const auto fdr = false_discovery_rates(p);
  EXPECT_NEAR(fdr[1], 0.04, 1e-15);
  EXPECT_NEAR(fdr[2], 0.04 * 4 / 3, 1e-15);
  EXPECT_NEAR(fdr[0], 0.04 * 4 / 3, 1e-15);
  EXPECT_NEAR(fdr[3], 0.5, 1e-15);
}

TEST(Upstream, refuses_relations_that_do_not_fit) {
  const std::vector<int> measured = {0, 1};
  EXPECT_FALSE(scan_upstream({{0, 2, 1}}, measured, {}));
  EXPECT_FALSE(scan_upstream({{0, 1, 2}}, measured, {}));
  EXPECT_FALSE(scan_upstream({{0, 1, 1}}, measured, {.depth = 6}));
}

}  // namespace
}  // namespace thaw::graph
