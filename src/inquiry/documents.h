// The inquiry's JSON documents, the same for commands and server: docs/formats/api.md.
#pragma once

#include <boost/json/object.hpp>

#include "inquiry/ask.h"
#include "inquiry/neighbourhood.h"
#include "inquiry/rank.h"

namespace thaw::inquiry {

/// {"sign","belief","hops":[...]}
boost::json::object chain_json(const Chain& chain);

/// {"design","text","people"}
boost::json::object next_study_json(const NextStudy& study);

/// The `rank` document. `synthetic`: whether the registry that counted people is synthetic.
boost::json::object rank_document(const Ranking& ranking, const evidence::Weigher& weigher,
                                  bool synthetic);

/// The `chains` document.
boost::json::object chains_document(const evidence::Concept& from, const evidence::Concept& to,
                                    const ChainQuery& query, const ChainAnswer& answer);

/// The `graph` document.
boost::json::object graph_document(const Neighbourhood& neighbourhood);

/// The `ask` document, with the `weigh` document of its pair where there is one.
boost::json::object ask_document(const AskAnswer& answer, const evidence::Weigher& weigher,
                                 const evidence::WeighOptions& options);

}  // namespace thaw::inquiry
