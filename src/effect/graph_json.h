// Causal graphs as JSON: the document of docs/formats/causal_graph.md, and the answer of discovery,
// whose edges say the same.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "effect/causal_graph.h"

namespace thaw::effect {

/// Reads {"kind", "nodes", "edges"}, or {"method", "variables", "edges"} of a discovery.
/// Fails: kInvalidArgument with source and the key. Cost: linear.
Result<CausalGraph> read_graph_json(std::string_view text, const std::string& source);

/// The same document; reading it back gives the same graph.
boost::json::object graph_json(const CausalGraph& graph);

}  // namespace thaw::effect
