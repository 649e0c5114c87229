#include "evidence/curie.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace thaw::evidence {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return out;
}

/// Lower-case spelling as found -> spelling here; sorted by the first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 58> kNamespaces = {{
    {"chebi", "CHEBI"},
    {"chebiid", "CHEBI"},
    {"chembl", "ChEMBL"},
    {"chembl.compound", "ChEMBL"},
    {"cl", "CL"},
    {"clinicaltrials", "NCT"},
    {"db", "DrugBank"},
    {"doi", "doi"},
    {"doid", "DOID"},
    {"drugbank", "DrugBank"},
    {"efo", "EFO"},
    {"egid", "NCBIGene"},
    {"ensembl", "ENSEMBL"},
    {"entrez", "NCBIGene"},
    {"famplex", "FPLX"},
    {"fplx", "FPLX"},
    {"go", "GO"},
    {"gobp", "GO"},
    {"gobpid", "GO"},
    {"gocc", "GO"},
    {"goccid", "GO"},
    {"hgnc", "HGNC"},
    {"hp", "HP"},
    {"hpo", "HP"},
    {"interpro", "InterPro"},
    {"ip", "InterPro"},
    {"kegg", "KEGG"},
    {"mesh", "MESH"},
    {"meshd", "MESH"},
    {"meshid", "MESH"},
    {"mirbase", "MIRBASE"},
    {"mondo", "MONDO"},
    {"ncbigene", "NCBIGene"},
    {"ncbitaxon", "NCBITaxon"},
    {"ncit", "NCIT"},
    {"nct", "NCT"},
    {"omim", "OMIM"},
    {"ordo", "Orphanet"},
    {"orphanet", "Orphanet"},
    {"pf", "Pfam"},
    {"pfam", "Pfam"},
    {"pmc", "PMC"},
    {"pmcid", "PMC"},
    {"pmid", "PMID"},
    {"pr", "PR"},
    {"pubchem", "PUBCHEM"},
    {"pubchem.compound", "PUBCHEM"},
    {"pubmed", "PMID"},
    {"reactome", "Reactome"},
    {"sctid", "SNOMED"},
    {"snomed", "SNOMED"},
    {"taxonomy", "NCBITaxon"},
    {"uberon", "UBERON"},
    {"umls", "UMLS"},
    {"uniprot", "UniProt"},
    {"uniprotkb", "UniProt"},
    {"up", "UniProt"},
    {"uppro", "UPPRO"},
}};

std::string_view spelling_of(std::string_view name) {
  const std::string key = lower(name);
  const auto found = std::ranges::lower_bound(kNamespaces, std::string_view(key), {},
                                              [](const auto& pair) { return pair.first; });
  return found != kNamespaces.end() && found->first == key ? found->second : name;
}

}  // namespace

std::string_view namespace_of(std::string_view curie) {
  const auto colon = curie.find(':');
  return colon == std::string_view::npos ? std::string_view() : curie.substr(0, colon);
}

std::string normal_curie(std::string_view id) {
  id = trim(id);
  const auto colon = id.find(':');
  if (colon == std::string_view::npos || colon == 0 || id.substr(colon).starts_with("://")) {
    return std::string(id);
  }
  const std::string_view name = spelling_of(trim(id.substr(0, colon)));
  std::string_view accession = trim(id.substr(colon + 1));
  while (accession.size() > name.size() && accession[name.size()] == ':' &&
         lower(accession.substr(0, name.size())) == lower(name)) {
    accession = trim(accession.substr(name.size() + 1));
  }
  if (name == "NCT" && accession.starts_with("NCT")) {
    return std::string(accession);  // A registry number is its own identifier everywhere here.
  }
  return std::string(name) + ":" + std::string(accession);
}

}  // namespace thaw::evidence
