// Best chains and possible worlds on a graph of 131 thousand edges and on one of 2.25 million.
//
// Graph S: STRING v10 signed relations, beliefs uniform in 0.35-0.99 (skipped where the file is not
// there). Graph H: 47,031 nodes and 2,253,132 edges (the size of Hetionet) with degrees of a power
// law, 85 in 100 edges raising, the same beliefs. Peers, for the same K on S: INDRA on networkx
// 3.25 s, igraph 0.61 s, a kernel of forty lines 0.008 to 0.028 s; on H igraph 6.84 s and 570 MB,
// that kernel 0.117 s and 355 MB. CPU time; memory is the process's peak.
#include <fmt/format.h>
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/random.h"
#include "graph/best_paths.h"
#include "graph/hop_baseline.h"
#include "graph/named_graph.h"

namespace {

using thaw::Random;
using thaw::Result;
using namespace thaw::graph;

constexpr std::uint32_t kNodesH = 47031;
constexpr std::size_t kEdgesH = 2253132;
constexpr std::size_t kPairs = 41;

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

double wall_ms() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void row(const std::string& what, double value, const char* unit, double aim) {
  fmt::print("{:<52} {:>10.2f} {:<3} {:>8.2f} {:>7.2f}\n", what, value, unit, aim, value / aim);
}

Result<SignedGraph> string_graph() {
  const char* shared = std::getenv("THAW_SHARED");
  const std::string path =
      (shared != nullptr ? shared : std::string(THAW_SOURCE_DIR) + "/../shared") +
      "/data/mechanism/string_signed/StringRels.dat";
  std::ifstream file(path);
  if (!file) {
    return thaw::not_found("no " + path);
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

/// Pairs drawn by weights that fall as a power of the rank; no pair twice, no self-loop.
SignedGraph power_law_graph() {
  Random random(2);
  std::vector<double> up_to(kNodesH);
  double sum = 0;
  for (std::uint32_t i = 0; i < kNodesH; ++i) {
    sum += std::pow(i + 20.0, -0.8);
    up_to[i] = sum;
  }
  const auto draw = [&] {
    const auto at = std::ranges::upper_bound(up_to, random.uniform() * sum);
    return static_cast<std::uint64_t>(std::min<std::ptrdiff_t>(at - up_to.begin(), kNodesH - 1));
  };
  std::vector<std::uint64_t> pairs;
  while (pairs.size() < kEdgesH) {
    while (pairs.size() < kEdgesH + kEdgesH / 8) {
      const std::uint64_t from = draw();
      // Apart from the out-degree: who acts on much need not be acted on by much.
      const std::uint64_t to = draw() * 15013 % kNodesH;
      if (from != to) {
        pairs.push_back(from << 32U | to);
      }
    }
    std::ranges::sort(pairs);
    pairs.erase(std::ranges::unique(pairs).begin(), pairs.end());
  }
  for (std::size_t i = pairs.size(); i > kEdgesH; --i) {  // drop some at random
    std::swap(pairs[random.index(i)], pairs[i - 1]);
  }
  pairs.resize(kEdgesH);
  std::vector<SignedEdge> edges;
  edges.reserve(pairs.size());
  for (const std::uint64_t pair : pairs) {
    const double belief = 0.35 + 0.64 * random.uniform();
    const bool plus = random.bernoulli(0.85);
    edges.push_back({static_cast<std::uint32_t>(pair >> 32U), static_cast<std::uint32_t>(pair),
                     plus ? belief : 0, plus ? 0 : belief, pair});
  }
  return SignedGraph::build(kNodesH, std::move(edges)).value();
}

struct Times {
  double median = 0, worst = 0, nats = 0;
};

Times paths(const PathFinder& finder, PathQuery query) {
  Random random(1);
  std::vector<double> times;
  Times result;
  while (times.size() < kPairs) {
    query.from = static_cast<std::uint32_t>(random.index(finder.nodes()));
    query.to = static_cast<std::uint32_t>(random.index(finder.nodes()));
    const double start = cpu_ms();
    const auto answer = finder.best(query);
    const double took = cpu_ms() - start;
    if (answer.paths.size() == query.k) {
      times.push_back(took);
      for (const auto& path : answer.paths) {
        result.nats -= std::log(path.probability);
      }
    }
  }
  std::ranges::sort(times);
  result.median = times[times.size() / 2];
  result.worst = times.back();
  return result;
}

void bench_paths(const char* name, const SignedGraph& graph, double median_aim, double worst_aim) {
  const double begin = cpu_ms();
  const PathFinder finder(graph);
  row(fmt::format("{}: lay out for paths", name), cpu_ms() - begin, "ms", 1000);
  const Times plain = paths(finder, {.sign = Sign::kPlus});
  row(fmt::format("{}: 10 chains of one sign, median", name), plain.median, "ms", median_aim);
  row(fmt::format("{}: 10 chains of one sign, worst", name), plain.worst, "ms", worst_aim);
  const Times both = paths(finder, {});
  row(fmt::format("{}: 10 chains of any sign, median", name), both.median, "ms", median_aim);
  row(fmt::format("{}: 10 chains of any sign, worst", name), both.worst, "ms", worst_aim);
  const Times few = paths(finder, {.sign = Sign::kPlus, .max_hops = 4});
  row(fmt::format("{}: of at most 4 hops, median", name), few.median, "ms", median_aim);
  row(fmt::format("{}: of at most 4 hops, worst", name), few.worst, "ms", worst_aim);
  row(fmt::format("{}: peak memory", name), peak_mb(), "MB", 350);
  fmt::print("{}: the chains of one sign cost {:.4f} nats\n", name, plain.nats);
}

/// The sweep is timed by the wall, on two threads.
void bench_worlds(const char* name, const SignedGraph& graph, double aim) {
  for (const std::uint32_t max_hops : {3U, 8U}) {
    const HopOptions options{.worlds = 1024, .max_hops = max_hops, .threads = 2};
    Random random(5);
    std::vector<double> times;
    std::vector<double> baselines;
    std::vector<double> cpu;
    std::size_t by_walks = 0;
    while (times.size() < 5) {
      const auto target = static_cast<std::uint32_t>(random.index(graph.nodes()));
      if (graph.in(target).empty()) {
        continue;
      }
      const double cpu_start = cpu_ms();
      double start = wall_ms();
      const HopWorlds plan(graph, target, options);
      by_walks = plan.influence().by_walks.size();
      times.push_back(wall_ms() - start);
      cpu.push_back(cpu_ms() - cpu_start);
      start = wall_ms();
      static_cast<void>(plan.shuffled(1, 512));
      baselines.push_back(wall_ms() - start);
    }
    std::ranges::sort(times);
    std::ranges::sort(baselines);
    std::ranges::sort(cpu);
    row(fmt::format("{}: 1,024 worlds, {} hops, CPU of both threads", name, max_hops), cpu[2], "ms",
        2 * aim);
    row(fmt::format("{}: 1,024 worlds, {} hops, wall, median of 5", name, max_hops), times[2], "ms",
        aim);
    row(fmt::format("{}: one shuffled graph, 512 worlds, {} hops", name, max_hops), baselines[2],
        "ms", aim);
    fmt::print("{}: {} of {} nodes by walks within {} hops\n", name, by_walks, graph.nodes(),
               max_hops);
  }
}

/// Writes `graph` as text, then times reading it and its binary form.
void bench_files(const SignedGraph& graph) {
  namespace fs = std::filesystem;
  const fs::path path = fs::temp_directory_path() / "thaw_graph_bench.tsv";
  {
    std::ofstream out(path, std::ios::binary);
    out << "source\tsign\ttarget\tbelief\n";
    for (const auto& edge : graph.edges()) {
      out << fmt::format("GENE{}\t{}\tGENE{}\t{:.6f}\n", edge.from, edge.p_plus > 0 ? '+' : '-',
                         edge.to, edge.p_plus + edge.p_minus);
    }
  }
  double start = wall_ms();
  const bool read = static_cast<bool>(load_graph(path));
  row("H: read the text and keep its binary form, wall", wall_ms() - start, "ms", 10000);
  start = wall_ms();
  const auto loaded = load_graph(path);
  row("H: load the binary form, wall", wall_ms() - start, "ms", 1000);
  if (!read || !loaded || !loaded->from_cache) {
    fmt::print("the binary form was not used\n");
  }
  const PathFinder finder(loaded->graph.graph);
  row("H: load it and lay it out for paths, wall", wall_ms() - start, "ms", 1000);
  fs::remove(path);
  fs::remove(path.string() + ".thawgraph");
}

}  // namespace

int main() {
  fmt::print("{:<52} {:>10} {:<3} {:>8} {:>7}\n", "", "here", "", "aim", "ratio");
  const auto s = string_graph();
  if (s) {
    bench_paths("S", *s, 8, 50);
    bench_worlds("S", *s, 3000);
  } else {
    fmt::print("S skipped: {}\n", s.error().message);
  }
  const SignedGraph h = power_law_graph();
  bench_paths("H", h, 60, 500);
  bench_files(h);
  bench_worlds("H", h, 3000);
  return 0;
}
