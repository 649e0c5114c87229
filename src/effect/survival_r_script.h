// The same survival analysis as an R script, so that anyone can repeat the number without us.
#pragma once

#include <string>

#include "base/result.h"
#include "effect/survival_request.h"
#include "table/table.h"

namespace thaw::effect {

/// A script for R with the package survival that reads the table from "data.csv" beside it (or the
/// file named on its command line), leaves out the rows that survival_rows leaves out, and prints
/// what the request asks for. Levels are compared in the order that we use. Fine and Gray's model
/// is repeated by weights ("survival" convention); the "cmprsk" one needs that package.
/// Fails: as survival_rows.
Result<std::string> survival_r_script(const Table& table, const SurvivalRequest& request);

}  // namespace thaw::effect
