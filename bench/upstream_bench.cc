// A scan of all regulators of STRING v10 for each of three expression signatures, by every method
// (needs the shared data). Prints milliseconds of CPU beside the aim of 2 s for a whole scan.
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>

#include "evidence/upstream_document.h"

namespace {

using namespace thaw;

double cpu_ms() {
  return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

std::string read_shared(const std::string& name) {
  const char* shared = std::getenv("THAW_SHARED");
  std::ifstream file(
      (shared != nullptr ? std::string(shared) : std::string(THAW_SOURCE_DIR) + "/../shared") +
      "/data/mechanism/string_signed/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void bench_scan(const evidence::NamedRelations& relations, const std::string& signature,
                graph::UpstreamMethod method) {
  constexpr double kAimMs = 2000;
  const auto observed = evidence::read_observed(read_shared(signature), signature);
  if (!observed) {
    fmt::print("{}\n", observed.error().message);
    return;
  }
  const auto matched = evidence::match_changes(relations, *observed);
  const double start = cpu_ms();
  const auto scan = graph::scan_upstream(relations.relations, matched.measured, {.method = method});
  const double took = cpu_ms() - start;
  if (!scan) {
    fmt::print("{}\n", scan.error().message);
    return;
  }
  const auto& first = scan->regulators.front();
  fmt::print("{:<13} {:<11} {:6} {:9.1f} {:7.2f}   {} (p {:.3g}, FDR {:.3g})\n", signature,
             graph::to_string(method), scan->hypotheses, took, kAimMs / took,
             relations.labels[first.node], first.p, first.fdr);
}

}  // namespace

int main() {
  const std::string relations_text = read_shared("StringRels.dat");
  if (relations_text.empty()) {
    fmt::print("skipped: no shared data at data/mechanism/string_signed\n");
    return 0;
  }
  const double start = cpu_ms();
  auto relations = evidence::read_relations(relations_text, "StringRels.dat");
  if (!relations ||
      !evidence::add_entities(*relations, read_shared("StringEnts.dat"), "StringEnts.dat")) {
    fmt::print("the relations cannot be read\n");
    return 1;
  }
  fmt::print("{} relations of {} things read in {:.0f} ms of CPU\n", relations->relations.size(),
             relations->ids.size(), cpu_ms() - start);
  fmt::print("{:<13} {:<11} {:>6} {:>9} {:>7}   {}\n", "signature", "method", "tests", "CPU ms",
             "aim/ms", "first");
  using graph::UpstreamMethod;
  for (const char* signature : {"myc_sig.txt", "e2f3_sig.txt", "ras_sig.txt"}) {
    for (const auto method :
         {UpstreamMethod::kBetter, UpstreamMethod::kQuaternary, UpstreamMethod::kTernary,
          UpstreamMethod::kEnrichment, UpstreamMethod::kCausal}) {
      bench_scan(*relations, signature, method);
    }
  }
  return 0;
}
