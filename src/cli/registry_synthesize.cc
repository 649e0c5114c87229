#include <fmt/format.h>

#include <boost/json/parse.hpp>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "registry/synthesize.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::size_t people = 18000;
  std::string population = "china";
  std::string truth_file;
  std::optional<double> visits;
  double defects = 0;
};

Result<Done> synthesize(const Arguments& given, const Options& options) {
  registry::SynthesisRequest request;
  request.people = given.people;
  request.seed = options.seed;
  THAW_TRY(request.population, registry::population_from(given.population));
  request.reports_per_person = given.visits;
  request.defects = given.defects;
  request.threads = options.threads;
  THAW_TRY(auto connection, open_store(options));
  THAW_TRY(auto store, registry::RegistryStore::open(*connection));
  tell(fmt::format("making {} synthetic people", given.people));
  THAW_TRY(const registry::Synthesis made, registry::synthesize_into(store, request));
  const std::string truth = registry::to_json(made.truth);
  if (!given.truth_file.empty()) {
    THAW_CHECK(write_file(given.truth_file, truth + "\n"));
  }
  THAW_TRY(const registry::StoreCounts counts, store.counts());
  if (options.json) {
    print_document({{"synthetic", true},
                    {"people", counts.people},
                    {"reports", counts.reports},
                    {"seed", options.seed},
                    {"population", given.population},
                    {"truth", boost::json::parse(truth)}});
    return Done{};
  }
  print_line(options.lang == "zh" ? registry::kBannerZh : registry::kBannerEn);
  constexpr std::string_view kEnglish = "{} people, {} reports, in {}";
  constexpr std::string_view kChinese = "{} 人，{} 份报告，存于 {}";
  print_line(fmt::format(fmt::runtime(options.lang == "zh" ? kChinese : kEnglish), counts.people,
                         counts.reports, options.db));
  return Done{};
}

}  // namespace

void add_registry_synthesize(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb =
      program.verb("registry", "synthesize",
                   "Make a registry of people who do not exist, for trying things out");
  verb.add_option("--people", given->people, "How many")->capture_default_str();
  verb.add_option("--population", given->population, "Whose natural history: china or west")
      ->check(CLI::IsMember({"china", "west"}))
      ->capture_default_str();
  verb.add_option("--visits", given->visits, "Mean reports a person; else as registries have them");
  verb.add_option("--defects", given->defects, "Share of people with a planted error, 0 to 0.5");
  verb.add_option("--truth", given->truth_file, "File for the effects that were planted (JSON)");
  program.on(verb, [given](const Options& options) { return synthesize(*given, options); });
}

}  // namespace thaw::cli
