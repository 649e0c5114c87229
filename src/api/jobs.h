// Long work that a page starts: one after another in the background, with progress and an end.
#pragma once

#include <atomic>
#include <boost/json/object.hpp>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"

namespace thaw::api {

/// How the work tells where it is, and learns that it should stop.
class JobControl {
 public:
  void progress(std::uint64_t done, std::optional<std::uint64_t> total);
  bool cancelled() const { return cancelled_; }

 private:
  friend class Jobs;
  std::atomic<std::uint64_t> done_{0};
  std::atomic<std::int64_t> total_{-1};
  std::atomic<bool> cancelled_{false};
};

/// The report of the work, or why it failed.
using Work = std::function<Result<boost::json::object>(JobControl&)>;

/// Safe to use from several threads. The newest 100 ended jobs are remembered.
class Jobs {
 public:
  Jobs();
  ~Jobs();  // cancels what runs and waits for it

  /// The new job's id. kUnavailable when too many wait.
  Result<std::string> start(std::string kind, std::string title, std::string unit, Work work);

  /// The `job` document of docs/formats/api.md. kNotFound.
  Result<boost::json::object> document(const std::string& id) const;
  std::vector<boost::json::object> documents() const;  // newest first

  /// kNotFound. One that has ended stays as it ended.
  Result<Done> cancel(const std::string& id);

  /// Whether the job has ended; true for one that is not known.
  bool ended(const std::string& id) const;

 private:
  struct Job;
  std::shared_ptr<Job> find(const std::string& id) const;
  void run(const std::stop_token& stop);
  void finish(Job& job, Result<boost::json::object> outcome);

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::shared_ptr<Job>> jobs_;  // oldest first
  std::uint64_t next_ = 1;
  std::jthread thread_;
};

}  // namespace thaw::api
