// An R script that reads the same file and gives the same number, for whoever wants to see it done
// by another program. Base R only. Checked by running it: r_script_test.cc.
#pragma once

#include <string>

#include "base/result.h"
#include "effect/effect_answer.h"
#include "table/table.h"

namespace thaw::effect {

/// The script for `request` of `table`, which it reads from the CSV file `path`. It prints estimate
/// and standard error as two lines.
/// Fails: kInvalidArgument for what base R does not have (match, tmle, dml, a learner, a bootstrap,
/// clusters), for a date or text column, and as point_data.
Result<std::string> r_script(const Table& table, const EffectRequest& request,
                             const std::string& path);

}  // namespace thaw::effect
