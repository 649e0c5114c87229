#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "evidence/population.h"
#include "inquiry/rivals_document.h"
#include "inquiry/wording.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string outcome, from, population;
  std::size_t k = 5;
  std::optional<int> as_of;
  std::optional<double> prior;
};

void print_rivals(const inquiry::Rivals& rivals, bool zh) {
  const auto percent = [zh](double share) {
    return zh ? inquiry::percent_zh(share) : inquiry::percent(share);
  };
  for (std::size_t i = 0; i < rivals.rivals.size(); ++i) {
    const auto& rival = rivals.rivals[i];
    print_line(fmt::format(
        fmt::runtime(zh ? "{}. {}：{}（成立 {}，唯一成立 {}）" : "{}. {}: {} (open {}, alone {})"),
        i + 1, zh ? rival.text.zh : rival.text.en, percent(rival.posterior), percent(rival.open),
        percent(rival.only)));
  }
  print_line(
      fmt::format(fmt::runtime(zh ? "以上皆非：{}" : "None of these: {}"), percent(rivals.none)));
  for (std::size_t i = 0; i < std::min<std::size_t>(3, rivals.tests.size()); ++i) {
    print_line("  " + (zh ? rivals.tests[i].text.zh : rivals.tests[i].text.en));
  }
}

Result<Done> run(const Arguments& given, const Options& options) {
  THAW_TRY(const auto workspace, open_knowledge(options));
  inquiry::RivalsRequest request;
  THAW_TRY(request.outcome, workspace->names->resolve(given.outcome));
  if (!given.from.empty()) {
    THAW_TRY(request.from, workspace->names->resolve(given.from));
  }
  THAW_CHECK(evidence::check_population(*workspace->knowledge, given.population));
  request.k = given.k;
  request.weigh = {given.as_of, given.prior, given.population};
  const evidence::Weigher weigher(*workspace->knowledge, workspace->parameters);
  THAW_TRY(const auto rivals, inquiry::find_rivals(weigher, request));
  if (options.json) {
    print_document(inquiry::rivals_document(rivals));
  } else {
    print_rivals(rivals, options.lang == "zh");
  }
  return Done{};
}

}  // namespace

void add_inquiry_rivals(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb =
      program.verb("inquiry", "rivals", "Competing mechanisms of an outcome and how to tell them");
  verb.add_option("--outcome", given->outcome, "Name or id")->required();
  verb.add_option("--from", given->from, "Only chains from this concept; all mechanisms if not");
  verb.add_option("-k,--rivals", given->k, "How many rivals at most")
      ->check(CLI::Range(1, 12))
      ->capture_default_str();
  verb.add_option("--as-of", given->as_of, "Only evidence of this year or earlier")
      ->check(CLI::Range(1900, 2199));
  verb.add_option("--prior", given->prior, "Belief before any evidence")
      ->check(CLI::Range(0.001, 0.999));
  verb.add_option("--population", given->population, "Ancestry asked for, such as east_asian");
  program.on(verb, [given](const Options& options) { return run(*given, options); });
}

}  // namespace thaw::cli
