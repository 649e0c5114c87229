// The documents that a command is given: files in a document format, or ids of stored documents.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "db/db.h"
#include "evidence/document.h"

namespace thaw::cli {

/// Every document of every file, and every stored one that is named, in the order given. kNotFound
/// for a name that is neither; kInvalidArgument for a file of no document format, or without one
/// document. Refused records are told on stderr.
Result<std::vector<evidence::Document>> documents_given(db::Connection& connection,
                                                        const std::vector<std::string>& names);

}  // namespace thaw::cli
