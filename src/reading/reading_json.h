// A reading as JSON, and back: how it is printed and how it is kept between runs.
//
// Format: docs/formats/documents.md, "A reading". Writing then reading gives an equal reading.
#pragma once

#include <boost/json/object.hpp>

#include "base/result.h"
#include "reading/reading.h"

namespace thaw::reading {

boost::json::object to_json(const Reading& reading);

/// kCorrupt when it is not what to_json wrote.
Result<Reading> reading_from_json(const boost::json::object& object);

}  // namespace thaw::reading
