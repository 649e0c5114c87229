// Identifiers written NAMESPACE:ACCESSION, brought to one spelling so that they can be compared.
//
// The same thing is called "mesh:D000690", "MESH:D000690" or "MeSH:D000690", and "CHEBI:CHEBI:123"
// in files of other tools. Namespaces and their synonyms: identifiers.org and bioregistry.io.
#pragma once

#include <string>
#include <string_view>

namespace thaw::evidence {

/// `id` with its namespace in the spelling used here ("MESH", "HGNC", "UniProt", "DrugBank",
/// "PUBCHEM", "NCBIGene", "PMID", "doi", ...), a doubled namespace made single and white space
/// around it gone. An id without a colon, and a namespace that is not known, stay as they are.
/// Checked: applying it twice changes nothing.
std::string normal_curie(std::string_view id);

/// The part before the first colon, "" when there is none.
std::string_view namespace_of(std::string_view curie);

}  // namespace thaw::evidence
