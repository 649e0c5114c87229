// The reader's models and the writer's counts that are part of the program.
#pragma once

#include <string_view>

#include "base/result.h"
#include "reading/relation_model.h"
#include "reading/support_model.h"

namespace thaw::cli {

/// kCorrupt when the bundled file is missing or damaged: our bug.
Result<reading::RelationModel> bundled_relation_model();
Result<reading::SupportModel> bundled_support_model();

/// Bytes of the word counts of the gaze writer; they live as long as the program.
struct BundledCounts {
  std::string_view zh, en;
};
Result<BundledCounts> bundled_counts();

}  // namespace thaw::cli
