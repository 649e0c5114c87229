// The parameters that every question about evidence takes: as_of, prior, population, preset.
#pragma once

#include <array>
#include <string_view>

#include "api/query.h"
#include "base/result.h"
#include "evidence/knowledge.h"
#include "evidence/weigh.h"

namespace thaw::api {

inline constexpr std::array<std::string_view, 4> kWeighParameters = {"as_of", "prior", "population",
                                                                     "preset"};

/// Reads them from a request. kInvalidArgument names the parameter: as_of is a year from 1900 to
/// 2199, prior lies in [0.001, 0.999]. kNotFound for a preset that is not there, and for an
/// ancestry that no item of `knowledge` states.
Result<evidence::WeighOptions> weigh_options(const Query& query,
                                             const evidence::Knowledge& knowledge);

}  // namespace thaw::api
