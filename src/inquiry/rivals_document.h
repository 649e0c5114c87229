// The `rivals` document of docs/formats/mechanisms.md.
#pragma once

#include <boost/json/object.hpp>

#include "inquiry/rivals.h"

namespace thaw::inquiry {

boost::json::object rivals_document(const Rivals& rivals);

}  // namespace thaw::inquiry
