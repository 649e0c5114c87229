// A Discovery as the document of docs/formats/discovery.md, and as text for a person.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "discovery/discover.h"

namespace thaw::discovery {

/// The document; equal discoveries give equal bytes but for `seconds`.
boost::json::object discovery_document(const Discovery& found);

/// A few lines in English, or Chinese when `zh`: edges, how sure, what to know.
std::string discovery_text(const Discovery& found, bool zh);

/// "a --> b", "a o-> b", "a <-> b" and so on.
std::string edge_text(std::string_view a, graph::Mark mark_a, std::string_view b,
                      graph::Mark mark_b);

}  // namespace thaw::discovery
