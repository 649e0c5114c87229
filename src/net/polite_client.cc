#include "net/polite_client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "base/text.h"
#include "net/url.h"

namespace thaw::net {
namespace {

using std::chrono::milliseconds;

bool is_worth_another_try(int status) {
  return status == 408 || status == 425 || status == 429 || (status >= 500 && status <= 599);
}

}  // namespace

void SystemWaitingClock::wait(milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any woken;
  std::unique_lock lock(mutex);
  woken.wait_for(lock, stop, time, [] { return false; });
}

PoliteClient::PoliteClient(HttpClient& inner, WaitingClock& clock, Manners manners,
                           std::uint64_t seed, OnRetry on_retry)
    : inner_(&inner),
      clock_(&clock),
      manners_(manners),
      random_(seed),
      on_retry_(std::move(on_retry)) {}

void PoliteClient::keep_pace(const std::stop_token& stop) {
  const auto gap = std::chrono::ceil<milliseconds>(
      std::chrono::duration<double>(1 / std::max(manners_.requests_per_second, 1e-3)));
  if (last_) {
    // A clock that was set back must not make us wait longer than one gap.
    const auto since = std::chrono::floor<milliseconds>(clock_->now() - *last_);
    const auto left = std::clamp(gap - since, milliseconds{0}, gap);
    if (left.count() > 0) {
      clock_->wait(left, stop);
    }
  }
  last_ = clock_->now();
}

Result<HttpReply> PoliteClient::send(const HttpRequest& request) {
  milliseconds step = manners_.first_wait;
  for (int attempt = 1;; ++attempt) {
    keep_pace(request.stop);
    if (request.stop.stop_requested()) {
      return unavailable(fmt::format("stopped while waiting for {}", host_of(request.url)));
    }
    ++sent_;
    auto reply = inner_->send(request);
    if (reply ? !is_worth_another_try(reply->status)
              : reply.error().code != ErrorCode::kUnavailable || request.stop.stop_requested()) {
      return reply;
    }
    const std::string what =
        reply ? fmt::format("{} answered with status {}", host_of(request.url), reply->status)
              : reply.error().message;
    auto wait = milliseconds(
        static_cast<std::int64_t>(static_cast<double>(step.count()) * (1 + random_.uniform()) / 2));
    if (reply) {
      const auto asked = reply->headers.find("retry-after");
      if (asked != reply->headers.end()) {
        wait = std::max(wait, retry_after(asked->second, clock_->now()).value_or(wait));
      }
    }
    if (attempt >= manners_.tries_max || wait > manners_.patience_max) {
      return unavailable(
          fmt::format("{}; given up after {} {}", what, attempt, attempt == 1 ? "try" : "tries"));
    }
    if (on_retry_) {
      on_retry_(what, wait);
    }
    clock_->wait(wait, request.stop);
    ++retries_;
    step = std::min(2 * step, manners_.longest_wait);
  }
}

std::optional<milliseconds> retry_after(std::string_view value,
                                        std::chrono::system_clock::time_point now) {
  value = trim(value);
  constexpr std::int64_t kSecondsMax = 1'000'000'000;
  if (const auto seconds = parse_int(value)) {
    return milliseconds(1000 * std::clamp<std::int64_t>(*seconds, 0, kSecondsMax));
  }
  const std::string text(value);
  const std::time_t when = curl_getdate(text.c_str(), nullptr);
  if (when == -1) {
    return std::nullopt;
  }
  const auto left =
      std::chrono::ceil<milliseconds>(std::chrono::system_clock::from_time_t(when) - now);
  return std::max(left, milliseconds{0});
}

Result<std::string> body_of(const HttpRequest& request, HttpReply reply) {
  if (reply.status == 200) {
    return std::move(reply.body);
  }
  std::string words = fmt::format("{} answered with status {}", host_of(request.url), reply.status);
  if (reply.status == 401 || reply.status == 403) {
    return denied(words + "; is the key right?");
  }
  if (reply.status == 404 || reply.status == 410) {
    return not_found(words + "; is the address right?");
  }
  return reply.status >= 400 && reply.status < 500 ? invalid_argument(words) : unavailable(words);
}

}  // namespace thaw::net
