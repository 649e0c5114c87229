// What the server says: routes, assets and the headers of every answer. Knows no sockets.
//
//   Site site;
//   site.route("GET", "/api/status", {}, [&](const Request&) { return json_response(document); });
//   Reply reply = site.answer(request);
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/answer_cache.h"
#include "api/asset.h"
#include "api/query.h"
#include "base/result.h"

namespace thaw::api {

struct Request {
  std::string method = "GET";
  std::string target = "/";       // as it came, still percent-encoded
  std::string host;               // the Host header
  std::string if_none_match;      // the If-None-Match header
  bool gzip_accepted = false;     // by Accept-Encoding
  std::string origin;             // the Origin header: the page that asks, where a browser says so
  std::string fetch_site;         // the Sec-Fetch-Site header
  std::string content_type;       // the Content-Type header
  std::string cookie;             // the Cookie header
  bool peer_is_loopback = false;  // the other end of the connection is this machine
  bool forwarded = false;         // it says that a proxy passed it on (Forwarded, X-Forwarded-...)
  bool old_http = false;          // HTTP/1.0: no browser speaks it, a plain proxy does
  std::string body;
  std::string path = "/";  // set by Site::answer: decoded
  Query query;             // set by Site::answer: decoded
};

/// What a handler gives back.
struct Response {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  /// Set for an answer that goes on: called several times a second until it gives nothing; "" means
  /// nothing to say yet. `body` is unused then.
  std::function<std::optional<std::string>()> next;
  std::vector<std::pair<std::string, std::string>> headers = {};  // besides the usual ones
};

/// What goes over the wire. `body` is kept alive by `owner`, or is static.
struct Reply {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string_view body;
  std::shared_ptr<const void> owner;
  std::function<std::optional<std::string>()> next;  // see Response
};

using Handler = std::function<Result<Response>(const Request&)>;

/// Whether this request may be answered: Done, or kDenied with one sentence. See route_guard.h.
using Guard = std::function<Result<Done>(const Request&)>;

/// What a handler may wait for, so that none stands behind those that wait for something else: each
/// but kQuick has threads of its own in the server.
enum class Pace {
  kMayWait,    // work of any length that anyone may ask for: rankings, analyses, imports
  kQuick,      // neither waits nor works long: called at once, never behind others
  kComposing,  // the text engine, while a person writes; never the store
  kKeeping,    // the store, for what belongs to one person
  kOutside,    // a program or another machine: the voice, the expander
};

class Site {
 public:
  struct Options {
    /// Host names besides localhost, 127.0.0.1 and [::1] that a request may be addressed to. A
    /// page elsewhere that points its own name at this machine (DNS rebinding) gets 403.
    std::vector<std::string> hosts;
    bool any_host = false;             // for a server that is meant to be seen by others
    std::size_t cached_answers = 512;  // of cached routes, least recently used leave first
    std::size_t cached_bytes = 64 * 1024 * 1024;
    bool writes = false;  // whether routes that change the store answer at all
    /// Counts the states of what is answered from: a kept answer of an older one is not given.
    std::function<std::uint64_t()> generation;
  };

  Site();  // with the options as they stand above
  explicit Site(Options options);

  /// Answers `method` on exactly `path`. `parameters` are the keys that its query may hold: another
  /// one, or a value over Query::kCharactersMax, gets 400 and never reaches the handler, which must
  /// be safe to call from several threads.
  void route(std::string method, std::string path, std::vector<std::string> parameters,
             Handler handler);

  /// A route that changes something: POST with a body of at most `body_bytes_max` bytes of
  /// `content_type`. 403 unless Options::writes, and for a page of another site (by Origin and
  /// Sec-Fetch-Site); 415 for another type, which a foreign page could send without being asked.
  void write_route(std::string path, std::vector<std::string> parameters, std::string content_type,
                   std::size_t body_bytes_max, Handler handler);

  /// As write_route, for a question that needs a body: it changes nothing, so Options::writes does
  /// not matter.
  void ask_route(std::string path, std::vector<std::string> parameters, std::string content_type,
                 std::size_t body_bytes_max, Handler handler);

  /// GET and POST for those whom `guard` lets in, whatever Options::writes says: what belongs to
  /// one person and those around them. The body is JSON; a page of another site is refused as by
  /// write_route, before the guard is asked.
  void guarded_read(std::string path, std::vector<std::string> parameters, Guard guard,
                    Handler handler, Pace pace = Pace::kKeeping);
  void guarded_write(std::string path, std::size_t body_bytes_max, Guard guard, Handler handler,
                     Pace pace = Pace::kKeeping);

  /// The pace of the answer to `method` on `target`. Pages and what is nowhere are kQuick.
  Pace pace(std::string_view method, std::string_view target) const;

  /// The largest body that `method` on `target` takes; nothing where the address takes none.
  std::optional<std::size_t> body_bytes_max(std::string_view method, std::string_view target) const;

  /// As route("GET", ...), for an answer that depends on nothing but path, query and the state's
  /// number: it is computed once and kept, and sent with an ETag. Errors are not kept.
  void route_cached(std::string path, std::vector<std::string> parameters, Handler handler);

  /// Pages and their parts; `assets` must outlive the site.
  void assets(std::span<const Asset> assets);

  /// Answers `request`: never throws, whatever it holds. What a handler throws is written to stderr
  /// with the path, and the client is told only that it is a bug. HEAD is GET without its body,
  /// which the server leaves out.
  Reply answer(Request request) const;

  /// The answer to what is not even a request (too large, too slow, malformed).
  static Reply refuse(int status, std::string_view message);

 private:
  struct Route {
    Handler handler;
    std::vector<std::string> parameters;
    bool cached = false;
    std::string content_type = {};  // of a write_route
    std::size_t body_bytes_max = 0;
    bool changes = true;  // of a write_route, not of an ask_route
    Guard guard = {};     // of a guarded one
    Pace pace = Pace::kMayWait;
  };
  const Route* find_route(std::string_view method, std::string_view target) const;
  Reply answer_known_host(Request& request) const;
  Reply answer_route(const Route& route, const Request& request) const;
  std::optional<Reply> refuse_write(const Route& route, const Request& request) const;
  Reply answer_asset(const Request& request) const;
  bool is_our_host(std::string_view host) const;

  Options options_;
  std::map<std::string, std::map<std::string, Route>, std::less<>> routes_;  // path, method
  std::span<const Asset> assets_;
  std::unique_ptr<AnswerCache> cache_;
};

/// A 200 with a JSON document.
Response json_response(std::string document);

/// The document of docs/formats/api.md for an error, and its HTTP status.
Response error_response(const Error& error, const std::vector<std::string>& suggestions = {});
int http_status(ErrorCode code);
std::string_view error_kind(ErrorCode code);  // "not_found", ... as in the document

}  // namespace thaw::api
