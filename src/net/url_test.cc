#include "net/url.h"

#include <gtest/gtest.h>

namespace thaw::net {
namespace {

TEST(Url, TheOriginNeverShowsWhatIsSecret) {
  EXPECT_EQ(*origin_of("https://user:pw@Example.org:8443/a/b?key=1#x"), "https://example.org:8443");
  EXPECT_EQ(host_of("https://user:pw@Example.org:8443/a?key=1"), "example.org:8443");
  EXPECT_EQ(host_of("nonsense"), "?");
  EXPECT_FALSE(origin_of("file:///etc/passwd"));
  EXPECT_FALSE(origin_of(std::string_view("http://a\0b/", 11)));
}

TEST(Url, ThisMachineIsKnown) {
  EXPECT_TRUE(is_this_machine("http://localhost:11434/v1"));
  EXPECT_TRUE(is_this_machine("http://127.0.0.1/"));
  EXPECT_TRUE(is_this_machine("http://[::1]:80/"));
  EXPECT_FALSE(is_this_machine("https://127.example.org/"));
  EXPECT_FALSE(is_this_machine("https://localhost.example.org/"));
}

TEST(Url, AQueryIsEscaped) {
  EXPECT_EQ(with_query("http://a/b", {{"term", "als[tiab] AND 肌"}, {"n", "1&2=3"}}),
            "http://a/b?term=als%5Btiab%5D%20AND%20%E8%82%8C&n=1%262%3D3");
  EXPECT_EQ(with_query("http://a/b", {}), "http://a/b");
}

}  // namespace
}  // namespace thaw::net
