// The person's own reports as other programs read them: JSON, and the CSV that `thaw registry
// import` takes with the map of docs/formats/care.md. Check: self_report_text_test.cc.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "care/self_report_store.h"

namespace thaw::care {

/// {"id","at","kind":"alsfrs_r","date","answers":[12 times 0..4|null],"gastrostomy":bool|null}.
boost::json::object self_report_json(const SelfReport& report);

/// One line a report under the header person, assessed, item1..item12, item_five, scale,
/// answered_by, mode: the registry's own field names. What was not answered is empty.
/// kInvalidArgument: a `person` with a comma, a quote or a line end.
Result<std::string> self_reports_csv(const std::vector<SelfReport>& reports,
                                     std::string_view person);

}  // namespace thaw::care
