// PubTator text: titles and abstracts with the entities and relations that people marked in them.
//
// Format: PMID|t|title, PMID|a|abstract, then tab-separated entities (PMID, begin, end, surface,
// kind, ids) and relations (PMID, type, id, id, Novel or No); a blank line ends a document.
// Offsets in the file count characters of title, one separator, abstract; here they are bytes of
// Document::text(). Checked: every surface is the text at its place, on BioRED.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "exchange/format.h"

namespace thaw::exchange {

struct MarkedEntity {
  std::size_t begin = 0, end = 0;  // bytes in Document::text()
  std::string surface;
  std::string kind;              // "GeneOrGeneProduct", "DiseaseOrPhenotypicFeature", ...
  std::vector<std::string> ids;  // as in the file; "-" is none
};

struct MarkedRelation {
  std::string kind;           // "Positive_Correlation", "Association", ...
  std::string first, second;  // ids of entities
  std::string note;           // "Novel", "No", or "" where the file has no such column
};

struct MarkedDocument {
  evidence::Document document;
  std::vector<MarkedEntity> entities;
  std::vector<MarkedRelation> relations;
};

/// Calls `take` with each document of `bytes` and `refuse` with each line or document that is
/// wrong (the rest of its document is still read). An error of `take` ends it.
Result<Done> read_pubtator(
    ByteSource& bytes,
    const std::function<Result<Done>(const Place& place, MarkedDocument document)>& take,
    const std::function<void(const Place& place, std::string reason)>& refuse);

}  // namespace thaw::exchange
