// Curated drug-to-disease mechanism chains as DrugMechDB writes them, one JSON a line.
//
// A chain is a small directed graph; here its nodes, links and ends, joined by pair of drug and
// disease: everything of one pair is held out together. Checked by its tests and a fuzz target.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace thaw::evidence {

struct CuratedChain {
  std::string id;    // "DB00740_MESH_D000690_1"
  std::string pair;  // the id without its last "_number"
  std::string drug_name, disease_name;
  std::uint32_t drug = 0, disease = 0;   // indices into CuratedChains::nodes
  std::vector<std::uint32_t> inner;      // every other node, sorted, each once
  std::vector<std::uint32_t> as_listed;  // the inner nodes in the order of the record
  std::vector<std::pair<std::uint32_t, std::uint32_t>> links;  // from, to
};

struct CuratedNode {
  std::string id, label, name;  // "UniProt:P35354", "Protein", "Prostaglandin G/H synthase 2"
};

struct CuratedChains {
  std::vector<CuratedNode> nodes;    // by id
  std::vector<CuratedChain> chains;  // in the order of the file

  int find(std::string_view node_id) const;  // -1 when absent
};

/// Reads DrugMechDB NDJSON: {"graph":{"_id","drug","disease","drug_mesh","drugbank",
/// "disease_mesh"},"nodes":[{"id","label","name"}],"links":[{"source","target","key"}]}. The drug's
/// id is drug_mesh, else drugbank. kInvalidArgument with the line for anything else, a link to a
/// node that the record does not list, or more than a million lines.
Result<CuratedChains> read_curated_chains(std::string_view ndjson, const std::string& source);

/// The pair of an id: "DB00740_MESH_D000690_1" -> "DB00740_MESH_D000690".
std::string_view pair_of(std::string_view chain_id);

}  // namespace thaw::evidence
