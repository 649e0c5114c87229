// Writing, saying and partners through a Site: who may ask, what is refused, what is told.
#include "api/speaker_fixture.h"

namespace thaw::api {
namespace {

class SpeakerRoutes : public SpeakerFixture {};

const std::vector<std::pair<std::string, std::string>> kOwn{{"POST", "/api/gaze/suggest"},
                                                            {"POST", "/api/gaze/alternatives"},
                                                            {"POST", "/api/gaze/words"},
                                                            {"GET", "/api/speak/state"},
                                                            {"POST", "/api/speak/take"},
                                                            {"POST", "/api/speak/select"},
                                                            {"POST", "/api/speak/said"},
                                                            {"GET", "/api/speak/said"},
                                                            {"POST", "/api/speak/forget"},
                                                            {"GET", "/api/speak/phrases"},
                                                            {"POST", "/api/speak/phrase"},
                                                            {"POST", "/api/speak/phrase/remove"},
                                                            {"GET", "/api/speak/settings"},
                                                            {"POST", "/api/speak/settings"},
                                                            {"GET", "/api/speak/use"},
                                                            {"GET", "/api/speak/questions"},
                                                            {"POST", "/api/speak/answer"},
                                                            {"POST", "/api/speak/send"},
                                                            {"POST", "/api/speak/composing"},
                                                            {"GET", "/api/speak/events"},
                                                            {"POST", "/api/speak/board"},
                                                            {"POST", "/api/care/call"},
                                                            {"POST", "/api/care/call/cancel"},
                                                            {"POST", "/api/care/reminder"},
                                                            {"POST", "/api/care/reminder/remove"},
                                                            {"POST", "/api/partner/code"},
                                                            {"POST", "/api/partner/forget"},
                                                            {"GET", "/api/partner/list"}};

const std::vector<std::pair<std::string, std::string>> kPartner{
    {"GET", "/api/care"},           {"GET", "/api/care/history"},
    {"POST", "/api/care/done"},     {"POST", "/api/care/snooze"},
    {"POST", "/api/care/seen"},     {"POST", "/api/care/call/acknowledge"},
    {"GET", "/api/partner/events"}, {"POST", "/api/partner/board"},
    {"POST", "/api/speak/question"}};

TEST_F(SpeakerRoutes, OnlyThisMachineMayAskWhatIsThePersonsOwn) {
  pair_phone();
  for (const auto& [method, path] : kOwn) {
    EXPECT_EQ(phone(method, path, json::object()).status, 403) << path;
    Request proxied = request(method, path, "{}");
    proxied.forwarded = true;
    EXPECT_EQ(ask(proxied).status, 403) << path << " through a proxy";
    Request rebound = request(method, path, "{}");
    rebound.host = "evil.example:8080";
    EXPECT_EQ(ask(rebound).status, 403) << path << " under a foreign name";
    EXPECT_NE(ask(request(method, path, "{}")).status, 403) << path;
  }
}

TEST_F(SpeakerRoutes, APartnersRoutesWantAPairedDevice) {
  for (const auto& [method, path] : kPartner) {
    EXPECT_EQ(phone(method, path, json::object()).status, 403) << path;
  }
  cookie = "thaw_partner=" + std::string(64, 'a');
  EXPECT_EQ(phone("GET", "/api/care").status, 403);
  pair_phone();
  for (const auto& [method, path] : kPartner) {
    EXPECT_NE(phone(method, path, json::object()).status, 403) << path;
  }
  ASSERT_EQ(post("/api/partner/forget", {{"name", "手机"}}).status, 200);
  EXPECT_EQ(phone("GET", "/api/care").status, 403);
}

TEST_F(SpeakerRoutes, NoPageOfAnotherSiteChangesAnything) {
  for (const auto* routes : {&kOwn, &kPartner}) {
    for (const auto& [method, path] : *routes) {
      if (method == "GET") {
        continue;
      }
      Request foreign = request(method, path, "{}");
      foreign.origin = "https://evil.example";
      EXPECT_EQ(ask(foreign).status, 403) << path;
      Request cross = request(method, path, "{}");
      cross.fetch_site = "cross-site";
      EXPECT_EQ(ask(cross).status, 403) << path;
      Request form = request(method, path, "{}");
      form.content_type = "text/plain";
      EXPECT_EQ(ask(form).status, 415) << path;
    }
  }
}

TEST_F(SpeakerRoutes, PairingEndsAfterFiveWrongCodesAndAUnpairedPhoneLearnsNothing) {
  EXPECT_EQ(phone("GET", "/api/partner").body, (json::object{{"paired", false}, {"here", false}}));
  const auto code = post("/api/partner/code", json::object()).body.at("code").as_string();
  ASSERT_EQ(code.size(), 6U);
  const std::string wrong = code == "000000" ? "000001" : "000000";
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(phone("POST", "/api/partner/pair", {{"code", wrong}, {"name", "x"}}).status, 403);
    EXPECT_EQ(phone("POST", "/api/partner/pair", {{"code", code}, {"name", "x"}}).status, 503)
        << "one try a second";
    clock.at += 2000;
  }
  EXPECT_EQ(phone("POST", "/api/partner/pair", {{"code", code}, {"name", "x"}}).status, 403);
  pair_phone();
  EXPECT_NE(cookie.find("thaw_partner="), std::string::npos);
  EXPECT_EQ(phone("GET", "/api/partner").body.at("paired"), true);
  start();
  EXPECT_EQ(phone("GET", "/api/partner").body.at("paired"), true) << "also after a restart";
  EXPECT_EQ(get("/api/partner/list").body.at("partners").as_array().size(), 1U);
}

TEST_F(SpeakerRoutes, TheDraftComesBackAfterARestart) {
  EXPECT_EQ(get("/api/speak/state").body,
            (json::object{{"revision", 0}, {"holder", nullptr}, {"draft", json::object()}}));
  EXPECT_EQ(post("/api/speak/select", select_body(0, {{"text", "我"}})).body.at("revision"), 1);
  EXPECT_EQ(post("/api/speak/select", select_body(1, {{"text", "我冷"}})).body.at("revision"), 2);
  start();
  EXPECT_EQ(get("/api/speak/state").body,
            (json::object{{"revision", 2}, {"holder", "tab"}, {"draft", {{"text", "我冷"}}}}));
}

TEST_F(SpeakerRoutes, ASecondTabIsToldAndMayTake) {
  post("/api/speak/select", select_body(0, {{"text", "我"}}));
  EXPECT_EQ(post("/api/speak/select", select_body(1, {}, "other")).status, 409);
  listen();
  EXPECT_EQ(post("/api/speak/take", {{"client", "other"}}).body.at("holder"), "other");
  EXPECT_NE(next()->find("event: holder\ndata: {\"client\":\"other\"}"), std::string::npos);
  EXPECT_EQ(post("/api/speak/select", select_body(1, {})).status, 409);
  EXPECT_EQ(post("/api/speak/select", select_body(1, {}, "other")).status, 200);
}

TEST_F(SpeakerRoutes, ADraftOfTenThousandCharactersIsKeptAndTooLargeIsSaid) {
  json::array words;
  std::string text;
  for (int i = 0; i < 10'000; ++i) {
    words.push_back({{"text", "𠮷"}, {"pinyin", "ji"}});
    text += "𠮷";
  }
  const Answer kept = post("/api/speak/select", select_body(0, {{"text", text}, {"words", words}}));
  EXPECT_EQ(kept.status, 200) << json::serialize(kept.body);
  EXPECT_EQ(get("/api/speak/state").body.at("draft").at("text"), json::value(text));
  const Answer large =
      post("/api/speak/select", select_body(1, {{"text", std::string(600'000, 'x')}}));
  EXPECT_EQ(large.status, 400);
  EXPECT_NE(json::serialize(large.body).find("524288 bytes"), std::string::npos);
}

TEST_F(SpeakerRoutes, BadBodiesGetASentence) {
  for (const std::string body :
       {"", "[]", "{", "{\"client\":\"a\\ud800\"}", "{\"client\":1}", "{\"x\":1}",
        R"({"client":"a b","revision":0,"act":"type","draft":{}})",
        R"({"client":"a","revision":-1,"act":"type","draft":{}})",
        R"({"client":"a","revision":0.5,"act":"type","draft":{}})",
        R"({"client":"a","revision":0,"act":"steal","draft":{}})",
        R"({"client":"a","revision":0,"act":"type","draft":[]})",
        R"({"client":"a","revision":0,"act":"type","draft":{"t":"\ud83d"}})"}) {
    const Answer answer = ask(request("POST", "/api/speak/select", body));
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_FALSE(answer.body.at("error").at("message").as_string().empty());
  }
  json::object zero = said_body();
  zero["words"] = json::array{{{"text", std::string("a\0b", 3)}}};
  EXPECT_EQ(post("/api/speak/said", zero).status, 400);
  json::object reading = said_body();
  reading["words"] = json::array{{{"text", "a"}, {"pinyin", "<script>"}}};
  EXPECT_EQ(post("/api/speak/said", reading).status, 400);
}

TEST_F(SpeakerRoutes, WhatIsSaidIsToldListedAndForgotten) {
  pair_phone();
  listen(true);
  const Answer said = post("/api/speak/said", said_body());
  ASSERT_EQ(said.status, 200) << json::serialize(said.body);
  EXPECT_EQ(said.body.at("at"), "2026-11-26T08:00:00Z");
  EXPECT_NE(next()->find("\"text\":\"我冷\""), std::string::npos);
  const json::value listed = get("/api/speak/said?limit=5").body.at("said").at(0);
  EXPECT_EQ(listed.at("seconds"), 30);
  EXPECT_EQ(phone("GET", "/api/partner").body.at("said").at(0).at("text"), "我冷");
  EXPECT_EQ(post("/api/speak/forget", {{"id", listed.at("id")}}).status, 200);
  EXPECT_NE(next()->find("\"forgotten\":true"), std::string::npos);
  EXPECT_EQ(post("/api/speak/forget", {{"id", listed.at("id")}}).status, 404);
  EXPECT_TRUE(get("/api/speak/said").body.at("said").as_array().empty());
}

TEST_F(SpeakerRoutes, SecondsOfTheWritingGoBeforeTheTimeOfDay) {
  json::object given = said_body();
  given["seconds"] = 4.5;
  ASSERT_EQ(post("/api/speak/said", given).status, 200);
  EXPECT_EQ(get("/api/speak/said").body.at("said").at(0).at("seconds"), 4.5);
  given["seconds"] = -1;
  EXPECT_EQ(post("/api/speak/said", given).status, 400);
}

TEST_F(SpeakerRoutes, APartnerSeesTheDraftOnlyWhereItIsShared) {
  pair_phone();
  listen(true);
  post("/api/speak/select", select_body(0, {{"text", "秘密"}}));
  EXPECT_EQ(next()->find("秘密"), std::string::npos);
  EXPECT_TRUE(phone("GET", "/api/partner").body.at("draft").is_null());
  EXPECT_EQ(post("/api/speak/settings", {{"share_draft", "yes"}}).status, 400);
  ASSERT_EQ(post("/api/speak/settings", {{"share_draft", true}, {"dwell", 600}}).status, 200);
  EXPECT_EQ(phone("GET", "/api/partner").body.at("draft"), "秘密");
  post("/api/speak/select", select_body(1, {{"text", "公开"}}));
  EXPECT_NE(next()->find("event: draft\ndata: {\"text\":\"公开\"}"), std::string::npos);
  start();
  EXPECT_EQ(get("/api/speak/settings").body.at("dwell"), 600);
  EXPECT_EQ(phone("GET", "/api/partner").body.at("draft"), "公开");
}

TEST_F(SpeakerRoutes, TheFirstPhrasePageIsTheOneNeededAtOnceAndPhrasesChange) {
  const json::value pages = get("/api/speak/phrases").body.at("pages");
  const json::array& first = pages.at(0).at("phrases").as_array();
  ASSERT_EQ(first.size(), 12U);
  EXPECT_EQ(first[0].at("text").at("zh"), "吸痰");
  EXPECT_EQ(first[0].at("words_zh").at(0).at("pinyin"), "xi tan");
  EXPECT_EQ(first[11].at("text").at("zh"), "等一下，我在打字");
  const Answer made =
      post("/api/speak/phrase",
           {{"page", "first"}, {"place", 0}, {"text", {{"en", ""}, {"zh", "腰痛"}}}});
  ASSERT_EQ(made.status, 200) << json::serialize(made.body);
  EXPECT_EQ(post("/api/speak/phrase/remove", {{"id", "first.hot"}}).status, 200);
  start();
  const json::value now = get("/api/speak/phrases").body.at("pages").at(0).at("phrases");
  ASSERT_EQ(now.as_array().size(), 12U);
  EXPECT_EQ(now.at(0).at("text").at("zh"), "腰痛");
  EXPECT_EQ(now.at(0).at("lang"), "zh");
  EXPECT_EQ(post("/api/speak/phrase/remove", {{"id", "nothing"}}).status, 404);
  EXPECT_EQ(post("/api/speak/phrase", {{"page", "moon"}, {"text", {{"en", "x"}}}}).status, 404);
}

TEST_F(SpeakerRoutes, AnAnswerIsSentInTwoStepsBoundToItsText) {
  pair_phone();
  const Answer asked = phone("POST", "/api/speak/question",
                             {{"from", "王医生"}, {"text", "睡得怎么样？"}, {"lang", "zh"}});
  ASSERT_EQ(asked.status, 200) << json::serialize(asked.body);
  EXPECT_EQ(phone("POST", "/api/speak/question",
                  {{"from", "a"}, {"text", "b"}, {"lang", "zh"}, {"source", "review"}})
                .status,
            403);
  const auto id = asked.body.at("id");
  const auto answer = [&](const char* state, const char* word) {
    return post("/api/speak/answer",
                {{"client", "tab"},
                 {"question", id},
                 {"seconds", 61.5},
                 {"selections", 9},
                 {"sentences", json::array{{{"lang", "zh"},
                                            {"state", state},
                                            {"words", json::array{{{"text", word}}}}}}}});
  };
  EXPECT_EQ(answer("heard", "很好").status, 200);
  EXPECT_EQ(post("/api/speak/send", {{"question", id}}).status, 409);
  answer("approved", "很好");
  const auto first = post("/api/speak/send", {{"question", id}}).body;
  EXPECT_EQ(first.at("text"), "很好");
  answer("approved", "不好");
  EXPECT_EQ(post("/api/speak/send", {{"question", id}, {"confirm", first.at("confirm")}}).status,
            409)
      << "the text is another now";
  EXPECT_TRUE(phone("GET", "/api/partner").body.at("questions").at(0).at("answer").is_null());
  const auto second = post("/api/speak/send", {{"question", id}}).body;
  EXPECT_EQ(post("/api/speak/send", {{"question", id}, {"confirm", "0123"}}).status, 409);
  listen(true);
  EXPECT_EQ(post("/api/speak/send", {{"question", id}, {"confirm", second.at("confirm")}}).status,
            200);
  EXPECT_NE(next()->find("不好"), std::string::npos);
  const auto use = get("/api/speak/use").body.at("answers").at(0);
  EXPECT_EQ(use.at("seconds"), 61.5);
  EXPECT_EQ(use.at("characters"), 2);
}

TEST_F(SpeakerRoutes, TheBoardGoesFromPartnerToPersonAndBack) {
  EXPECT_EQ(post("/api/speak/board", {{"answer", "yes"}}).status, 409);
  pair_phone();
  ASSERT_EQ(phone("POST", "/api/partner/board", {{"question", "关灯吗？"}}).status, 200);
  EXPECT_EQ(post("/api/speak/board", {{"answer", "maybe"}}).status, 400);
  ASSERT_EQ(post("/api/speak/board", {{"answer", "yes"}}).status, 200);
  start();
  EXPECT_EQ(phone("GET", "/api/partner").body.at("board").at("answer"), "yes");
  EXPECT_TRUE(
      phone("POST", "/api/partner/board", {{"question", nullptr}}).body.at("board").is_null());
}

TEST_F(SpeakerRoutes, TheEngineAnswersWhatItIsAskedAndRefusesTheRest) {
  const json::object ask_next{
      {"lang", "zh"}, {"before", ""}, {"typed", "wo"}, {"offers", 6}, {"page", 0}};
  ASSERT_EQ(post("/api/gaze/suggest", ask_next).status, 200);
  EXPECT_EQ(post("/api/gaze/suggest", {{"lang", "zh"}, {"offers", 99}}).status, 400);
  EXPECT_EQ(post("/api/gaze/suggest", {{"lang", "fr"}}).status, 400);
  EXPECT_EQ(post("/api/gaze/words", {{"lang", "zh"}, {"text", "我冷 😀"}}).status, 200);
  EXPECT_EQ(post("/api/gaze/alternatives",
                 {{"lang", "zh"}, {"before", ""}, {"word", kWords[0]}, {"after", ""}})
                .status,
            200);
}

TEST_F(SpeakerRoutes, WhatWasSaidIsOfferedAndOnceForgottenIsNot) {
  const json::array name{{{"text", "泽"}, {"pinyin", "ze"}}, {{"text", "禾"}, {"pinyin", "he"}}};
  const json::object ask_next{
      {"lang", "zh"}, {"before", ""}, {"typed", "zehe"}, {"offers", 6}, {"page", 0}};
  const auto offered = [&] {
    const auto offers = post("/api/gaze/suggest", ask_next).body.at("offers").as_array();
    return std::any_of(offers.begin(), offers.end(),
                       [](const json::value& offer) { return offer.at("text") == "泽禾"; });
  };
  EXPECT_FALSE(offered());
  json::object said = said_body();
  said["words"] = name;
  const auto id = post("/api/speak/said", said).body.at("id");
  EXPECT_TRUE(offered());
  const auto kept_anywhere = [&] {
    for (const auto& each : std::filesystem::directory_iterator(folder)) {
      std::ifstream file(each.path(), std::ios::binary);
      std::ostringstream bytes;
      bytes << file.rdbuf();
      if (bytes.str().find("泽禾") != std::string::npos) {
        return true;
      }
    }
    return false;
  };
  EXPECT_TRUE(kept_anywhere());
  ASSERT_EQ(post("/api/speak/forget", {{"id", id}}).status, 200);
  EXPECT_FALSE(offered());
  EXPECT_FALSE(kept_anywhere()) << "also not in the write-ahead log";
}

}  // namespace
}  // namespace thaw::api
