#include "api/json_text.h"
#include "api/live.h"
#include "api/routes.h"
#include "registry/summary.h"
#include "registry/summary_json.h"

namespace thaw::api {

void add_people_routes(Site& site, const Live& live) {
  site.route_cached("/api/people", {}, [&live](const Request&) -> Result<Response> {
    const std::shared_ptr<const Context> now = live.now();
    if (now->registry == nullptr) {
      return json_response(json_line(registry::people_document_without_registry()));
    }
    const registry::Summary summary = registry::summarize_registry(*now->registry);
    return json_response(json_line(registry::people_document(summary)));
  });
}

}  // namespace thaw::api
