// The text engine while the server runs: made in the background, so that the pages are there at
// once.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/result.h"
#include "gaze/text_engine.h"

namespace thaw::api {

/// Safe to use from several threads.
class EngineRoom {
 public:
  /// Called once on a thread of its own; may take seconds.
  using Make = std::function<Result<std::unique_ptr<gaze::TextEngine>>()>;

  explicit EngineRoom(Make make);
  ~EngineRoom();  // waits for a making that is under way
  EngineRoom(const EngineRoom&) = delete;
  EngineRoom& operator=(const EngineRoom&) = delete;

  /// The engine, once it is made or at the latest after `patience`. kUnavailable: it is being
  /// warmed; or the error of its making. It lives as long as the room.
  Result<gaze::TextEngine*> wait(std::chrono::milliseconds patience);

  /// The engine, or null where it is not there now.
  gaze::TextEngine* now();

  /// `act(engine)`: now, or as soon as it is made, in the order of the calls. On the caller's
  /// thread where the engine is there.
  void when_made(std::function<void(gaze::TextEngine&)> act);

 private:
  void run(const Make& make);

  std::mutex mutex_;
  std::condition_variable made_;
  std::unique_ptr<gaze::TextEngine> engine_;
  std::optional<Error> error_;
  std::vector<std::function<void(gaze::TextEngine&)>> waiting_;
  std::jthread thread_;
};

}  // namespace thaw::api
