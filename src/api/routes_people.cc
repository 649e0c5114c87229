#include "api/json_text.h"
#include "api/routes.h"
#include "registry/summary.h"
#include "registry/summary_json.h"

namespace thaw::api {

void add_people_routes(Site& site, const Context& context) {
  site.route_cached("/api/people", {}, [context](const Request&) -> Result<Response> {
    if (context.registry == nullptr) {
      return json_response(json_line(registry::people_document_without_registry()));
    }
    const registry::Summary summary = registry::summarize_registry(*context.registry);
    return json_response(json_line(registry::people_document(summary)));
  });
}

}  // namespace thaw::api
