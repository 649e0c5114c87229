// A route that answers from its query: it declares its parameters, and a name it does not know
// comes back with the nearest ones.
#pragma once

#include <string>
#include <vector>

#include "api/live.h"
#include "api/query.h"
#include "api/routes.h"
#include "api/site.h"
#include "base/result.h"

namespace thaw::api {

/// Every parameter that a route reads; Site refuses others.
struct Parameters {
  std::vector<std::string> names;   // each names a concept
  std::vector<std::string> others;  // numbers, free text, choices
};

/// `others` and those that every question about evidence takes (weigh_request.h).
std::vector<std::string> with_weigh_parameters(std::vector<std::string> others);

using QueryHandler = Result<Response> (*)(const Context&, const Query&);

/// Adds a cached route. Where `handler` fails because one of `parameters.names` is not known, the
/// error carries the names of at most 3 concepts near it as suggestions.
void add_query_route(Site& site, const Live& live, std::string path, Parameters parameters,
                     QueryHandler handler);

}  // namespace thaw::api
