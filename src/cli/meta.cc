#include <boost/json.hpp>
#include <memory>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "effect/synthesis_json.h"
#include "inquiry/claim_synthesis.h"
#include "table/csv.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string table, claim, with, to_evidence;
  std::string method = "reml";
  std::string counts, ai, bi, ci, di;
  std::string count_measure = "or";
  std::string r_script;
  bool influence = false;
  bool no_influence = false;
  effect::SynthesisRequest request;
};

Result<effect::SynthesisRequest> request_of(const Arguments& given) {
  effect::SynthesisRequest request = given.request;
  THAW_TRY(request.method, stats::parse_tau2_method(given.method));
  if (!given.counts.empty()) {
    for (const std::string_view name : split(given.counts, ',')) {
      request.counts.emplace_back(trim(name));
    }
  } else if (!given.ai.empty()) {
    request.counts = {given.ai, given.bi, given.ci, given.di};
  }
  if (!request.counts.empty()) {
    THAW_TRY(request.count_measure, stats::parse_count_measure(given.count_measure));
  }
  if (given.influence || given.no_influence) {
    request.influence = given.influence;
  }
  return request;
}

Result<boost::json::object> estimate_document(const std::string& path) {
  THAW_TRY(const std::string bytes, read_file(path));
  boost::system::error_code error;
  boost::json::value document = boost::json::parse(bytes, error);
  if (error || !document.is_object()) {
    return invalid_argument(path + " is not one JSON object");
  }
  return std::move(document.get_object());
}

/// The trials of a claim, and a registry's estimate where one is given.
Result<Done> run_claim(const Arguments& given, const Options& options) {
  THAW_TRY(const auto workspace, open_knowledge(options));
  std::optional<boost::json::object> document;
  if (!given.with.empty()) {
    THAW_TRY(document, estimate_document(given.with));
  }
  THAW_TRY(const inquiry::ClaimSynthesis synthesis,
           inquiry::synthesize_claim(*workspace->knowledge, given.claim,
                                     document ? &*document : nullptr));
  if (!given.to_evidence.empty()) {
    THAW_TRY(const std::string lines, inquiry::registry_evidence_lines(synthesis));
    THAW_CHECK(write_file(given.to_evidence, lines));
  }
  if (options.json) {
    print_document(inquiry::claim_synthesis_json(synthesis));
  } else {
    print_line(effect::synthesis_text(synthesis.pooled, options.lang));
  }
  return Done{};
}

Result<Done> run(const Arguments& given, const Options& options) {
  if (!given.claim.empty()) {
    return run_claim(given, options);
  }
  if (given.table.empty()) {
    return invalid_argument("give a table of studies, or a claim with --claim");
  }
  THAW_TRY(const effect::SynthesisRequest request, request_of(given));
  THAW_TRY(const Table table, read_csv_file(given.table));
  THAW_TRY(const effect::Synthesis synthesis, effect::synthesize(table, request));
  if (!given.r_script.empty()) {
    THAW_CHECK(write_file(given.r_script, effect::meta_r_script(synthesis)));
  }
  if (options.json) {
    print_document(effect::synthesis_json(synthesis));
  } else {
    print_line(effect::synthesis_text(synthesis, options.lang));
  }
  return Done{};
}

void add_inputs(CLI::App& verb, Arguments& given) {
  CLI::Option* table = verb.add_option("table", given.table, "CSV with one study a row");
  CLI::Option* claim =
      verb.add_option("--claim", given.claim, "Id of a claim: pool the effects of its items");
  claim->excludes(table);
  CLI::Option* with =
      verb.add_option("--with", given.with, "JSON of a registry estimate that joins them");
  with->needs(claim);
  verb.add_option("--to-evidence", given.to_evidence,
                  "Write that estimate as lines for `thaw evidence import`")
      ->needs(with);
  verb.add_option("--effect", given.request.effect, "Column of the estimates");
  verb.add_option("--variance", given.request.variance, "Column of their variances");
  verb.add_option("--sei", given.request.se, "Column of their standard errors");
  verb.add_option("--counts", given.counts,
                  "Four columns, comma between: events and no events of the treated, then of the "
                  "controls");
  CLI::Option* ai = verb.add_option("--ai", given.ai, "The four columns of --counts one by one");
  CLI::Option* bi = verb.add_option("--bi", given.bi);
  CLI::Option* ci = verb.add_option("--ci", given.ci);
  CLI::Option* di = verb.add_option("--di", given.di);
  ai->needs(bi)->needs(ci)->needs(di);
  verb.add_option("--ratio", given.count_measure, "What counts become: or, rr, rd or peto")
      ->capture_default_str();
  verb.add_option("--slab", given.request.label, "Column that names the studies");
  verb.add_option("--measure", given.request.measure,
                  "What the estimates are, such as \"log hazard ratio\"");
}

}  // namespace

void add_meta(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& verb = program.word("meta", "Pool the studies of one question");
  add_inputs(verb, *given);
  verb.add_option("--method", given->method,
                  "Variance between studies: fe, dl, he, hs, sj, ml, reml, eb or pm")
      ->capture_default_str();
  verb.add_flag("--knha", given->request.knapp_hartung, "Tests and intervals of Knapp and Hartung");
  verb.add_option("--mods", given->request.moderators,
                  "Moderators, such as \"ablat + factor(alloc)\"");
  verb.add_option("--cluster", given->request.cluster,
                  "Column of clusters of studies, or cluster/unit");
  verb.add_option("--tolerance", given->request.tolerance,
                  "Relative step of the variance at which ml and reml end; 1e-12 for the optimum")
      ->check(CLI::Range(0.0, 0.01));
  CLI::Option* on = verb.add_flag("--influence", given->influence,
                                  "The fit without each study; done up to 200 studies if not said");
  verb.add_flag("--no-influence", given->no_influence, "Leave that out")->excludes(on);
  verb.add_option("--r-script", given->r_script, "Write an R script that gives the same numbers");
  program.on(verb, [given](const Options& options) { return run(*given, options); });
}

}  // namespace thaw::cli
