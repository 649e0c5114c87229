// The summary of the registry as the "people" document of docs/formats/api.md.
#pragma once

#include <boost/json/object.hpp>

#include "registry/summary.h"

namespace thaw::registry {

boost::json::object people_document(const Summary& summary);

/// The document of an installation without a registry: every list empty, every number null.
boost::json::object people_document_without_registry();

}  // namespace thaw::registry
