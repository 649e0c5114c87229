// PC, FCI and RFCI on the workloads with known truth: CPU seconds, memory, accuracy, beside peers.
//
// The shared data hold the tables; the one of 1,000 variables is drawn here by the same law. Peers'
// figures were taken on one thread of this kind of machine (docs/methods/pc.md).
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "discovery/correlation.h"
#include "discovery/fci.h"
#include "discovery/fisher_z.h"
#include "discovery/graph_score.h"
#include "discovery/pag_rules.h"
#include "discovery/pc.h"
#include "discovery/separation_oracle.h"
#include "graph/meek.h"
#include "table/csv.h"

namespace {

using thaw::discovery::Data;
using thaw::discovery::IndependenceTest;
using thaw::discovery::Knowledge;
using thaw::graph::MixedGraph;

constexpr int kRuns = 5;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double median_seconds(const std::function<void()>& work) {
  std::vector<double> seconds;
  for (int run = 0; run < kRuns; ++run) {
    const double start = cpu_seconds();
    work();
    seconds.push_back(cpu_seconds() - start);
  }
  std::ranges::sort(seconds);
  return seconds[kRuns / 2];
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::string workload_folder() {
  const char* shared = std::getenv("THAW_SHARED");
  const std::string root = shared != nullptr ? shared : THAW_SOURCE_DIR "/../shared";
  return root + "/data/causal/workload/";
}

struct Workload {
  std::string name;
  Data data;
  MixedGraph dag{0};
};

/// The table and the true edges beside it, or an empty one where the shared data are absent.
std::optional<Workload> read(const std::string& folder, const std::string& name, bool packed) {
  const auto table = thaw::read_csv_file(folder + name + (packed ? ".csv.gz" : ".csv"));
  const auto edges =
      thaw::read_csv_file(folder + name + ".edges", {.other_type = thaw::ColumnType::kText});
  if (!table || !edges) {
    return std::nullopt;
  }
  auto data = Data::from_table(*table);
  if (!data) {
    fmt::print("{}: {}\n", name, data.error().message);
    return std::nullopt;
  }
  Workload workload{.name = name, .data = *data, .dag = MixedGraph(data->size())};
  const auto& from = edges->column("from").value()->texts();
  const auto& to = edges->column("to").value()->texts();
  for (std::size_t i = 0; i < from.size(); ++i) {
    workload.dag.direct(*data->find(from[i]), *data->find(to[i]));
  }
  return workload;
}

struct Drawn {
  thaw::stats::Matrix x;
  MixedGraph dag;
};

/// `p` variables in causal order, each pair joined with probability `degree` / (p - 1), weights
/// uniform in +-[0.3, 1], noise sd uniform in [0.8, 1.2].
Drawn draw(std::size_t p, std::size_t n, double degree, std::uint64_t seed) {
  thaw::Random random(seed);
  Drawn drawn{.x = thaw::stats::Matrix(static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(p)),
              .dag = MixedGraph(p)};
  std::vector<Eigen::Index> at(p);
  std::iota(at.begin(), at.end(), Eigen::Index{0});
  for (std::size_t i = p; i > 1; --i) {
    std::swap(at[i - 1], at[random.index(i)]);
  }
  for (std::size_t b = 0; b < p; ++b) {
    auto column = drawn.x.col(at[b]);
    const double sd = 0.8 + 0.4 * random.uniform();
    for (auto& value : column) {
      value = sd * random.normal();
    }
    for (std::size_t a = 0; a < b; ++a) {
      if (random.bernoulli(degree / static_cast<double>(p - 1))) {
        const double size = 0.3 + 0.7 * random.uniform();
        column += (random.bernoulli(0.5) ? size : -size) * drawn.x.col(at[a]);
        drawn.dag.direct(static_cast<std::size_t>(at[a]), static_cast<std::size_t>(at[b]));
      }
    }
  }
  return drawn;
}

/// What a row must reach, aims at, and what the fastest peer that finished took, CPU seconds.
struct Target {
  double must = 0, aim = 0, peer = 0;
  std::string_view peer_name;
};

std::string beside(double seconds, const Target& target) {
  if (target.peer <= 0) {
    return "";
  }
  return fmt::format(" must {:g} aim {:g}: {}; {} {:g} s, {:.0f} times as long", target.must,
                     target.aim,
                     seconds <= target.aim    ? "aim met"
                     : seconds <= target.must ? "met"
                                              : "MISSED",
                     target.peer_name, target.peer, target.peer / seconds);
}

void print(const std::string& name, double seconds, const thaw::discovery::GraphScore& score,
           std::uint64_t tests, const std::string& more) {
  fmt::print(
      "{:<26} {:>8.4f} s {:>6.1f} MB {:>9} tests {:>5} edges  skeleton {:.3f} arrow {:.3f} "
      "SHD {:>3}{}\n",
      name, seconds, peak_megabytes(), tests, score.edges, score.skeleton_f1, score.arrow_f1,
      score.shd, more);
}

/// Learns kRuns times, the test's preparation included, and prints the row.
void run_pc(const std::string& name, const MixedGraph& dag, const Target& target,
            const std::function<std::unique_ptr<IndependenceTest>()>& make) {
  const Knowledge knowledge(dag.nodes());
  thaw::discovery::PcResult result;
  const double seconds =
      median_seconds([&] { result = thaw::discovery::pc(*make(), knowledge, {}).value(); });
  print("pc " + name, seconds,
        thaw::discovery::score_graph(result.graph, thaw::graph::cpdag_of(dag)), result.tests,
        fmt::format(" ambiguous {} capped {} depth {}", result.ambiguous.size(),
                    result.capped.size(), result.depth) +
            beside(seconds, target));
}

std::unique_ptr<IndependenceTest> test_of(const Data& data) {
  return thaw::discovery::make_test(thaw::discovery::TestKind::kAuto, data).value();
}

using LearnPag = decltype(&thaw::discovery::fci);

/// `truth` is a CPDAG where nothing is hidden (then only arrowheads mean something), else a PAG.
void run_pag(const std::string& name, LearnPag learn, const Data& data, const MixedGraph& truth,
             const Target& target) {
  const Knowledge knowledge(data.size());
  thaw::discovery::FciResult result;
  const double seconds =
      median_seconds([&] { result = learn(*test_of(data), knowledge, {}).value(); });
  print(name, seconds, thaw::discovery::score_graph(result.graph, truth), result.tests,
        fmt::format(" contradictions {} capped {} d-sep capped {} removed {}",
                    result.contradictions.size(), result.capped.size(), result.d_sep_capped.size(),
                    result.removed_by_d_sep) +
            beside(seconds, target));
}

/// The MAG over the observed nodes of a DAG: two are joined when all their observed ancestors do
/// not separate them, with a tail at an ancestor (Richardson and Spirtes 2002, section 4).
MixedGraph mag_of(const MixedGraph& dag, const std::vector<std::uint32_t>& observed) {
  std::vector<std::vector<bool>> causes(dag.nodes(), std::vector<bool>(dag.nodes(), false));
  for (const std::uint32_t node : thaw::graph::directed_order(dag)) {
    causes[node][node] = true;
    for (const std::uint32_t parent : dag.parents(node)) {
      for (std::size_t a = 0; a < dag.nodes(); ++a) {
        causes[node][a] = causes[node][a] || causes[parent][a];
      }
    }
  }
  thaw::discovery::SeparationOracle oracle(dag, observed);
  MixedGraph mag(observed.size());
  for (std::uint32_t a = 0; a < observed.size(); ++a) {
    for (std::uint32_t b = a + 1; b < observed.size(); ++b) {
      std::vector<std::uint32_t> given;
      for (std::uint32_t c = 0; c < observed.size(); ++c) {
        if (c != a && c != b &&
            (causes[observed[a]][observed[c]] || causes[observed[b]][observed[c]])) {
          given.push_back(c);
        }
      }
      if (oracle.test(a, b, given).statistic > 0) {
        const auto mark = [&](std::uint32_t at, std::uint32_t other) {
          return causes[observed[other]][observed[at]] ? thaw::graph::Mark::kTail
                                                       : thaw::graph::Mark::kArrow;
        };
        mag.set_edge(a, b, mark(a, b), mark(b, a));
      }
    }
  }
  return mag;
}

/// Drops the columns that a file beside the table names, and compares with the true PAG.
void run_hidden(const Workload& workload, const thaw::Table& table, const std::string& list) {
  std::ifstream file(list);
  std::set<std::string> hidden;
  for (std::string line; std::getline(file, line);) {
    hidden.insert(line);
  }
  std::vector<std::string> kept;
  std::vector<std::uint32_t> observed;
  for (std::uint32_t v = 0; v < workload.data.size(); ++v) {
    if (!hidden.contains(workload.data.variable(v).name)) {
      kept.push_back(workload.data.variable(v).name);
      observed.push_back(v);
    }
  }
  if (hidden.empty() || kept.size() == workload.data.size()) {
    return;
  }
  const Data data = Data::from_table(table.select(kept).value()).value();
  const MixedGraph truth = thaw::discovery::pag_of(mag_of(workload.dag, observed), false);
  const std::string name = fmt::format("{} hidden", hidden.size());
  run_pag("fci p100, " + name, thaw::discovery::fci, data, truth, {});
  run_pag("rfci p100, " + name, thaw::discovery::rfci, data, truth, {});
}

void run_drawn(std::size_t p, std::size_t n, std::uint64_t seed, const Target& target) {
  const Drawn drawn = draw(p, n, 4, seed);
  run_pc(fmt::format("drawn p{} n{} seed {}", p, n, seed), drawn.dag, target, [&] {
    return thaw::discovery::fisher_z(thaw::discovery::correlation_matrix(drawn.x), n);
  });
}

/// A cause with 39 effects that depend on each other: levels explode, and the cap must end it.
void run_hub() {
  const std::size_t p = 60;
  Drawn drawn = draw(p, 2000, 4, 9);
  for (Eigen::Index v = 1; v < 40; ++v) {
    drawn.x.col(v) += 0.8 * drawn.x.col(0);
    drawn.dag.direct(0, static_cast<std::size_t>(v));
  }
  for (Eigen::Index v = 2; v < 40; ++v) {
    drawn.x.col(v) += 0.4 * drawn.x.col(v - 1);
  }
  run_pc("hub of 39", drawn.dag, {}, [&] {
    return thaw::discovery::fisher_z(thaw::discovery::correlation_matrix(drawn.x), 2000);
  });
}

struct Row {
  std::string name;
  bool packed;
  Target pc, fci, rfci;
};

void run(const std::string& folder, const Row& row) {
  const auto workload = read(folder, row.name, row.packed);
  if (!workload) {
    fmt::print("{}: skipped, not readable in {} (THAW_SHARED names another place)\n", row.name,
               folder);
    return;
  }
  const MixedGraph cpdag = thaw::graph::cpdag_of(workload->dag);
  run_pc(row.name, workload->dag, row.pc, [&] { return test_of(workload->data); });
  run_pag("fci " + row.name, thaw::discovery::fci, workload->data, cpdag, row.fci);
  run_pag("rfci " + row.name, thaw::discovery::rfci, workload->data, cpdag, row.rfci);
  if (const auto table = thaw::read_csv_file(folder + row.name + ".csv")) {
    run_hidden(*workload, *table, folder + row.name + ".hidden15");
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) {  // other workloads: FOLDER NAME...
    for (int i = 2; i < argc; ++i) {
      run(std::string(argv[1]) + "/", {.name = argv[i], .packed = false});
    }
    return 0;
  }
  run_drawn(1000, 1000, 1, {1.0, 0.3, 6.4, "pcalg"});
  run(workload_folder(), {.name = "gauss_p100_n1000",
                          .packed = false,
                          .pc = {0.015, 0.007, 0.16, "pcalg"},
                          .fci = {0.5, 0.3, 2.9, "Tetrad"},
                          .rfci = {0.2, 0.1, 1.0, "Tetrad"}});
  run(workload_folder(),
      {.name = "gauss_p500_n2000", .packed = true, .pc = {0.25, 0.1, 2.3, "pcalg"}});
  run(workload_folder(),
      {.name = "alarm_n10000", .packed = true, .pc = {0.06, 0.03, 0.53, "bnlearn"}});
  run(workload_folder(),
      {.name = "hailfinder_n10000", .packed = true, .pc = {0.03, 0.015, 0.77, "bnlearn"}});
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
    run_drawn(100, 1000, seed, {});
  }
  run_hub();
  return 0;
}
