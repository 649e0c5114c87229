#include "cli/bundled_model.h"

#include <fmt/format.h>

#include "api/embedded.h"

namespace thaw::cli {
namespace {

Result<std::string_view> bundled(std::string_view name) {
  for (const api::BundledFile& file : api::bundled_files()) {
    if (file.name == name) {
      return file.bytes;
    }
  }
  return corrupt(fmt::format("{} is not bundled with this program", name));
}

}  // namespace

Result<reading::RelationModel> bundled_relation_model() {
  THAW_TRY(const std::string_view bytes, bundled("reading/relation_model.bin"));
  return reading::RelationModel::from_bytes(bytes);
}

Result<reading::SupportModel> bundled_support_model() {
  THAW_TRY(const std::string_view bytes, bundled("reading/support_model.json"));
  return reading::SupportModel::from_json(bytes);
}

Result<BundledCounts> bundled_counts() {
  THAW_TRY(const std::string_view zh, bundled("gaze/zh.counts"));
  THAW_TRY(const std::string_view en, bundled("gaze/en.counts"));
  return BundledCounts{zh, en};
}

}  // namespace thaw::cli
