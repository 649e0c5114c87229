#include "exchange/namespace_kind.h"

#include <algorithm>
#include <array>
#include <utility>

namespace thaw::exchange {

std::string_view kind_of_namespace(std::string_view name_space) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 19> kKinds = {
      {{"HGNC", "gene"},
       {"NCBIGene", "gene"},
       {"ENSEMBL", "gene"},
       {"UniProt", "protein"},
       {"UPPRO", "protein"},
       {"FPLX", "family"},
       {"InterPro", "family"},
       {"Pfam", "family"},
       {"TIGR", "family"},
       {"PR", "protein"},
       {"DrugBank", "drug"},
       {"CHEBI", "chemical"},
       {"PUBCHEM", "chemical"},
       {"MONDO", "disease"},
       {"DOID", "disease"},
       {"HP", "phenotype"},
       {"CL", "cell_type"},
       {"UBERON", "anatomy"},
       {"NCBITaxon", "organism"}}};
  const auto* found = std::ranges::find(kKinds, name_space, [](const auto& p) { return p.first; });
  return found == kKinds.end() ? std::string_view() : found->second;
}

}  // namespace thaw::exchange
