// The relation model that is part of the program.
#pragma once

#include "base/result.h"
#include "reading/relation_model.h"

namespace thaw::cli {

/// kCorrupt when the bundled file is missing or damaged: our bug.
Result<reading::RelationModel> bundled_relation_model();

}  // namespace thaw::cli
