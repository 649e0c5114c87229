#include <fmt/format.h>

#include <chrono>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/ranking_text.h"
#include "cli/serve.h"
#include "cli/workspace.h"
#include "inquiry/documents.h"
#include "inquiry/rank.h"
#include "registry/registry_store.h"
#include "registry/synthesize.h"

namespace thaw::cli {
namespace {

constexpr std::string_view kOutcome = "thaw:als_progression";
constexpr std::size_t kShown = 10;

struct Arguments {
  std::size_t people = 18000;
  std::optional<double> visits;
  ServeOptions serve;
  bool once = false;
};

double seconds_since(std::chrono::steady_clock::time_point begun) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

/// Fills a store that has no people yet, unless none are wanted.
Result<Done> fill_registry(Workspace& workspace, const Arguments& given, const Options& options) {
  if (workspace.registry || given.people == 0) {
    return Done{};
  }
  const auto begun = std::chrono::steady_clock::now();
  tell(fmt::format("this store has no people yet: making {} synthetic ones", given.people));
  registry::SynthesisRequest request;
  request.people = given.people;
  request.seed = options.seed;
  request.reports_per_person = given.visits;
  request.threads = options.threads;
  THAW_TRY(auto store, registry::RegistryStore::open(*workspace.connection));
  THAW_CHECK(registry::synthesize_into(store, request));
  THAW_CHECK(load_registry(workspace));
  tell(fmt::format("{} people are there after {:.1f} s", given.people, seconds_since(begun)));
  return Done{};
}

Result<inquiry::Ranking> main_answer(const Workspace& workspace, const Options& options) {
  const evidence::Weigher weigher(*workspace.knowledge, workspace.parameters);
  THAW_TRY(const evidence::Concept* outcome, workspace.names->resolve(kOutcome));
  inquiry::RankRequest request;
  request.outcome = outcome;
  request.top = kShown;
  request.seed = options.seed;
  request.threads = options.threads;
  const auto people = workspace.people();
  return inquiry::rank(weigher, request, people ? &*people : nullptr);
}

void print_answer(const inquiry::Ranking& ranking, const Workspace& workspace,
                  const Options& options) {
  const bool synthetic = workspace.registry && workspace.registry->synthetic();
  if (options.json) {
    const evidence::Weigher weigher(*workspace.knowledge, workspace.parameters);
    print_document(inquiry::rank_document(ranking, weigher, synthetic));
    return;
  }
  if (synthetic) {
    print_line(options.lang == "zh" ? registry::kBannerZh : registry::kBannerEn);
  }
  print_line(ranking_text(ranking, options.lang));
}

Result<Done> do_job(Workspace& workspace, const Arguments& given, const Options& options) {
  THAW_CHECK(fill_registry(workspace, given, options));
  const auto begun = std::chrono::steady_clock::now();
  THAW_TRY(const inquiry::Ranking ranking, main_answer(workspace, options));
  tell(fmt::format("{} findings weighed, {} candidates ranked in {:.2f} s",
                   workspace.knowledge->items().size(), ranking.candidates_total,
                   seconds_since(begun)));
  print_answer(ranking, workspace, options);
  return Done{};
}

Result<std::unique_ptr<Workspace>> prepare(const Arguments& given, const Options& options) {
  THAW_TRY(auto workspace, open_workspace(options));
  THAW_CHECK(do_job(*workspace, given, options));
  return workspace;
}

Result<Done> start(const Arguments& given, const Options& options) {
  if (!given.once) {
    return serve(given.serve, options, [&] { return prepare(given, options); });
  }
  THAW_CHECK(prepare(given, options));
  return Done{};
}

}  // namespace

void add_start(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& command = program.word("start", "Do the main job, print the answers, serve the pages");
  command
      .add_option("--people", given->people,
                  "Synthetic people for a store that has none; 0: no registry")
      ->capture_default_str();
  command.add_option("--visits", given->visits, "Mean reports of each synthetic person");
  command.add_option("--port", given->serve.port, "Port of the pages; 0 takes any free one")
      ->capture_default_str();
  command
      .add_option("--address", given->serve.address,
                  "Address to listen on; other than 127.0.0.1 lets other machines in")
      ->capture_default_str();
  command.add_flag("--allow-writes", given->serve.allow_writes,
                   "Let pages on other machines change the evidence too");
  command.add_flag("--no-speaking", given->serve.no_speaking,
                   "Leave out what belongs to one person (speaking, care, paired devices): for a "
                   "public site, above all behind a proxy");
  command.add_option("--call-command", given->serve.call_command,
                     "Program with its arguments to run at a call for help");
  add_voice_options(command, given->serve.voice);
  command.add_option("--expander-endpoint", given->serve.expander_endpoint,
                     "Address of an OpenAI-compatible endpoint that may propose sentences on "
                     "/speak; off without one. What is typed there goes to it when asked for");
  command.add_option("--expander-model", given->serve.expander_model, "The model's name there");
  command.add_flag("--once", given->once, "Do the job, print the answers, serve nothing");
  program.on(command, [given](const Options& options) { return start(*given, options); });
}

}  // namespace thaw::cli
