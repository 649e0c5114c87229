#include "api/event_hub.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>

#include "api/json_text.h"

namespace thaw::api {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::array<std::string_view, 5> kNewestOnly = {"composing", "draft", "holder", "care",
                                                         "board"};

std::shared_ptr<const std::string> block_of(std::string_view name,
                                            const boost::json::value& document) {
  return std::make_shared<const std::string>(
      fmt::format("event: {}\ndata: {}\n\n", name, json_line(document)));
}

struct Waiting {
  std::string_view replaced_by;  // the name of which only the newest counts; else empty
  std::shared_ptr<const std::string> block;
};

}  // namespace

struct EventHub::Queue {
  Listener listener = Listener::kOwn;
  std::function<bool()> allowed;
  std::deque<Waiting> waiting;
  std::size_t bytes = 0;
  bool over = false;  // fell too far behind
  Steady::time_point last = Steady::now();

  void add(Waiting next) {
    if (!next.replaced_by.empty()) {
      const auto old = std::find_if(waiting.begin(), waiting.end(), [&](const Waiting& w) {
        return w.replaced_by == next.replaced_by;
      });
      if (old != waiting.end()) {
        bytes -= old->block->size();
        waiting.erase(old);
      }
    }
    bytes += next.block->size();
    waiting.push_back(std::move(next));
    if (waiting.size() > kQueuedMax || bytes > kQueuedBytesMax) {
      over = true;
      waiting.clear();
      bytes = 0;
    }
  }
};

struct EventHub::State {
  mutable std::mutex mutex;
  std::chrono::milliseconds heartbeat;
  bool ended = false;
  std::vector<std::weak_ptr<Queue>> queues;

  void forget_gone() {
    std::erase_if(queues, [](const std::weak_ptr<Queue>& queue) { return queue.expired(); });
  }

  /// What to send to `queue` now: everything that waits, a heartbeat, "" or the end.
  std::optional<std::string> next(Queue& queue) {
    std::string out;
    {
      const std::lock_guard lock(mutex);
      if (ended || queue.over) {
        return std::nullopt;
      }
      for (const Waiting& each : queue.waiting) {
        out += *each.block;
      }
      queue.waiting.clear();
      queue.bytes = 0;
      const auto now = Steady::now();
      if (out.empty() && now - queue.last < heartbeat) {
        return out;
      }
      queue.last = now;
    }
    if (queue.allowed && !queue.allowed()) {
      return std::nullopt;
    }
    return out.empty() ? ":\n\n" : out;
  }
};

EventHub::EventHub(std::chrono::milliseconds heartbeat) : state_(std::make_shared<State>()) {
  state_->heartbeat = heartbeat;
}

EventHub::~EventHub() {
  const std::lock_guard lock(state_->mutex);
  state_->ended = true;
}

void EventHub::publish(std::string_view name, const boost::json::value& document,
                       Audience audience) {
  const auto newest = std::find(kNewestOnly.begin(), kNewestOnly.end(), name);
  const Waiting event{newest == kNewestOnly.end() ? std::string_view() : *newest,
                      block_of(name, document)};
  const std::lock_guard lock(state_->mutex);
  state_->forget_gone();
  for (const auto& weak : state_->queues) {
    const std::shared_ptr<Queue> queue = weak.lock();
    if (queue && !queue->over &&
        (audience == Audience::kEveryone || queue->listener == Listener::kOwn)) {
      queue->add(event);
    }
  }
}

Result<Response> EventHub::listen(Listener listener, const std::function<Events()>& first,
                                  std::function<bool()> allowed) {
  auto queue = std::make_shared<Queue>();
  queue->listener = listener;
  queue->allowed = std::move(allowed);
  {
    const std::lock_guard lock(state_->mutex);
    state_->forget_gone();
    if (state_->queues.size() >= kListenersMax) {
      return unavailable(
          fmt::format("{} pages listen already; close one and try again", kListenersMax));
    }
    state_->queues.push_back(queue);
  }
  std::string beginning;
  for (const auto& [name, document] : first()) {
    beginning += *block_of(name, document);
  }
  {
    const std::lock_guard lock(state_->mutex);
    queue->bytes += beginning.size();
    queue->waiting.push_front({{}, std::make_shared<const std::string>(std::move(beginning))});
  }
  Response response;
  response.content_type = "text/event-stream; charset=utf-8";
  response.next = [state = state_, queue] { return state->next(*queue); };
  return response;
}

std::size_t EventHub::listeners() const {
  const std::lock_guard lock(state_->mutex);
  state_->forget_gone();
  return state_->queues.size();
}

}  // namespace thaw::api
