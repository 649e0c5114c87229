// Score-based discovery on workloads with a known graph, beside what other programs needed on the
// same files on this kind of machine (Tetrad 7.6.11, causal-learn e30895b; CPU seconds, one
// thread): seconds, peak memory, errors. Then the spread over networks drawn by the same law, and
// how often the shape of noise tells cause from effect in the Tuebingen pairs (Mooij et al. 2016).
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "base/text.h"
#include "discovery/boss.h"
#include "discovery/boss_fci.h"
#include "discovery/ges.h"
#include "discovery/graph_score.h"
#include "discovery/lingam.h"
#include "discovery/simulated_graph.h"
#include "graph/meek.h"
#include "stats/shared_csv.h"
#include "table/csv.h"

namespace {

using namespace thaw;
using namespace thaw::discovery;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Workload {
  Data data;
  graph::MixedGraph dag;
};

std::optional<Workload> read_workload(const std::string& csv, const std::string& edges,
                                      VariableKind kind) {
  const auto table = read_csv_file(stats::shared_data_folder() + "causal/workload/" + csv);
  std::ifstream file(stats::shared_data_folder() + "causal/workload/" + edges);
  if (!table || !file) {
    return std::nullopt;
  }
  auto data = Data::from_table(*table, {.kinds = {}, .all = kind});
  if (!data) {
    fmt::print("{}: {}\n", csv, data.error().message);
    return std::nullopt;
  }
  Workload workload{std::move(data).value(), graph::MixedGraph(0)};
  workload.dag = graph::MixedGraph(workload.data.size());
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const auto parts = split(line, ',');
    workload.dag.direct(*workload.data.find(parts[0]), *workload.data.find(parts[1]));
  }
  return workload;
}

struct Row {
  std::string name;
  double must, aim;  // CPU seconds; 0: no limit is set
  std::string peer;  // who, seconds, errors
  double peer_seconds;
  std::function<graph::MixedGraph(const Workload&)> learn;
};

graph::MixedGraph learn_ges(const Workload& w) {
  const Knowledge none(w.data.size());
  return ges(*make_score(w.data, none).value(), none).value().graph;
}

graph::MixedGraph learn_boss(const Workload& w) {
  const Knowledge none(w.data.size());
  return boss(*make_score(w.data, none).value(), none).value().graph;
}

graph::MixedGraph learn_boss_fci(const Workload& w) {
  const Knowledge none(w.data.size());
  const auto test = make_test(TestKind::kAuto, w.data);
  return boss_fci(*make_score(w.data, none).value(), **test, none).value().fci.graph;
}

/// In a process of its own, so that the peak is this row's.
void print_row(const Row& row, const Workload& workload) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child != 0) {
    waitpid(child, nullptr, 0);
    return;
  }
  std::vector<double> seconds;
  graph::MixedGraph learned(0);
  do {
    const double start = cpu_seconds();
    learned = row.learn(workload);
    seconds.push_back(cpu_seconds() - start);
  } while (seconds.size() < 5 && seconds.front() < 2);
  std::ranges::sort(seconds);
  const double median = seconds[seconds.size() / 2];
  const GraphScore errors = score_graph(learned, graph::cpdag_of(workload.dag));
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{:<20}{:>9.3f}{:>7.2g}{:>7.2g}{:>8.0f}{:>7.3f}{:>7.3f}{:>6}   {}, {:.0f} times\n",
             row.name, median, row.must, row.aim, static_cast<double>(usage.ru_maxrss) / 1024,
             errors.skeleton_f1, errors.arrow_f1, errors.shd, row.peer, row.peer_seconds / median);
  std::fflush(stdout);
  _exit(0);
}

void print_workload(const std::string& csv, const std::string& edges, VariableKind kind,
                    const std::vector<Row>& rows) {
  const auto workload = read_workload(csv, edges, kind);
  if (!workload) {
    fmt::print("{}: skipped, it is not at {}\n", csv, stats::shared_data_folder());
    return;
  }
  for (const Row& row : rows) {
    print_row(row, *workload);
  }
}

void print_workloads() {
  fmt::print("{:<20}{:>9}{:>7}{:>7}{:>8}{:>7}{:>7}{:>6}   {}\n", "", "CPU s", "must", "aim",
             "peak MB", "skel", "arrow", "SHD", "peer");
  print_workload("gauss_p100_n1000.csv", "gauss_p100_n1000.edges", VariableKind::kContinuous,
                 {{"BOSS p100", 0.5, 0.3, "Tetrad 3.9 s, SHD 3", 3.9, learn_boss},
                  {"GES p100", 0, 0, "Tetrad 2.3 s, SHD 65", 2.3, learn_ges},
                  {"BOSS-FCI p100", 0.8, 0.5, "Tetrad 4.1 s, arrow .895", 4.1, learn_boss_fci}});
  print_workload("gauss_p500_n2000.csv.gz", "gauss_p500_n2000.edges", VariableKind::kContinuous,
                 {{"BOSS p500", 20, 10, "Tetrad 179 s, SHD 26", 179, learn_boss},
                  {"GES p500", 0, 0, "Tetrad 44.7 s, SHD 95", 44.7, learn_ges}});
  print_workload("alarm_n10000.csv.gz", "alarm_n10000.edges", VariableKind::kDiscrete,
                 {{"GES ALARM, BDeu", 2, 0.5, "causal-learn 56.6 s, SHD 2", 56.6, learn_ges},
                  {"BOSS ALARM, BDeu", 2, 0.5, "Tetrad 3.7 s, SHD 27", 3.7, learn_boss}});
}

/// Mean degree 4, effects of size 0.3 to 1 and normal noise, as in the Gaussian workloads.
Workload drawn(std::size_t p, std::size_t n, std::uint64_t seed) {
  Random random(seed);
  const graph::MixedGraph dag = random_dag(p, 4, random);
  stats::Matrix effects = random_effects(dag, random);
  effects = effects.unaryExpr(
      [](double e) { return e == 0 ? 0.0 : std::copysign(0.3 + 1.4 * (std::abs(e) - 0.5), e); });
  Table table = simulated_table(dag, effects, n, [&] { return random.normal(); });
  return {Data::from_table(table).value(), dag};
}

void print_spread() {
  std::string boss_shd, ges_shd;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Workload workload = drawn(100, 1000, seed);
    const graph::MixedGraph truth = graph::cpdag_of(workload.dag);
    boss_shd += fmt::format(" {}", score_graph(learn_boss(workload), truth).shd);
    ges_shd += fmt::format(" {}", score_graph(learn_ges(workload), truth).shd);
  }
  fmt::print(
      "\nTen other networks, p 100, n 1000, SHD of BOSS:{}; of GES:{}\n"
      "All scores read correlations, so columns standardised or not give the same graph.\n",
      boss_shd, ges_shd);
}

std::vector<double> standardised(std::vector<double> values) {
  double mean = 0, square = 0;
  for (const double v : values) {
    mean += v / static_cast<double>(values.size());
  }
  for (double& v : values) {
    v -= mean;
    square += v * v;
  }
  for (double& v : values) {
    v /= std::sqrt(square / static_cast<double>(values.size()));
  }
  return values;
}

void print_pairs() {
  const std::string folder = stats::shared_data_folder() + "causal/tuebingen/";
  std::ifstream meta(folder + "pairmeta.txt");
  int pair = 0, cause = 0, cause_end = 0, effect = 0, effect_end = 0;
  double weight = 0, all = 0, right = 0, first = 0;
  std::size_t used = 0;
  while (meta >> pair >> cause >> cause_end >> effect >> effect_end >> weight) {
    std::ifstream file(folder + fmt::format("pair.{}.txt", pair));
    std::string header;
    if (weight == 0 || cause != cause_end || effect != effect_end || !std::getline(file, header)) {
      continue;
    }
    std::vector<double> x, y;
    for (double a = 0, b = 0; file >> a >> b;) {
      x.push_back(a);
      y.push_back(b);
    }
    const double asymmetry = pairwise_asymmetry(standardised(x), standardised(y));
    all += weight;
    right += (asymmetry > 0) == (cause == 1) ? weight : 0;
    first += cause == 1 ? weight : 0;
    ++used;
  }
  if (used == 0) {
    fmt::print("Tuebingen pairs: skipped, they are not at {}\n", folder);
    return;
  }
  fmt::print(
      "Tuebingen pairs ({} with one column a side), weighted share of right directions: LiNGAM's "
      "pairwise measure {:.3f}; always the first column {:.3f}; a coin 0.5\n",
      used, right / all, first / all);
}

void print_lingam() {
  Random random(5);
  const graph::MixedGraph dag = random_dag(50, 4, random);
  const stats::Matrix effects = random_effects(dag, random);
  const Data data = Data::from_table(simulated_table(dag, effects, 1000, [&] {
                      return 3.4 * (random.uniform() - 0.5);
                    })).value();
  const double start = cpu_seconds();
  const auto found = lingam(data, Knowledge(50));
  const double seconds = cpu_seconds() - start;
  if (!found) {
    fmt::print("LiNGAM: {}\n", found.error().message);
    return;
  }
  fmt::print("DirectLiNGAM, p 50, n 1000, uniform noise: {:.3f} s, SHD to the DAG {}\n", seconds,
             score_graph(found->graph, dag).shd);
}

}  // namespace

int main() {
  print_workloads();
  print_spread();
  print_lingam();
  print_pairs();
  return 0;
}
