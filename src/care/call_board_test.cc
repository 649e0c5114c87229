#include "care/call_board.h"

#include <gtest/gtest.h>

namespace thaw::care {
namespace {

TEST(CallBoard, APersonsOwnCallIsNotEndedByWhoAnswersTheReminder) {
  CallBoard board;
  std::optional<CareEvent> event;
  board.call({"call-1", 1000, "overdue", "program", "turn"}, event);
  ASSERT_TRUE(event);
  const Call own = board.call({"call-2", 2000, "call", "gaze", ""}, event);
  EXPECT_EQ(own.id, "call-2");
  EXPECT_EQ(own.began_at, 2000);
  EXPECT_EQ(event->call, "call-2");
  event.reset();
  EXPECT_EQ(board.acknowledge("call-1", "Mum", 3000, event).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(event);
  ASSERT_TRUE(board.on());
  EXPECT_EQ(board.call({"call-3", 4000, "call", "gaze", ""}, event).id, "call-2")
      << "told again, it is the same call";
  EXPECT_EQ(board.call({"call-4", 4000, "overdue", "program", "turn"}, event).id, "call-2");
  EXPECT_FALSE(event);
  ASSERT_TRUE(board.acknowledge("call-2", "Mum", 5000, event));
  EXPECT_FALSE(board.on());
}

}  // namespace
}  // namespace thaw::care
