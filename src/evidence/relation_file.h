// Relations between named things from files: who raises, lowers or acts on whom.
//
// Format: docs/formats/observed.md: `source target sign`, and `srcuid trguid mode` with its table
// of entities as the QuaternaryProd package ships STRING. Strict, with lines in errors. Checked by
// its tests and by tests/fuzz/observed_fuzz.cc.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "graph/upstream.h"

namespace thaw::evidence {

struct NamedRelations {
  std::vector<std::string> ids;     // by node, as the relations write them
  std::vector<std::string> labels;  // by node, for people; the id where nothing else is known
  std::vector<graph::Relation> relations;
  /// Every name of a node: its id, or what add_entities said; a name may mean several nodes
  /// (proteins of one gene).
  std::unordered_multimap<std::string, std::uint32_t> by_name;
};

/// Columns: source (srcuid, from), target (trguid, to), sign (mode, relation): + - 0 ? 1 -1, with
/// `?` and 0 "acts, sign unknown"; a `belief` column, if any, must lie in [0, 1] and is not used.
/// kInvalidArgument with the place. At most 20 million rows.
Result<NamedRelations> read_relations(std::string_view bytes, const std::string& source);

/// Takes the names from a table of entities: its first column is the id that relations use, all
/// other columns are names, and from then on only these are names (one number may be the id of one
/// gene and the Entrez number of another). A column called symbol or name is what people are shown.
/// Rows of ids that no relation has are passed over. kInvalidArgument with the place.
Result<Done> add_entities(NamedRelations& relations, std::string_view bytes,
                          const std::string& source);

}  // namespace thaw::evidence
