#include "net/curl_client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <exception>
#include <mutex>

#include "base/text.h"
#include "net/url.h"

namespace thaw::net {
namespace {

constexpr const char* kAgent = "thaw (research platform for ALS; libcurl)";
constexpr std::size_t kHeaderBytesMax = std::size_t{1} << 20U;

/// What one exchange has got so far; libcurl's callbacks write into it.
struct Exchange {
  const HttpRequest* request = nullptr;
  HttpReply reply;
  std::size_t header_bytes = 0;
  bool too_large = false;
};

// The callbacks run inside C code, so nothing may be thrown through them.
std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* user) noexcept try {
  auto& exchange = *static_cast<Exchange*>(user);
  const std::size_t length = size * count;
  if (exchange.reply.body.size() + length > exchange.request->bytes_max) {
    exchange.too_large = true;
    return 0;
  }
  exchange.reply.body.append(bytes, length);
  if (exchange.request->on_progress) {
    exchange.request->on_progress(exchange.reply.body.size());
  }
  return length;
} catch (const std::exception&) {
  return 0;
}

std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* user) noexcept try {
  auto& exchange = *static_cast<Exchange*>(user);
  const std::string_view line = trim({bytes, size * count});
  exchange.header_bytes += size * count;
  if (exchange.header_bytes > kHeaderBytesMax) {
    exchange.too_large = true;
    return 0;
  }
  if (line.starts_with("HTTP/")) {
    exchange.reply.headers.clear();  // the reply after a redirect
  } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
    std::string name(line.substr(0, colon));
    for (char& c : name) {
      c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    exchange.reply.headers[name] = trim(line.substr(colon + 1));
  }
  return size * count;
} catch (const std::exception&) {
  return 0;
}

int on_transfer(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
  return static_cast<Exchange*>(user)->request->stop.stop_requested() ? 1 : 0;
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

Result<HeaderList> header_list(const HttpRequest& request) {
  HeaderList list;
  const auto add = [&](const std::string& line) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer != nullptr) {
      (void)list.release();
      list.reset(longer);
    }
  };
  for (const auto& [name, value] : request.headers) {
    if ((name + value).find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
      return invalid_argument("a header of a request holds a line's end");
    }
    add(fmt::format("{}: {}", name, value));
  }
  add("Expect:");  // A POST is sent at once: many servers never answer "100 Continue".
  return list;
}

Error failure(CURLcode code, const Exchange& exchange) {
  const std::string host = host_of(exchange.request->url);
  if (exchange.request->stop.stop_requested()) {
    return unavailable(fmt::format("stopped while waiting for {}", host));
  }
  if (exchange.too_large) {
    return corrupt(
        fmt::format("the reply of {} is larger than {} bytes", host, exchange.request->bytes_max));
  }
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return denied(fmt::format("the certificate of {} is not trusted by this system", host));
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_TOO_MANY_REDIRECTS:
      return denied(fmt::format("{} sent on to a place that is not followed: {}", host,
                                curl_easy_strerror(code)));
    case CURLE_URL_MALFORMAT:
      return invalid_argument("this is not a http or https address");
    case CURLE_OPERATION_TIMEDOUT:
      return unavailable(fmt::format("{} took too long to answer", host));
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_BAD_CONTENT_ENCODING:
      return unavailable(fmt::format("the reply of {} was cut short", host));
    default:
      return unavailable(fmt::format("no answer from {}: {}", host, curl_easy_strerror(code)));
  }
}

void set_limits(CURL* easy, const HttpRequest& request, Exchange& exchange) {
  const bool secure = request.url.starts_with("https:") || request.url.starts_with("HTTPS:");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, kAgent);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION,
                   request.body || request.redirects_max <= 0 ? 0L : 1L);
  curl_easy_setopt(easy, CURLOPT_MAXREDIRS, static_cast<long>(request.redirects_max));
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(request.connect_within.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.done_within.count()));
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &exchange);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_transfer);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &exchange);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
}

}  // namespace

struct CurlClient::Handle {
  struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  std::unique_ptr<CURL, FreeEasy> easy;
};

CurlClient::CurlClient() : handle_(std::make_unique<Handle>()) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  handle_->easy.reset(curl_easy_init());
}

CurlClient::~CurlClient() = default;

Result<HttpReply> CurlClient::send(const HttpRequest& request) {
  CURL* easy = handle_->easy.get();
  if (easy == nullptr) {
    return unavailable("the network library could not be started");
  }
  THAW_CHECK(origin_of(request.url));
  THAW_TRY(const HeaderList headers, header_list(request));
  Exchange exchange{.request = &request};
  curl_easy_reset(easy);  // The open connection stays.
  set_limits(easy, request, exchange);
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
  if (request.body) {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body->data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body->size()));
  }
  const CURLcode code = curl_easy_perform(easy);
  if (code != CURLE_OK) {
    return failure(code, exchange);
  }
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  exchange.reply.status = static_cast<int>(status);
  if (exchange.reply.status == 200 && request.is_whole && !request.is_whole(exchange.reply)) {
    return unavailable(fmt::format("the reply of {} was cut short", host_of(request.url)));
  }
  return std::move(exchange.reply);
}

}  // namespace thaw::net
