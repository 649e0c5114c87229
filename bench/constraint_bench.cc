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
#include <filesystem>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "base/random.h"
#include "discovery/correlation.h"
#include "discovery/fci.h"
#include "discovery/fisher_z.h"
#include "discovery/graph_score.h"
#include "discovery/pc.h"
#include "graph/meek.h"
#include "table/csv.h"

namespace {

using thaw::discovery::Data;
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

void print(const std::string& name, double seconds, const thaw::discovery::PcResult& result,
           const MixedGraph& dag) {
  const auto score = thaw::discovery::score_graph(result.graph, thaw::graph::cpdag_of(dag));
  fmt::print(
      "{:<22} {:>8.4f} s {:>6.1f} MB {:>8} tests  {:>4} edges  skeleton {:.3f} arrow {:.3f} "
      "SHD {:>3}  ambiguous {} capped {} depth {}\n",
      name, seconds, peak_megabytes(), result.tests, score.edges, score.skeleton_f1, score.arrow_f1,
      score.shd, result.ambiguous.size(), result.capped.size(), result.depth);
}

void run_pc(const Workload& workload) {
  const Knowledge knowledge(workload.data.size());
  thaw::discovery::PcResult result;
  const double seconds = median_seconds([&] {
    auto test = thaw::discovery::make_test(thaw::discovery::TestKind::kAuto, workload.data);
    result = thaw::discovery::pc(**test, knowledge, {}).value();
  });
  print("pc " + workload.name, seconds, result, workload.dag);
}

/// PAGs: arrowheads only, against the CPDAG (nothing is hidden in these data).
void run_pag(const Workload& workload, bool with_d_sep) {
  const Knowledge knowledge(workload.data.size());
  thaw::discovery::FciResult result;
  const double seconds = median_seconds([&] {
    auto test = thaw::discovery::make_test(thaw::discovery::TestKind::kAuto, workload.data);
    const auto learn = with_d_sep ? thaw::discovery::fci : thaw::discovery::rfci;
    result = learn(**test, knowledge, {}).value();
  });
  const auto score =
      thaw::discovery::score_graph(result.graph, thaw::graph::cpdag_of(workload.dag));
  fmt::print(
      "{:<22} {:>8.4f} s {:>6.1f} MB {:>8} tests  {:>4} edges  skeleton {:.3f} arrow {:.3f} "
      "contradictions {} capped {} d-sep capped {} removed {}\n",
      (with_d_sep ? "fci " : "rfci ") + workload.name, seconds, peak_megabytes(), result.tests,
      score.edges, score.skeleton_f1, score.arrow_f1, result.contradictions.size(),
      result.capped.size(), result.d_sep_capped.size(), result.removed_by_d_sep);
}

void run_drawn(std::size_t p, std::size_t n, std::uint64_t seed) {
  const Drawn drawn = draw(p, n, 4, seed);
  const Knowledge knowledge(p);
  thaw::discovery::PcResult result;
  const double seconds = median_seconds([&] {
    auto test = thaw::discovery::fisher_z(thaw::discovery::correlation_matrix(drawn.x), n);
    result = thaw::discovery::pc(*test, knowledge, {}).value();
  });
  print(fmt::format("pc drawn p{} n{} s{}", p, n, seed), seconds, result, drawn.dag);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) {  // other workloads: FOLDER NAME...
    for (int i = 2; i < argc; ++i) {
      if (const auto workload = read(std::string(argv[1]) + "/", argv[i], false)) {
        run_pc(*workload);
        run_pag(*workload, true);
        run_pag(*workload, false);
      }
    }
    return 0;
  }
  run_drawn(1000, 1000, 1);
  for (const auto& [name, packed] : {std::pair{"gauss_p100_n1000", false},
                                     {"gauss_p500_n2000", true},
                                     {"alarm_n10000", true},
                                     {"hailfinder_n10000", true}}) {
    if (const auto workload = read(workload_folder(), name, packed)) {
      run_pc(*workload);
      run_pag(*workload, true);
      run_pag(*workload, false);
    } else {
      fmt::print("{}: skipped, there is no {} (THAW_SHARED names another place)\n", name,
                 workload_folder());
    }
  }
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
    run_drawn(100, 1000, seed);
  }
  return 0;
}
