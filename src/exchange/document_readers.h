// The readers of documents and of lists about documents; format.cc lists them with the others.
//
// What each keeps and loses: docs/formats/documents.md.
#pragma once

#include "exchange/format.h"

namespace thaw::exchange {

extern const Format kPubmed;       // PubMed and MEDLINE XML
extern const Format kJats;         // full text
extern const Format kPubtator;     // titles and abstracts; its marks: pubtator.h
extern const Format kDocuments;    // JSON lines
extern const Format kRetractions;  // PMIDs and DOIs, or Retraction Watch's CSV

}  // namespace thaw::exchange
