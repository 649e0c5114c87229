// One own report of the ALSFRS-R: what the person answered, and whether it can be kept.
//
// Scale: Cedarbaum et al. 1999, J Neurol Sci 169:13. Check: self_report_text_test.cc.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/result.h"
#include "care/moment.h"

namespace thaw::care {

struct SelfReport {
  static constexpr int kItems = 12;
  static constexpr int kAnswerMax = 4;

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

}  // namespace thaw::care
