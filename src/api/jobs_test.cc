#include "api/jobs.h"

#include <gtest/gtest.h>

#include <chrono>
#include <future>

namespace thaw::api {
namespace {

namespace json = boost::json;

/// Waits until the job has ended, at most ten seconds.
json::object ended(const Jobs& jobs, const std::string& id) {
  for (int i = 0; i < 1000 && !jobs.ended(id); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return jobs.document(id).value();
}

TEST(Jobs, AJobEndsWithItsReport) {
  Jobs jobs;
  const auto id = jobs.start("import", "a.jsonl", "bytes", [](JobControl& control) {
    control.progress(10, 20);
    return Result<json::object>(json::object{{"kept", 3}});
  });
  const auto document = ended(jobs, id.value());
  EXPECT_EQ(document.at("state"), "done");
  EXPECT_EQ(document.at("done"), 10U);
  EXPECT_EQ(document.at("total"), 20);
  EXPECT_EQ(document.at("report").at("kept"), 3);
}

TEST(Jobs, AFailureKeepsItsWords) {
  Jobs jobs;
  const auto id = jobs.start("import", "a", "bytes", [](JobControl&) {
    return Result<json::object>(invalid_argument("line 3 is not JSON"));
  });
  const auto document = ended(jobs, id.value());
  EXPECT_EQ(document.at("state"), "failed");
  EXPECT_EQ(document.at("error").at("message"), "line 3 is not JSON");
}

TEST(Jobs, WhatAJobThrowsEndsThatJobOnly) {
  Jobs jobs;
  const auto first = jobs.start("import", "a", "bytes", [](JobControl&) -> Result<json::object> {
    throw std::runtime_error("broken");
  });
  const auto second = jobs.start("import", "b", "bytes",
                                 [](JobControl&) { return Result<json::object>(json::object{}); });
  EXPECT_EQ(ended(jobs, second.value()).at("state"), "done");
  EXPECT_EQ(ended(jobs, first.value()).at("state"), "failed");
}

TEST(Jobs, ARunningJobLearnsThatItIsCancelledAndAWaitingOneNeverRuns) {
  Jobs jobs;
  std::promise<void> running;
  const auto first = jobs.start("import", "a", "bytes", [&](JobControl& control) {
    running.set_value();
    while (!control.cancelled()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return Result<json::object>(unavailable("stopped"));
  });
  running.get_future().wait();
  bool ran = false;
  const auto second = jobs.start("import", "b", "bytes", [&](JobControl&) {
    ran = true;
    return Result<json::object>(json::object{});
  });
  EXPECT_TRUE(jobs.cancel(second.value()));
  EXPECT_TRUE(jobs.cancel(first.value()));
  EXPECT_EQ(ended(jobs, first.value()).at("state"), "cancelled");
  EXPECT_EQ(ended(jobs, second.value()).at("state"), "cancelled");
  EXPECT_FALSE(ran);
  EXPECT_FALSE(jobs.cancel("j99"));
}

TEST(Jobs, TheNewestComesFirst) {
  Jobs jobs;
  const auto work = [](JobControl&) { return Result<json::object>(json::object{}); };
  const auto first = jobs.start("import", "a", "bytes", work);
  const auto second = jobs.start("import", "b", "bytes", work);
  ended(jobs, second.value());
  EXPECT_EQ(jobs.documents().at(0).at("job"), json::value(second.value()));
  EXPECT_EQ(jobs.documents().at(1).at("job"), json::value(first.value()));
}

}  // namespace
}  // namespace thaw::api
