#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/body.h"
#include "api/json_reply.h"
#include "api/route_guard.h"
#include "api/speak_bodies.h"
#include "api/speaker_desk.h"
#include "care/secrets.h"
#include "care/self_report_text.h"
#include "registry/alsfrs_r.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kReportBody = 4 * 1024;
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
    if (!answer.is_int64() || answer.get_int64() < 0 || answer.get_int64() > registry::kItemMax) {
      return invalid_argument(
          fmt::format("item {} of 'answers' must be a whole number from 0 to 4, or null", i + 1));
    }
    report.answers[i] = static_cast<int>(answer.get_int64());
  }
  return Done{};
}

Result<care::SelfReport> read_report(std::string_view body, care::Moment now,
                                     const care::Zone& zone) {
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
  if (report.day > care::local_day(now, zone)) {
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
  report.at = now;
  report.id = care::new_id("report", now);
  THAW_CHECK(care::check_self_report(report));
  return report;
}

json::object range_json(const registry::PointRange& range) {
  return {{"low", range.low}, {"high", range.high}};
}

/// The report with its domain scores and total, as the registry counts them.
Result<json::object> scored(const care::SelfReport& report) {
  const auto five = !report.gastrostomy   ? registry::ItemFive::kUnknown
                    : *report.gastrostomy ? registry::ItemFive::kTubeHandling
                                          : registry::ItemFive::kCutting;
  THAW_TRY(const auto score, registry::AlsfrsR::from_answers(
                                 std::span<const std::optional<int>>(report.answers), five));
  const registry::DomainScores domains = score.domains();
  json::object out = care::self_report_json(report);
  out["total"] = range_json(score.total());
  out["domains"] = json::object{{"bulbar", range_json(domains.bulbar)},
                                {"fine_motor", range_json(domains.fine_motor)},
                                {"gross_motor", range_json(domains.gross_motor)},
                                {"respiratory", range_json(domains.respiratory)}};
  return out;
}

Result<Response> keep(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const care::SelfReport report,
           read_report(request.body, desk.now(), desk.care().zone()));
  THAW_CHECK(desk.store().with(
      [&](db::Connection& connection) { return care::keep_self_report(connection, report); }));
  return ok(json::object{{"id", report.id}, {"at", care::iso_text(report.at)}});
}

Result<Response> remove(SpeakerDesk& desk, const Request& request) {
  THAW_TRY(const auto given, read_texts(request.body, {"id"}));
  THAW_CHECK(desk.store().with(
      [&](db::Connection& connection) { return care::remove_self_report(connection, given[0]); }));
  return ok(json::object{{"id", given[0]}});
}

Result<Response> list(SpeakerDesk& desk) {
  THAW_TRY(const auto reports, desk.store().with([](db::Connection& connection) {
    return care::list_self_reports(connection);
  }));
  json::array out;
  for (const care::SelfReport& report : reports) {
    THAW_TRY(json::object document, scored(report));
    out.push_back(std::move(document));
  }
  return ok(json::object{{"reports", std::move(out)}});
}

}  // namespace

void add_report_routes(Site& site, SpeakerDesk& desk) {
  site.guarded_read("/api/care/reports", {}, this_machine_only,
                    [&desk](const Request&) { return list(desk); });
  site.guarded_write("/api/care/report", kReportBody, this_machine_only,
                     [&desk](const Request& r) { return keep(desk, r); });
  site.guarded_write("/api/care/report/remove", kReportBody, this_machine_only,
                     [&desk](const Request& r) { return remove(desk, r); });
}

}  // namespace thaw::api
