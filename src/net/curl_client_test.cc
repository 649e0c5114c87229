#include "net/curl_client.h"

#include <gtest/gtest.h>

#include "net/test_server.h"

namespace thaw::net {
namespace {

using std::chrono::milliseconds;
using test::cut_reply;
using test::reply_of;
using test::ScriptedReply;
using test::TestServer;

/// 100,000 times "a" as `gzip -9` packs it: mostly zeros.
std::string packed_letters() {
  const std::string head(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x31\x01\x00\x00\x00\xc2\xa0\xac\xeb\x5f\xc2"
      "\x1a\x1e\x40\x01",
      27);
  const std::string tail("\xaf\x06\x87\xfa\xe2\x1b\xa0\x86\x01\x00", 10);
  return head + std::string(96, '\0') + tail;
}

Result<HttpReply> get(const TestServer& server, HttpRequest request = {}) {
  request.url = server.url("/a?api_key=s3cret");
  CurlClient client;
  auto reply = client.send(request);
  if (!reply) {
    EXPECT_EQ(reply.error().message.find("s3cret"), std::string::npos) << reply.error().message;
  }
  return reply;
}

TEST(CurlClient, AReplyComesBackWithItsStatusHeadersAndBody) {
  TestServer server({reply_of(404, "not here", "X-Why: Gone\r\n")});
  const auto reply = get(server);
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->status, 404);
  EXPECT_EQ(reply->body, "not here");
  EXPECT_EQ(reply->headers.at("x-why"), "Gone");
  EXPECT_EQ(server.requests().at(0).substr(0, 24), "GET /a?api_key=s3cret HT");
}

TEST(CurlClient, ABodyIsPostedWithItsHeadersAndNotSentOn) {
  TestServer server({reply_of(307, "", "Location: http://127.0.0.1:1/elsewhere\r\n")});
  CurlClient client;
  const auto reply = client.send({.url = server.url("/v1"),
                                  .headers = {{"Content-Type", "application/json"}},
                                  .body = R"({"a":"肌"})"});
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->status, 307);
  const std::string request = server.requests().at(0);
  EXPECT_TRUE(request.starts_with("POST /v1 HTTP/1.1\r\n"));
  EXPECT_NE(request.find("Content-Type: application/json\r\n"), std::string::npos);
  EXPECT_TRUE(request.ends_with(R"({"a":"肌"})"));
}

TEST(CurlClient, AHeaderWithALinesEndIsRefused) {
  CurlClient client;
  const auto reply = client.send({.url = "http://127.0.0.1:1/", .headers = {{"A", "b\r\nC: d"}}});
  EXPECT_EQ(reply.error().code, ErrorCode::kInvalidArgument);
}

TEST(CurlClient, ARedirectIsFollowedOnlyToWebAddresses) {
  TestServer second({reply_of(200, "there")});
  TestServer first({reply_of(302, "", "Location: " + second.url("/there") + "\r\n"),
                    reply_of(302, "", "Location: file:///etc/passwd\r\n")});
  const auto there = get(first);
  ASSERT_TRUE(there) << there.error().message;
  EXPECT_EQ(there->body, "there");
  const auto file = get(first);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::kDenied);
}

TEST(CurlClient, ARedirectWithoutEndIsGivenUp) {
  std::deque<ScriptedReply> script(20, reply_of(302, "", "Location: /again\r\n"));
  TestServer server(script);
  EXPECT_EQ(get(server).error().code, ErrorCode::kDenied);
  EXPECT_LE(server.requests().size(), 7U);
}

TEST(CurlClient, AnAuthorizationIsNotSentOnToAnotherServer) {
  TestServer second({reply_of(200, "there")});
  TestServer first({reply_of(302, "", "Location: " + second.url("/there") + "\r\n")});
  ASSERT_TRUE(get(first, {.headers = {{"Authorization", "Bearer s3cret"}}}));
  EXPECT_NE(first.requests().at(0).find("s3cret"), std::string::npos);
  EXPECT_EQ(second.requests().at(0).find("Authorization"), std::string::npos);
}

TEST(CurlClient, ABodyThatEndsBeforeItsLengthIsAnError) {
  TestServer server({cut_reply(1000, "only this")});
  const auto reply = get(server);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(reply.error().message.find("cut short"), std::string::npos);
}

TEST(CurlClient, ABodyWithoutLengthIsWholeWhenItsReaderSaysSo) {
  const ScriptedReply half{"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<a>half"};
  TestServer server({half, half});
  EXPECT_EQ(get(server)->body, "<a>half");
  const auto reply =
      get(server, {.is_whole = [](const HttpReply& r) { return r.body.ends_with("</a>"); }});
  EXPECT_EQ(reply.error().code, ErrorCode::kUnavailable);
}

TEST(CurlClient, AServerThatHangsUpIsAnError) {
  TestServer server({ScriptedReply{}});
  EXPECT_EQ(get(server).error().code, ErrorCode::kUnavailable);
}

TEST(CurlClient, ASlowReplyIsGivenUpInTime) {
  TestServer server({{reply_of(200, std::string(1000, 'a')).bytes, milliseconds(20)}});
  const auto reply = get(server, {.done_within = milliseconds(150)});
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::kUnavailable);
}

TEST(CurlClient, ABodyOverTheLimitIsAnErrorAlsoWhenPacked) {
  const auto reply = reply_of(200, packed_letters(), "Content-Encoding: gzip\r\n");
  TestServer server({reply_of(200, std::string(2000, 'a')), reply, reply});
  EXPECT_EQ(get(server, {.bytes_max = 1999}).error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(get(server, {.bytes_max = 99'999}).error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(get(server, {.bytes_max = 100'000})->body.size(), 100'000U);
}

TEST(CurlClient, AStopEndsAnExchange) {
  TestServer server({{reply_of(200, std::string(100'000, 'a')).bytes, milliseconds(5)}});
  std::stop_source stop;
  HttpRequest request{.stop = stop.get_token()};
  request.on_progress = [&](std::size_t) { stop.request_stop(); };
  const auto reply = get(server, request);
  ASSERT_FALSE(reply);
  EXPECT_NE(reply.error().message.find("stopped"), std::string::npos);
}

TEST(CurlClient, OnlyWebAddressesAreAskedFor) {
  CurlClient client;
  for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/a", "", "http://", "gopher://a/",
                          "127.0.0.1/without-scheme", "http://a b/"}) {
    const auto reply = client.send({.url = url});
    ASSERT_FALSE(reply) << url;
    EXPECT_EQ(reply.error().code, ErrorCode::kInvalidArgument) << url;
  }
}

TEST(CurlClient, NobodyAtTheAddressIsUnavailable) {
  CurlClient client;
  const auto reply = client.send({.url = "http://127.0.0.1:1/?api_key=s3cret"});
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(reply.error().message.find("s3cret"), std::string::npos);
}

}  // namespace
}  // namespace thaw::net
