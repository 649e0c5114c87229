#include "api/report_body.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/body.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr int kEarliestYear = 1999;  // of the scale

/// The member `key`; null where it is missing.
const json::value& member(const json::object& object, std::string_view key) {
  static const json::value nothing;
  const json::value* found = object.if_contains(key);
  return found ? *found : nothing;
}

Result<Done> read_answers(const json::value& given, care::SelfReport& report) {
  if (!given.is_array() || given.get_array().size() != report.answers.size()) {
    return invalid_argument("'answers' must be a list of twelve, each 0 to 4 or null");
  }
  for (std::size_t i = 0; i < report.answers.size(); ++i) {
    const json::value& answer = given.get_array()[i];
    if (answer.is_null()) {
      continue;
    }
    if (!answer.is_int64() || answer.get_int64() < 0 ||
        answer.get_int64() > care::SelfReport::kAnswerMax) {
      return invalid_argument(
          fmt::format("item {} of 'answers' must be a whole number from 0 to 4, or null", i + 1));
    }
    report.answers[i] = static_cast<int>(answer.get_int64());
  }
  return Done{};
}

}  // namespace

Result<care::SelfReport> read_report(std::string_view body, Day today) {
  THAW_TRY(const json::object given, body_object(body));
  for (const auto& [key, value] : given) {
    if (key != "date" && key != "answers" && key != "gastrostomy") {
      return invalid_argument(fmt::format("body: '{}' is not known", std::string_view(key)));
    }
  }
  care::SelfReport report;
  const json::value& date = member(given, "date");
  if (!date.is_string()) {
    return invalid_argument("'date' must be a day such as 2026-11-26");
  }
  THAW_TRY(report.day, parse_day(std::string_view(date.get_string())));
  if (report.day > today) {
    return invalid_argument("'date' lies in the future");
  }
  if (std::chrono::year_month_day(report.day).year() < std::chrono::year(kEarliestYear)) {
    return invalid_argument(fmt::format("'date' lies before {}", kEarliestYear));
  }
  THAW_CHECK(read_answers(member(given, "answers"), report));
  const json::value& tube = member(given, "gastrostomy");
  if (!tube.is_bool() && !tube.is_null()) {
    return invalid_argument("'gastrostomy' must be true, false or null");
  }
  if (tube.is_bool()) {
    report.gastrostomy = tube.get_bool();
  }
  THAW_CHECK(care::check_self_report(report));
  return report;
}

}  // namespace thaw::api
