#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>

#include "base/clock.h"
#include "base/date.h"
#include "care/care_json.h"
#include "care/care_store.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/workspace.h"

namespace thaw::cli {
namespace {

struct Arguments {
  std::string since;
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

Result<Done> export_events(const Arguments& given, const Options& options) {
  care::Moment since = 0;
  if (!given.since.empty()) {
    THAW_TRY(const Day day, parse_day(given.since));
    since = care::Moment{day.time_since_epoch().count()} * care::kDay;
  }
  THAW_TRY(auto connection, open_store(options));
  THAW_TRY(const auto events, care::read_events(*connection, since));
  if (options.json) {
    const SystemClock clock;
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(clock.now().time_since_epoch())
            .count();
    print_document(care::export_document(events, now));
    return Done{};
  }
  const bool zh = options.lang == "zh";
  for (const care::CareEvent& event : events) {
    print_line(line_of(event, zh));
  }
  if (events.empty()) {
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
  program.on(command, [given](const Options& options) { return export_events(*given, options); });
}

}  // namespace thaw::cli
