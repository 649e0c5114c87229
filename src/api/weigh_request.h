// The parameters that every question about evidence takes: as_of, prior, population, preset.
#pragma once

#include "api/query.h"
#include "base/result.h"
#include "evidence/weigh.h"

namespace thaw::api {

/// Reads them from a request. kInvalidArgument names the parameter: as_of is a year from 1900 to
/// 2199, prior lies in [0.001, 0.999]. kNotFound for a preset other than "thaw".
Result<evidence::WeighOptions> weigh_options(const Query& query);

}  // namespace thaw::api
