#include "evidence/path_benchmark.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "evidence/chain_recall.h"
#include "table/gunzip.h"

namespace thaw::evidence {
namespace {

std::string shared_text(const std::string& name) {
  const char* shared = std::getenv("THAW_SHARED");
  std::ifstream file(
      (shared != nullptr ? std::string(shared) : std::string(THAW_SOURCE_DIR) + "/../shared") +
          "/data/mechanism/" + name,
      std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string shown(const MeanInterval& mean) {
  return fmt::format("{:.3f} ({:.3f}-{:.3f})", mean.value, mean.low, mean.high);
}

CuratedChains shared_chains() {
  const auto text = gunzip(shared_text("drugmechdb/paths_shared.ndjson.gz"), "paths").value();
  return read_curated_chains(text, "paths").value();
}

TEST(PathBenchmark, the_empty_answer_scores_as_published_and_analogy_nearly_twice_dijkstra) {
  const auto nodes = shared_text("primekg_pathbench/benchmark_pathways_nodes.csv");
  if (nodes.empty()) {
    GTEST_SKIP() << "no shared test data: data/mechanism/primekg_pathbench is absent";
  }
  const auto chains = shared_chains();
  const auto bench = read_path_bench(nodes, "nodes.csv", chains).value();
  const auto report = run_path_bench(chains, bench, 4, 1, 2);
  ASSERT_EQ(report.pathways.size(), 74U);
  EXPECT_NEAR(report.scores[0].f1.value, 0.540, 5e-4);
  EXPECT_NEAR(report.scores[0].levenshtein.value, 0.619, 5e-4);
  EXPECT_NEAR(report.scores[0].matcher.value, 0.460, 5e-4);
  EXPECT_EQ(report.scores[0].inner_f1.value, 0);
  EXPECT_GE(report.scores[3].inner_f1.value, 1.95 * report.scores[1].inner_f1.value);
  for (std::size_t m = 0; m < kRecoveries.size(); ++m) {
    const auto& s = report.scores[m];
    fmt::print("{:<9} F1 {} inner {} Levenshtein {} no shortcut: inner {} Levenshtein {}\n",
               to_string(kRecoveries[m]), shown(s.f1), shown(s.inner_f1), shown(s.levenshtein),
               shown(s.inner_f1_no_shortcut), shown(s.levenshtein_no_shortcut));
  }
}

TEST(PathBenchmark, analogy_recovers_more_chains_than_paths_and_far_more_than_permuted) {
  if (shared_text("drugmechdb/paths_shared.ndjson.gz").empty()) {
    GTEST_SKIP() << "no shared test data: data/mechanism/drugmechdb is absent";
  }
  const auto chains = shared_chains();
  const auto report = run_chain_recall(chains, 60, 1, 2);
  EXPECT_GT(report.scores[4].exact_at_10.value, report.scores[1].exact_at_10.value);
  EXPECT_GT(report.scores[4].node_recall.value, 2 * report.scores[3].node_recall.value);
}

}  // namespace
}  // namespace thaw::evidence
