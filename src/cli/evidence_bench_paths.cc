#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "cli/commands.h"
#include "cli/output.h"
#include "evidence/recovery_document.h"
#include "table/gunzip.h"

namespace thaw::cli {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string data, suite = "pathbench";
  std::size_t least_nodes = 4;
  std::size_t most = 0;
};

/// The folder `name` inside the data folder, or inside its folder `mechanism`.
Result<fs::path> folder_of(const fs::path& data, const std::string& name) {
  for (const fs::path& place : {data / name, data / "mechanism" / name}) {
    if (fs::is_directory(place)) {
      return place;
    }
  }
  return not_found(fmt::format("{} has no folder {}; --data names the folder that holds it",
                               data.string(), name));
}

Result<fs::path> data_folder(const Arguments& given) {
  if (given.data.empty()) {
    return invalid_argument("--data must name the folder that holds the curated chains");
  }
  return fs::path(given.data);
}

Result<evidence::CuratedChains> read_chains(const fs::path& data) {
  THAW_TRY(const fs::path folder, folder_of(data, "drugmechdb"));
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".ndjson") || name.ends_with(".ndjson.gz")) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  std::string all;
  for (const fs::path& file : files) {
    THAW_TRY(std::string bytes, read_file(file));
    THAW_TRY(bytes, gunzip(std::move(bytes), file.string()));
    all += bytes + "\n";
  }
  if (all.empty()) {
    return not_found(fmt::format("{} has no .ndjson or .ndjson.gz file", folder.string()));
  }
  return evidence::read_curated_chains(
      all, files.size() == 1 ? files.front().string() : folder.string());
}

std::string shown(const evidence::MeanInterval& mean) {
  return fmt::format("{:.3f} ({:.3f}-{:.3f})", mean.value, mean.low, mean.high);
}

void print_recovery(const evidence::PathBenchReport& report, bool zh) {
  print_line(fmt::format(
      fmt::runtime(zh ? "{} 条路径，{} 对药物与疾病，每条至少 {} 个节点；括号内为 95 % 自助区间"
                      : "{} pathways of {} pairs, each of at least {} nodes; 95 % bootstrap "
                        "intervals over pairs"),
      report.pathways.size(), report.pairs, report.least_nodes));
  print_line(fmt::format("{:<10}{:>22}{:>22}{:>22}{:>22}", zh ? "方法" : "method", "F1",
                         zh ? "中间节点 F1" : "inner F1", "Levenshtein",
                         zh ? "禁捷径" : "no shortcut"));
  for (std::size_t m = 0; m < evidence::kRecoveries.size(); ++m) {
    const auto& s = report.scores[m];
    print_line(fmt::format(
        "{:<10}{:>22}{:>22}{:>22}{:>22}", evidence::to_string(evidence::kRecoveries[m]),
        shown(s.f1), shown(s.inner_f1), shown(s.levenshtein), shown(s.levenshtein_no_shortcut)));
  }
}

void print_recall(const evidence::RecallReport& report, bool zh) {
  print_line(fmt::format(fmt::runtime(zh ? "{} 条链，{} 对药物与疾病；括号内为 95 % 自助区间"
                                         : "{} chains of {} pairs; 95 % bootstrap intervals over "
                                           "pairs"),
                         report.chains, report.pairs));
  print_line(fmt::format("{:<10}{:>24}{:>24}{:>24}", zh ? "方法" : "method",
                         zh ? "整链召回@10" : "whole chain @10",
                         zh ? "节点召回@10" : "node recall @10", zh ? "中间节点 F1" : "inner F1"));
  for (std::size_t m = 0; m < evidence::kRecalls.size(); ++m) {
    const auto& s = report.scores[m];
    print_line(fmt::format("{:<10}{:>24}{:>24}{:>24}", evidence::to_string(evidence::kRecalls[m]),
                           shown(s.exact_at_10), shown(s.node_recall), shown(s.inner_f1)));
  }
}

Result<Done> bench_paths(const Arguments& given, const Options& options) {
  THAW_TRY(const fs::path data, data_folder(given));
  THAW_TRY(const auto chains, read_chains(data));
  const bool zh = options.lang == "zh";
  if (given.suite == "drugmechdb") {
    const auto report =
        evidence::run_chain_recall(chains, given.most, options.seed, options.threads);
    options.json ? print_document(evidence::chain_recall_json(report, chains))
                 : print_recall(report, zh);
    return Done{};
  }
  THAW_TRY(const fs::path folder, folder_of(data, "primekg_pathbench"));
  const fs::path file = folder / "benchmark_pathways_nodes.csv";
  THAW_TRY(const std::string nodes, read_file(file));
  THAW_TRY(const auto bench, evidence::read_path_bench(nodes, file.string(), chains));
  const auto report =
      evidence::run_path_bench(chains, bench, given.least_nodes, options.seed, options.threads);
  if (report.pathways.empty()) {
    return not_found(
        fmt::format("{} has no pathway of at least {} nodes", file.string(), given.least_nodes));
  }
  options.json ? print_document(evidence::path_bench_json(report, chains, bench))
               : print_recovery(report, zh);
  return Done{};
}

}  // namespace

void add_evidence_bench_paths(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb = program.verb("evidence", "bench-paths",
                                "Measure how well curated mechanism chains are recovered");
  verb.add_option("--data", given->data,
                  "Folder that holds drugmechdb/ and primekg_pathbench/, or mechanism/ with both");
  verb.add_option("--suite", given->suite, "What is recovered")
      ->check(CLI::IsMember({"pathbench", "drugmechdb"}))
      ->capture_default_str();
  verb.add_option("--least-nodes", given->least_nodes, "pathbench: pathways of at least so many")
      ->check(CLI::Range(3, 100))
      ->capture_default_str();
  verb.add_option("--most", given->most, "drugmechdb: at most so many chains, 0 for all");
  program.on(verb, [given](const Options& options) { return bench_paths(*given, options); });
}

}  // namespace thaw::cli
