#include "api/json_text.h"
#include "api/live.h"
#include "api/query_route.h"
#include "api/routes.h"
#include "api/weigh_request.h"
#include "base/text.h"
#include "evidence/resolve.h"
#include "inquiry/ask.h"
#include "inquiry/documents.h"
#include "inquiry/neighbourhood.h"
#include "inquiry/rank.h"
#include "inquiry/registry_document.h"
#include "registry/eligibility.h"

namespace thaw::api {
namespace {

constexpr std::int64_t kTopMax = 500;
constexpr std::int64_t kChainsMax = 100;
constexpr std::int64_t kHopsMax = 64;
constexpr std::int64_t kDepthMax = 3;
constexpr std::int64_t kNodesMax = 400;

Result<Response> rank(const Context& context, const Query& query) {
  inquiry::RankRequest request;
  THAW_TRY(const std::string outcome, query.required("outcome"));
  THAW_TRY(request.outcome, context.names->resolve(outcome));
  THAW_TRY(request.weigh, weigh_options(query, *context.knowledge));
  THAW_TRY(const std::int64_t top, query.integer("top", 20, 1, kTopMax));
  request.top = static_cast<std::size_t>(top);
  if (const auto kind = query.text("kind")) {
    request.kinds = {*kind};
  }
  request.seed = context.seed;
  request.threads = context.threads;
  const evidence::Weigher weigher(*context.knowledge, *context.parameters);
  const auto people = inquiry::PeoplePort::of(context.eligibility);
  THAW_TRY(const auto ranking, inquiry::rank(weigher, request, people ? &*people : nullptr));
  return json_response(
      json_line(inquiry::rank_document(ranking, weigher, people && people->synthetic)));
}

Result<Response> ask(const Context& context, const Query& query) {
  inquiry::AskRequest request;
  THAW_TRY(request.question, query.required("q"));
  request.lang = query.text("lang").value_or("");
  if (!request.lang.empty() && request.lang != "en" && request.lang != "zh") {
    return invalid_argument("lang is '" + request.lang + "'; it must be en or zh");
  }
  THAW_TRY(request.weigh, weigh_options(query, *context.knowledge));
  request.seed = context.seed;
  request.threads = context.threads;
  const evidence::Weigher weigher(*context.knowledge, *context.parameters);
  const auto people = inquiry::PeoplePort::of(context.eligibility);
  THAW_TRY(const auto answer,
           inquiry::ask({&weigher, context.names, people ? &*people : nullptr}, request));
  return json_response(json_line(inquiry::ask_document(answer, weigher, request.weigh)));
}

/// What of `k`, `sign`, `max_hops` and `via` was given.
Result<inquiry::ChainQuery> chain_query(const Query& query, const evidence::Knowledge& knowledge) {
  inquiry::ChainQuery asked;
  THAW_TRY(const std::int64_t k, query.integer("k", 10, 1, kChainsMax));
  asked.k = static_cast<std::size_t>(k);
  THAW_TRY(const auto max_hops, query.optional_integer("max_hops", 1, kHopsMax));
  if (max_hops) {
    asked.max_hops = static_cast<std::uint32_t>(*max_hops);
  }
  if (const auto sign = query.text("sign")) {
    // A plus sign in a query arrives as a space unless it was written %2B.
    if (*sign == "+" || *sign == " " || *sign == "raises") {
      asked.sign = evidence::Sign::kRaises;
    } else if (*sign == "-" || *sign == "lowers") {
      asked.sign = evidence::Sign::kLowers;
    } else {
      return invalid_argument("sign is '" + *sign + "'; it must be + or raises, - or lowers");
    }
  }
  if (const auto via = query.text("via")) {
    for (const auto kind : split(*via, ',')) {
      asked.via.emplace_back(trim(kind));
    }
    THAW_CHECK(inquiry::check_kinds(knowledge, asked.via));
  }
  return asked;
}

Result<Response> chains(const Context& context, const Query& query) {
  THAW_TRY(const std::string from_name, query.required("from"));
  THAW_TRY(const std::string to_name, query.required("to"));
  THAW_TRY(const evidence::Concept* from, context.names->resolve(from_name));
  THAW_TRY(const evidence::Concept* to, context.names->resolve(to_name));
  THAW_TRY(const inquiry::ChainQuery asked, chain_query(query, *context.knowledge));
  THAW_TRY(const evidence::WeighOptions options, weigh_options(query, *context.knowledge));
  const evidence::Weigher weigher(*context.knowledge, *context.parameters);
  THAW_TRY(const auto mechanism, inquiry::Mechanism::build(weigher, options));
  const auto found = inquiry::find_chains(mechanism, mechanism.weighed.find(from->id),
                                          mechanism.weighed.find(to->id), asked);
  return json_response(json_line(inquiry::chains_document(*from, *to, asked, found)));
}

Result<Response> graph(const Context& context, const Query& query) {
  THAW_TRY(const std::string name, query.required("concept"));
  THAW_TRY(const evidence::Concept* centre, context.names->resolve(name));
  THAW_TRY(const std::int64_t depth, query.integer("depth", 1, 1, kDepthMax));
  THAW_TRY(const std::int64_t max, query.integer("max", 60, 1, kNodesMax));
  THAW_TRY(const evidence::WeighOptions options, weigh_options(query, *context.knowledge));
  const evidence::Weigher weigher(*context.knowledge, *context.parameters);
  THAW_TRY(const auto mechanism, inquiry::Mechanism::build(weigher, options));
  const auto near = inquiry::neighbourhood(mechanism, *context.knowledge, *centre,
                                           static_cast<int>(depth), static_cast<std::size_t>(max));
  return json_response(json_line(inquiry::graph_document(near)));
}

Result<Response> registry_says(const Context& context, const Query& query) {
  THAW_TRY(const std::string subject_name, query.required("subject"));
  THAW_TRY(const std::string object_name, query.required("object"));
  THAW_TRY(const evidence::Concept* subject, context.names->resolve(subject_name));
  THAW_TRY(const evidence::Concept* object, context.names->resolve(object_name));
  THAW_TRY(const evidence::WeighOptions options, weigh_options(query, *context.knowledge));
  if (context.registry == nullptr) {
    return not_found("there is no registry here");
  }
  const evidence::Weigher weigher(*context.knowledge, *context.parameters);
  THAW_TRY(const auto loop,
           inquiry::registry_loop(*context.registry, weigher, *subject, *object, options));
  return json_response(json_line(inquiry::registry_document(loop)));
}

}  // namespace

void add_inquiry_routes(Site& site, const Live& live) {
  const auto add = [&](const char* path, std::vector<std::string> names,
                       std::vector<std::string> others, QueryHandler handler) {
    add_query_route(site, live, path, {std::move(names), with_weigh_parameters(std::move(others))},
                    handler);
  };
  add("/api/rank", {"outcome"}, {"top", "kind"}, rank);
  add("/api/ask", {}, {"q", "lang"}, ask);
  add("/api/chains", {"from", "to"}, {"k", "sign", "max_hops", "via"}, chains);
  add("/api/graph", {"concept"}, {"depth", "max"}, graph);
  add("/api/registry", {"subject", "object"}, {}, registry_says);
}

}  // namespace thaw::api
