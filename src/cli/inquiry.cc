#include <fmt/format.h>

#include <optional>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/ranking_text.h"
#include "cli/workspace.h"
#include "evidence/population.h"
#include "evidence/preset_belief.h"
#include "inquiry/ask.h"
#include "inquiry/documents.h"
#include "inquiry/rank.h"

namespace thaw::cli {
namespace {

struct RankArguments {
  std::string outcome;
  std::size_t top = 20;
  std::vector<std::string> kinds;
  std::optional<int> as_of;
  std::optional<double> prior;
  std::string population;
  std::string preset = "thaw";
};

Result<Done> run_rank(const RankArguments& given, const Options& options) {
  THAW_TRY(const auto workspace, open_workspace(options));
  inquiry::RankRequest request;
  THAW_TRY(request.outcome, workspace->names->resolve(given.outcome));
  request.top = given.top;
  if (!given.kinds.empty()) {
    request.kinds = given.kinds;
  }
  THAW_CHECK(evidence::check_population(*workspace->knowledge, given.population));
  THAW_TRY(const evidence::Preset preset, evidence::preset_named(given.preset));
  request.weigh = {given.as_of, given.prior, given.population, preset};
  request.seed = options.seed;
  request.threads = options.threads;
  const evidence::Weigher weigher(*workspace->knowledge, workspace->parameters);
  const auto people = workspace->people();
  THAW_TRY(const auto ranking, inquiry::rank(weigher, request, people ? &*people : nullptr));
  if (options.json) {
    print_document(inquiry::rank_document(ranking, weigher, people && people->synthetic));
    return Done{};
  }
  if (people && people->synthetic) {
    print_line(options.lang == "zh" ? registry::kBannerZh : registry::kBannerEn);
  }
  print_line(ranking_text(ranking, options.lang));
  return Done{};
}

Result<Done> run_ask(const std::string& question, bool lang_given, const Options& options) {
  THAW_TRY(const auto workspace, open_workspace(options));
  inquiry::AskRequest request;
  request.question = question;
  request.lang = lang_given ? options.lang : "";
  request.seed = options.seed;
  request.threads = options.threads;
  const evidence::Weigher weigher(*workspace->knowledge, workspace->parameters);
  const auto people = workspace->people();
  THAW_TRY(const auto answer,
           inquiry::ask({&weigher, &*workspace->names, people ? &*people : nullptr}, request));
  if (options.json) {
    print_document(inquiry::ask_document(answer, weigher, request.weigh));
    return Done{};
  }
  print_line(answer.answer);
  for (const auto& suggestion : answer.suggestions) {
    print_line("  " + suggestion);
  }
  return Done{};
}

}  // namespace

void add_inquiry(Program& program) {
  auto given = std::make_shared<RankArguments>();
  CLI::App& rank = program.verb("inquiry", "rank", "Rank what would change an outcome");
  rank.add_option("--outcome", given->outcome, "Name or id, as a person writes it")->required();
  rank.add_option("--top", given->top, "How many answers")->check(CLI::Range(1, 500));
  rank.add_option("--kind", given->kinds,
                  "Kinds of candidates; drug and intervention if not given");
  rank.add_option("--as-of", given->as_of, "Only evidence of this year or earlier")
      ->check(CLI::Range(1900, 2199));
  rank.add_option("--prior", given->prior, "Belief before any evidence")
      ->check(CLI::Range(0.001, 0.999));
  rank.add_option("--population", given->population, "Ancestry asked for, such as east_asian");
  rank.add_option("--preset", given->preset, "Whose formula: thaw, indra or open-targets")
      ->capture_default_str();
  program.on(rank, [given](const Options& options) { return run_rank(*given, options); });

  auto question = std::make_shared<std::string>();
  CLI::App& ask = program.verb("inquiry", "ask", "Ask a question in Chinese or English");
  ask.add_option("question", *question, "Such as: does riluzole slow ALS?")->required();
  program.on(ask, [question, &ask](const Options& options) {
    return run_ask(*question, ask.get_option("--lang")->count() > 0, options);
  });
}

}  // namespace thaw::cli
