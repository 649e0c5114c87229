#include "gaze/child_process.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "base/text.h"

namespace thaw::gaze {
namespace {

ChildRequest shell(std::string script) {
  ChildRequest request;
  request.command = {"/bin/sh", "-c", std::move(script)};
  return request;
}

Result<ChildOutput> run(const ChildRequest& request) {
  auto child = ChildProcess::start(request);
  return child ? std::move(child).value().finish() : Result<ChildOutput>(child.error());
}

bool has_no_child() {
  return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD;
}

TEST(ChildProcess, TextGoesInAndBytesComeOut) {
  ChildRequest request = shell("cat; exit 3");
  request.input = std::string(3'000'000, 'x');
  const auto output = run(request);
  ASSERT_TRUE(output);
  EXPECT_EQ(output->bytes, request.input);
  EXPECT_EQ(output->exit_code, 3);
  EXPECT_TRUE(has_no_child());
}

TEST(ChildProcess, AProgramThatDoesNotReadIsNoHarm) {
  ChildRequest request = shell("echo done");
  request.input = std::string(3'000'000, 'x');
  EXPECT_EQ(run(request)->bytes, "done\n");
}

TEST(ChildProcess, ArgumentsAreNoShell) {
  ChildRequest request;
  request.command = {"echo", "$(id)", "a b", "*", ";", "\xE4\xBD\xA0"};
  EXPECT_EQ(run(request)->bytes, "$(id) a b * ; \xE4\xBD\xA0\n");
}

TEST(ChildProcess, AbsentProgramsAndFoldersAreSaid) {
  ChildRequest request;
  request.command = {"no-such-program-anywhere"};
  EXPECT_EQ(run(request).error().code, ErrorCode::kNotFound);
  request.command = {"/"};
  EXPECT_EQ(run(request).error().code, ErrorCode::kUnavailable);
  request.command = {};
  EXPECT_EQ(run(request).error().code, ErrorCode::kInvalidArgument);
  EXPECT_TRUE(has_no_child());
}

TEST(ChildProcess, OneThatHangsIsKilledWithItsChildren) {
  ChildRequest request = shell("sleep 60 & echo $! ; wait");
  request.within = std::chrono::milliseconds(300);
  const auto begun = std::chrono::steady_clock::now();
  const auto output = run(request);
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(output.error().message.find("0.3 s"), std::string::npos) << output.error().message;
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(30));
  EXPECT_TRUE(has_no_child());
}

TEST(ChildProcess, OneThatClosesItsOutputAndStaysIsKilledToo) {
  ChildRequest request = shell("exec >&- 2>&-; sleep 60");
  request.within = std::chrono::milliseconds(300);
  EXPECT_EQ(run(request).error().code, ErrorCode::kUnavailable);
  EXPECT_TRUE(has_no_child());
}

TEST(ChildProcess, WhatItLeavesRunningIsKilled) {
  const auto output = run(shell("sleep 60 >/dev/null 2>&1 & echo $!"));
  ASSERT_TRUE(output);
  const auto left = static_cast<pid_t>(*parse_int(trim(output->bytes)));
  bool gone = false;
  for (int look = 0; look < 2000 && !gone; ++look) {
    // Killed it is soon taken away, or stays as a zombie of whoever adopted it.
    ::usleep(1000);
    const auto state = run(shell("cut -d' ' -f3 /proc/" + std::to_string(left) + "/stat"));
    gone = ::kill(left, 0) != 0 || trim(state->bytes) == "Z" || state->bytes.empty();
  }
  EXPECT_TRUE(gone);
}

TEST(ChildProcess, AFloodIsStopped) {
  ChildRequest request = shell("yes");
  request.bytes_max = 1 << 20U;
  const auto output = run(request);
  ASSERT_FALSE(output);
  EXPECT_NE(output.error().message.find("1 MB"), std::string::npos);
  EXPECT_TRUE(has_no_child());
}

TEST(ChildProcess, TheFirstLineOfAComplaintIsKept) {
  const auto output =
      run(shell("echo 'no model' >&2; echo more >&2; yes | head -c 300000 >&2; kill -9 $$"));
  ASSERT_TRUE(output);
  EXPECT_EQ(output->complaint, "no model");
  EXPECT_EQ(output->exit_code, 128 + SIGKILL);
}

TEST(ChildProcess, KeysOfOursStayHere) {
  ::setenv("THAW_LLM_KEY", "secret", 1);
  ::setenv("THAW_VOICE_LANG", "xx", 1);
  ChildRequest request = shell("echo \"$THAW_LLM_KEY|$THAW_VOICE_LANG|$PATH\"");
  request.environment = {{"THAW_VOICE_LANG", "zh"}};
  const auto output = run(request);
  ::unsetenv("THAW_LLM_KEY");
  ::unsetenv("THAW_VOICE_LANG");
  EXPECT_TRUE(output->bytes.starts_with("|zh|/")) << output->bytes;
}

TEST(ChildProcess, OneThatIsNeverAskedIsKilledAtTheEnd) {
  { auto child = ChildProcess::start(shell("sleep 60")); }
  EXPECT_TRUE(has_no_child());
}

TEST(ChildProcess, IsWaitedForAWhileAndThenToItsEnd) {
  auto slow = ChildProcess::start(shell("echo first; sleep 0.3; echo done"));
  ASSERT_TRUE(slow);
  EXPECT_FALSE(slow->ended_within(std::chrono::milliseconds(1)));
  ChildProcess moved = std::move(slow).value();
  EXPECT_FALSE(moved.ended_within(std::chrono::milliseconds(0)));
  const auto output = moved.finish();
  ASSERT_TRUE(output);
  EXPECT_EQ(output->bytes, "first\ndone\n");
  auto quick = ChildProcess::start(shell("exit 3"));
  ASSERT_TRUE(quick);
  EXPECT_TRUE(quick->ended_within(std::chrono::seconds(10)));
  EXPECT_TRUE(quick->ended_within(std::chrono::seconds(10)));
  EXPECT_EQ(quick->finish()->exit_code, 3);
}

TEST(ChildProcess, CanGiveWayToOthers) {
  ChildRequest request = shell("sleep 0.05; nice");
  request.nicer = 10;
  auto child = ChildProcess::start(request);
  ASSERT_TRUE(child);
  EXPECT_GE(std::stoi(child->finish()->bytes), 10);
}

}  // namespace
}  // namespace thaw::gaze
