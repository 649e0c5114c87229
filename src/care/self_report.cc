#include "care/self_report.h"

#include <fmt/format.h>

#include <algorithm>

namespace thaw::care {
namespace {

constexpr int kItemFive = 5;

}  // namespace

Result<Done> check_self_report(const SelfReport& report) {
  for (std::size_t i = 0; i < report.answers.size(); ++i) {
    const auto& answer = report.answers[i];
    if (answer && (*answer < 0 || *answer > SelfReport::kAnswerMax)) {
      return invalid_argument(
          fmt::format("item {} must be 0 to 4 or null, got {}", i + 1, *answer));
    }
  }
  if (std::none_of(report.answers.begin(), report.answers.end(),
                   [](const auto& answer) { return answer.has_value(); })) {
    return invalid_argument("none of the twelve items is answered");
  }
  if (report.answers[kItemFive - 1] && !report.gastrostomy) {
    return invalid_argument(
        "item 5 is answered, but 'gastrostomy' does not say which of 5a and 5b was asked");
  }
  return Done{};
}

}  // namespace thaw::care
