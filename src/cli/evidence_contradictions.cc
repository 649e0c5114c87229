#include <fmt/format.h>

#include <boost/json.hpp>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/preset_belief.h"
#include "inquiry/contradiction_document.h"

namespace thaw::cli {
namespace {

namespace json = boost::json;

struct Arguments {
  std::string about, preset = "thaw";
  std::size_t limit = 50, offset = 0;
  std::optional<int> as_of;
};

std::string in(const json::value& text, const std::string& lang) {
  return std::string(text.as_object().at(lang).as_string());
}

void print(const json::object& document, const std::string& lang) {
  const bool zh = lang == "zh";
  for (const auto& one : document.at("contradictions").as_array()) {
    const auto& c = one.as_object();
    print_line(fmt::format(fmt::runtime(zh ? "{}，争议 {:.2f}" : "{}, conflict {:.2f}"),
                           std::string(c.at("kind").as_string()), c.at("conflict").as_double()));
    for (const auto& claim : c.at("claims").as_array()) {
      const auto& side = claim.as_object();
      print_line(fmt::format(
          fmt::runtime(zh ? "  {}：支持 {:.2f}，反对 {:.2f} 奈特，可信度 {:.2f}"
                          : "  {}: support {:.2f}, opposition {:.2f} nats, belief {:.2f}"),
          in(side.at("text"), lang), side.at("support").as_double(),
          side.at("opposition").as_double(), side.at("belief").as_double()));
    }
    print_line("    " + in(c.at("settles"), lang));
  }
  print_line(fmt::format(fmt::runtime(zh ? "共 {} 处相互矛盾" : "{} contradictions in all"),
                         document.at("total").to_number<std::uint64_t>()));
}

Result<Done> run(const Arguments& given, const Options& options) {
  THAW_TRY(const auto workspace, open_workspace(options));
  inquiry::ContradictionRequest request{.offset = given.offset, .limit = given.limit};
  if (!given.about.empty()) {
    THAW_TRY(request.about, workspace->names->resolve(given.about));
  }
  request.weigh.as_of = given.as_of;
  THAW_TRY(request.weigh.preset, evidence::preset_named(given.preset));
  const evidence::Weigher weigher(*workspace->knowledge, workspace->parameters);
  const auto people = workspace->people();
  const auto document =
      inquiry::contradictions_document(weigher, request, people ? &*people : nullptr);
  if (options.json) {
    print_document(document);
  } else {
    print(document, options.lang);
  }
  return Done{};
}

}  // namespace

void add_evidence_contradictions(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb = program.verb("evidence", "contradictions",
                                "Where the record speaks against itself, and what would settle it");
  verb.add_option("--about", given->about, "Only about this concept, or one above or below it");
  verb.add_option("--limit", given->limit, "How many")->check(CLI::Range(1, 1000));
  verb.add_option("--offset", given->offset, "After how many")->check(CLI::Range(0, 1000000));
  verb.add_option("--as-of", given->as_of, "Only what was published by the end of this year")
      ->check(CLI::Range(1800, 2199));
  verb.add_option("--preset", given->preset, "Whose formula: thaw, indra or open-targets")
      ->capture_default_str();
  program.on(verb, [given](const Options& options) { return run(*given, options); });
}

}  // namespace thaw::cli
