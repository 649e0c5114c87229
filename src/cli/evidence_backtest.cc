#include <fmt/format.h>

#include <boost/json.hpp>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "inquiry/backtest_document.h"

namespace thaw::cli {
namespace {

std::string shown(const inquiry::Interval95& interval) {
  return interval.defined
             ? fmt::format("{:.2f} ({:.2f}-{:.2f})", interval.value, interval.low, interval.high)
             : "-";
}

void print_backtest(const inquiry::Backtest& test, bool zh) {
  print_line(fmt::format(
      fmt::runtime(
          zh ? "{} 项有结论的随机试验问题（{} 种治疗，{} 项阳性），{} 项结论不明而未计入；仅 {} "
               "项此前已有证据。数目很少：区间很宽。"
             : "{} questions of randomised trials with a verdict ({} treatments, {} "
               "positive); {} unclear ones left out; only {} had evidence before. These "
               "are few: read the intervals."),
      test.cases.size(), test.treatments, test.positive, test.unclear.size(), test.with_evidence));
  print_line(fmt::format("{:<10}{:>20}{:>20}", zh ? "预测者" : "predictor", "AUROC", "Brier"));
  for (std::size_t p = 0; p < inquiry::kPredictors.size(); ++p) {
    print_line(fmt::format("{:<10}{:>20}{:>20}", inquiry::to_string(inquiry::kPredictors[p]),
                           shown(test.scores[p].auroc), shown(test.scores[p].brier)));
  }
}

Result<Done> run(const Options& options) {
  THAW_TRY(const auto workspace, open_knowledge(options));
  const evidence::Weigher weigher(*workspace->knowledge, workspace->parameters);
  THAW_TRY(const auto test,
           inquiry::backtest(weigher, {.seed = options.seed, .threads = options.threads}));
  if (options.json) {
    print_document(inquiry::backtest_document(test, *workspace->knowledge));
  } else {
    print_backtest(test, options.lang == "zh");
  }
  return Done{};
}

}  // namespace

void add_evidence_backtest(Program& program) {
  CLI::App& verb = program.verb("evidence", "backtest",
                                "What evidence said before each trial, against what it found");
  program.on(verb, run);
}

}  // namespace thaw::cli
