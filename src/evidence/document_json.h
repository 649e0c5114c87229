// A document as one JSON object: how it is stored, and a line of a file of documents.
//
// Format: docs/formats/documents.md. Writing then reading gives an equal document. Reading is
// strict: an unknown key is an error, not a silent loss.
#pragma once

#include <boost/json/object.hpp>

#include "base/result.h"
#include "evidence/document.h"

namespace thaw::evidence {

boost::json::object to_json(const Document& document);

/// Our own form (`sections`), or the short one with `title` and `text` or `abstract`.
/// kInvalidArgument names the key that is missing, unknown, of the wrong type or out of range.
Result<Document> document_from_json(const boost::json::object& object);

/// `id` as a source is called: "PMC123" becomes "PMC:PMC123", "pmid 12" and "12" "PMID:12",
/// "10.1/x" and "https://doi.org/10.1/x" "doi:10.1/x"; another id stays as it is.
std::string canonical_document_id(std::string_view id);

/// Where a person can read the source `id` ("PMID:", "PMC:", "doi:", "NCT..."), else "".
std::string document_url(std::string_view id);

}  // namespace thaw::evidence
