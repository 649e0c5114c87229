#include "care/care_json.h"

#include <boost/json.hpp>
#include <map>

namespace thaw::care {
namespace {

namespace json = boost::json;

json::value time_or_null(const std::optional<Moment>& at) {
  return at ? json::value(iso_text(*at)) : json::value();
}

json::value clock_or_null(const std::optional<int>& minute) {
  return minute ? json::value(clock_text(*minute)) : json::value();
}

json::value number_or_null(const std::optional<int>& number) {
  return number ? json::value(*number) : json::value();
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

json::value times_json(const std::vector<int>& times) {
  if (times.empty()) {
    return nullptr;
  }
  json::array out;
  for (const int minute : times) {
    out.push_back(json::value(clock_text(minute)));
  }
  return out;
}

json::object reminder_json(const CareBoard& board, const Tracked& tracked, Moment now) {
  const Reminder& reminder = tracked.reminder;
  const Standing standing = board.standing(tracked, now);
  const bool snoozed = standing == Standing::kSnoozed;
  return {{"id", reminder.id},
          {"kind", reminder.kind},
          {"text", {{"en", reminder.text_en}, {"zh", reminder.text_zh}}},
          {"every_min", number_or_null(reminder.every_min)},
          {"at", times_json(reminder.at)},
          {"from", clock_or_null(reminder.from)},
          {"until", clock_or_null(reminder.until)},
          {"enabled", reminder.enabled},
          {"due_at", time_or_null(tracked.state.due)},
          {"state", standing_word(standing)},
          {"snoozed_until", snoozed ? json::value(iso_text(tracked.state.snoozed_until)) : nullptr},
          {"escalate_after_min", number_or_null(reminder.escalate_after_min)}};
}

json::object event_json(const CareEvent& event) {
  return {{"id", event.id},
          {"at", iso_text(event.at)},
          {"what", event.what},
          {"kind", event.kind},
          {"reminder", text_or_null(event.reminder)},
          {"call", text_or_null(event.call)},
          {"name", text_or_null(event.name)},
          {"by", event.by},
          {"due_at", time_or_null(event.due_at)},
          {"late_min", number_or_null(event.late_min)},
          {"times", event.times}};
}

}  // namespace

json::object care_notice() {
  return {{"en",
           "This is not a medical alarm. It reaches only screens that are on and open, and it can "
           "fail. Keep the usual bell and the usual checks."},
          {"zh",
           "这不是医疗报警器。它只能传到开着并打开了这个页面的屏幕，也可能失灵。"
           "请保留平时的呼叫铃和平时的巡视。"}};
}

json::value call_json(const std::optional<Call>& call) {
  if (!call) {
    return nullptr;
  }
  return json::object{{"id", call->id},
                      {"began_at", iso_text(call->began_at)},
                      {"kind", call->kind},
                      {"by", call->by},
                      {"reminder", text_or_null(call->reminder)}};
}

json::object care_document(const CareBoard& board, const std::optional<Call>& call, Moment now) {
  json::array reminders;
  for (const Tracked& tracked : board.tracked()) {
    reminders.push_back(reminder_json(board, tracked, now));
  }
  json::array missed;
  for (const Missed& each : board.missed()) {
    missed.push_back(json::object{{"id", each.id},
                                  {"reminder", each.reminder},
                                  {"due_at", iso_text(each.due_at)},
                                  {"times", each.times}});
  }
  return {{"now", iso_text(now)},        {"zone_offset_min", board.zone()(now)},
          {"call", call_json(call)},     {"reminders", std::move(reminders)},
          {"missed", std::move(missed)}, {"notice", care_notice()}};
}

json::object history_document(const std::vector<CareEvent>& events, const Zone& zone) {
  std::map<Day, json::array, std::greater<>> days;
  for (const CareEvent& event : events) {
    if (event.what != "seen") {
      days[local_day(event.at, zone)].push_back(event_json(event));
    }
  }
  json::array out;
  for (auto& [day, listed] : days) {
    out.push_back(json::object{{"date", to_string(day)}, {"events", std::move(listed)}});
  }
  return {{"days", std::move(out)}};
}

json::object export_document(const std::vector<CareEvent>& events, Moment now) {
  json::array out;
  for (const CareEvent& event : events) {
    json::object document = event_json(event);
    document["about"] = text_or_null(event.about);
    out.push_back(std::move(document));
  }
  return {{"format", "thaw.care.1"}, {"made_at", iso_text(now)}, {"events", std::move(out)}};
}

}  // namespace thaw::care
