// The effect document: one JSON object for thaw effect --json and the web API alike, and the
// request that is read back from it. docs/formats/effect.md is the contract.
#pragma once

#include <boost/json/object.hpp>

#include "base/result.h"
#include "effect/effect_answer.h"

namespace thaw::effect {

/// The document of `answer`. Numbers that are not there are null, never 0.
boost::json::object effect_document(const EffectAnswer& answer);

/// The request as the document's "request" holds it: what reruns the answer.
boost::json::object effect_request_document(const EffectRequest& request);

/// Reads what effect_request_document writes; keys left out keep their defaults.
/// Fails: kInvalidArgument with the key for an unknown key, a wrong type or a value out of range.
Result<EffectRequest> read_effect_request(const boost::json::object& document);

}  // namespace thaw::effect
