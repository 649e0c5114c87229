// The readers of name tables: who is called what, in which languages, and what is a kind of what.
//
// Each row becomes one entry of the vocabulary (evidence/vocabulary_store.h), merged there with
// what other tables say of the same id. What each keeps and loses: docs/formats/concepts.md.
// Checked on own samples and on whole real tables by exchange/name_tables_test.cc.
#pragma once

#include "exchange/format.h"

namespace thaw::exchange {

extern const Format kNames;            // our own TSV: id, kind, en, zh, aliases, parents, xrefs
extern const Format kSssom;            // mappings: MONDO to DOID, MeSH, Orphanet, HP
extern const Format kDiseaseOntology;  // DO's reports: HumanDO.tsv, allXREFinDO.tsv
extern const Format kObo;              // MONDO, DOID, GO, HP, ChEBI, CL, UBERON as OBO 1.4
extern const Format kReach;            // Reach's tables: name, id, species, namespace, type
extern const Format kFamplex;          // FamPlex' six CSVs

}  // namespace thaw::exchange
