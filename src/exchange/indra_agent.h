// INDRA agents as concepts, and back: grounding, kind, and the state they are in.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "base/result.h"
#include "evidence/model.h"

namespace thaw::exchange {

struct IndraAgent {
  evidence::Concept mention;
  std::string form;  // modifications, mutations, bound agents: another form is another claim
  std::string note;  // activity and place in the cell
};

/// Grounded by the first of db_refs in INDRA's order (FPLX, UPPRO, HGNC, UP, CHEBI, GO, MESH,
/// MIRBASE, DOID, HP, EFO, then others), else by its name. kInvalidArgument: no name.
Result<IndraAgent> agent_of(const boost::json::object& agent);

/// db_refs of a concept; reading them again leads to the same concept.
boost::json::object db_refs_of(const evidence::Concept& known);

}  // namespace thaw::exchange
