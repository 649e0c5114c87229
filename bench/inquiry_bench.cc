// The ranking over the bundled graph, then chains and influence on a large real graph: STRING v10
// signed relations (needs the shared data).
//
// The same law as the measurement in the design notes: signed edges only, beliefs uniform in
// 0.35-0.99, 20 random pairs that a signed chain joins, 10 chains each. Prints milliseconds of CPU.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>

#include "base/random.h"
#include "graph/best_paths.h"
#include "graph/permuted.h"
#include "graph/possible_worlds.h"
#include "inquiry/rank.h"
#include "inquiry/test_brain.h"

namespace {

using namespace thaw;
using namespace thaw::graph;

double cpu_ms() {
  return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

std::string data_folder() {
  const char* shared = std::getenv("THAW_SHARED");
  return (shared != nullptr ? std::string(shared) : std::string(THAW_SOURCE_DIR) + "/../shared") +
         "/data/mechanism/string_signed/";
}

Result<SignedGraph> read_string_graph() {
  std::ifstream file(data_folder() + "StringRels.dat");
  if (!file) {
    return not_found("no " + data_folder() + "StringRels.dat");
  }
  std::string header;
  std::getline(file, header);
  Random random(0);
  std::vector<SignedEdge> edges;
  std::uint32_t nodes = 0;
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  int mode = 0;
  while (file >> from >> to >> mode) {
    nodes = std::max({nodes, from + 1, to + 1});
    if (mode != 0 && from != to) {
      const double belief = 0.35 + 0.64 * random.uniform();
      edges.push_back({from, to, mode > 0 ? belief : 0, mode < 0 ? belief : 0, edges.size()});
    }
  }
  return SignedGraph::build(nodes, std::move(edges));
}

void print_times(const char* what, std::vector<double> ms) {
  std::ranges::sort(ms);
  fmt::print("{:<44} median {:9.2f} ms   max {:9.2f} ms\n", what, ms[ms.size() / 2], ms.back());
}

void bench_paths(const SignedGraph& graph) {
  const double begin = cpu_ms();
  const PathFinder finder(graph);
  print_times("lay out the graph", {cpu_ms() - begin});
  Random random(1);
  std::vector<double> times;
  double cost = 0;
  while (times.size() < 20) {
    const auto from = static_cast<std::uint32_t>(random.index(graph.nodes()));
    const auto to = static_cast<std::uint32_t>(random.index(graph.nodes()));
    const double start = cpu_ms();
    const auto answer = finder.best({.from = from, .to = to, .sign = Sign::kPlus});
    if (answer.paths.size() == 10) {
      times.push_back(cpu_ms() - start);
      for (const auto& path : answer.paths) {
        cost -= std::log(path.probability);
      }
    }
  }
  print_times("10 best chains of one sign, 20 pairs", times);
  fmt::print("{:<44} {:.4f} nats\n", "cost of the 200 chains", cost);
}

void bench_worlds(const SignedGraph& graph) {
  WorldOptions options;
  options.worlds = 1024;
  double start = cpu_ms();
  const auto influence = possible_worlds(graph, 100, options);
  print_times("1,024 worlds, every node to one target", {cpu_ms() - start});
  fmt::print("{:<44} {} of {}\n", "nodes in loops swept by walks", influence.by_walks.size(),
             graph.nodes());
  start = cpu_ms();
  const auto swapped = permuted(graph, 1);
  print_times("one permuted graph", {cpu_ms() - start});
}

void bench_ranking() {
  inquiry::TestBrain brain(inquiry::bundled_knowledge());
  inquiry::RankRequest request;
  request.outcome = brain.concept_of("ALSFRS-R decline");
  std::vector<double> times;
  for (int i = 0; i < 9; ++i) {
    const double start = cpu_ms();
    const auto ranking = inquiry::rank(brain.weigher, request, nullptr);
    times.push_back(cpu_ms() - start);
    if (!ranking) {
      fmt::print("the ranking failed: {}\n", ranking.error().message);
      return;
    }
  }
  print_times("rank the bundled graph, 20 answers, 1 thread", times);
}

}  // namespace

int main() {
  bench_ranking();
  const double start = cpu_ms();
  const auto graph = read_string_graph();
  if (!graph) {
    fmt::print("skipped: {}\n", graph.error().message);
    return 0;
  }
  fmt::print("STRING v10 signed: {} nodes, {} edges, read in {:.0f} ms\n", graph->nodes(),
             graph->edges().size(), cpu_ms() - start);
  bench_paths(*graph);
  bench_worlds(*graph);
  return 0;
}
