// Measured changes and relations joined, scanned for regulators, and the `upstream` document.
//
// Document: docs/formats/api.md. The scan is graph/upstream.h; here names become nodes and back.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "evidence/mechanism_graph.h"
#include "evidence/observed_changes.h"
#include "evidence/relation_file.h"
#include "evidence/resolve.h"
#include "graph/upstream.h"

namespace thaw::evidence {

/// Measured signs by node of the relations, and the names that no relation knows.
struct MatchedChanges {
  std::vector<int> measured;  // +1, -1, 0
  std::size_t matched = 0;    // names that are a node
  std::size_t clashing = 0;   // nodes that two names move in opposite ways: left out
  std::vector<std::string> unmatched;
};

MatchedChanges match_changes(const NamedRelations& relations, const ObservedChanges& observed);

/// The arrows of the weighed graph as relations: of each pair the likelier sign, where it is
/// likelier than not; ids are concept ids, labels their names in `lang`. Every name of a concept
/// that `names` would resolve is a name here.
NamedRelations relations_of(const MechanismGraph& graph, const std::string& lang);

/// The document, with at most `top` regulators. `seconds` is what reading and scanning took.
boost::json::object upstream_document(const graph::UpstreamScan& scan,
                                      const graph::UpstreamOptions& options,
                                      const NamedRelations& relations,
                                      const ObservedChanges& observed,
                                      const MatchedChanges& matched, std::size_t top);

}  // namespace thaw::evidence
