// News to every page that listens: server-sent events, each listener with a bounded queue.
//
//   hub.publish("call", document, EventHub::Audience::kEveryone);
//   return hub.listen(EventHub::Listener::kOwn, {first events});   // the answer of a route
//
// A listener that does not read holds at most kQueuedMax events and kQueuedBytesMax bytes: over it
// its answer ends, and the page connects anew and asks for the state. Of what only its newest
// counts (composing, draft, holder, care) one event waits at most.
#pragma once

#include <boost/json/value.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/site.h"

namespace thaw::api {

/// Safe to use from several threads; never waits for a listener or for the store.
class EventHub {
 public:
  enum class Listener { kOwn, kPartner };
  enum class Audience { kOwn, kEveryone };

  static constexpr std::size_t kListenersMax = 64;
  static constexpr std::size_t kQueuedMax = 256;
  static constexpr std::size_t kQueuedBytesMax = 2 * 1024 * 1024;

  explicit EventHub(std::chrono::milliseconds heartbeat = std::chrono::seconds(15));
  ~EventHub();

  /// Tells everyone in `audience`. Cost: one pointer a listener.
  void publish(std::string_view name, const boost::json::value& document, Audience audience);

  /// Name and document of each.
  using Events = std::vector<std::pair<std::string, boost::json::value>>;

  /// An answer that goes on with events until the hub ends. `first` is asked after the listener is
  /// known, so nothing falls between what it tells and what is published; it comes first.
  /// `allowed`, where given, is asked before anything is sent: false ends the answer.
  /// kUnavailable over kListenersMax.
  Result<Response> listen(Listener listener, const std::function<Events()>& first,
                          std::function<bool()> allowed = {});

  std::size_t listeners() const;

 private:
  struct Queue;
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace thaw::api
