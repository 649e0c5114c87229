// A document with what was read from it: the text cut where a quotation or a mention begins or
// ends, so that a page needs no offsets. `document` of docs/formats/api.md.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "evidence/document.h"
#include "evidence/knowledge.h"
#include "reading/reading.h"

namespace thaw::api {

/// A claim beside the text: proposed by a reader now, or held by the store.
struct ShownClaim {
  std::string id;  // "r1", ... of a proposal; the item's id of a kept one
  bool kept = false;
  std::optional<reading::Span> span;  // where its quotation stands; none: not found in this text
  boost::json::object document;       // as the page shows it
};

/// The claims of `reading` as proposals "r1", "r2", ... in its order.
std::vector<ShownClaim> proposed_claims(const reading::Reading& reading,
                                        const evidence::Knowledge& knowledge);

/// The items of `knowledge` whose source is `document`.
std::vector<ShownClaim> kept_claims(const evidence::Document& document,
                                    const evidence::Knowledge& knowledge);

boost::json::object document_json(const evidence::Document& document,
                                  const std::vector<ShownClaim>& claims,
                                  const std::vector<reading::Mention>& mentions,
                                  const std::string& reader);

}  // namespace thaw::api
