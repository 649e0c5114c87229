#include "evidence/path_benchmark.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "base/parallel.h"
#include "base/random.h"
#include "base/text.h"
#include "evidence/labelled_rows.h"
#include "evidence/pathway_habits.h"
#include "evidence/sequence_measures.h"
#include "graph/least_cost_path.h"

namespace thaw::evidence {
namespace {

constexpr std::uint64_t kResamples = 2000;
constexpr double kFewestInner = 2;  // a pathway of four nodes has two inner ones

bool is_drug(const CuratedChains& chains, std::uint32_t node) {
  return node < chains.nodes.size() &&
         (chains.nodes[node].label == "Drug" || chains.nodes[node].label == "ChemicalSubstance");
}

NodeSequence inner_of(const std::vector<std::uint32_t>& path) {
  return path.size() < 2 ? NodeSequence{} : NodeSequence(path).subspan(1, path.size() - 2);
}

/// One pathway with everything that is asked of a method.
struct Task {
  const CuratedChains& chains;
  const ChainAnalogy& analogy;
  const PathwayHabits& habits;
  const BenchPathway& truth;
};

/// Both answers of a method: free, and with drug-disease and drug-drug first steps forbidden.
struct Answers {
  std::vector<std::uint32_t> free, no_shortcut;
};

std::vector<std::uint32_t> ends_only(const BenchPathway& truth) {
  return {truth.nodes.front(), truth.nodes.back()};
}

Answers by_graph(const Task& task, bool hub) {
  const std::size_t nodes = std::max<std::size_t>(
      task.chains.nodes.size(), *std::ranges::max_element(task.truth.nodes) + std::size_t{1});
  const auto graph = graph_without(task.chains, task.truth.pair, nodes);
  std::vector<double> degree(nodes, 0);
  for (std::size_t from = 0; from < nodes; ++from) {
    for (const std::uint32_t to : graph[from]) {
      ++degree[from];
      ++degree[to];
    }
  }
  graph::LeastCostQuery query{task.truth.nodes.front(), task.truth.nodes.back(), {}, {}};
  if (hub) {
    query.cost = [&degree](std::uint32_t node) { return std::log(1 + degree[node]); };
  }
  Answers out;
  out.free = graph::least_cost_path(graph, query);
  query.not_as_first = [&](std::uint32_t node) {
    return node == query.to || is_drug(task.chains, node);
  };
  out.no_shortcut = graph::least_cost_path(graph, query);
  out.free = out.free.empty() ? ends_only(task.truth) : out.free;
  out.no_shortcut = out.no_shortcut.empty() ? ends_only(task.truth) : out.no_shortcut;
  return out;
}

Answers by_analogy(const Task& task) {
  const AnalogyQuery query{task.truth.pair, task.truth.nodes.front(), task.truth.nodes.back(),
                           task.truth.drug_name};
  const auto like = task.analogy.like(query);
  auto set = task.analogy.best_set(
      query, like,
      [&](std::uint32_t node) { return task.habits.keeps(query.pair, query.drug, node); },
      kFewestInner);
  std::ranges::stable_sort(set, [&](std::uint32_t a, std::uint32_t b) {
    const double at_a = task.habits.place(query.pair, a);
    const double at_b = task.habits.place(query.pair, b);
    return at_a != at_b ? at_a < at_b : a < b;
  });
  Answers out;
  out.free = {query.drug};
  out.free.insert(out.free.end(), set.begin(), set.end());
  out.free.push_back(query.disease);
  // Forbidding a drug as the first step: it moves behind the first node that is none.
  const auto first =
      std::ranges::find_if_not(set, [&](std::uint32_t node) { return is_drug(task.chains, node); });
  if (first != set.end()) {
    std::rotate(set.begin(), first, first + 1);
    out.no_shortcut = {query.drug};
    out.no_shortcut.insert(out.no_shortcut.end(), set.begin(), set.end());
    out.no_shortcut.push_back(query.disease);
  } else {
    out.no_shortcut = ends_only(task.truth);
  }
  return out;
}

Answers answer(const Task& task, Recovery method) {
  switch (method) {
    case Recovery::kEmpty:
      return {ends_only(task.truth), ends_only(task.truth)};
    case Recovery::kDijkstra:
      return by_graph(task, false);
    case Recovery::kHub:
      return by_graph(task, true);
    case Recovery::kAnalogy:
      return by_analogy(task);
  }
  return {};
}

/// The measures of one answer, in a fixed order.
using Measures = std::array<double, 6>;

Measures measure(const Answers& answers, const BenchPathway& truth) {
  return {set_f1(answers.free, truth.nodes),
          set_f1(inner_of(answers.free), inner_of(truth.nodes)),
          levenshtein_share(answers.free, truth.nodes),
          matcher_distance(answers.free, truth.nodes),
          set_f1(inner_of(answers.no_shortcut), inner_of(truth.nodes)),
          levenshtein_share(answers.no_shortcut, truth.nodes)};
}

/// The nodes in chains of the query's drug, and in those of its disease, other pairs only.
struct Known {
  std::set<std::uint32_t> any, of_drug, of_disease;
  bool drug = false, disease = false;
};

Known known_without(const ChainAnalogy& analogy, const BenchPathway& truth) {
  Known out;
  for (const ChainCase& one : analogy.cases()) {
    if (one.pair == truth.pair) {
      continue;
    }
    out.any.insert(one.inner.begin(), one.inner.end());
    if (one.drug == truth.nodes.front()) {
      out.drug = true;
      out.of_drug.insert(one.inner.begin(), one.inner.end());
    }
    if (one.disease == truth.nodes.back()) {
      out.disease = true;
      out.of_disease.insert(one.inner.begin(), one.inner.end());
    }
  }
  return out;
}

MissedWhy why_missed(const Known& known, std::uint32_t node) {
  if (!known.any.contains(node)) {
    return MissedWhy::kNotInGraph;
  }
  if (known.of_drug.contains(node) || known.of_disease.contains(node)) {
    return MissedWhy::kLeftOut;
  }
  if (!known.drug) {
    return known.disease ? MissedWhy::kDrugIsolated : MissedWhy::kDrugAndDisease;
  }
  return known.disease ? MissedWhy::kNotAlike : MissedWhy::kDiseaseIsolated;
}

RecoveredPathway explain(const Task& task, const Answers& answers, double inner_f1) {
  RecoveredPathway out;
  out.truth = &task.truth;
  out.answer = answers.free;
  out.inner_f1 = inner_f1;
  const Known known = known_without(task.analogy, task.truth);
  const auto said = inner_of(answers.free);
  const auto truth = inner_of(task.truth.nodes);
  for (const std::uint32_t node : truth) {
    if (std::ranges::find(said, node) == said.end()) {
      out.missed.emplace_back(node, why_missed(known, node));
    }
  }
  for (const std::uint32_t node : said) {
    if (std::ranges::find(truth, node) == truth.end()) {
      out.extra.push_back(node);
    }
  }
  return out;
}

}  // namespace

Result<PathBench> read_path_bench(std::string_view nodes_csv, const std::string& source,
                                  const CuratedChains& chains) {
  THAW_TRY(LabelledRows rows, LabelledRows::open(nodes_csv, source));
  THAW_TRY(const std::size_t id, rows.require({"drugmechdb_pathway_id"}));
  THAW_TRY(const std::size_t step, rows.require({"step_order"}));
  THAW_TRY(const std::size_t name, rows.require({"node_name"}));
  THAW_TRY(const std::size_t type, rows.require({"node_type"}));
  THAW_TRY(const std::size_t node_id, rows.require({"drugmechdb_id"}));
  PathBench out;
  std::map<std::string, std::uint32_t> more;
  std::map<std::string, std::map<std::int64_t, std::pair<std::uint32_t, std::string>>> steps;
  for (;;) {
    THAW_TRY(const bool any, rows.next());
    if (!any) {
      break;
    }
    const auto order = parse_int(rows.cell(step));
    if (!order || rows.cell(node_id).empty() || rows.cell(id).empty()) {
      return invalid_argument(rows.place() + "a node without its pathway, step_order or id");
    }
    int at = chains.find(rows.cell(node_id));
    if (at < 0) {
      const auto [place, fresh] =
          more.try_emplace(std::string(rows.cell(node_id)),
                           static_cast<std::uint32_t>(chains.nodes.size() + out.more_nodes.size()));
      if (fresh) {
        out.more_nodes.push_back({std::string(rows.cell(node_id)), std::string(rows.cell(type)),
                                  std::string(rows.cell(name))});
      }
      at = static_cast<int>(place->second);
    }
    steps[std::string(rows.cell(id))][*order] = {static_cast<std::uint32_t>(at),
                                                 std::string(rows.cell(name))};
  }
  for (const auto& [pathway, nodes] : steps) {
    const std::string_view own = std::string_view(pathway).starts_with("DB")
                                     ? std::string_view(pathway).substr(2)
                                     : std::string_view(pathway);
    BenchPathway one{pathway,
                     std::string(pair_of(own)),
                     nodes.begin()->second.second,
                     nodes.rbegin()->second.second,
                     {}};
    for (const auto& [order, node] : nodes) {
      one.nodes.push_back(node.first);
    }
    out.pathways.push_back(std::move(one));
  }
  return out;
}

MeanInterval bootstrap_mean(const std::vector<double>& values,
                            const std::vector<std::string>& cluster, std::uint64_t seed) {
  std::map<std::string, std::pair<double, double>> sums;  // sum and number of each cluster
  MeanInterval out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sums[cluster[i]].first += values[i];
    sums[cluster[i]].second += 1;
    out.value += values[i] / static_cast<double>(values.size());
  }
  std::vector<std::pair<double, double>> clusters;
  for (const auto& [key, sum] : sums) {
    clusters.push_back(sum);
  }
  std::vector<double> means;
  for (std::uint64_t draw = 0; draw < kResamples && !clusters.empty(); ++draw) {
    Random random(seed, draw);
    double sum = 0;
    double n = 0;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
      const auto& [part, count] = clusters[random.index(clusters.size())];
      sum += part;
      n += count;
    }
    means.push_back(sum / n);
  }
  std::ranges::sort(means);
  if (!means.empty()) {
    out.low = means[kResamples / 40];
    out.high = means[kResamples - 1 - kResamples / 40];
  }
  return out;
}

std::string_view to_string(Recovery method) {
  constexpr std::array<std::string_view, 4> kNames = {"empty", "dijkstra", "hub", "analogy"};
  return kNames[static_cast<std::size_t>(method)];
}

std::string_view to_string(MissedWhy why) {
  constexpr std::array<std::string_view, 6> kNames = {
      "not_in_graph",     "drug_and_disease_isolated", "drug_isolated",
      "disease_isolated", "not_in_chains_of_either",   "judged_unlikely"};
  return kNames[static_cast<std::size_t>(why)];
}

std::vector<std::vector<std::uint32_t>> graph_without(const CuratedChains& chains,
                                                      const std::string& pair, std::size_t nodes) {
  std::vector<std::vector<std::uint32_t>> out(nodes);
  for (const CuratedChain& chain : chains.chains) {
    if (chain.pair != pair) {
      for (const auto& [from, to] : chain.links) {
        out[from].push_back(to);
      }
    }
  }
  for (auto& row : out) {
    std::ranges::sort(row);
    row.erase(std::unique(row.begin(), row.end()), row.end());
  }
  return out;
}

PathBenchReport run_path_bench(const CuratedChains& chains, const PathBench& bench,
                               std::size_t least_nodes, std::uint64_t seed, unsigned threads) {
  PathBenchReport report;
  report.least_nodes = least_nodes;
  const ChainAnalogy analogy(chains);
  const PathwayHabits habits(chains, bench);
  std::vector<const BenchPathway*> asked;
  std::vector<std::string> pairs;
  for (const BenchPathway& pathway : bench.pathways) {
    if (pathway.nodes.size() >= std::max<std::size_t>(least_nodes, 2)) {
      asked.push_back(&pathway);
      pairs.push_back(pathway.pair);
    }
  }
  report.pathways.resize(asked.size());
  report.pairs = std::set<std::string>(pairs.begin(), pairs.end()).size();
  std::vector<std::array<Measures, kRecoveries.size()>> measures(asked.size());
  std::vector<std::array<bool, kRecoveries.size()>> spoke(asked.size());
  for_each_piece(asked.size(), threads, [&](std::size_t i) {
    const Task task{chains, analogy, habits, *asked[i]};
    for (std::size_t m = 0; m < kRecoveries.size(); ++m) {
      const Answers answers = answer(task, kRecoveries[m]);
      measures[i][m] = measure(answers, *asked[i]);
      spoke[i][m] = answers.free.size() > 2;
      if (kRecoveries[m] == Recovery::kAnalogy) {
        report.pathways[i] = explain(task, answers, measures[i][m][1]);
      }
    }
  });
  for (std::size_t m = 0; m < kRecoveries.size(); ++m) {
    RecoveryScores& scores = report.scores[m];
    const std::array<MeanInterval*, 6> means = {&scores.f1,
                                                &scores.inner_f1,
                                                &scores.levenshtein,
                                                &scores.matcher,
                                                &scores.inner_f1_no_shortcut,
                                                &scores.levenshtein_no_shortcut};
    for (std::size_t which = 0; which < means.size(); ++which) {
      std::vector<double> values;
      for (const auto& one : measures) {
        values.push_back(one[m][which]);
      }
      *means[which] = bootstrap_mean(values, pairs, seed);
    }
    for (const auto& one : spoke) {
      scores.answered += one[m] ? 1 : 0;
    }
  }
  return report;
}

}  // namespace thaw::evidence
