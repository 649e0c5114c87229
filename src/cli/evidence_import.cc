#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <optional>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/change_note.h"
#include "exchange/import.h"
#include "exchange/import_report.h"

namespace thaw::cli {
namespace {

constexpr std::size_t kShown = 20;  // refusals printed for a person; --json has the first 1,000

struct Arguments {
  std::string path;
  std::string as;
};

std::string formats_help() {
  std::string out = "Format of the file, where its name and beginning do not tell:";
  for (const auto& format : exchange::formats()) {
    out += fmt::format("\n  {}: {}", format.name, format.about);
  }
  return out;
}

/// Says how far it is, at most twice a second.
class Teller {
 public:
  Result<Done> operator()(const exchange::ImportProgress& at) {
    const auto now = std::chrono::steady_clock::now();
    if (now - told_ < std::chrono::milliseconds(500)) {
      return Done{};
    }
    told_ = now;
    const double seconds = std::chrono::duration<double>(now - begun_).count();
    std::string text = fmt::format("{} records, {:.0f} a second", at.records,
                                   static_cast<double>(at.records) / std::max(seconds, 1e-3));
    if (at.bytes_total > 0 && at.bytes > 0) {
      const double share = static_cast<double>(at.bytes) / static_cast<double>(at.bytes_total);
      text += fmt::format(", {:.0f} %, about {:.0f} s left", 100 * share,
                          seconds * (1 - share) / share);
    }
    tell(text);
    return Done{};
  }

 private:
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point told_ = begun_;
};

void print_report(const exchange::ImportReport& report, bool zh) {
  const auto total = report.total();
  print_line(fmt::format(
      fmt::runtime(zh ? "格式 {}，读取 {} 条：新增 {}，更正 {}，未变 {}，拒收 {}"
                      : "format {}, {} records read: {} added, {} changed, {} unchanged, {} "
                        "refused"),
      report.format, report.records_read, total.added, total.changed, total.unchanged,
      report.refused_total));
  if (report.resumed_after > 0) {
    print_line(fmt::format(
        fmt::runtime(zh ? "从上次中断处继续：前 {} 条已在库中"
                        : "went on where it was interrupted: {} records were kept before"),
        report.resumed_after));
  }
  for (const auto& [reason, count] : report.by_reason) {
    print_line(fmt::format(fmt::runtime(zh ? "  拒收 {} 次：{}" : "  refused {} times: {}"), count,
                           reason));
  }
  for (std::size_t i = 0; i < std::min(kShown, report.refused.size()); ++i) {
    print_line(fmt::format(fmt::runtime(zh ? "  第 {} 行：{}" : "  line {}: {}"),
                           report.refused[i].line, report.refused[i].reason));
  }
  if (report.refused_total > kShown) {
    print_line(zh ? "  其余原因见 --json" : "  the rest: see --json");
  }
}

Result<Done> import_file(const Arguments& given, const Options& options) {
  THAW_TRY(auto connection, open_store(options));
  THAW_TRY(const auto note, evidence::ChangeNote::begin(*connection));
  exchange::ImportOptions how;
  how.format = given.as;
  Teller teller;
  how.on_commit = [&](const exchange::ImportProgress& at) { return teller(at); };
  THAW_TRY(const auto report, exchange::import_file(*connection, given.path, how));
  THAW_TRY(const auto parameters, bundled_parameters());
  const std::string name = std::filesystem::path(given.path).filename().string();
  THAW_TRY(const bool noted,
           note.end(*connection, parameters, {"import of " + name, "导入 " + name}, SystemClock()));
  if (!noted) {
    tell(fmt::format("over {} items: what this import moved is not in the change log",
                     evidence::ChangeNote::kMostItems));
  }
  if (options.json) {
    print_document(exchange::to_json(report));
  } else {
    print_report(report, options.lang == "zh");
  }
  return Done{};
}

}  // namespace

void add_evidence_import(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb = program.verb("evidence", "import", "Bring in evidence, concepts or documents");
  verb.add_option("file", given->path, "The file, gzip or plain; docs/formats/exchange.md")
      ->required();
  verb.add_option("--as", given->as, formats_help());
  program.on(verb, [given](const Options& options) { return import_file(*given, options); });
}

}  // namespace thaw::cli
