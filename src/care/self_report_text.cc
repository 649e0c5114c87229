#include "care/self_report_text.h"

#include <fmt/format.h>

#include <boost/json/value.hpp>

namespace thaw::care {

namespace json = boost::json;

json::object self_report_json(const SelfReport& report) {
  json::array answers;
  for (const auto& answer : report.answers) {
    answers.push_back(answer ? json::value(*answer) : json::value());
  }
  return {{"id", report.id},
          {"at", iso_text(report.at)},
          {"kind", "alsfrs_r"},
          {"date", to_string(report.day)},
          {"answers", std::move(answers)},
          {"gastrostomy", report.gastrostomy ? json::value(*report.gastrostomy) : json::value()}};
}

Result<std::string> self_reports_csv(const std::vector<SelfReport>& reports,
                                     std::string_view person) {
  if (person.empty() || person.find_first_of(",\"\r\n") != std::string_view::npos) {
    return invalid_argument("a person's code must not be empty or hold a comma, quote or line end");
  }
  std::string text = "person,assessed";
  for (int item = 1; item <= SelfReport::kItems; ++item) {
    text += fmt::format(",item{}", item);
  }
  text += ",item_five,scale,answered_by,mode\n";
  for (const SelfReport& report : reports) {
    text += fmt::format("{},{}", person, to_string(report.day));
    for (const auto& answer : report.answers) {
      text += answer ? fmt::format(",{}", *answer) : ",";
    }
    const char* five = !report.gastrostomy ? "unknown" : *report.gastrostomy ? "5b" : "5a";
    text += fmt::format(",{},ALSFRS-R,self,app\n", five);
  }
  return text;
}

}  // namespace thaw::care
