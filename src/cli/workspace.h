// What a command works on: the store opened, its registry and the knowledge in memory.
#pragma once

#include <memory>
#include <optional>

#include "api/routes.h"
#include "base/result.h"
#include "cli/options.h"
#include "db/db.h"
#include "evidence/knowledge.h"
#include "evidence/parameters.h"
#include "evidence/resolve.h"
#include "inquiry/people_port.h"
#include "registry/eligibility.h"
#include "registry/registry_data.h"

namespace thaw::cli {

struct Workspace {
  std::unique_ptr<db::Connection> connection;
  std::optional<evidence::Knowledge> knowledge;
  evidence::WeightParameters parameters;
  std::optional<evidence::NameIndex> names;
  std::optional<registry::RegistryData> registry;
  std::optional<registry::EligibilityIndex> eligibility;

  /// Pointers into this workspace, which must outlive them.
  api::Context context(const Options& options) const;

  /// Who counts the people that could take part; nothing where there is no registry.
  std::optional<inquiry::PeoplePort> people() const;
};

/// The parameters of the weight and the peers' presets, as bundled.
Result<evidence::WeightParameters> bundled_parameters();

/// The file of data/ called `name`. kCorrupt when it is not bundled with this program.
Result<std::string_view> bundled_file(std::string_view name);

/// Opens the store of `options.db` and brings it up to date.
Result<std::unique_ptr<db::Connection>> open_store(const Options& options);

/// Reads the registry of the store anew, where there is one.
Result<Done> load_registry(Workspace& workspace);

/// The store and its knowledge only, without the registry: for questions about evidence.
Result<std::unique_ptr<Workspace>> open_knowledge(const Options& options);

/// The store, its knowledge (the bundled one goes into a store that has none), and its registry if
/// there is one. kConflict: the store is newer. kUnavailable, kCorrupt: as db::Connection::open.
Result<std::unique_ptr<Workspace>> open_workspace(const Options& options);

}  // namespace thaw::cli
