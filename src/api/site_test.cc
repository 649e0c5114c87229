#include "api/site.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <stdexcept>

#include "api/gzip.h"

namespace thaw::api {
namespace {

const std::string kIndexGzip = gzip("<!doctype html>");
const std::array<Asset, 2> kAssets{{
    {"/assets/index-AbCdEf12.js", "text/javascript; charset=utf-8", "\"js\"", true, "", "let a"},
    {"/index.html", "text/html; charset=utf-8", "\"page\"", false, kIndexGzip, "<!doctype html>"},
}};

class SiteTest : public ::testing::Test {
 protected:
  SiteTest() {
    site.assets(kAssets);
    site.route("GET", "/api/echo", {"q"}, [](const Request& request) -> Result<Response> {
      THAW_TRY(const std::string text, request.query.required("q"));
      return json_response(text);
    });
    site.route("POST", "/api/note", {}, [](const Request& request) -> Result<Response> {
      return json_response(request.body);
    });
    site.route("GET", "/api/bug", {"q"},
               [](const Request&) -> Result<Response> { throw std::logic_error("broken"); });
    site.route_cached("/api/count", {"a", "b"}, [this](const Request&) -> Result<Response> {
      ++computed;
      return json_response(std::string(2000, 'n') + std::to_string(computed));
    });
    site.route_cached("/api/none", {}, [this](const Request&) -> Result<Response> {
      ++computed;
      return not_found("no concept is called 'x'");
    });
  }

  Reply get(std::string target, std::string method = "GET") {
    Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.host = "127.0.0.1:8080";
    return site.answer(request);
  }

  static std::string header(const Reply& reply, std::string_view name) {
    for (const auto& [key, value] : reply.headers) {
      if (key == name) {
        return value;
      }
    }
    return "";
  }

  static std::string error_kind(const Reply& reply) {
    const boost::json::value document = boost::json::parse(reply.body);
    return document.at("error").at("kind").as_string().c_str();
  }

  Site site;
  int computed = 0;
};

TEST_F(SiteTest, RoutesSeeDecodedParameters) {
  const Reply reply = get("/api/echo?q=%E8%A7%A3+1");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "解 1");
}

TEST_F(SiteTest, OnlyWhatNeedsNoHandlerOrSaysSoIsQuick) {
  const Guard anyone = [](const Request&) -> Result<Done> { return Done{}; };
  const Handler handler = [](const Request&) -> Result<Response> { return json_response("1"); };
  site.guarded_read("/api/kept", {}, anyone, handler);
  site.guarded_write("/api/words", 9, anyone, handler, Pace::kComposing);
  site.guarded_write("/api/call", 9, anyone, handler, Pace::kQuick);
  EXPECT_EQ(site.pace("GET", "/api/count?a=1"), Pace::kMayWait);
  EXPECT_EQ(site.pace("HEAD", "/api/count?a=1"), Pace::kMayWait);
  EXPECT_EQ(site.pace("GET", "/api/%63ount?a=1"), Pace::kMayWait);
  EXPECT_EQ(site.pace("GET", "/api/kept"), Pace::kKeeping);
  EXPECT_EQ(site.pace("POST", "/api/words"), Pace::kComposing);
  EXPECT_EQ(site.pace("POST", "/api/call"), Pace::kQuick);
  EXPECT_EQ(site.pace("GET", "/speak?text=%41"), Pace::kQuick);
  EXPECT_EQ(site.pace("GET", "/assets/index-AbCdEf12.js"), Pace::kQuick);
}

TEST_F(SiteTest, ErrorsAreDocumentsWithTheStatusOfTheirKind) {
  EXPECT_EQ(get("/api/echo").status, 400);
  EXPECT_EQ(error_kind(get("/api/echo")), "bad_input");
  EXPECT_EQ(get("/api/none").status, 404);
  EXPECT_EQ(error_kind(get("/api/none")), "not_found");
  EXPECT_EQ(get("/api/nothing").status, 404);
  EXPECT_EQ(get("/api/echo?q=%").status, 400);
  EXPECT_EQ(get("/api/bug").status, 500);
  EXPECT_EQ(error_kind(get("/api/bug")), "internal");
}

TEST_F(SiteTest, OtherMethodsAreNamedAsNotAllowed) {
  const Reply reply = get("/api/echo", "POST");
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(header(reply, "Allow"), "GET, HEAD");
  EXPECT_EQ(get("/api/note").status, 405);
  EXPECT_EQ(header(get("/api/note"), "Allow"), "POST");
  EXPECT_EQ(get("/answers", "DELETE").status, 405);
  EXPECT_EQ(get("/api/nothing", "DELETE").status, 404);
  EXPECT_EQ(get("/api/echo?q=1", "HEAD").status, 200);
}

TEST_F(SiteTest, PagePathsGiveTheOnePageAndOtherPathsDoNot) {
  for (const char* path : {"/", "/answers", "/claim?subject=a.b", "/a/b", "/index.html"}) {
    EXPECT_EQ(get(path).body, "<!doctype html>") << path;
  }
  for (const char* path :
       {"/favicon.ico", "/assets/gone", "/assets/index.js", "/api", "/robots.txt"}) {
    EXPECT_EQ(get(path).status, 404) << path;
  }
}

TEST_F(SiteTest, OnlyHashedAssetsAreKeptForEver) {
  EXPECT_NE(header(get("/assets/index-AbCdEf12.js"), "Cache-Control").find("immutable"),
            std::string::npos);
  EXPECT_EQ(header(get("/"), "Cache-Control"), "no-cache");
  EXPECT_EQ(header(get("/api/echo?q=1"), "Cache-Control"), "no-store");
}

TEST_F(SiteTest, EveryAnswerCarriesTheSecurityHeaders) {
  for (const char* path : {"/", "/api/echo?q=1", "/api/count", "/nothing.txt", "/api/echo?q=%"}) {
    const Reply reply = get(path);
    EXPECT_NE(header(reply, "Content-Security-Policy").find("default-src 'self'"),
              std::string::npos)
        << path;
    EXPECT_NE(header(reply, "Content-Security-Policy")
                  .find("connect-src 'self' ws://127.0.0.1:* ws://localhost:*;"),
              std::string::npos);
    EXPECT_EQ(header(reply, "X-Content-Type-Options"), "nosniff") << path;
    EXPECT_EQ(header(reply, "Referrer-Policy"), "same-origin") << path;
  }
}

TEST_F(SiteTest, TheSameQuestionIsComputedOnce) {
  const std::string first(get("/api/count?a=1&b=2").body);
  EXPECT_EQ(get("/api/count?b=2&a=%31").body, first);
  EXPECT_EQ(computed, 1);
  EXPECT_NE(get("/api/count?a=2").body, first);
  EXPECT_EQ(computed, 2);
}

TEST_F(SiteTest, AParameterThatIsNotDeclaredIsNamedAndNothingIsComputed) {
  const Reply reply = get("/api/count?a=1&x=1");
  EXPECT_EQ(reply.status, 400);
  EXPECT_NE(reply.body.find("'x'"), std::string_view::npos) << reply.body;
  EXPECT_NE(reply.body.find("those taken: a, b"), std::string_view::npos) << reply.body;
  EXPECT_EQ(get("/api/none?x").status, 400);
  EXPECT_EQ(computed, 0);
  EXPECT_EQ(get("/answers?x=1").status, 200);  // a page's own business
}

TEST_F(SiteTest, AnEmptyParameterIsTheSameQuestion) {
  get("/api/count?a=1");
  get("/api/count?a=1&b=");
  get("/api/count?b&a=1");
  EXPECT_EQ(computed, 1);
}

TEST_F(SiteTest, ABugIsToldToTheLogAndNotToTheClient) {
  ::testing::internal::CaptureStderr();
  const Reply reply = get("/api/bug?q=secret");
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(log, "thaw: a bug of ours at /api/bug: broken\n");
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(reply.body.find("broken"), std::string_view::npos) << reply.body;
}

TEST_F(SiteTest, AnErrorIsNotKept) {
  get("/api/none");
  get("/api/none");
  EXPECT_EQ(computed, 2);
}

TEST_F(SiteTest, CompressedAnswersUnpackToThePlainOnes) {
  Request request;
  request.host = "localhost";
  request.target = "/api/count";
  const Reply plain = site.answer(request);
  request.gzip_accepted = true;
  const Reply packed = site.answer(request);
  EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
  EXPECT_LT(packed.body.size(), plain.body.size() / 10);
  EXPECT_EQ(gunzip(packed.body), plain.body);
  EXPECT_NE(header(packed, "ETag"), header(plain, "ETag"));
}

TEST_F(SiteTest, WhatTheClientHasIsNotSentAgain) {
  Request request;
  request.host = "localhost";
  request.target = "/";
  request.if_none_match = header(get("/"), "ETag");
  const Reply reply = site.answer(request);
  EXPECT_EQ(reply.status, 304);
  EXPECT_TRUE(reply.body.empty());
  request.if_none_match = "\"other\"";
  EXPECT_EQ(site.answer(request).status, 200);
}

TEST_F(SiteTest, AnotherNameForThisMachineIsRefused) {
  Request request;
  request.target = "/";
  for (const char* host : {"localhost", "localhost:8080", "127.0.0.1", "[::1]:8080", "[::1]"}) {
    request.host = host;
    EXPECT_EQ(site.answer(request).status, 200) << host;
  }
  for (const char* host : {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080",
                           "[::2]", "[", ":8080"}) {
    request.host = host;
    EXPECT_EQ(site.answer(request).status, 403) << host;
  }
  request.host = "";
  EXPECT_EQ(site.answer(request).status, 400);
}

TEST(Asset, IsFoundByItsExactPath) {
  EXPECT_EQ(find_asset(kAssets, "/index.html"), &kAssets[1]);
  EXPECT_EQ(find_asset(kAssets, "/assets/index-AbCdEf12.js"), &kAssets[0]);
  EXPECT_EQ(find_asset(kAssets, "/index.htm"), nullptr);
  EXPECT_EQ(find_asset(kAssets, "/z"), nullptr);
  EXPECT_EQ(find_asset({}, "/"), nullptr);
}

TEST(Gzip, UnpacksWhatItPackedAndRefusesTheRest) {
  for (const std::string& text :
       {std::string(), std::string(100'000, 'a'), std::string("解冻\0x", 8)}) {
    EXPECT_EQ(gunzip(gzip(text)), text);
  }
  EXPECT_EQ(gunzip("not gzip"), "");
}

/// A site with one route that changes something.
struct WritingSite {
  Site site;
  int written = 0;
  explicit WritingSite(bool writes) : site({.writes = writes}) {
    site.write_route("/api/change", {}, "application/json", 100, [this](const Request&) {
      ++written;
      return Result<Response>(json_response("{}"));
    });
  }
  int status(std::string origin, std::string type, std::string fetch_site = "") {
    Request request;
    request.method = "POST";
    request.target = "/api/change";
    request.host = "localhost:8080";
    request.origin = std::move(origin);
    request.content_type = std::move(type);
    request.fetch_site = std::move(fetch_site);
    return site.answer(std::move(request)).status;
  }
};

TEST(SiteWrites, OnlyAPageOfThisServerMayChangeAnything) {
  WritingSite open(true);
  EXPECT_EQ(open.status("http://localhost:8080", "application/json"), 200);
  EXPECT_EQ(open.status("", "application/json; charset=utf-8"), 200);
  EXPECT_EQ(open.status("http://evil.example", "application/json"), 403);
  EXPECT_EQ(open.status("http://localhost:9090", "application/json"), 403);
  EXPECT_EQ(open.status("null", "application/json"), 403);
  EXPECT_EQ(open.status("", "application/json", "cross-site"), 403);
  EXPECT_EQ(open.status("", "text/plain"), 415);
  EXPECT_EQ(open.written, 2);
}

TEST(SiteWrites, AServerThatOnlyAnswersChangesNothing) {
  WritingSite closed(false);
  EXPECT_EQ(closed.status("http://localhost:8080", "application/json"), 403);
  EXPECT_EQ(closed.written, 0);
}

TEST(SiteWrites, AQuestionWithABodyIsAnsweredByAServerThatOnlyAnswers) {
  Site site;
  site.ask_route("/api/what_if", {}, "application/json", 100,
                 [](const Request&) { return Result<Response>(json_response("{}")); });
  Request request;
  request.method = "POST";
  request.target = "/api/what_if";
  request.host = "localhost";
  request.content_type = "application/json";
  EXPECT_EQ(site.answer(request).status, 200);
  request.origin = "http://evil.example";
  EXPECT_EQ(site.answer(request).status, 403);
}

TEST(SiteWrites, ABodyIsTakenOnlyWhereARouteWantsOne) {
  const WritingSite open(true);
  EXPECT_EQ(open.site.body_bytes_max("POST", "/api/change?x=1"), std::optional<std::size_t>(100));
  EXPECT_FALSE(open.site.body_bytes_max("GET", "/api/change"));
  EXPECT_FALSE(open.site.body_bytes_max("POST", "/api/none"));
}

TEST(SiteCache, AnAnswerOfAnOlderStateIsNotGivenAgain) {
  std::uint64_t generation = 1;
  int computed = 0;
  Site site({.generation = [&] { return generation; }});
  site.route_cached("/api/count", {}, [&](const Request&) {
    return Result<Response>(json_response(std::to_string(++computed)));
  });
  const auto body = [&] {
    Request request;
    request.target = "/api/count";
    request.host = "localhost";
    return std::string(site.answer(std::move(request)).body);
  };
  EXPECT_EQ(body(), "1");
  EXPECT_EQ(body(), "1");
  generation = 2;
  EXPECT_EQ(body(), "2");
}

}  // namespace
}  // namespace thaw::api
