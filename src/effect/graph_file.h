// One door to causal graphs in files: dagitty text, DOT, JSON or .bif, packed with gzip or not.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "effect/bif.h"
#include "effect/causal_graph.h"

namespace thaw::effect {

struct GraphFile {
  CausalGraph graph;
  std::optional<BayesNetwork> network;  // of a .bif
};

/// The graph in `bytes`, told by their beginning: "network" or "variable" is a .bif, an object with
/// a quoted key is JSON, else text. At most 64 MiB unpacked. Fails as the readers do.
Result<GraphFile> read_graph(std::string bytes, const std::string& source);

}  // namespace thaw::effect
