#include "cli/workspace.h"

#include <fmt/format.h>

#include "api/embedded.h"
#include "care/care_schema.h"
#include "evidence/bundle.h"
#include "evidence/change_store.h"
#include "evidence/evidence_store.h"
#include "evidence/peer_presets.h"
#include "evidence/search_store.h"
#include "evidence/vocabulary_store.h"
#include "registry/registry_store.h"

namespace thaw::cli {
namespace {

constexpr std::string_view kParameterFile = "evidence/weights.json";
constexpr std::string_view kAboutFile = "about.json";
constexpr std::string_view kCalibrationFile = "evidence/calibration.json";

std::vector<evidence::BundledFile> bundled_evidence() {
  std::vector<evidence::BundledFile> files;
  for (const api::BundledFile& file : api::bundled_files()) {
    if (file.name.starts_with("evidence/") && file.name.ends_with(".jsonl")) {
      files.push_back({file.name, file.bytes});
    }
  }
  return files;
}

}  // namespace

Result<std::string_view> bundled_file(std::string_view name) {
  for (const api::BundledFile& file : api::bundled_files()) {
    if (file.name == name) {
      return file.bytes;
    }
  }
  return corrupt(fmt::format("{} is not bundled with this program", name));
}

api::Context Workspace::context(const Options& options) const {
  api::Context context;
  context.knowledge = &*knowledge;
  context.names = &*names;
  context.parameters = &parameters;
  context.registry = registry ? &*registry : nullptr;
  context.eligibility = eligibility ? &*eligibility : nullptr;
  context.about = bundled_file(kAboutFile) ? *bundled_file(kAboutFile) : std::string_view();
  context.calibration =
      bundled_file(kCalibrationFile) ? *bundled_file(kCalibrationFile) : std::string_view();
  context.seed = options.seed;
  context.threads = options.threads;
  return context;
}

std::optional<inquiry::PeoplePort> Workspace::people() const {
  return inquiry::PeoplePort::of(eligibility ? &*eligibility : nullptr);
}

Result<std::unique_ptr<db::Connection>> open_store(const Options& options) {
  THAW_TRY(auto connection, db::Connection::open(options.db));
  THAW_CHECK(registry::RegistryStore::open(*connection));
  THAW_CHECK(evidence::migrate_evidence(*connection));
  THAW_CHECK(evidence::migrate_changes(*connection));
  THAW_CHECK(evidence::migrate_vocabulary(*connection));
  THAW_CHECK(evidence::migrate_search(*connection));
  THAW_CHECK(care::migrate_care(*connection));
  THAW_CHECK(evidence::ensure_bundled(*connection, bundled_evidence()));
  return connection;
}

Result<Done> load_registry(Workspace& workspace) {
  THAW_TRY(auto store, registry::RegistryStore::open(*workspace.connection));
  THAW_TRY(const auto manifest, store.manifest());
  if (manifest) {
    THAW_TRY(workspace.registry, store.read_all());
    workspace.eligibility.emplace(*workspace.registry);
  }
  return Done{};
}

Result<evidence::WeightParameters> bundled_parameters() {
  THAW_TRY(const std::string_view text, bundled_file(kParameterFile));
  THAW_TRY(auto parameters, evidence::read_parameters(text));
  THAW_TRY(const std::string_view indra, bundled_file("evidence/presets/indra.json"));
  THAW_TRY(const std::string_view open_targets, bundled_file("evidence/presets/open_targets.json"));
  THAW_TRY(auto peers, evidence::read_peer_presets(indra, open_targets));
  parameters.peers = std::make_shared<const evidence::PeerPresets>(std::move(peers));
  return parameters;
}

Result<std::unique_ptr<Workspace>> open_knowledge(const Options& options) {
  auto workspace = std::make_unique<Workspace>();
  THAW_TRY(workspace->connection, open_store(options));
  THAW_TRY(workspace->knowledge, evidence::load_knowledge(*workspace->connection));
  THAW_TRY(workspace->parameters, bundled_parameters());
  workspace->names.emplace(*workspace->knowledge);
  return workspace;
}

Result<std::unique_ptr<Workspace>> open_workspace(const Options& options) {
  THAW_TRY(auto workspace, open_knowledge(options));
  THAW_CHECK(load_registry(*workspace));
  return workspace;
}

}  // namespace thaw::cli
