#include "api/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <exception>

#include "api/gzip.h"
#include "base/digest.h"

namespace thaw::api {
namespace {

constexpr std::string_view kContentSecurityPolicy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self' ws://127.0.0.1:* ws://localhost:*; "  // an eye tracker of this machine
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
constexpr std::string_view kBug = "a bug of ours; what happened is in the log of the server";
constexpr std::size_t kWorthCompressing = 1400;  // bytes; below it one packet carries it anyway

std::string_view kind_of(int status) {
  switch (status) {
    case 403:
      return "denied";
    case 404:
      return "not_found";
    case 405:
      return "method_not_allowed";
    case 408:
      return "too_slow";
    case 409:
      return "conflict";
    case 415:
      return "bad_input";
    case 413:
    case 431:
      return "too_large";
    case 500:
      return "internal";
    case 503:
      return "unavailable";
    default:
      return "bad_input";
  }
}

Response error_document(int status, std::string_view message,
                        const std::vector<std::string>& suggestions = {}) {
  const boost::json::object error{{"kind", kind_of(status)},
                                  {"message", message},
                                  {"suggestions", boost::json::value_from(suggestions)}};
  return {status, "application/json; charset=utf-8",
          boost::json::serialize(boost::json::object{{"error", error}})};
}

void add_common_headers(Reply& reply, std::string_view content_type, std::string_view caching) {
  reply.headers.emplace_back("Content-Type", content_type);
  reply.headers.emplace_back("Cache-Control", caching);
  reply.headers.emplace_back("Content-Security-Policy", kContentSecurityPolicy);
  reply.headers.emplace_back("X-Content-Type-Options", "nosniff");
  reply.headers.emplace_back("Referrer-Policy", "same-origin");
  reply.headers.emplace_back("X-Frame-Options", "DENY");
  reply.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
}

Reply reply_of(Response response) {
  Reply reply;
  reply.status = response.status;
  add_common_headers(reply, response.content_type, "no-store");
  for (auto& header : response.headers) {
    reply.headers.push_back(std::move(header));
  }
  reply.next = std::move(response.next);
  auto body = std::make_shared<const std::string>(std::move(response.body));
  reply.body = *body;
  reply.owner = std::move(body);
  return reply;
}

/// Two representations of one thing, and which of them this request takes.
struct Representations {
  std::string_view content_type;
  std::string_view caching;
  std::string_view etag;  // quoted
  std::string_view plain;
  std::string_view gzip;  // may be empty
};

Reply choose(const Representations& of, const Request& request) {
  Reply reply;
  add_common_headers(reply, of.content_type, of.caching);
  const bool packed = request.gzip_accepted && !of.gzip.empty();
  const std::string_view digest = of.etag.substr(1, of.etag.size() - 2);
  reply.headers.emplace_back("ETag", fmt::format("\"{}{}\"", digest, packed ? "-gz" : ""));
  reply.headers.emplace_back("Vary", "Accept-Encoding");
  if (request.if_none_match.find(digest) != std::string::npos) {
    reply.status = 304;
    return reply;
  }
  if (packed) {
    reply.headers.emplace_back("Content-Encoding", "gzip");
  }
  reply.body = packed ? of.gzip : of.plain;
  return reply;
}

Reply reply_of(std::shared_ptr<const CachedAnswer> answer, const Request& request) {
  Reply reply = choose(
      {answer->content_type, "no-cache", answer->etag, answer->plain, answer->gzip}, request);
  reply.owner = std::move(answer);
  return reply;
}

std::shared_ptr<const CachedAnswer> prepare(Response response) {
  auto answer = std::make_shared<CachedAnswer>();
  answer->content_type = std::move(response.content_type);
  answer->etag = '"' + sha256_hex(response.body).substr(0, 32) + '"';
  answer->plain = std::move(response.body);
  if (answer->plain.size() >= kWorthCompressing) {
    answer->gzip = gzip(answer->plain);
  }
  return answer;
}

Reply method_not_allowed(std::string allow) {
  Reply reply = Site::refuse(405, "this address answers only to " + allow);
  reply.headers.emplace_back("Allow", std::move(allow));
  return reply;
}

}  // namespace

Site::Site() : Site(Options()) {}

Site::Site(Options options)
    : options_(std::move(options)),
      cache_(std::make_unique<AnswerCache>(options_.cached_answers, options_.cached_bytes)) {}

void Site::route(std::string method, std::string path, std::vector<std::string> parameters,
                 Handler handler) {
  routes_[std::move(path)][std::move(method)] = {std::move(handler), std::move(parameters), false};
}

void Site::route_cached(std::string path, std::vector<std::string> parameters, Handler handler) {
  routes_[std::move(path)]["GET"] = {std::move(handler), std::move(parameters), true};
}

void Site::write_route(std::string path, std::vector<std::string> parameters,
                       std::string content_type, std::size_t body_bytes_max, Handler handler) {
  routes_[std::move(path)]["POST"] = {std::move(handler), std::move(parameters), false,
                                      std::move(content_type), body_bytes_max};
}

void Site::ask_route(std::string path, std::vector<std::string> parameters,
                     std::string content_type, std::size_t body_bytes_max, Handler handler) {
  routes_[std::move(path)]["POST"] = {std::move(handler),      std::move(parameters), false,
                                      std::move(content_type), body_bytes_max,        false};
}

void Site::guarded_read(std::string path, std::vector<std::string> parameters, Guard guard,
                        Handler handler, Pace pace) {
  Route route{std::move(handler), std::move(parameters)};
  route.guard = std::move(guard);
  route.pace = pace;
  routes_[std::move(path)]["GET"] = std::move(route);
}

void Site::guarded_write(std::string path, std::size_t body_bytes_max, Guard guard, Handler handler,
                         Pace pace) {
  Route route{std::move(handler), {}, false, "application/json", body_bytes_max, false};
  route.guard = std::move(guard);
  route.pace = pace;
  routes_[std::move(path)]["POST"] = std::move(route);
}

const Site::Route* Site::find_route(std::string_view method, std::string_view target) const {
  const auto found = routes_.find(target.substr(0, target.find('?')));
  if (found == routes_.end()) {
    return nullptr;
  }
  const auto route = found->second.find(method == "HEAD" ? "GET" : std::string(method));
  return route == found->second.end() ? nullptr : &route->second;
}

Pace Site::pace(std::string_view method, std::string_view target) const {
  const Route* route = find_route(method, target);
  if (route != nullptr) {
    return route->pace;
  }
  // An address that is written with percent signs may still be that of a slow route.
  const bool plain = target.substr(0, target.find('?')).find('%') == std::string_view::npos;
  return plain ? Pace::kQuick : Pace::kMayWait;
}

std::optional<std::size_t> Site::body_bytes_max(std::string_view method,
                                                std::string_view target) const {
  const Route* route = find_route(method, target);
  if (route == nullptr || route->body_bytes_max == 0) {
    return std::nullopt;
  }
  return route->body_bytes_max;
}

std::optional<Reply> Site::refuse_write(const Route& route, const Request& request) const {
  if (route.content_type.empty()) {
    return std::nullopt;
  }
  if (route.changes && !options_.writes) {
    return refuse(403, "this server only answers questions; changes are made on its own machine");
  }
  const std::size_t scheme = request.origin.find("://");
  const std::string_view from = scheme == std::string::npos
                                    ? std::string_view(request.origin)
                                    : std::string_view(request.origin).substr(scheme + 3);
  const bool foreign = !request.origin.empty() && from != request.host;
  if (foreign || request.fetch_site == "cross-site" || request.fetch_site == "same-site") {
    return refuse(403, "a page of another site may not change anything here");
  }
  const std::string_view type =
      std::string_view(request.content_type).substr(0, request.content_type.find(';'));
  if (type != route.content_type) {
    return refuse(415, fmt::format("this address takes a body of type {}", route.content_type));
  }
  return std::nullopt;
}

void Site::assets(std::span<const Asset> assets) {
  assets_ = assets;
}

Reply Site::refuse(int status, std::string_view message) {
  return reply_of(error_document(status, message));
}

bool Site::is_our_host(std::string_view host) const {
  const std::size_t after_bracket = host.starts_with('[') ? host.find(']') : 0;
  const std::string_view name =
      host.substr(0, host.find(':', std::min(after_bracket, host.size())));
  return options_.any_host || name == "localhost" || name == "127.0.0.1" || name == "[::1]" ||
         std::find(options_.hosts.begin(), options_.hosts.end(), name) != options_.hosts.end();
}

Reply Site::answer(Request request) const {
  if (request.host.empty()) {
    return refuse(400, "the request does not say which host it is for");
  }
  if (!is_our_host(request.host)) {
    return refuse(403, "this server does not answer under that host name");
  }
  try {
    return answer_known_host(request);
  } catch (const std::exception& error) {
    // The path only: the query holds what a person asked.
    fmt::print(stderr, "thaw: a bug of ours at {}: {}\n", request.path, error.what());
    return refuse(500, kBug);
  }
}

Reply Site::answer_known_host(Request& request) const {
  Result<Target> target = parse_target(request.target);
  if (!target) {
    return refuse(400, target.error().message);
  }
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  const bool reads = request.method == "GET" || request.method == "HEAD";
  const auto found = routes_.find(request.path);
  if (found == routes_.end()) {
    if (request.path == "/api" || request.path.starts_with("/api/")) {
      return refuse(404, fmt::format("there is nothing at {}", request.path));
    }
    return reads ? answer_asset(request) : method_not_allowed("GET, HEAD");
  }
  const auto route = found->second.find(reads ? "GET" : request.method);
  if (route == found->second.end()) {
    std::string allow;
    for (const auto& [method, unused] : found->second) {
      allow += (allow.empty() ? "" : ", ") + method + (method == "GET" ? ", HEAD" : "");
    }
    return method_not_allowed(std::move(allow));
  }
  return answer_route(route->second, request);
}

Reply Site::answer_route(const Route& route, const Request& request) const {
  if (const auto declared = request.query.check_declared(route.parameters); !declared) {
    return reply_of(error_response(declared.error()));
  }
  if (auto refused = refuse_write(route, request)) {
    return *std::move(refused);
  }
  if (route.guard) {
    if (const auto allowed = route.guard(request); !allowed) {
      return reply_of(error_response(allowed.error()));
    }
  }
  const std::uint64_t generation = options_.generation ? options_.generation() : 0;
  const std::string key =
      route.cached ? fmt::format("{} {}?{}", generation, request.path, request.query.canonical())
                   : std::string();
  if (route.cached) {
    if (std::shared_ptr<const CachedAnswer> kept = cache_->find(key)) {
      return reply_of(std::move(kept), request);
    }
  }
  Result<Response> response = route.handler(request);
  if (!response) {
    return reply_of(error_response(response.error()));
  }
  if (!route.cached || response->status != 200) {
    return reply_of(std::move(response).value());
  }
  std::shared_ptr<const CachedAnswer> answer = prepare(std::move(response).value());
  cache_->keep(key, answer);
  return reply_of(std::move(answer), request);
}

Reply Site::answer_asset(const Request& request) const {
  const Asset* asset = find_asset(assets_, request.path);
  if (asset == nullptr && is_page_path(request.path)) {
    asset = find_asset(assets_, "/index.html");
  }
  if (asset == nullptr) {
    return refuse(404, fmt::format("there is nothing at {}", request.path));
  }
  const std::string_view caching =
      asset->immutable ? "public, max-age=31536000, immutable" : "no-cache";
  return choose({asset->content_type, caching, asset->etag, asset->plain, asset->gzip}, request);
}

Response json_response(std::string document) {
  Response response;
  response.body = std::move(document);
  return response;
}

std::string_view error_kind(ErrorCode code) {
  return kind_of(http_status(code));
}

int http_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return 400;
    case ErrorCode::kNotFound:
      return 404;
    case ErrorCode::kConflict:
      return 409;
    case ErrorCode::kDenied:
      return 403;
    case ErrorCode::kUnavailable:
      return 503;
    case ErrorCode::kCorrupt:
      return 500;
  }
  return 500;
}

Response error_response(const Error& error, const std::vector<std::string>& suggestions) {
  return error_document(http_status(error.code), error.message, suggestions);
}

}  // namespace thaw::api
