// The reader's models that are part of the program.
#pragma once

#include "base/result.h"
#include "reading/relation_model.h"
#include "reading/support_model.h"

namespace thaw::cli {

/// kCorrupt when the bundled file is missing or damaged: our bug.
Result<reading::RelationModel> bundled_relation_model();
Result<reading::SupportModel> bundled_support_model();

}  // namespace thaw::cli
