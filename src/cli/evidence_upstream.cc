#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <ctime>
#include <memory>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/upstream_document.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string observed, relations, entities;
  std::string method = "better";
  int depth = 2;
  std::size_t top = 20;
  evidence::ObservedOptions thresholds;
};

graph::UpstreamMethod method_of(const std::string& name) {
  using graph::UpstreamMethod;
  for (const auto method : {UpstreamMethod::kQuaternary, UpstreamMethod::kTernary,
                            UpstreamMethod::kEnrichment, UpstreamMethod::kCausal}) {
    if (graph::to_string(method) == name) {
      return method;
    }
  }
  return UpstreamMethod::kBetter;
}

Result<evidence::NamedRelations> relations_for(const Arguments& given, const Options& options) {
  if (given.relations.empty()) {
    THAW_TRY(const auto workspace, open_knowledge(options));
    const evidence::Weigher weigher(*workspace->knowledge, workspace->parameters);
    return evidence::relations_of(evidence::build_mechanism_graph(weigher), options.lang);
  }
  THAW_TRY(const std::string bytes, read_file(given.relations));
  THAW_TRY(auto relations, evidence::read_relations(bytes, given.relations));
  if (!given.entities.empty()) {
    THAW_TRY(const std::string names, read_file(given.entities));
    THAW_CHECK(evidence::add_entities(relations, names, given.entities));
  }
  return relations;
}

std::string direction_text(const graph::Regulator& regulator, bool zh) {
  if (regulator.direction == 0) {
    return zh ? "方向未定" : "either way";
  }
  return regulator.direction > 0 ? (zh ? "升高" : "went up") : (zh ? "降低" : "went down");
}

void print_scan(const graph::UpstreamScan& scan, const evidence::NamedRelations& relations,
                const evidence::MatchedChanges& matched, std::size_t top, bool zh) {
  print_line(fmt::format(
      fmt::runtime(
          zh ? "{} 个可解释的对象中，{} 个升高、{} 个降低；{} 个名称不认识；检验了 {} 个假设"
             : "{} things can be explained: {} rose, {} fell; {} names are not known here; "
               "{} hypotheses tested"),
      scan.universe, scan.up, scan.down, matched.unmatched.size(), scan.hypotheses));
  for (std::size_t i = 0; i < std::min(top, scan.regulators.size()); ++i) {
    const graph::Regulator& r = scan.regulators[i];
    print_line(fmt::format(
        fmt::runtime(
            zh ? "{:>3}  {} {}：得分 {}，p = {:.4g}，FDR {:.3g}（相符 {}，相反 {}，符号未知 {}）"
               : "{:>3}  {} {}: score {}, p = {:.4g}, FDR {:.3g} (right {}, wrong {}, "
                 "sign unknown {})"),
        i + 1, relations.labels[r.node], direction_text(r, zh), r.score, r.p, r.fdr, r.correct,
        r.incorrect, r.unsigned_moved));
  }
  print_line(zh ? "这是假设，不是结论：调控者本身未被测量。"
                : "These are hypotheses: the regulators themselves were not measured.");
}

Result<Done> upstream(const Arguments& given, const Options& options) {
  const std::clock_t start = std::clock();
  THAW_TRY(const std::string bytes, read_file(given.observed));
  THAW_TRY(const auto observed, evidence::read_observed(bytes, given.observed, given.thresholds));
  THAW_TRY(const auto relations, relations_for(given, options));
  const auto matched = evidence::match_changes(relations, observed);
  if (matched.matched == 0) {
    return not_found(fmt::format(
        "none of the {} names that moved in {} is known to the relations; give --entities, or "
        "names as the relations write them",
        observed.moved.size(), given.observed));
  }
  const graph::UpstreamOptions scan_options{method_of(given.method), given.depth, options.threads};
  THAW_TRY(const auto scan,
           graph::scan_upstream(relations.relations, matched.measured, scan_options));
  if (options.json) {
    auto document =
        evidence::upstream_document(scan, scan_options, relations, observed, matched, given.top);
    document["cpu_seconds"] = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    print_document(document);
  } else {
    print_scan(scan, relations, matched, given.top, options.lang == "zh");
  }
  return Done{};
}

}  // namespace

void add_evidence_upstream(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb =
      program.verb("evidence", "upstream", "Which regulator explains measured changes");
  verb.add_option("--observed", given->observed,
                  "Table of changes: name, p, log2fc or direction; docs/formats/observed.md")
      ->required();
  verb.add_option("--relations,--graph", given->relations,
                  "Table of relations: source, target, sign; the store's if not given");
  verb.add_option("--entities", given->entities, "Table of other names for the relations' ids")
      ->needs("--relations");
  verb.add_option("--method", given->method, "How a regulator is scored")
      ->check(CLI::IsMember({"better", "quaternary", "ternary", "enrichment", "causal"}))
      ->capture_default_str();
  verb.add_option("--depth", given->depth, "causal: chains of at most so many relations")
      ->check(CLI::Range(1, 5))
      ->capture_default_str();
  verb.add_option("--top", given->top, "How many regulators are shown")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  verb.add_option("--p", given->thresholds.p_max, "A row moved only with p at most this")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  verb.add_option("--fold", given->thresholds.fold_least, "and at least this fold up or down")
      ->check(CLI::Range(1.0, 1e6))
      ->capture_default_str();
  program.on(verb, [given](const Options& options) { return upstream(*given, options); });
}

}  // namespace thaw::cli
