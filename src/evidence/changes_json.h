// The `changes` document of docs/formats/api.md: what moved since a day, and why.
#pragma once

#include <boost/json/object.hpp>

#include "evidence/change_store.h"

namespace thaw::evidence {

boost::json::object changes_json(const ChangeQuery& query, const ChangePage& page);

}  // namespace thaw::evidence
