#include "api/jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "api/site.h"

namespace thaw::api {
namespace {

namespace json = boost::json;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kRememberedMax = 100;
constexpr std::size_t kWaitingMax = 20;

enum class State { kWaiting, kRunning, kDone, kFailed, kCancelled };

bool has_ended(State state) {
  return state != State::kWaiting && state != State::kRunning;
}

std::string_view to_string(State state) {
  switch (state) {
    case State::kWaiting:
      return "waiting";
    case State::kRunning:
      return "running";
    case State::kDone:
      return "done";
    case State::kFailed:
      return "failed";
    case State::kCancelled:
      break;
  }
  return "cancelled";
}

json::object message_of(State state) {
  switch (state) {
    case State::kWaiting:
      return {{"en", "Waiting for the work before it"}, {"zh", "正在等待前面的任务"}};
    case State::kRunning:
      return {{"en", "Working"}, {"zh", "正在进行"}};
    case State::kDone:
      return {{"en", "Done"}, {"zh", "已完成"}};
    case State::kFailed:
      return {{"en", "It failed"}, {"zh", "未能完成"}};
    case State::kCancelled:
      break;
  }
  return {{"en", "Stopped. What was read so far is kept; the same file goes on from there"},
          {"zh", "已停止。已读入的部分会保留；再次导入同一文件会从中断处继续"}};
}

}  // namespace

struct Jobs::Job {
  std::string id, kind, title, unit;
  Work work;
  JobControl control;
  State state = State::kWaiting;
  std::optional<json::object> report;
  std::optional<Error> error;
  Clock::time_point begun, ended;

  json::object document() const {
    const std::uint64_t done = control.done_;
    const std::int64_t total = control.total_;
    const double seconds =
        std::chrono::duration<double>((has_ended(state) ? ended : Clock::now()) - begun).count();
    const double rate =
        state != State::kWaiting && seconds > 0 ? static_cast<double>(done) / seconds : 0;
    json::value left = nullptr;
    if (state == State::kRunning && rate > 0 && total >= 0) {
      left = std::max(0.0, (static_cast<double>(total) - static_cast<double>(done)) / rate);
    }
    json::value wrong = nullptr;
    if (error) {
      wrong = json::object{{"kind", error_kind(error->code)}, {"message", error->message}};
    }
    return {{"job", id},
            {"kind", kind},
            {"title", title},
            {"state", to_string(state)},
            {"done", done},
            {"total", total >= 0 ? json::value(total) : json::value(nullptr)},
            {"unit", unit},
            {"per_second", rate},
            {"seconds_left", left},
            {"message", message_of(state)},
            {"report", report ? json::value(*report) : json::value(nullptr)},
            {"error", wrong}};
  }
};

void JobControl::progress(std::uint64_t done, std::optional<std::uint64_t> total) {
  done_ = done;
  total_ = total ? static_cast<std::int64_t>(*total) : -1;
}

Jobs::Jobs() : thread_([this](const std::stop_token& stop) { run(stop); }) {}

Jobs::~Jobs() {
  {
    const std::lock_guard lock(mutex_);
    for (const auto& job : jobs_) {
      job->control.cancelled_ = true;
    }
  }
  thread_.request_stop();
  changed_.notify_all();
}

Result<std::string> Jobs::start(std::string kind, std::string title, std::string unit, Work work) {
  auto job = std::make_shared<Job>();
  job->kind = std::move(kind);
  job->title = std::move(title);
  job->unit = std::move(unit);
  job->work = std::move(work);
  const std::lock_guard lock(mutex_);
  const auto waiting = std::count_if(jobs_.begin(), jobs_.end(), [](const auto& other) {
    return other->state == State::kWaiting;
  });
  if (static_cast<std::size_t>(waiting) >= kWaitingMax) {
    return unavailable(fmt::format("{} jobs wait already; try again when some are done", waiting));
  }
  if (jobs_.size() >= kRememberedMax && has_ended(jobs_.front()->state)) {
    jobs_.pop_front();
  }
  job->id = fmt::format("j{}", next_++);
  jobs_.push_back(job);
  changed_.notify_all();
  return job->id;
}

std::shared_ptr<Jobs::Job> Jobs::find(const std::string& id) const {
  const auto at =
      std::find_if(jobs_.begin(), jobs_.end(), [&](const auto& job) { return job->id == id; });
  return at == jobs_.end() ? nullptr : *at;
}

Result<json::object> Jobs::document(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto job = find(id);
  if (!job) {
    return not_found(fmt::format("there is no job '{}'", id));
  }
  return job->document();
}

std::vector<json::object> Jobs::documents() const {
  const std::lock_guard lock(mutex_);
  std::vector<json::object> out;
  for (auto job = jobs_.rbegin(); job != jobs_.rend(); ++job) {
    out.push_back((*job)->document());
  }
  return out;
}

Result<Done> Jobs::cancel(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto job = find(id);
  if (!job) {
    return not_found(fmt::format("there is no job '{}'", id));
  }
  job->control.cancelled_ = true;
  if (job->state == State::kWaiting) {
    job->state = State::kCancelled;
    job->work = nullptr;
    job->begun = job->ended = Clock::now();
  }
  return Done{};
}

bool Jobs::ended(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto job = find(id);
  return !job || has_ended(job->state);
}

void Jobs::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  const auto waiting = [this] {
    return std::find_if(jobs_.begin(), jobs_.end(),
                        [](const auto& job) { return job->state == State::kWaiting; });
  };
  while (changed_.wait(lock, stop, [&] { return waiting() != jobs_.end(); })) {
    if (stop.stop_requested()) {
      return;
    }
    const std::shared_ptr<Job> job = *waiting();
    job->state = State::kRunning;
    job->begun = Clock::now();
    lock.unlock();
    Result<json::object> outcome = unavailable("it did not run");
    try {
      outcome = job->work(job->control);
    } catch (const std::exception& error) {
      fmt::print(stderr, "thaw: a bug of ours in a job of kind {}: {}\n", job->kind, error.what());
      outcome = corrupt("a bug of ours; what happened is in the log of the server");
    }
    lock.lock();
    finish(*job, std::move(outcome));
  }
}

void Jobs::finish(Job& job, Result<json::object> outcome) {
  job.ended = Clock::now();
  job.work = nullptr;
  if (outcome) {
    job.state = State::kDone;
    job.report = std::move(outcome).value();
  } else if (job.control.cancelled_) {
    job.state = State::kCancelled;
  } else {
    job.state = State::kFailed;
    job.error = outcome.error();
  }
}

}  // namespace thaw::api
