#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/change_store.h"
#include "evidence/changes_json.h"

namespace thaw::cli {
namespace {

const std::string& in(const evidence::Name& name, bool zh) {
  return zh ? name.zh : name.en;
}

void print(const evidence::ChangePage& page, bool zh) {
  for (const auto& logged : page.changes) {
    const auto& change = logged.change;
    print_line(
        fmt::format("{}  {}  ({})", logged.changed_at, in(change.text, zh), in(logged.cause, zh)));
    const auto shown = [&](const std::optional<evidence::ClaimState>& state) {
      return state ? fmt::format(
                         fmt::runtime(zh ? "可信度 {:.3f}，支持 {:.2f}，反对 {:.2f}"
                                         : "belief {:.3f}, support {:.2f}, opposition {:.2f}"),
                         state->belief, state->support, state->opposition)
                   : std::string(zh ? "无此论断" : "no such claim");
    };
    print_line(fmt::format("  {} -> {}", shown(change.before), shown(change.after)));
    for (const auto& line : change.lines) {
      print_line(fmt::format("    {:5} {}: {:+.3f} -> {:+.3f}  {}", line.what, line.item,
                             line.nats_before, line.nats_after, in(line.why, zh)));
    }
  }
  print_line(fmt::format(fmt::runtime(zh ? "共 {} 处变动" : "{} changes in all"), page.total));
}

Result<Done> run(const evidence::ChangeQuery& query, const Options& options) {
  THAW_CHECK(evidence::check_since(query.since));
  THAW_TRY(const auto connection, open_store(options));
  THAW_TRY(const auto page, evidence::list_changes(*connection, query));
  if (options.json) {
    print_document(evidence::changes_json(query, page));
  } else {
    print(page, options.lang == "zh");
  }
  return Done{};
}

}  // namespace

void add_evidence_changes(Program& program) {
  auto query = std::make_shared<evidence::ChangeQuery>();
  CLI::App& verb =
      program.verb("evidence", "changes", "What moved since a day, item by item, and why");
  verb.add_option("--since", query->since, "A date, such as 2026-11-01");
  verb.add_option("--claim", query->claim, "Only this claim, by its id");
  verb.add_option("--limit", query->limit, "How many")->check(CLI::Range(1, 10000));
  verb.add_option("--offset", query->offset, "After how many")->check(CLI::Range(0, 1000000000));
  program.on(verb, [query](const Options& options) { return run(*query, options); });
}

}  // namespace thaw::cli
