#include "evidence/parameters.h"

#include <gtest/gtest.h>

#include "evidence/test_knowledge.h"

namespace thaw::evidence {
namespace {

TEST(Parameters, ChangesAreLaidOverTheFileAndNamed) {
  const auto base = test_parameters();
  std::vector<std::string> changed;
  const auto other = with_changes(
      base, R"({"cap_nats":{"animal":0.25,"review":0.3},"concern_status":0.4})", changed);
  ASSERT_TRUE(other) << other.error().message;
  EXPECT_EQ(changed, (std::vector<std::string>{"cap_nats.animal", "concern_status"}));
  EXPECT_EQ(other->cap.at("animal"), 0.25);
  EXPECT_EQ(other->cap.at("rct_phase2"), base.cap.at("rct_phase2"));
  EXPECT_EQ(other->peers, base.peers);
  for (const char* wrong : {R"({"cap_nats":{"no such":1}})", R"({"cap_nats":3})", R"([])",
                            R"({"cap_nats":{"animal":99}})", R"({"about":"x"})"}) {
    EXPECT_FALSE(with_changes(base, wrong, changed)) << wrong;
  }
}

}  // namespace
}  // namespace thaw::evidence
