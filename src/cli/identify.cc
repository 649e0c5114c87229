#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "effect/estimand_form.h"
#include "effect/graph_file.h"
#include "effect/identify.h"
#include "effect/identify_json.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string graph;
  effect::IdentifyRequest request;
  std::optional<std::string> adjust;
};

std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> names;
  for (const std::string_view part : split(text, ',')) {
    if (!trim(part).empty()) {
      names.emplace_back(trim(part));
    }
  }
  return names;
}

void print_sets(const effect::IdentifyAnswer& answer, bool zh) {
  constexpr std::size_t kShown = 10;
  const auto& sets = answer.adjustment.sets;
  if (sets.size() > 1) {
    print_line(zh ? "不可再减的校正集合：" : "Minimal adjustment sets:");
    for (std::size_t i = 0; i < sets.size() && i < kShown; ++i) {
      print_line("  { " + effect::names_of(sets[i], answer.names) + " }");
    }
    if (sets.size() > kShown) {
      print_line(fmt::format(
          fmt::runtime(zh ? "  等 {} 个（--json 列出全部）" : "  and {} more (--json lists them)"),
          zh ? sets.size() : sets.size() - kShown));
    }
  }
}

void print_answer(const effect::IdentifyAnswer& answer, bool zh) {
  print_line(zh ? answer.explanation.zh : answer.explanation.en);
  if (answer.estimand) {
    print_line(fmt::format(fmt::runtime(zh ? "公式：{}" : "Formula: {}"),
                           effect::plain_text(*answer.estimand, answer.names)));
  }
  print_sets(answer, zh);
}

Result<Done> run(const Arguments& given, const Options& options) {
  THAW_TRY(std::string bytes, read_file(given.graph));
  THAW_TRY(const effect::GraphFile file, effect::read_graph(std::move(bytes), given.graph));
  effect::IdentifyRequest request = given.request;
  if (given.adjust) {
    request.adjust = names_in(*given.adjust);
  }
  THAW_TRY(const effect::IdentifyAnswer answer, effect::identify(file.graph, request));
  if (options.json) {
    print_document(effect::identify_json(answer));
  } else {
    print_answer(answer, options.lang == "zh");
  }
  return Done{};
}

}  // namespace

void add_identify(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& command =
      program.word("identify", "Can a causal question be answered from what is measured, and how");
  command.add_option("graph", given->graph, "Graph: dagitty text, DOT, JSON or .bif, maybe gzip")
      ->required();
  command.add_option("--treatment", given->request.treatment, "Treatment; several with commas")
      ->delimiter(',');
  command.add_option("--outcome", given->request.outcome, "Outcome; several with commas")
      ->delimiter(',');
  command.add_option("--given", given->request.given, "Effect among people with the same of these")
      ->delimiter(',');
  command.add_option("--instrument", given->request.instrument,
                     "Ask whether this is an instrument");
  command.add_option("--adjust", given->adjust, "Ask whether adjusting for these is valid");
  command.add_option("--max-sets", given->request.max_sets, "How many sets to list at most")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  program.on(command, [given](const Options& options) { return run(*given, options); });
}

}  // namespace thaw::cli
