// A weighed claim in a list: `claims` of docs/formats/api.md.
#pragma once

#include <boost/json/object.hpp>

#include "evidence/weigh.h"

namespace thaw::api {

boost::json::object claim_summary(const evidence::Knowledge& knowledge,
                                  const evidence::WeighedClaim& weighed);

}  // namespace thaw::api
