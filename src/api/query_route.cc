#include "api/query_route.h"

#include <utility>

#include "api/weigh_request.h"
#include "evidence/resolve.h"

namespace thaw::api {
namespace {

constexpr std::size_t kSuggestionsMax = 3;

/// Near names for the parameter whose name `error` is about; none where it is about something else.
std::vector<std::string> suggestions(const Context& context, const Query& query,
                                     const std::vector<std::string>& names, const Error& error) {
  std::vector<std::string> near;
  for (const std::string& key : names) {
    const std::string asked = query.text(key).value_or("");
    const auto meant = context.names->resolve(asked);
    if (!meant && meant.error().code == error.code && meant.error().message == error.message) {
      for (const evidence::Mention& mention : context.names->search(asked, kSuggestionsMax)) {
        near.push_back(mention.subject->name.en);
      }
      return near;
    }
  }
  return near;
}

}  // namespace

std::vector<std::string> with_weigh_parameters(std::vector<std::string> others) {
  others.insert(others.end(), kWeighParameters.begin(), kWeighParameters.end());
  return others;
}

void add_query_route(Site& site, const Live& live, std::string path, Parameters parameters,
                     QueryHandler handler) {
  std::vector<std::string> declared = parameters.names;
  declared.insert(declared.end(), parameters.others.begin(), parameters.others.end());
  site.route_cached(std::move(path), std::move(declared),
                    [&live, names = std::move(parameters.names),
                     handler](const Request& request) -> Result<Response> {
                      const std::shared_ptr<const Context> now = live.now();
                      Result<Response> answer = handler(*now, request.query);
                      if (answer || answer.error().code != ErrorCode::kNotFound) {
                        return answer;
                      }
                      return error_response(
                          answer.error(), suggestions(*now, request.query, names, answer.error()));
                    });
}

}  // namespace thaw::api
