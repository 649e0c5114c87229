// What tests of the speaker's routes stand on: a Site over a store of its own, asked from this
// machine or by a phone, at a time that the test sets.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "api/route_guard.h"
#include "api/speaker_desk.h"
#include "care/care_schema.h"

namespace thaw::api {

namespace json = boost::json;

class SetClock final : public Clock {
 public:
  std::chrono::system_clock::time_point now() const override {
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(at));
  }
  care::Moment at = 1'795'680'000'000;  // 2026-11-26T08:00Z
};

inline std::string bundled_phrases() {
  std::ifstream file(std::string(THAW_SOURCE_DIR) + "/data/gaze/phrases.json");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Answer {
  int status;
  json::value body;
  std::string cookie;
};

class SpeakerFixture : public ::testing::Test {
 protected:
  SpeakerFixture() {
    std::string name = (std::filesystem::temp_directory_path() / "thaw-speak-XXXXXX").string();
    folder = mkdtemp(name.data());
    start();
  }
  ~SpeakerFixture() override {
    desk.reset();
    std::filesystem::remove_all(folder);
  }

  Result<std::unique_ptr<db::Connection>> open_store() const {
    THAW_TRY(auto connection, db::Connection::open((folder / "t.db").string()));
    THAW_CHECK(care::migrate_care(*connection));
    if (read_only) {
      THAW_CHECK(connection->execute("pragma query_only = on"));
    }
    return connection;
  }

  void start() {
    desk.reset();
    SpeakerOptions options;
    options.open_store = [this] { return open_store(); };
    options.clock = &clock;
    options.phrases = phrases;
    options.zone = zone;
    options.store_retry = std::chrono::milliseconds(20);
    options.store_last_tries = last_tries;
    options.call_command = call_command;
    options.use_libime = false;
    options.background = false;
    auto opened = SpeakerDesk::open(std::move(options));
    ASSERT_TRUE(opened) << opened.error().message;
    desk = std::move(opened).value();
    site = std::make_unique<Site>(Site::Options{.any_host = true});  // a server that others reach
    add_speaker_routes(*site, *desk);
  }

  Answer ask(Request request) {
    const Reply reply = site->answer(std::move(request));
    Answer answer{reply.status, nullptr, ""};
    boost::system::error_code error;
    answer.body = json::parse(reply.body, error);
    for (const auto& [key, value] : reply.headers) {
      if (key == "Set-Cookie") {
        answer.cookie = value;
      }
    }
    return answer;
  }
  static Request request(std::string method, std::string target, std::string body = "") {
    Request out;
    out.method = std::move(method);
    out.target = std::move(target);
    out.body = std::move(body);
    out.host = "localhost:8080";
    out.content_type = "application/json";
    out.peer_is_loopback = true;
    return out;
  }
  Answer get(std::string target) { return ask(request("GET", std::move(target))); }
  Answer post(std::string target, const json::value& body) {
    return ask(request("POST", std::move(target), json::serialize(body)));
  }
  /// The same, asked by a phone.
  Answer phone(std::string method, std::string target, const json::value& body = nullptr) {
    Request asked =
        request(std::move(method), std::move(target), body.is_null() ? "" : json::serialize(body));
    asked.host = "192.168.1.5:8080";
    asked.peer_is_loopback = false;
    asked.cookie = cookie;
    return ask(std::move(asked));
  }
  void pair_phone(const std::string& name = "手机") {
    const auto code = post("/api/partner/code", json::object()).body.at("code").as_string();
    const Answer paired = phone("POST", "/api/partner/pair", {{"code", code}, {"name", name}});
    ASSERT_EQ(paired.status, 200) << json::serialize(paired.body);
    cookie = paired.cookie.substr(0, paired.cookie.find(';'));
  }
  std::string listen(bool partner = false) {
    Request asked = request("GET", partner ? "/api/partner/events" : "/api/speak/events");
    if (partner) {
      asked.peer_is_loopback = false;
      asked.cookie = cookie;
    }
    const Reply reply = site->answer(std::move(asked));
    EXPECT_EQ(reply.status, 200);
    next = reply.next;
    return *next();
  }

  std::filesystem::path folder;
  std::string phrases = bundled_phrases();
  SetClock clock;
  bool read_only = false;
  std::chrono::milliseconds last_tries{100};
  std::vector<std::string> call_command;
  care::Zone zone = care::fixed_zone(480);
  std::unique_ptr<SpeakerDesk> desk;
  std::unique_ptr<Site> site;
  std::string cookie;
  std::function<std::optional<std::string>()> next;
};

inline const json::array kWords{{{"text", "我"}, {"pinyin", "wo"}},
                                {{"text", "冷"}, {"pinyin", "leng"}}};

inline json::object said_body() {
  return {{"client", "tab"}, {"lang", "zh"}, {"words", kWords},
          {"selections", 4}, {"undos", 1},   {"begun_at", "2026-11-26T07:59:30Z"}};
}

inline json::object select_body(int revision, json::object draft, std::string client = "tab") {
  return {{"client", std::move(client)},
          {"revision", revision},
          {"act", "type"},
          {"key", "letter"},
          {"draft", std::move(draft)}};
}

}  // namespace thaw::api
