// Causal graphs as text: dagitty's language and a part of DOT, which are one grammar here.
//
// docs/formats/causal_graph.md is the contract. dagitty: Textor et al. 2016, Int J Epidemiol
// 45:1887.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "effect/causal_graph.h"

namespace thaw::effect {

/// The graph in `text`: "dag { x [exposure]  x -> y  x <-> y }", "pdag", "mag", "pag", "digraph" or
/// "graph". Positions and attributes that say nothing about causes are left aside.
/// Fails: kInvalidArgument with source and line. Cost: linear.
Result<CausalGraph> read_graph_text(std::string_view text, const std::string& source);

/// `graph` in dagitty's language, one statement a line; reading it back gives the same graph.
std::string write_dagitty(const CausalGraph& graph);

}  // namespace thaw::effect
