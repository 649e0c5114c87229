#include <fmt/format.h>

#include <boost/json.hpp>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "inquiry/review_json.h"

namespace thaw::cli {
namespace {

Result<Done> curators(const Options& options) {
  THAW_TRY(auto workspace, open_knowledge(options));
  THAW_TRY(const auto state,
           inquiry::read_review_state(*workspace->connection, *workspace->knowledge));
  if (options.json) {
    print_document(inquiry::curators_document(*workspace->knowledge, state));
    return Done{};
  }
  const bool zh = options.lang == "zh";
  if (state.verdicts.curators.empty()) {
    print_line(zh ? "还没有人给出判断" : "nobody has given a verdict yet");
    return Done{};
  }
  for (const auto& r : state.verdicts.curators) {
    print_line(fmt::format(
        fmt::runtime(zh ? "{}：{} 条判断；读对时说对 {:.2f}（{:.2f}–{:.2f}），读错时说错 "
                          "{:.2f}（{:.2f}–{:.2f}）"
                        : "{}: {} verdicts; says right of right readings {:.2f} ({:.2f}-{:.2f}), "
                          "wrong of wrong ones {:.2f} ({:.2f}-{:.2f})"),
        r.curator, r.verdicts, r.sensitivity, r.sensitivity_low, r.sensitivity_high, r.specificity,
        r.specificity_low, r.specificity_high));
  }
  const auto& agreement = state.verdicts.agreement;
  if (agreement.alpha) {
    print_line(
        fmt::format(fmt::runtime(zh ? "一致性（Krippendorff alpha）{:.2f}，共 {} 条由两人以上判断"
                                    : "agreement (Krippendorff's alpha) {:.2f} over {} items "
                                      "judged by two or more"),
                    *agreement.alpha, agreement.items));
  }
  return Done{};
}

}  // namespace

void add_evidence_curators(Program& program) {
  CLI::App& command = program.verb("evidence", "curators",
                                   "Who judged readings, how reliable they are, where they differ");
  program.on(command, curators);
}

}  // namespace thaw::cli
