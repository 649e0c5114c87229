// The person's own ALSFRS-R, as answered by gaze: kept with the care of this machine until the
// person consents to give it to a registry. One report a day; a second one of a day takes its
// place.
//
// Scale: Cedarbaum et al. 1999, J Neurol Sci 169:13. Sums are made by registry/alsfrs_r, which care
// does not know. Contract: tests/contract/self_report_store_contract_test.cc.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "care/self_report.h"
#include "db/db.h"

namespace thaw::care {

/// On disk when this returns, in the place of a report of the same day.
Result<Done> keep_self_report(db::Connection& connection, const SelfReport& report);

/// Every report, by day, oldest first. kCorrupt.
Result<std::vector<SelfReport>> list_self_reports(db::Connection& connection);

/// Gone from the store. kNotFound.
Result<Done> remove_self_report(db::Connection& connection, std::string_view id);

}  // namespace thaw::care
