// The `registry` document of docs/formats/api.md: the registry's answer beside a claim.
#pragma once

#include <boost/json/object.hpp>

#include "inquiry/registry_loop.h"

namespace thaw::inquiry {

/// Every count of people below the floor of registry/suppression.h is null.
boost::json::object registry_document(const LoopResult& loop);

}  // namespace thaw::inquiry
