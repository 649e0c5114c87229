#include <fmt/format.h>

#include <boost/json.hpp>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/weigh_json.h"
#include "inquiry/review_json.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string outcome = "thaw:als_progression";
  std::string curator;
  std::size_t limit = 20;
};

Result<Done> review(const Arguments& given, const Options& options) {
  THAW_TRY(auto workspace, open_knowledge(options));
  const evidence::Knowledge& knowledge = *workspace->knowledge;
  inquiry::ReviewRequest request;
  THAW_TRY(request.outcome, workspace->names->resolve(given.outcome));
  request.seed = options.seed;
  request.threads = options.threads;
  const evidence::Weigher weigher(knowledge, workspace->parameters);
  THAW_TRY(const auto mechanism, inquiry::Mechanism::build(weigher, {}));
  const auto queue = inquiry::review_queue(mechanism, knowledge, request);
  THAW_TRY(const auto state, inquiry::read_review_state(*workspace->connection, knowledge));
  const auto document = inquiry::review_document(queue, knowledge, state, request.outcome,
                                                 given.curator, given.limit);
  if (options.json) {
    print_document(document);
    return Done{};
  }
  for (const auto& entry : document.at("queue").as_array()) {
    print_line(fmt::format(
        fmt::runtime(options.lang == "zh"
                         ? "{}\n  {}，来源 {}\n  信度 {:.2f}；若接受 {:.2f}，若否决 {:.2f}；"
                           "预计使各答案共改变 {:.3f}"
                         : "{}\n  {}, source {}\n  belief {:.2f}; {:.2f} if accepted, {:.2f} if "
                           "rejected; expected to move the answers by {:.3f} in all"),
        std::string_view(entry.at("text").at(options.lang).as_string()),
        std::string_view(entry.at("item").as_string()),
        std::string_view(entry.at("source").at("id").as_string()), entry.at("belief").as_double(),
        entry.at("belief_if_accepted").as_double(), entry.at("belief_if_rejected").as_double(),
        entry.at("would_change").as_double()));
  }
  return Done{};
}

}  // namespace

void add_evidence_review(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& command = program.verb(
      "evidence", "review", "Readings to check, those first that would move the answers most");
  command.add_option("--outcome", given->outcome, "Whose answers count")->capture_default_str();
  command.add_option("--curator", given->curator, "Leave out what this curator has judged");
  command.add_option("--limit", given->limit, "How many at most")->capture_default_str();
  program.on(command, [given](const Options& options) { return review(*given, options); });
}

}  // namespace thaw::cli
