#include "evidence/recovery_document.h"

#include <boost/json.hpp>
#include <map>

namespace thaw::evidence {
namespace {

namespace json = boost::json;

json::object interval_json(const MeanInterval& mean) {
  return {{"value", mean.value}, {"low", mean.low}, {"high", mean.high}};
}

const CuratedNode& node_of(std::uint32_t node, const CuratedChains& chains,
                           const PathBench& bench) {
  return node < chains.nodes.size() ? chains.nodes[node]
                                    : bench.more_nodes[node - chains.nodes.size()];
}

json::object graph_json(const CuratedChains& chains) {
  std::size_t links = 0;
  for (const CuratedChain& chain : chains.chains) {
    links += chain.links.size();
  }
  return {{"chains", chains.chains.size()}, {"nodes", chains.nodes.size()}, {"links", links}};
}

json::object pathway_json(const RecoveredPathway& pathway, const CuratedChains& chains,
                          const PathBench& bench) {
  json::array answer;
  json::array missed;
  json::array extra;
  for (const std::uint32_t node : pathway.answer) {
    answer.emplace_back(node_of(node, chains, bench).name);
  }
  for (const auto& [node, why] : pathway.missed) {
    missed.push_back({{"name", node_of(node, chains, bench).name},
                      {"label", node_of(node, chains, bench).label},
                      {"why", to_string(why)}});
  }
  for (const std::uint32_t node : pathway.extra) {
    extra.push_back({{"name", node_of(node, chains, bench).name},
                     {"label", node_of(node, chains, bench).label}});
  }
  return {{"id", pathway.truth->id},
          {"drug", pathway.truth->drug_name},
          {"disease", pathway.truth->disease_name},
          {"inner_f1", pathway.inner_f1},
          {"answer", std::move(answer)},
          {"missed", std::move(missed)},
          {"extra", std::move(extra)}};
}

/// How many nodes were missed for which reason, and how many wrong ones of which label were said.
void add_failures(json::object& out, const PathBenchReport& report, const CuratedChains& chains,
                  const PathBench& bench) {
  std::map<std::string, std::size_t> missed;
  std::map<std::string, std::size_t> extra;
  for (const RecoveredPathway& pathway : report.pathways) {
    for (const auto& [node, why] : pathway.missed) {
      ++missed[std::string(to_string(why))];
    }
    for (const std::uint32_t node : pathway.extra) {
      ++extra[node_of(node, chains, bench).label];
    }
  }
  json::object missed_json;
  json::object extra_json;
  for (const auto& [why, count] : missed) {
    missed_json[why] = count;
  }
  for (const auto& [label, count] : extra) {
    extra_json[label] = count;
  }
  out["missed_nodes"] = std::move(missed_json);
  out["wrong_nodes"] = std::move(extra_json);
}

}  // namespace

json::object path_bench_json(const PathBenchReport& report, const CuratedChains& chains,
                             const PathBench& bench) {
  json::array methods;
  for (std::size_t m = 0; m < kRecoveries.size(); ++m) {
    const RecoveryScores& scores = report.scores[m];
    json::object one;
    one["method"] = to_string(kRecoveries[m]);
    one["answered"] = scores.answered;
    one["f1"] = interval_json(scores.f1);
    one["inner_f1"] = interval_json(scores.inner_f1);
    one["levenshtein"] = interval_json(scores.levenshtein);
    one["matcher_distance"] = interval_json(scores.matcher);
    one["inner_f1_no_shortcut"] = interval_json(scores.inner_f1_no_shortcut);
    one["levenshtein_no_shortcut"] = interval_json(scores.levenshtein_no_shortcut);
    methods.push_back(std::move(one));
  }
  json::object out;
  out["suite"] = "pathbench";
  out["pathways"] = report.pathways.size();
  out["pairs"] = report.pairs;
  out["least_nodes"] = report.least_nodes;
  out["graph"] = graph_json(chains);
  out["methods"] = std::move(methods);
  const double dijkstra = report.scores[1].inner_f1.value;
  out["inner_f1_over_dijkstra"] =
      dijkstra > 0 ? json::value(report.scores[3].inner_f1.value / dijkstra) : json::value(nullptr);
  add_failures(out, report, chains, bench);
  json::array pathways;
  for (const RecoveredPathway& pathway : report.pathways) {
    pathways.push_back(pathway_json(pathway, chains, bench));
  }
  out["answers"] = std::move(pathways);
  return out;
}

json::object chain_recall_json(const RecallReport& report, const CuratedChains& chains) {
  json::array methods;
  for (std::size_t m = 0; m < kRecalls.size(); ++m) {
    const RecallScores& scores = report.scores[m];
    methods.push_back({{"method", to_string(kRecalls[m])},
                       {"exact_at_10", interval_json(scores.exact_at_10)},
                       {"node_recall_at_10", interval_json(scores.node_recall)},
                       {"inner_f1", interval_json(scores.inner_f1)}});
  }
  json::object out;
  out["suite"] = "drugmechdb";
  out["chains"] = report.chains;
  out["pairs"] = report.pairs;
  out["graph"] = graph_json(chains);
  out["methods"] = std::move(methods);
  return out;
}

}  // namespace thaw::evidence
