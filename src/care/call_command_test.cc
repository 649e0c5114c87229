#include "care/call_command.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace thaw::care {
namespace {

TEST(CallCommand, RunsDetachedWithItsWordsAndTheCall) {
  const auto path =
      std::filesystem::temp_directory_path() / ("thaw-call-" + std::to_string(::getpid()));
  ASSERT_TRUE(
      start_detached({"sh", "-c", "printf '%s %s' \"$1\" \"$THAW_CALL_KIND\" > \"$2\"; exit 3",
                      "sh", "a b", path.string()},
                     {{"THAW_CALL_KIND", "overdue"}}));
  std::string text;
  for (int i = 0; i < 500 && text != "a b overdue"; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::ostringstream all;
    all << std::ifstream(path).rdbuf();
    text = all.str();
  }
  EXPECT_EQ(text, "a b overdue");
  std::filesystem::remove(path);
}

TEST(CallCommand, AProgramThatIsNotThereIsSaidAndStopsNothing) {
  const auto started = start_detached({"/no/such/program"}, {});
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace thaw::care
