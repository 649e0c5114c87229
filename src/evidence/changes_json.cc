#include "evidence/changes_json.h"

#include <boost/json.hpp>

#include "evidence/weigh_json.h"

namespace thaw::evidence {
namespace {

namespace json = boost::json;

json::value state_json(const std::optional<ClaimState>& state) {
  if (!state) {
    return nullptr;
  }
  return json::object{{"support", state->support},
                      {"opposition", state->opposition},
                      {"belief", state->belief},
                      {"opinion", opinion_json(state->opinion)}};
}

}  // namespace

json::object changes_json(const ChangeQuery& query, const ChangePage& page) {
  json::array changes;
  for (const LoggedChange& logged : page.changes) {
    json::array lines;
    for (const ChangeLine& line : logged.change.lines) {
      lines.emplace_back(json::object{{"what", line.what},
                                      {"item", line.item},
                                      {"nats_before", line.nats_before},
                                      {"nats_after", line.nats_after},
                                      {"why", text_json(line.why.en, line.why.zh)}});
    }
    changes.emplace_back(
        json::object{{"changed_at", logged.changed_at},
                     {"claim", logged.change.claim},
                     {"text", text_json(logged.change.text.en, logged.change.text.zh)},
                     {"cause", text_json(logged.cause.en, logged.cause.zh)},
                     {"before", state_json(logged.change.before)},
                     {"after", state_json(logged.change.after)},
                     {"lines", std::move(lines)}});
  }
  return {{"since", query.since.empty() ? json::value(nullptr) : json::value(query.since)},
          {"total", page.total},
          {"offset", query.offset},
          {"changes", std::move(changes)}};
}

}  // namespace thaw::evidence
