#include "inquiry/ask.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "inquiry/ask_wording.h"
#include "inquiry/documents.h"
#include "inquiry/test_brain.h"

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
