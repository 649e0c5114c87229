#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/search_json.h"
#include "evidence/vocabulary_store.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string text, context, kind;
  std::size_t limit = 8;
};

void print_candidates(const evidence::Grounding& grounding, bool zh) {
  if (grounding.candidates.empty()) {
    print_line(zh ? "没有已知的概念叫这个名字" : "nothing is known by that name");
  } else if (grounding.ambiguous) {
    print_line(zh ? "不能确定指哪一个\uff1a" : "it cannot be told which is meant:");
  }
  if (!grounding.expanded.empty()) {
    print_line(fmt::format(fmt::runtime(zh ? "文中的全称\uff1a{}" : "the text writes it out: {}"),
                           grounding.expanded));
  }
  for (const auto& c : grounding.candidates) {
    print_line(fmt::format("{:.2f}  {}  {} ({}; {}, {})", c.score, c.id, zh ? c.name.zh : c.name.en,
                           c.kind, c.matched, to_string(c.how)));
  }
}

Result<Done> ground(const Arguments& given, const Options& options) {
  THAW_TRY(const auto workspace, open_knowledge(options));
  evidence::NameBookBuilder builder;
  for (const auto& record : workspace->knowledge->concepts()) {
    builder.add(record);
  }
  THAW_CHECK(evidence::read_vocabulary(*workspace->connection, builder));
  const evidence::NameBook book = builder.build();
  const evidence::Grounder grounder(book, &*workspace->knowledge);
  const auto grounding = grounder.ground({given.text, given.context, given.kind, {}}, given.limit);
  if (options.json) {
    print_document(evidence::grounding_document(given.text, grounding));
  } else {
    print_candidates(grounding, options.lang == "zh");
  }
  return Done{};
}

}  // namespace

void add_evidence_ground(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& command =
      program.verb("evidence", "ground", "Say which concept a name means, with the runners-up");
  command.add_option("text", given->text, "The name as it is written")->required();
  command.add_option("--context", given->context, "The sentence or text in which it stands");
  command.add_option("--kind", given->kind, "What it must be: disease, gene, drug, ...");
  command.add_option("--limit", given->limit, "Candidates to list")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  program.on(command, [given](const Options& options) { return ground(*given, options); });
}

}  // namespace thaw::cli
