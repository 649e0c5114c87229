#include <fmt/format.h>

#include <boost/json.hpp>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/import.h"

namespace thaw::cli {
namespace {

boost::json::object document_of(const evidence::ImportReport& report) {
  boost::json::array refused;
  for (const auto& line : report.refused) {
    refused.push_back({{"line", line.line}, {"reason", line.reason}});
  }
  return {{"file", report.file},
          {"rows_read", report.lines_read},
          {"kept", report.kept},
          {"added", report.written.added},
          {"changed", report.written.changed},
          {"unchanged", report.written.unchanged},
          {"refused", std::move(refused)}};
}

Result<Done> import_file(const std::string& path, const Options& options) {
  THAW_TRY(const std::string bytes, read_file(path));
  THAW_TRY(auto connection, open_store(options));
  THAW_TRY(const auto report, evidence::import_evidence(*connection, bytes, path));
  if (options.json) {
    print_document(document_of(report));
    return Done{};
  }
  const bool zh = options.lang == "zh";
  print_line(fmt::format(
      fmt::runtime(zh ? "读取 {} 行：新增 {}，更正 {}，未变 {}，拒收 {}"
                      : "{} lines read: {} added, {} changed, {} unchanged, {} refused"),
      report.lines_read, report.written.added, report.written.changed, report.written.unchanged,
      report.refused.size()));
  for (const auto& line : report.refused) {
    print_line(
        fmt::format(fmt::runtime(zh ? "  第 {} 行：{}" : "  line {}: {}"), line.line, line.reason));
  }
  return Done{};
}

}  // namespace

void add_evidence_import(Program& program) {
  auto path = std::make_shared<std::string>();
  CLI::App& verb = program.verb("evidence", "import", "Bring in evidence from a JSON-lines file");
  verb.add_option("file", *path, "The file; docs/formats/evidence.md says what it holds")
      ->required();
  program.on(verb, [path](const Options& options) { return import_file(*path, options); });
}

}  // namespace thaw::cli
