#include "discovery/discover.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "discovery/discover_json.h"
#include "inquiry/discovery_evidence.h"
#include "table/csv.h"
#include "table/synthetic_mark.h"

namespace thaw::cli {
namespace {

using discovery::DiscoverOptions;

struct Arguments {
  std::string table, map, knowledge, method = "pc", test = "auto", score = "auto", missing;
  std::string id, time, to_evidence;
  std::vector<std::string> discrete, continuous, ida;
  double alpha = 0.01, penalty = 2;
  std::optional<std::size_t> max_depth;
  std::size_t bootstrap = 0, imputations = 5, lags = 1;
  bool panel = false, evidence = false;
};

Result<Table> read_table(const Arguments& given) {
  CsvOptions csv;
  if (!given.map.empty()) {
    THAW_TRY(const std::string bytes, read_file(given.map));
    THAW_TRY(csv, read_csv_map(bytes, given.map));
  }
  return read_csv_file(given.table, csv);
}

Result<discovery::DataOptions> kinds_of(const Arguments& given) {
  discovery::DataOptions kinds;
  for (const std::string& name : given.discrete) {
    kinds.kinds[name] = discovery::VariableKind::kDiscrete;
  }
  for (const std::string& name : given.continuous) {
    if (kinds.kinds.contains(name)) {
      return invalid_argument(fmt::format("column {} is said to be discrete and continuous", name));
    }
    kinds.kinds[name] = discovery::VariableKind::kContinuous;
  }
  return kinds;
}

Result<DiscoverOptions> options_of(const Arguments& given, const Options& common) {
  DiscoverOptions options;
  options.learn.method = *discovery::parse_method(given.method);
  options.learn.test = *discovery::parse_test_kind(given.test);
  options.learn.score = discovery::parse_score_kind(given.score);
  options.learn.alpha = given.alpha;
  options.learn.penalty = given.penalty;
  options.learn.max_depth = given.max_depth;
  THAW_TRY(options.kinds, kinds_of(given));
  options.bootstrap = given.bootstrap;
  options.missing = discovery::parse_missing(given.missing);
  options.imputations = given.imputations;
  if (given.panel) {
    options.panel = discovery::PanelOptions{given.id, given.time, given.lags};
  }
  if (!given.ida.empty()) {
    options.ida.emplace(given.ida[0], given.ida[1]);
  }
  options.seed = common.seed;
  options.threads = common.threads;
  if (!given.knowledge.empty()) {
    THAW_TRY(const std::string bytes, read_file(given.knowledge));
    THAW_TRY(options.knowledge, discovery::read_knowledge(bytes, given.knowledge));
  }
  return options;
}

Result<Done> run(const Arguments& given, const Options& common) {
  THAW_TRY(const Table table, read_table(given));
  if (!given.to_evidence.empty() && marked_synthetic(table)) {
    return invalid_argument(fmt::format(
        "{}: its column \"synthetic\" says that these people do not exist, so what is learned from "
        "them is no evidence; leave out --to-evidence",
        given.table));
  }
  THAW_TRY(DiscoverOptions options, options_of(given, common));
  std::unique_ptr<Workspace> workspace;
  if (given.evidence || !given.to_evidence.empty()) {
    THAW_TRY(workspace, open_knowledge(common));
  }
  if (given.evidence) {
    const evidence::Weigher weigher(*workspace->knowledge, workspace->parameters);
    THAW_TRY(options.knowledge,
             inquiry::with_evidence_odds(options.knowledge.value_or(discovery::KnowledgeFile{}),
                                         *workspace->names, weigher));
  }
  THAW_TRY(const discovery::Discovery found, discovery::discover(table, options));
  if (!given.to_evidence.empty()) {
    THAW_TRY(const auto lines, inquiry::evidence_lines(found, *workspace->names));
    THAW_CHECK(write_file(given.to_evidence, lines.text));
    tell(fmt::format("wrote {} evidence items to {}; {} edges have no sign and were left out",
                     lines.items, given.to_evidence, lines.without_sign));
  }
  if (common.json) {
    print_document(discovery::discovery_document(found));
  } else {
    print_line(discovery::discovery_text(found, common.lang == "zh"));
  }
  return Done{};
}

}  // namespace

void add_discover(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& word =
      program.word("discover", "Learn a causal graph and its uncertainty from a table");
  word.add_option("table", given->table, "CSV or TSV, may be gzipped")->required();
  word.add_option("--map", given->map, "Types, levels and missing codes of columns (JSON)");
  word.add_option("--method", given->method, "How to learn")
      ->check(CLI::IsMember({"pc", "fci", "rfci", "ges", "boss", "boss-fci", "lingam"}))
      ->capture_default_str();
  word.add_option("--test", given->test, "Test of independence")
      ->check(CLI::IsMember({"auto", "fisherz", "g2", "dg"}))
      ->capture_default_str();
  word.add_option("--score", given->score, "Score of a graph")
      ->check(CLI::IsMember({"auto", "bic", "bdeu", "dg-bic"}))
      ->capture_default_str();
  word.add_option("--alpha", given->alpha, "Level of the tests")->capture_default_str();
  word.add_option("--penalty", given->penalty, "Penalty of the BIC scores")->capture_default_str();
  word.add_option("--max-depth", given->max_depth, "Largest set that a test is given")
      ->check(CLI::Range(0, 100));
  word.add_option("--knowledge", given->knowledge,
                  "What is known beforehand: JSON, or Tetrad's text");
  word.add_option("--bootstrap", given->bootstrap, "Draws of the rows for frequencies; 0: none")
      ->check(CLI::Range(0, 10000))
      ->capture_default_str();
  word.add_option("--discrete", given->discrete, "Columns that are categories")->delimiter(',');
  word.add_option("--continuous", given->continuous, "Columns that are amounts")->delimiter(',');
  word.add_option("--missing", given->missing, "What is done with missing values")
      ->check(CLI::IsMember({"testwise", "complete", "impute"}));
  word.add_option("--imputations", given->imputations, "Copies for --missing impute")
      ->check(CLI::Range(2, 100))
      ->capture_default_str();
  CLI::Option* panel =
      word.add_flag("--panel", given->panel, "Rows are visits of people; needs --id and --time");
  CLI::Option* id = word.add_option("--id", given->id, "Column that says whose row it is");
  CLI::Option* time = word.add_option("--time", given->time, "Column that says when");
  word.add_option("--lags", given->lags, "Visits before each")
      ->check(CLI::Range(1, 5))
      ->capture_default_str()
      ->needs(panel);
  panel->needs(id)->needs(time);
  id->needs(panel);
  time->needs(panel);
  word.add_option("--ida", given->ida, "CAUSE,EFFECT: the effects that the graph leaves possible")
      ->delimiter(',')
      ->expected(2);
  word.add_flag("--evidence", given->evidence,
                "Prior odds from the weighed claims between the columns' concepts");
  word.add_option("--to-evidence", given->to_evidence,
                  "Write edges between concepts as evidence items (JSON lines)");
  program.on(word, [given](const Options& options) { return run(*given, options); });
}

}  // namespace thaw::cli
