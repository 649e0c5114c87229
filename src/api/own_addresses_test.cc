#include "api/own_addresses.h"

#include <gtest/gtest.h>

#include "api/route_guard.h"

namespace thaw::api {
namespace {

TEST(OwnAddresses, ThePagesAreToldUnderAnAddressThatCountsAsThisMachine) {
  for (const char* address : {"127.0.0.1", "::1", "0.0.0.0", "::", "192.168.1.5", "fe80::5"}) {
    Request request;
    request.peer_is_loopback = true;
    request.host = own_url(address, 8080).substr(std::string("http://").size());
    EXPECT_TRUE(is_from_this_machine(request)) << address << ": " << request.host;
  }
}

TEST(RouteGuard, APlainProxyIsNotThisMachine) {
  Request request;
  request.peer_is_loopback = true;
  request.host = "127.0.0.1:8080";
  EXPECT_TRUE(this_machine_only(request));
  request.old_http = true;  // as nginx asks behind it unless told otherwise
  EXPECT_EQ(this_machine_only(request).error().code, ErrorCode::kDenied);
}

TEST(OwnAddresses, TheAddressOfOneInterfaceDoesNotReachThem) {
  for (const char* address : {"127.0.0.1", "::1", "0.0.0.0", "::"}) {
    EXPECT_TRUE(reaches_own_pages(address)) << address;
  }
  for (const char* address : {"192.168.1.5", "127.0.0.2", "fe80::5"}) {
    EXPECT_FALSE(reaches_own_pages(address)) << address;
  }
}

TEST(OwnAddresses, OthersAreToldWhereTheyReachIt) {
  using Urls = std::vector<std::string>;
  EXPECT_EQ(urls_for_others("127.0.0.1", 8080), Urls());
  EXPECT_EQ(urls_for_others("::1", 8080), Urls());
  EXPECT_EQ(urls_for_others("192.168.1.5", 81), Urls{"http://192.168.1.5:81"});
  EXPECT_EQ(urls_for_others("2001:db8::5", 81), Urls{"http://[2001:db8::5]:81"});
  for (const std::string& url : urls_for_others("0.0.0.0", 81)) {
    EXPECT_EQ(url.find("0.0.0.0"), std::string::npos);
    EXPECT_EQ(url.find("127."), std::string::npos);
  }
}

}  // namespace
}  // namespace thaw::api
