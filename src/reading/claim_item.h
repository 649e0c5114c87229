// What a claim that was read becomes as a record: an evidence item with its source.
//
// Such an item weighs as a text-mined sentence, unless the document's own publication type says
// that it reports a trial or another study; `faithful` is the claim's probability. Checked by
// claim_item_test.cc.
#pragma once

#include "base/result.h"
#include "evidence/document.h"
#include "evidence/model.h"
#include "reading/reading.h"

namespace thaw::reading {

/// The source that the document is.
evidence::Source source_of(const evidence::Document& document);

/// kInvalidArgument says why the claim cannot be a record: an end that is not known or ambiguous,
/// no sign where one is needed, both ends the same. The id is the same for the same claim of the
/// same document and reader.
Result<evidence::Item> item_of(const ReadClaim& claim, const evidence::Document& document,
                               const std::string& reader);

}  // namespace thaw::reading
