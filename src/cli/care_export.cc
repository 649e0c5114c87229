#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>

#include "base/clock.h"
#include "base/date.h"
#include "care/care_json.h"
#include "care/care_store.h"
#include "care/self_report_text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string since;
  std::string reports_as;  // the person's code in the registry
};

std::string what_zh(std::string_view what) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kWords = {
      {{"done", "已做"},
       {"snoozed", "推迟"},
       {"missed", "错过"},
       {"escalated", "升级为呼叫"},
       {"called", "呼叫"},
       {"acknowledged", "已应答"},
       {"cancelled", "已取消"},
       {"seen", "已看过"}}};
  for (const auto& [en, zh] : kWords) {
    if (what == en) {
      return std::string(zh);
    }
  }
  return std::string(what);
}

/// "2026-11-26T04:25:07Z  done  reposition  Li, 12 min late"
std::string line_of(const care::CareEvent& event, bool zh) {
  std::string line = fmt::format("{}  {}  {}", care::iso_text(event.at),
                                 zh ? what_zh(event.what) : event.what, event.kind);
  if (!event.name.empty()) {
    line += "  " + event.name;
  }
  if (event.late_min && *event.late_min > 0) {
    line += fmt::format(fmt::runtime(zh ? "  晚 {} 分钟" : "  {} min late"), *event.late_min);
  }
  if (event.times > 1) {
    line += fmt::format(fmt::runtime(zh ? "  连续 {} 次" : "  {} times"), event.times);
  }
  return line;
}

/// "2026-11-25  ALSFRS-R  4 3 - 1 0 1 2 3 4 3 2 1"; "-" is not answered.
std::string line_of(const care::SelfReport& report, bool zh) {
  std::string line =
      fmt::format("{}  ALSFRS-R{}", to_string(report.day), zh ? " 自评 " : ", own answers ");
  for (const auto& answer : report.answers) {
    line += answer ? fmt::format(" {}", *answer) : " -";
  }
  return line;
}

/// The events with the person's own reports beside them.
boost::json::object export_json(const std::vector<care::CareEvent>& events,
                                const std::vector<care::SelfReport>& reports, care::Moment now) {
  boost::json::object document = care::export_document(events, now);
  boost::json::array own;
  for (const care::SelfReport& report : reports) {
    own.push_back(care::self_report_json(report));
  }
  document["reports"] = std::move(own);
  return document;
}

Result<Done> export_events(const Arguments& given, const Options& options) {
  care::Moment since = 0;
  if (!given.since.empty()) {
    THAW_TRY(const Day day, parse_day(given.since));
    since = care::Moment{day.time_since_epoch().count()} * care::kDay;
  }
  THAW_TRY(auto connection, open_store(options));
  THAW_TRY(auto reports, care::list_self_reports(*connection));
  std::erase_if(reports, [since](const care::SelfReport& report) {
    return care::Moment{report.day.time_since_epoch().count()} * care::kDay < since;
  });
  if (!given.reports_as.empty()) {
    THAW_TRY(std::string table, care::self_reports_csv(reports, given.reports_as));
    table.pop_back();
    print_line(table);
    return Done{};
  }
  THAW_TRY(const auto events, care::read_events(*connection, since));
  if (options.json) {
    const SystemClock clock;
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(clock.now().time_since_epoch())
            .count();
    print_document(export_json(events, reports, now));
    return Done{};
  }
  const bool zh = options.lang == "zh";
  for (const care::CareEvent& event : events) {
    print_line(line_of(event, zh));
  }
  for (const care::SelfReport& report : reports) {
    print_line(line_of(report, zh));
  }
  if (events.empty() && reports.empty()) {
    print_line(zh ? "还没有照护记录" : "nothing has happened in care yet");
  }
  return Done{};
}

}  // namespace

void add_care_export(Program& program) {
  auto given = std::make_shared<Arguments>();
  CLI::App& command =
      program.verb("care", "export", "Every event of care, for another program to take over");
  command.add_option("--since", given->since, "Only from this day (UTC) on, such as 2026-11-01");
  command.add_option(
      "--reports-as", given->reports_as,
      "Only your own ALSFRS-R reports, as CSV for `thaw registry import`, under this "
      "person's code");
  program.on(command, [given](const Options& options) { return export_events(*given, options); });
}

}  // namespace thaw::cli
