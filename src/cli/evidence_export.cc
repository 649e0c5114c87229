#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "exchange/export.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string as = "jsonl";
  std::string out;
};

std::string formats_help() {
  std::string out = "Format to write:";
  for (const auto& format : exchange::export_formats()) {
    out += fmt::format("\n  {}: {}", format.name, format.about);
  }
  return out;
}

struct CloseFile {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};

Error cannot_write(const std::string& path) {
  return unavailable(
      fmt::format("{} cannot be written; is the disk full or the folder closed?", path));
}

/// Writes beside `path` and puts the whole in its place at the end.
Result<Done> export_to_file(const evidence::Weigher& weigher, const Arguments& given) {
  const std::string part = given.out + ".part";
  std::unique_ptr<std::FILE, CloseFile> file(std::fopen(part.c_str(), "wb"));
  if (!file) {
    return cannot_write(given.out);
  }
  const auto written =
      exchange::export_evidence(weigher, given.as, [&](std::string_view text) -> Result<Done> {
        if (std::fwrite(text.data(), 1, text.size(), file.get()) != text.size()) {
          return cannot_write(given.out);
        }
        return Done{};
      });
  std::error_code error;
  const bool closed = std::fflush(file.get()) == 0;
  file.reset();
  if (written && closed) {
    std::filesystem::rename(part, given.out, error);
  }
  if (!written || !closed || error) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    return written ? cannot_write(given.out) : Result<Done>(written.error());
  }
  return Done{};
}

Result<Done> export_knowledge(const Arguments& given, const Options& options) {
  THAW_TRY(const auto workspace, open_knowledge(options));
  const evidence::Weigher weigher(*workspace->knowledge, workspace->parameters);
  if (given.out.empty()) {
    return exchange::export_evidence(weigher, given.as, [](std::string_view text) -> Result<Done> {
      if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
        return unavailable("the answer could not be written to standard output");
      }
      return Done{};
    });
  }
  THAW_CHECK(export_to_file(weigher, given));
  const auto& known = *workspace->knowledge;
  if (options.json) {
    print_document(boost::json::object{{"file", given.out},
                                       {"format", given.as},
                                       {"concepts", known.concepts().size()},
                                       {"sources", known.sources().size()},
                                       {"items", known.items().size()},
                                       {"claims", known.claims().size()}});
  } else {
    tell(fmt::format("{} items written to {}", known.items().size(), given.out));
  }
  return Done{};
}

}  // namespace

void add_evidence_export(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb = program.verb("evidence", "export", "Write the evidence out for other tools");
  verb.add_option("--as", given->as, formats_help())->capture_default_str();
  verb.add_option("--out", given->out, "File to write; standard output where none is named");
  program.on(verb, [given](const Options& options) { return export_knowledge(*given, options); });
}

}  // namespace thaw::cli
