// The person's own ALSFRS-R, as answered by gaze: kept with the care of this machine until the
// person consents to give it to a registry. One report a day; a second one of a day takes its
// place.
//
// Scale: Cedarbaum et al. 1999, J Neurol Sci 169:13. Sums are made by registry/alsfrs_r, which care
// does not know. Contract: tests/contract/self_report_store_contract_test.cc.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "care/moment.h"
#include "db/db.h"

namespace thaw::care {

struct SelfReport {
  static constexpr int kItems = 12;

  std::string id;
  Moment at = 0;                                   // when it was kept
  Day day;                                         // that the answers are of
  std::array<std::optional<int>, kItems> answers;  // each 0..4; nothing: not answered, not zero
  std::optional<bool> gastrostomy;                 // item 5 is 5b, 5a, or was not asked

  bool operator==(const SelfReport&) const = default;
};

/// kInvalidArgument: an answer outside 0..4, none at all, or one to item 5 though it is not known
/// which of its two questions was asked.
Result<Done> check_self_report(const SelfReport& report);

/// On disk when this returns, in the place of a report of the same day.
Result<Done> keep_self_report(db::Connection& connection, const SelfReport& report);

/// Every report, by day, oldest first. kCorrupt.
Result<std::vector<SelfReport>> list_self_reports(db::Connection& connection);

/// Gone from the store. kNotFound.
Result<Done> remove_self_report(db::Connection& connection, std::string_view id);

}  // namespace thaw::care
