#include "api/speech.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <thread>

#include "base/text.h"
#include "gaze/wav.h"

namespace thaw::api {
namespace {

namespace json = boost::json;

/// Says 100 ms a word, or nothing where it was told to be absent.
class FakeVoice final : public gaze::Voice {
 public:
  explicit FakeVoice(bool absent) : absent_(absent) {}
  Result<gaze::Spoken> speak(gaze::Language /*language*/, const std::vector<gaze::Word>& words,
                             const gaze::VoiceOptions& options) override {
    THAW_CHECK(gaze::check_speech(words, options));
    if (absent_) {
      return unavailable("there is no voice on this machine");
    }
    gaze::Spoken spoken;
    spoken.wav = std::make_shared<const std::string>(
        gaze::write_wav(std::vector<std::int16_t>(words.size() * 800, 100), 8000));
    spoken.duration_ms = static_cast<int>(words.size()) * 100;
    for (std::size_t w = 0; w < words.size(); ++w) {
      spoken.times.push_back({w, static_cast<int>(w) * 100, static_cast<int>(w) * 100 + 100});
    }
    return spoken;
  }
  gaze::VoiceStatus status() const override {
    return {"espeak", absent_ ? "no voice" : "", absent_ ? "\u6ca1\u6709" : ""};
  }

 private:
  bool absent_;
};

/// A model that answers what it was told, and remembers what it was asked.
class FakeModel final : public net::HttpClient {
 public:
  explicit FakeModel(Result<net::HttpReply> reply) : reply_(std::move(reply)) {}
  Result<net::HttpReply> send(const net::HttpRequest& request) override {
    asked.push_back(request);
    return reply_;
  }
  std::vector<net::HttpRequest> asked;

 private:
  Result<net::HttpReply> reply_;
};

net::HttpReply chat(const std::string& content) {
  const json::object message{{"content", content}};
  return {200, json::serialize(
                   json::object{{"choices", json::array{json::object{{"message", message}}}}})};
}

Result<std::vector<gaze::Word>> by_spaces(gaze::Language /*language*/, std::string_view text) {
  std::vector<gaze::Word> out;
  for (const auto part : split(text, ' ')) {
    out.push_back({std::string(part), ""});
  }
  return out;
}

class SpeechTest : public ::testing::Test {
 protected:
  void set_up(bool voice_absent, ExpanderSettings settings = {},
              Result<net::HttpReply> reply = chat("{}")) {
    desk_ = std::make_unique<gaze::VoiceDesk>(std::make_unique<FakeVoice>(voice_absent));
    auto model = std::make_unique<FakeModel>(std::move(reply));
    model_ = model.get();
    expander_ =
        std::move(ExpandDesk::make(std::move(settings), std::move(model), by_spaces)).value();
    site_ = std::make_unique<Site>();
    add_voice_routes(*site_, *desk_);
    add_expand_routes(*site_, *expander_);
  }

  Reply ask(const std::string& method, const std::string& target, const std::string& body = "",
            bool here = true) {
    Request request;
    request.method = method;
    request.target = target;
    request.host = "localhost";
    request.peer_is_loopback = here;
    request.content_type = "application/json";
    request.body = body;
    return site_->answer(std::move(request));
  }
  static json::object document(const Reply& reply) { return json::parse(reply.body).as_object(); }

  std::unique_ptr<gaze::VoiceDesk> desk_;
  FakeModel* model_ = nullptr;
  std::unique_ptr<ExpandDesk> expander_;
  std::unique_ptr<Site> site_;
};

const std::string kThree =
    R"({"lang": "zh", "words": [{"text": "我"}, {"text": "想", "pinyin": "xiang"}, {"text": "。"}]})";
const ExpanderSettings kModel{"http://localhost:9/v1", "small", "s3cret"};

TEST_F(SpeechTest, ASentenceIsAnsweredWithItsTimesAndItsSound) {
  set_up(false);
  const Reply reply = ask("POST", "/api/voice", kThree);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const json::object spoken = document(reply);
  EXPECT_EQ(spoken.at("duration_ms").to_number<int>(), 300);
  EXPECT_EQ(spoken.at("words").as_array().size(), 3U);
  const std::string url(spoken.at("url").as_string());
  EXPECT_EQ(url, "/api/voice/wav?id=" + std::string(spoken.at("id").as_string()));
  const Reply sound = ask("GET", url);
  EXPECT_EQ(sound.status, 200);
  EXPECT_TRUE(gaze::read_wav(std::string(sound.body)));
  bool is_wav = false;
  for (const auto& [name, value] : sound.headers) {
    is_wav = is_wav || (name == "Content-Type" && value == "audio/wav");
  }
  EXPECT_TRUE(is_wav);
}

TEST_F(SpeechTest, OnlyThisMachineMayAsk) {
  set_up(false, kModel);
  EXPECT_EQ(ask("GET", "/api/voice", "", false).status, 403);
  EXPECT_EQ(ask("POST", "/api/voice", kThree, false).status, 403);
  EXPECT_EQ(ask("GET", "/api/voice/wav?id=x", "", false).status, 403);
  EXPECT_EQ(ask("GET", "/api/gaze/expander", "", false).status, 403);
  EXPECT_EQ(ask("POST", "/api/gaze/expand", R"({"lang":"zh","keywords":"a"})", false).status, 403);
  EXPECT_TRUE(model_->asked.empty());
}

TEST_F(SpeechTest, WithoutAVoiceThePageIsToldWhy) {
  set_up(true);
  EXPECT_EQ(document(ask("GET", "/api/voice")).at("note").at("en").as_string(), "no voice");
  EXPECT_EQ(ask("POST", "/api/voice", kThree).status, 503);
  set_up(false);
  EXPECT_TRUE(document(ask("GET", "/api/voice")).at("note").is_null());
}

TEST_F(SpeechTest, ASoundThatIsNotKeptIsNotFound) {
  set_up(false);
  EXPECT_EQ(ask("GET", "/api/voice/wav?id=0123").status, 404);
  EXPECT_EQ(ask("GET", "/api/voice/wav").status, 400);
}

TEST_F(SpeechTest, WhatIsNoSentenceIsRefused) {
  set_up(false);
  for (const char* body :
       {"", "[]", "{}", R"({"lang":"zh","words":[]})", R"({"lang":"fr","words":[{"text":"a"}]})",
        R"({"lang":"zh","words":[{"text":""}]})",
        R"({"lang":"zh","words":[{"text":"a"}],"rate":9})",
        R"({"lang":"zh","words":[{"text":"a"}],"voice":"x"})", R"({"lang":"zh","words":"a"})"}) {
    EXPECT_EQ(ask("POST", "/api/voice", body).status, 400) << body;
  }
}

TEST_F(SpeechTest, WithoutAModelNothingLeavesAndThePageIsTold) {
  set_up(false);
  const json::object status = document(ask("GET", "/api/gaze/expander"));
  EXPECT_FALSE(status.at("configured").as_bool());
  EXPECT_NE(status.at("leaves").at("en").as_string().find("nothing leaves"), json::string::npos);
  EXPECT_EQ(ask("POST", "/api/gaze/expand", R"({"lang":"en","keywords":"pttl"})").status, 409);
  EXPECT_TRUE(model_->asked.empty());
}

TEST_F(SpeechTest, TheAnswerHoldsExactlyWhatWasSentAndWhatAgrees) {
  set_up(
      false, kModel,
      chat(R"({"sentences": ["Please turn the lights", "Put it there", "Please take the lid"]})"));
  const Reply reply = ask("POST", "/api/gaze/expand",
                          R"({"lang":"en","keywords":"pttl","dialogue":["Too bright?"]})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  const json::object answer = document(reply);
  EXPECT_EQ(answer.at("sentences").as_array().size(), 2U);
  EXPECT_EQ(answer.at("sentences").at(0).at("words").as_array().size(), 4U);
  EXPECT_EQ(answer.at("dropped").to_number<int>(), 1);
  ASSERT_EQ(model_->asked.size(), 1U);
  EXPECT_EQ(answer.at("sent").at("body"), json::parse(*model_->asked[0].body));
  EXPECT_EQ(answer.at("sent").at("to").as_string(), "http://localhost:9/v1/chat/completions");
  EXPECT_EQ(std::string(reply.body).find("s3cret"), std::string::npos);
  EXPECT_EQ(model_->asked[0].headers.at(1).second, "Bearer s3cret");
}

TEST_F(SpeechTest, AModelThatFailsIsAnErrorAndNoSentence) {
  const std::string asked = R"({"lang":"en","keywords":"water"})";
  set_up(false, kModel, unavailable("no connection"));
  EXPECT_EQ(ask("POST", "/api/gaze/expand", asked).status, 503);
  set_up(false, kModel, net::HttpReply{500, "oops"});
  EXPECT_EQ(ask("POST", "/api/gaze/expand", asked).status, 503);
  for (const char* content : {"Water, please!", "{}", R"({"sentences": "Water"})"}) {
    set_up(false, kModel, chat(content));
    EXPECT_EQ(ask("POST", "/api/gaze/expand", asked).status, http_status(ErrorCode::kCorrupt))
        << content;
  }
}

TEST_F(SpeechTest, AStopGivesUpTheQuestionUnderWay) {
  set_up(false, kModel, chat(R"({"sentences": ["Water please"]})"));
  ask("POST", "/api/gaze/expand", R"({"lang":"en","keywords":"wp"})");
  ASSERT_EQ(model_->asked.size(), 1U);
  EXPECT_FALSE(model_->asked[0].stop.stop_requested());
  expander_->stop();
  EXPECT_TRUE(model_->asked[0].stop.stop_requested());
}

TEST_F(SpeechTest, SettingsThatAreHalfGivenOrUnsafeAreRefused) {
  const auto make = [](ExpanderSettings settings) {
    return ExpandDesk::make(std::move(settings), nullptr, by_spaces);
  };
  EXPECT_EQ(make({"http://localhost/v1", "", ""}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(make({"", "small", ""}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(make({"file:///etc", "small", ""}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(make({"http://model.example.org", "small", "key"}).error().code, ErrorCode::kDenied);
  EXPECT_TRUE(make({"https://model.example.org", "small", "key"}));
}

}  // namespace
}  // namespace thaw::api
