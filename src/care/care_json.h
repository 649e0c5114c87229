// The documents of docs/formats/care.md.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <vector>

#include "care/call_board.h"
#include "care/care_board.h"
#include "care/care_event.h"

namespace thaw::care {

/// "not a medical alarm", in both languages.
boost::json::object care_notice();

/// `care`: what GET /api/care answers.
boost::json::object care_document(const CareBoard& board, const std::optional<Call>& call,
                                  Moment now);

boost::json::value call_json(const std::optional<Call>& call);

/// `care_history`: `events` by local day, newest day first, within a day oldest first. "seen" is
/// left out: it tells of a list, not of care.
boost::json::object history_document(const std::vector<CareEvent>& events, const Zone& zone);

/// `care_export`: all events as documents that another program can take over.
boost::json::object export_document(const std::vector<CareEvent>& events, Moment now);

}  // namespace thaw::care
