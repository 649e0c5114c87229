#include "api/doorkeeper.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace thaw::api {
namespace {

TEST(Doorkeeper, StrangersNeverKeepThisMachineOut) {
  Doorkeeper door({.own = 3, .others = 10, .each = 4});
  for (int i = 0; i < 100; ++i) {
    door.enter(fmt::format("192.168.1.{}", i));
  }
  EXPECT_FALSE(door.enter("192.168.1.200"));
  EXPECT_TRUE(door.enter("127.0.0.1"));
  EXPECT_TRUE(door.enter("::1"));
  EXPECT_TRUE(door.enter("::ffff:127.0.0.1"));
  EXPECT_FALSE(door.enter("127.0.0.1"));
}

TEST(Doorkeeper, OneStrangerLeavesRoomForOthers) {
  Doorkeeper door({.own = 3, .others = 10, .each = 4});
  int let_in = 0;
  for (int i = 0; i < 20; ++i) {
    let_in += door.enter("192.168.1.5") ? 1 : 0;
  }
  EXPECT_EQ(let_in, 4);
  EXPECT_TRUE(door.enter("192.168.1.6"));
}

TEST(Doorkeeper, WhoLeavesMakesRoom) {
  Doorkeeper door({.own = 1, .others = 2, .each = 1});
  for (int round = 0; round < 5; ++round) {
    EXPECT_TRUE(door.enter("127.0.0.1"));
    EXPECT_TRUE(door.enter("10.0.0.1"));
    EXPECT_FALSE(door.enter("10.0.0.1"));
    EXPECT_TRUE(door.enter("10.0.0.2"));
    EXPECT_FALSE(door.enter("10.0.0.3"));
    door.leave("127.0.0.1");
    door.leave("10.0.0.1");
    door.leave("10.0.0.2");
  }
}

TEST(Doorkeeper, AddressesOfOneDeviceAreOnePeer) {
  EXPECT_EQ(peer_key("fe80::1%eth0"), peer_key("fe80::abcd"));
  EXPECT_EQ(peer_key("2001:db8:1:2:3:4:5:6"), peer_key("2001:db8:1:2::1"));
  EXPECT_NE(peer_key("2001:db8:1:2::1"), peer_key("2001:db8:1:3::1"));
  EXPECT_EQ(peer_key("::ffff:10.0.0.1"), peer_key("10.0.0.1"));
  EXPECT_NE(peer_key("10.0.0.1"), peer_key("10.0.0.2"));
}

TEST(Doorkeeper, OnlyAddressesOfThisMachineAloneAreLoopback) {
  for (const char* own : {"127.0.0.1", "127.9.8.7", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(is_loopback(own)) << own;
  }
  for (const char* other : {"10.0.0.1", "0.0.0.0", "::", "::2", "::ffff:10.0.0.1", "128.0.0.1",
                            "2001:db8::127.0.0.1", "localhost", "", "127.0.0.1.example.org"}) {
    EXPECT_FALSE(is_loopback(other)) << other;
  }
}

}  // namespace
}  // namespace thaw::api
