#include <boost/json.hpp>

#include "api/body.h"
#include "api/json_text.h"
#include "api/weigh_request.h"
#include "api/workbench.h"
#include "base/signature.h"
#include "evidence/change_note.h"
#include "evidence/json_reader.h"
#include "evidence/resolve.h"
#include "inquiry/review_json.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kBodyMax = 8192;
constexpr std::int64_t kQueueMax = 200;
constexpr std::string_view kDefaultOutcome = "thaw:als_progression";

Result<Response> review(const Workbench& bench, const Request& request) {
  const auto now = bench.live->now();
  const std::string name = request.query.text("outcome").value_or(std::string(kDefaultOutcome));
  THAW_TRY(const std::int64_t limit, request.query.integer("limit", 20, 1, kQueueMax));
  inquiry::ReviewRequest asked;
  THAW_TRY(asked.outcome, now->names->resolve(name));
  asked.seed = now->seed;
  asked.threads = now->threads;
  const evidence::Weigher weigher(*now->knowledge, *now->parameters);
  THAW_TRY(const auto mechanism, inquiry::Mechanism::build(weigher, {}));
  const auto queue = inquiry::review_queue(mechanism, *now->knowledge, asked);
  THAW_TRY(auto connection, bench.open_store());
  THAW_TRY(const auto state, inquiry::read_review_state(*connection, *now->knowledge));
  return json_response(json_line(inquiry::review_document(
      queue, *now->knowledge, state, asked.outcome, request.query.text("curator").value_or(""),
      static_cast<std::size_t>(limit))));
}

Result<Response> curators(const Workbench& bench) {
  const auto now = bench.live->now();
  THAW_TRY(auto connection, bench.open_store());
  THAW_TRY(const auto state, inquiry::read_review_state(*connection, *now->knowledge));
  return json_response(json_line(inquiry::curators_document(*now->knowledge, state)));
}

/// Where the curator's key lies on this machine. kDenied for a server that others can reach: it
/// knows nobody who asks, and would sign in anyone's name.
Result<std::string> key_path(const Workbench& bench, const std::string& curator) {
  if (!bench.signs) {
    return denied("verdicts are given on the machine of the server itself");
  }
  THAW_CHECK(evidence::check_assessment({.curator = curator}));
  return bench.keys_folder + "/" + curator + ".key";
}

Result<Response> add_curator(const Workbench& bench, const Request& request) {
  THAW_TRY(const json::object body, body_object(request.body));
  evidence::JsonReader reader(body, "body");
  const std::string name = reader.text("curator", true);
  THAW_CHECK(reader.finish());
  THAW_TRY(const std::string path, key_path(bench, name));
  THAW_TRY(const SigningKey key, SigningKey::open(path));
  THAW_TRY(auto connection, bench.open_store());
  THAW_CHECK(evidence::add_curator(*connection, name, key.public_hex(), *bench.clock));
  return json_response(
      json_line(json::object{{"curator", name}, {"public_key", key.public_hex()}}));
}

Result<Response> assess(const Workbench& bench, const Request& request) {
  THAW_TRY(const json::object body, body_object(request.body));
  evidence::JsonReader reader(body, "body");
  evidence::Assessment given;
  given.item = reader.text("item", true);
  given.curator = reader.text("curator", true);
  given.reason = reader.text("reason");
  const std::string verdict = reader.text("verdict", true);
  THAW_CHECK(reader.finish());
  const auto known = evidence::verdict_from(verdict);
  if (!known) {
    return invalid_argument("'verdict' is '" + verdict + "', which is not a verdict");
  }
  given.verdict = *known;
  THAW_TRY(const std::string path, key_path(bench, given.curator));
  THAW_TRY(const SigningKey key, SigningKey::read(path));
  THAW_TRY(auto connection, bench.open_store());
  const std::lock_guard one_at_a_time(*bench.changing);
  THAW_TRY(const auto note, evidence::ChangeNote::begin(*connection));
  THAW_TRY(const auto kept, evidence::add_assessment(*connection, key, given, *bench.clock));
  // The verdict is on disk: what follows may fail without taking it back.
  const auto noted =
      note.end(*connection, *bench.live->now()->parameters, evidence::cause_of(kept), *bench.clock);
  const bool fresh = bench.refresh->ask(kRefreshPatience);
  const auto now = bench.live->now();
  THAW_TRY(const auto state, inquiry::read_review_state(*connection, *now->knowledge));
  const auto reading = state.verdicts.readings.find(kept.item);
  const evidence::Item* item = now->knowledge->find_item(kept.item);
  const evidence::Reading plain{item == nullptr ? 1.0 : item->faithful, 0, 0};
  return json_response(json_line(json::object{
      {"assessment", kept.id},
      {"item", kept.item},
      {"reading",
       inquiry::reading_json(reading == state.verdicts.readings.end() ? plain : reading->second)},
      {"fresh", fresh},
      {"changes_noted", noted && *noted},
      {"generation", bench.live->generation()}}));
}

}  // namespace

void add_review_routes(Site& site, const Workbench& bench) {
  site.route("GET", "/api/review", {"outcome", "curator", "limit"},
             [&bench](const Request& request) { return review(bench, request); });
  site.route("GET", "/api/curators", {}, [&bench](const Request&) { return curators(bench); });
  site.write_route("/api/curators", {}, "application/json", kBodyMax,
                   [&bench](const Request& request) { return add_curator(bench, request); });
  site.write_route("/api/assess", {}, "application/json", kBodyMax,
                   [&bench](const Request& request) { return assess(bench, request); });
}

}  // namespace thaw::api
