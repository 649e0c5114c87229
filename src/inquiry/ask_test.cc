#include "inquiry/ask.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "inquiry/ask_wording.h"
#include "inquiry/documents.h"
#include "inquiry/test_brain.h"
#include "inquiry/wording.h"

namespace thaw::inquiry {
namespace {

using evidence::Sign;

TestBrain& bundled() {
  static TestBrain brain(bundled_knowledge());
  return brain;
}

AskAnswer answer_of(const std::string& question, const std::string& lang = "") {
  AskRequest request;
  request.question = question;
  request.lang = lang;
  return ask({&bundled().weigher, &bundled().names, nullptr}, request).value();
}

struct Expected {
  const char* question;
  Template kind;
  const char* subject;  // id, "" for none
  const char* object;
  int wanted;  // +1 raises, -1 lowers, 0 either
};

TEST(Question, IsUnderstoodInBothLanguages) {
  const std::vector<Expected> cases = {
      {"Does riluzole slow ALSFRS-R decline?", Template::kEffect, "thaw:riluzole",
       "thaw:alsfrs_r_decline", -1},
      {"Does riluzole extend survival?", Template::kEffect, "thaw:riluzole", "thaw:survival", 1},
      {"does riluzole reduce survival", Template::kEffect, "thaw:riluzole", "thaw:survival", -1},
      {"Does riluzole worsen survival?", Template::kEffect, "thaw:riluzole", "thaw:survival", -1},
      {"Does lead exposure cause ALS?", Template::kEffect, "thaw:lead_exposure", "MONDO:0004976",
       1},
      {"Is ALS caused by lead exposure?", Template::kEffect, "thaw:lead_exposure", "MONDO:0004976",
       1},
      {"Does tofersen protect against ALS?", Template::kEffect, "thaw:tofersen", "MONDO:0004976",
       -1},
      {"Is edaravone effective?", Template::kEffect, "thaw:edaravone", "", -1},
      {"What slows ALS?", Template::kEffect, "", "MONDO:0004976", -1},
      {"Through what does riluzole act on motor neuron degeneration?", Template::kMechanism,
       "thaw:riluzole", "thaw:motor_neuron_degeneration", 0},
      {"What should be studied next about survival?", Template::kNextStudy, "", "thaw:survival", 0},
      {"AMX0035 能延缓 ALSFRS-R 下降吗?", Template::kEffect, "thaw:amx0035",
       "thaw:alsfrs_r_decline", -1},
      {"力如太能延长生存期吗", Template::kEffect, "thaw:riluzole", "thaw:survival", 1},
      {"依达拉奉有效吗?", Template::kEffect, "thaw:edaravone", "", -1},
      {"什么能延缓渐冻症?", Template::kEffect, "", "MONDO:0004976", -1},
      {"力如太通过什么影响生存期?", Template::kMechanism, "thaw:riluzole", "thaw:survival", 0},
      {"Does AMX0035 work?", Template::kEffect, "thaw:amx0035", "", -1},
      {"Does riluzole help survival?", Template::kEffect, "thaw:riluzole", "thaw:survival", 1},
      {"By which mechanism does riluzole act on survival?", Template::kMechanism, "thaw:riluzole",
       "thaw:survival", 0},
      {"Should I take riluzole?", Template::kEffect, "thaw:riluzole", "", -1},
      {"What helps?", Template::kEffect, "", "", -1},
      {"什么能延缓?", Template::kEffect, "", "", -1},
      {"AMX0035 有用吗?", Template::kEffect, "thaw:amx0035", "", -1},
      {"铅暴露会导致 ALS 吗?", Template::kEffect, "thaw:lead_exposure", "MONDO:0004976", 1},
      {"关于 ALS 接下来该研究什么?", Template::kNextStudy, "", "MONDO:0004976", 0},
      {"关于生存期,接下来该研究什么?", Template::kNextStudy, "", "thaw:survival", 0},
  };
  for (const Expected& expected : cases) {
    const auto parsed = parse_question(bundled().names, expected.question);
    ASSERT_TRUE(parsed.understood) << expected.question;
    const auto& got = *parsed.understood;
    EXPECT_EQ(got.kind, expected.kind) << expected.question;
    EXPECT_EQ(got.subject == nullptr ? "" : got.subject->id, expected.subject) << expected.question;
    EXPECT_EQ(got.object == nullptr ? "" : got.object->id, expected.object) << expected.question;
    const int wanted = !got.wanted ? 0 : *got.wanted == Sign::kRaises ? 1 : -1;
    EXPECT_EQ(wanted, expected.wanted) << expected.question;
  }
}

TEST(Ask, AnswersInTheLanguageOfTheQuestionUnlessToldOtherwise) {
  EXPECT_EQ(answer_of("依达拉奉有效吗?").lang, "zh");
  EXPECT_EQ(answer_of("Is edaravone effective?").lang, "en");
  const auto told = answer_of("依达拉奉有效吗?", "en");
  EXPECT_EQ(told.lang, "en");
  EXPECT_NE(told.answer.find("nats"), std::string::npos);
  EXPECT_FALSE(is_chinese(answer_of("Does riluzole extend survival?").answer));
}

TEST(Ask, SaysTheNumbersOfTheClaim) {
  const auto answer = answer_of("Does AMX0035 slow ALSFRS-R decline?");
  for (const char* words : {"nats", "belief", "possible worlds", "degree alone", "not advice"}) {
    EXPECT_NE(answer.answer.find(words), std::string::npos) << answer.answer;
  }
  EXPECT_EQ(answer.subject->id, "thaw:amx0035");
  EXPECT_FALSE(answer.chains.empty());
  const auto document = ask_document(answer, bundled().weigher, {});
  EXPECT_TRUE(document.at("weigh").is_object());
}

TEST(Ask, OnTheWholeDiseaseAnswersByTheOutcomesThatWereTested) {
  const auto answer = answer_of("Does riluzole slow ALS?");
  ASSERT_NE(answer.object, nullptr);
  EXPECT_EQ(answer.object->id, "thaw:survival");  // most of its items speak of survival
  EXPECT_NE(answer.answer.find("survival"), std::string::npos);
}

TEST(Ask, OnTheWholeDiseaseFollowsChainsToProgression) {
  for (const char* question : {"Does AMX0035 work?", "AMX0035 有用吗?"}) {
    const auto answer = answer_of(question);
    ASSERT_FALSE(answer.chains.empty());
    EXPECT_EQ(answer.chains[0].links.back().object->id, "thaw:als_progression");
    EXPECT_EQ(answer.object->id, "thaw:alsfrs_r_decline");  // the pair most of its findings are on
    const bool zh = answer.lang == "zh";
    EXPECT_NE(answer.answer.find(zh ? "使 ALS 病情进展减慢" : "slows ALS progression"),
              std::string::npos)
        << answer.answer;
    EXPECT_NE(answer.answer.find(zh ? "不是用药或停药建议" : "not advice"), std::string::npos);
  }
}

TEST(Ask, SaysTheOppositeClaimOnlyWhereAFindingSpeaksForIt) {
  for (const char* question : {"Does riluzole extend survival?", "Does creatine help survival?"}) {
    EXPECT_EQ(answer_of(question).answer.find("shortens survival:"), std::string::npos);
    EXPECT_EQ(answer_of(question).answer.find("lowers survival:"), std::string::npos);
  }
  EXPECT_NE(answer_of("Does minocycline help?").answer.find("worsens ALSFRS-R decline: well"),
            std::string::npos);
}

TEST(Ask, WithoutAChainNamesNearConceptsThatHaveOne) {
  const auto answer = answer_of("Does TDP-43 protein cause ALS?");
  EXPECT_TRUE(answer.chains.empty());
  EXPECT_NE(answer.answer.find("not evidence of no effect"), std::string::npos);
  EXPECT_NE(answer.answer.find("TDP-43 nuclear loss"), std::string::npos) << answer.answer;
  ASSERT_FALSE(answer.suggestions.empty());
  for (const char* lang : {"en", "zh"}) {
    for (const auto& suggestion :
         answer_of("Through what does TDP-43 protein act on STMN2?", lang).suggestions) {
      EXPECT_FALSE(answer_of(suggestion).chains.empty()) << suggestion;
    }
  }
}

TEST(Ask, WritesPlainSentencesInBothLanguages) {
  for (const char* question :
       {"Does riluzole slow ALS?", "What should be studied next about ALS progression?",
        "What slows ALS?", "Does lead exposure cause ALS?"}) {
    const std::string en = answer_of(question, "en").answer;
    EXPECT_TRUE(en[0] >= 'A' && en[0] <= 'Z') << en;
    EXPECT_EQ(en.find("over 99"), std::string::npos) << en;
    EXPECT_EQ(en.find(".."), std::string::npos) << en;
    const std::string zh = answer_of(question, "zh").answer;
    for (const char* word : {"nats", "信念", "。。", "超过 99"}) {
      EXPECT_EQ(zh.find(word), std::string::npos) << zh;
    }
    EXPECT_EQ(zh, close_zh(zh));
  }
  EXPECT_EQ(close_zh("利鲁唑 延长 生存 of A"), "利鲁唑延长生存 of A");
  EXPECT_EQ(capital("riluzole slows"), "Riluzole slows");
  EXPECT_EQ(capital("p62 rises"), "p62 rises");
  EXPECT_EQ(percent(1), "99 %");
  EXPECT_EQ(percent_zh(.001), "不到 1%");
}

TEST(Ask, ProposesStudiesWithTheirDesign) {
  const auto answer = answer_of("What should be studied next about ALSFRS-R decline?");
  ASSERT_EQ(answer.proposals.size(), 3U);
  EXPECT_GE(answer.proposals[0].link.value, answer.proposals[1].link.value);
  EXPECT_NE(answer.answer.find("Weakest link"), std::string::npos);
}

TEST(Ask, WhatItDoesNotUnderstandItSaysWithQuestionsThatItWould) {
  for (const char* lang : {"en", "zh"}) {
    const auto answer = answer_of("tell me a story", lang);
    EXPECT_FALSE(answer.understood);
    ASSERT_EQ(answer.suggestions.size(), 4U);
    for (const auto& suggestion : answer.suggestions) {
      EXPECT_TRUE(answer_of(suggestion).understood) << suggestion;
    }
  }
}

TEST(Ask, ListsWhatAnAmbiguousNameCanMean) {
  TestBrain brain(
      knowledge_of({{.id = "t:a", .kind = "drug", .name = {"first", "一"}, .aliases = {"twin"}},
                    {.id = "t:b", .kind = "drug", .name = {"second", "二"}, .aliases = {"twin"}}},
                   {}));
  AskRequest request;
  request.question = "does twin help";
  const auto answer = ask({&brain.weigher, &brain.names, nullptr}, request);
  ASSERT_TRUE(answer);
  EXPECT_FALSE(answer->understood);
  ASSERT_EQ(answer->ambiguous.size(), 1U);
  EXPECT_EQ(answer->ambiguous[0].candidates.size(), 2U);
}

TEST(Ask, RefusesWhatIsNoQuestion) {
  for (const std::string& question :
       {std::string("  "), std::string(501, 'a'), std::string("does \xFF help")}) {
    AskRequest request;
    request.question = question;
    EXPECT_FALSE(ask({&bundled().weigher, &bundled().names, nullptr}, request));
  }
}

}  // namespace
}  // namespace thaw::inquiry
