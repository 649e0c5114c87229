// A client that does not press a server: so many requests a second, and patience when it is busy.
//
// Tried again: no whole reply (kUnavailable), 408, 425, 429 and 5xx. The wait doubles from
// `first_wait` and is drawn between half of that and all of it (jitter, so that many clients do not
// return together); Retry-After (RFC 9110 10.2.3: seconds or a date) is honoured when it is longer.
// Checked: with a set clock, and against a server that misbehaves.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "net/http_client.h"

namespace thaw::net {

/// A clock that can also wait, so that tests need not.
class WaitingClock : public Clock {
 public:
  /// Returns after `time`, or earlier when `stop` is asked for.
  virtual void wait(std::chrono::milliseconds time, const std::stop_token& stop) = 0;
};

class SystemWaitingClock final : public WaitingClock {
 public:
  std::chrono::system_clock::time_point now() const override {
    return std::chrono::system_clock::now();
  }
  void wait(std::chrono::milliseconds time, const std::stop_token& stop) override;
};

struct Manners {
  double requests_per_second = 3;
  int tries_max = 6;  // the first one included
  std::chrono::milliseconds first_wait{500};
  std::chrono::milliseconds longest_wait{60'000};
  /// A server that asks for more patience than this is given up.
  std::chrono::milliseconds patience_max{600'000};
};

class PoliteClient final : public HttpClient {
 public:
  /// Says what went wrong and how long it waits before the next try; without secrets.
  using OnRetry = std::function<void(const std::string& what, std::chrono::milliseconds wait)>;

  /// `inner` and `clock` must outlive this.
  PoliteClient(HttpClient& inner, WaitingClock& clock, Manners manners, std::uint64_t seed,
               OnRetry on_retry = nullptr);

  /// As HttpClient::send; kUnavailable after the last try, with the last reason.
  Result<HttpReply> send(const HttpRequest& request) override;

  std::size_t sent() const { return sent_; }        // requests, tries included
  std::size_t retries() const { return retries_; }  // of them, tries after the first

 private:
  void keep_pace(const std::stop_token& stop);

  HttpClient* inner_;
  WaitingClock* clock_;
  Manners manners_;
  Random random_;
  OnRetry on_retry_;
  std::optional<std::chrono::system_clock::time_point> last_;
  std::size_t sent_ = 0;
  std::size_t retries_ = 0;
};

/// What "Retry-After: `value`" asks for at `now`: seconds, or a date as HTTP writes it
/// ("Sun, 06 Nov 1994 08:49:37 GMT"); nothing when it is neither. Never negative.
std::optional<std::chrono::milliseconds> retry_after(std::string_view value,
                                                     std::chrono::system_clock::time_point now);

/// The body of a reply with status 200; else an error of the right kind that names the host and
/// the status: 401, 403 kDenied; 404, 410 kNotFound; other 4xx kInvalidArgument; the rest
/// kUnavailable.
Result<std::string> body_of(const HttpRequest& request, HttpReply reply);

}  // namespace thaw::net
