// Identification on random graphs of 50 nodes: one minimal adjustment set, ID, and its pieces.
//
// Must: 1 ms each; aim: 0.1 ms. CPU time, median over graphs. No peer was timed on this: the column
// "ratio" is against the must.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "effect/adjustment.h"
#include "effect/estimand_form.h"
#include "effect/front_door.h"
#include "effect/identification.h"
#include "effect/instruments.h"
#include "graph/path_oracle.h"

namespace {

using thaw::Random;
using namespace thaw::effect;
using thaw::graph::Admg;
using thaw::graph::NodeSet;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// A random diagram whose last node comes late: there is something to identify.
struct Case {
  Admg graph;
  NodeSet x, y;
};

std::vector<Case> cases(std::size_t nodes, double degree, double hidden) {
  std::vector<Case> made;
  Random random(50);
  while (made.size() < 60) {
    const double pairs = static_cast<double>(nodes) - 1;
    Admg graph = thaw::graph::random_admg(random, nodes, degree / pairs, hidden / pairs);
    const auto order = graph.order();
    const NodeSet x(nodes, {order[nodes / 3]});
    const NodeSet below = descendants(graph, x) - x;
    if (!below.empty()) {
      const NodeSet y(nodes, {below.members().back()});
      made.push_back({std::move(graph), x, y});
    }
  }
  return made;
}

void row(const std::string& name, const std::vector<Case>& given,
         const std::function<std::size_t(const Case&)>& work) {
  std::vector<double> times;
  std::size_t answered = 0;
  for (const Case& one : given) {
    const std::size_t found = work(one);  // Warms up too.
    answered += found > 0 ? 1 : 0;
    const int repeats = 20;
    const double begun = cpu_seconds();
    for (int i = 0; i < repeats; ++i) {
      work(one);
    }
    times.push_back((cpu_seconds() - begun) / repeats * 1e3);
  }
  std::sort(times.begin(), times.end());
  const double median = times[times.size() / 2];
  fmt::print("{:<44}{:>9.4f}{:>9.4f}{:>7.1f}{:>6}{:>8.3f}{:>9}/{}\n", name, median, times.back(),
             1.0, 0.1, median / 1.0, answered, given.size());
}

void rows(const std::string& label, const std::vector<Case>& given) {
  row("one minimal adjustment set, " + label, given, [](const Case& one) -> std::size_t {
    const auto problem =
        adjustment_problem(one.graph, one.x, one.y, NodeSet::all(one.graph.nodes()));
    return minimal_adjustment(problem) ? 1 : 0;
  });
  row("ID with its expression, " + label, given, [](const Case& one) -> std::size_t {
    const auto found = identify_effect(one.graph, one.x, one.y);
    return found.estimand ? 1 : 0;
  });
  row("the expression made shorter, " + label, given, [](const Case& one) -> std::size_t {
    const auto found = identify_effect(one.graph, one.x, one.y);
    return found.estimand ? simplified(*found.estimand, one.graph).size() : 0;
  });
  row("up to 100 minimal sets, " + label, given, [](const Case& one) -> std::size_t {
    const auto problem =
        adjustment_problem(one.graph, one.x, one.y, NodeSet::all(one.graph.nodes()));
    return minimal_adjustments(problem, 100).sets.size();
  });
  row("all instruments, " + label, given, [](const Case& one) -> std::size_t {
    return instruments(adjustment_problem(one.graph, one.x, one.y, NodeSet::all(one.graph.nodes())))
        .size();
  });
  row("largest front door, " + label, given, [](const Case& one) -> std::size_t {
    return largest_front_door(one.graph, one.x, one.y, NodeSet::all(one.graph.nodes())) ? 1 : 0;
  });
}

}  // namespace

int main() {
  fmt::print("{:<44}{:>9}{:>9}{:>7}{:>6}{:>8}{:>12}\n", "50 nodes, CPU ms", "median", "worst",
             "must", "aim", "ratio", "answered");
  rows("degree 4", cases(50, 4, 0));
  rows("degree 4, 1 hidden", cases(50, 4, 1));
  rows("degree 8, 2 hidden", cases(50, 8, 2));
  return 0;
}
