#include <boost/json.hpp>

#include "api/json_reply.h"
#include "api/report_body.h"
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
  const care::Moment now = desk.now();
  THAW_TRY(care::SelfReport report,
           read_report(request.body, care::local_day(now, desk.care().zone())));
  report.at = now;
  report.id = care::new_id("report", now);
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
