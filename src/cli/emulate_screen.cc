#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "inquiry/treatment_screen.h"

namespace thaw::cli {
namespace {

struct Arguments {
  inquiry::ScreenChoice choice;
  std::string to_evidence;
};

Result<Done> screen(const Arguments& given, const Options& options) {
  THAW_TRY(const auto workspace, open_workspace(options));
  if (!workspace->registry) {
    return not_found("the store holds no registry; thaw registry import or synthesize makes one");
  }
  inquiry::ScreenChoice choice = given.choice;
  choice.seed = options.seed;
  choice.threads = options.threads;
  THAW_TRY(const inquiry::ScreenResult result,
           inquiry::screen_treatments(*workspace->registry, choice));
  if (!given.to_evidence.empty()) {
    const evidence::NameIndex names(*workspace->knowledge);
    const inquiry::ScreenLines lines = inquiry::screen_evidence(result, names);
    THAW_CHECK(write_file(given.to_evidence, lines.text));
    tell(fmt::format("{} items in {}; {} drugs tied to no concept{}", lines.items,
                     given.to_evidence, lines.without_concept,
                     result.synthetic ? "; synthetic: import will refuse them" : ""));
  }
  if (options.json) {
    print_document(inquiry::screen_document(result));
    return Done{};
  }
  std::string text = inquiry::screen_text(result, options.lang);
  text.pop_back();
  print_line(text);
  return Done{};
}

}  // namespace

void add_emulate_screen(Program& program, CLI::App& emulate) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb =
      program.under(emulate, "screen", "Emulate a trial of every drug that the registry records");
  verb.add_option("--comparator", given->choice.comparator,
                  "Against starting this drug; without it against never starting");
  verb.add_option("--horizon", given->choice.horizon_months, "Months of follow-up")
      ->check(CLI::Range(1, 120))
      ->capture_default_str();
  verb.add_option("--bootstrap", given->choice.bootstrap, "Replicates; 0: robust standard errors")
      ->check(CLI::Range(0, 10000))
      ->capture_default_str();
  verb.add_option("--fdr", given->choice.false_discovery, "False discovery rate of what is kept")
      ->check(CLI::Range(0.0001, 0.5))
      ->capture_default_str();
  verb.add_option("--to-evidence", given->to_evidence,
                  "File of items for thaw evidence import (JSON lines)");
  program.on(verb, [given](const Options& options) { return screen(*given, options); });
}

}  // namespace thaw::cli
