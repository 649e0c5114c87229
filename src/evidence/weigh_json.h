// The `weigh` document of docs/formats/api.md: weighed claims with every item behind them.
#pragma once

#include <boost/json/object.hpp>

#include "evidence/weigh.h"

namespace thaw::evidence {

/// {"id","kind","name":{"en","zh"}}
boost::json::object concept_json(const Concept& subject);

/// {"en","zh"}
boost::json::object text_json(const std::string& en, const std::string& zh);

/// "AMX0035 slows ALSFRS-R decline" and the same in Chinese.
Name claim_text(const Knowledge& knowledge, const Claim& claim);

/// The relation word in Chinese; the word itself where none is known.
std::string relation_zh(const std::string& relation);

/// In plain words what the opinion says: "little is known", "more for than against", ...
Name verdict_of(const WeighedClaim& weighed);

/// {"for","against","unknown"}
boost::json::object opinion_json(const Opinion& opinion);

/// One claim that `weigher` weighed for `options`; `with_derivation` also its derivation line by
/// line.
boost::json::object claim_json(const Weigher& weigher, const WeighedClaim& weighed,
                               const WeighOptions& options, bool with_derivation);

/// The whole document for a subject and an object.
boost::json::object weigh_json(const Weigher& weigher, const Concept& subject,
                               const Concept& object, const WeighOptions& options,
                               bool with_derivation);

}  // namespace thaw::evidence
