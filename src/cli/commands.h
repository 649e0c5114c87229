// Every command of the program: one line here, one file beside.
#pragma once

#include "cli/options.h"

namespace thaw::cli {

void add_evidence_assess(Program& program);
void add_evidence_curators(Program& program);
void add_evidence_fetch(Program& program);
void add_evidence_export(Program& program);
void add_evidence_import(Program& program);
void add_evidence_review(Program& program);
void add_evidence_weigh(Program& program);
void add_evidence_assemble(Program& program);
void add_evidence_calibrate(Program& program);
void add_evidence_changes(Program& program);
void add_evidence_contradictions(Program& program);
void add_evidence_read(Program& program);
void add_evidence_bench_reader(Program& program);
void add_evidence_ground(Program& program);
void add_evidence_search(Program& program);
void add_inquiry(Program& program);
void add_registry_import(Program& program);
void add_registry_summary(Program& program);
void add_registry_synthesize(Program& program);
void add_start(Program& program);
void add_evidence_upstream(Program& program);
void add_evidence_bench_paths(Program& program);
void add_evidence_backtest(Program& program);
void add_inquiry_rivals(Program& program);
void add_evidence_paths(Program& program);
void add_evidence_influence(Program& program);
void add_emulate(Program& program);
void add_analysis(Program& program);
void add_effect(Program& program);
void add_identify(Program& program);
void add_discover(Program& program);
void add_survival(Program& program);
void add_meta(Program& program);
void add_slope(Program& program);
void add_joint(Program& program);
void add_gaze_say(Program& program);
void add_care_export(Program& program);
void add_gaze_bench(Program& program);
void add_gaze_train(Program& program);
void add_emulate_screen(Program& program, CLI::App& emulate);  // by add_emulate

}  // namespace thaw::cli
