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

/// The curator's key on this machine, made where `make` says so.
Result<SigningKey> key_of(const Workbench& bench, const std::string& curator) {
  THAW_CHECK(evidence::check_assessment({.curator = curator}));
  return SigningKey::open(bench.keys_folder + "/" + curator + ".key");
}

Result<Response> add_curator(const Workbench& bench, const Request& request) {
  THAW_TRY(const json::object body, body_object(request.body));
  evidence::JsonReader reader(body, "body");
  const std::string name = reader.text("curator", true);
  THAW_CHECK(reader.finish());
  THAW_TRY(const SigningKey key, key_of(bench, name));
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
  THAW_TRY(const SigningKey key, key_of(bench, given.curator));
  THAW_TRY(auto connection, bench.open_store());
  const auto before = bench.live->now();
  const auto note = evidence::ChangeNote::after(*before->knowledge);
  THAW_TRY(const auto kept, evidence::add_assessment(*connection, key, given, *bench.clock));
  THAW_CHECK(note.end(*connection, *before->parameters, evidence::cause_of(kept), *bench.clock));
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
