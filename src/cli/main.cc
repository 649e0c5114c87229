#include <csignal>

#include "cli/commands.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // A reader that went away is an error of one write, not our end.
  std::signal(SIGXFSZ, SIG_IGN);  // A file that may not grow is a failed write with a message.
  thaw::cli::Program program;
  thaw::cli::add_start(program);
  thaw::cli::add_evidence_assess(program);
  thaw::cli::add_evidence_curators(program);
  thaw::cli::add_evidence_fetch(program);
  thaw::cli::add_evidence_export(program);
  thaw::cli::add_evidence_import(program);
  thaw::cli::add_evidence_review(program);
  thaw::cli::add_evidence_weigh(program);
  thaw::cli::add_evidence_assemble(program);
  thaw::cli::add_evidence_calibrate(program);
  thaw::cli::add_evidence_changes(program);
  thaw::cli::add_evidence_contradictions(program);
  thaw::cli::add_evidence_read(program);
  thaw::cli::add_evidence_bench_reader(program);
  thaw::cli::add_inquiry(program);
  thaw::cli::add_registry_synthesize(program);
  thaw::cli::add_registry_import(program);
  thaw::cli::add_registry_summary(program);
  thaw::cli::add_evidence_upstream(program);
  thaw::cli::add_evidence_ground(program);
  thaw::cli::add_evidence_search(program);
  thaw::cli::add_evidence_bench_paths(program);
  thaw::cli::add_evidence_backtest(program);
  thaw::cli::add_inquiry_rivals(program);
  thaw::cli::add_evidence_paths(program);
  thaw::cli::add_evidence_influence(program);
  thaw::cli::add_emulate(program);
  thaw::cli::add_analysis(program);
  thaw::cli::add_effect(program);
  thaw::cli::add_identify(program);
  thaw::cli::add_discover(program);
  thaw::cli::add_survival(program);
  thaw::cli::add_meta(program);
  thaw::cli::add_slope(program);
  thaw::cli::add_joint(program);
  thaw::cli::add_gaze_say(program);
  thaw::cli::add_care_export(program);
  thaw::cli::add_gaze_bench(program);
  thaw::cli::add_gaze_train(program);
  return program.run(argc, argv);
}
