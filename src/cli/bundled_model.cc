#include "cli/bundled_model.h"

#include "api/embedded.h"

namespace thaw::cli {

Result<reading::RelationModel> bundled_relation_model() {
  for (const api::BundledFile& file : api::bundled_files()) {
    if (file.name == "reading/relation_model.bin") {
      return reading::RelationModel::from_bytes(file.bytes);
    }
  }
  return corrupt("reading/relation_model.bin is not bundled with this program");
}

}  // namespace thaw::cli
