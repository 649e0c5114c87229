// What the stores of writing and saying promise, the same on both engines.
#include <gtest/gtest.h>

#include "care/answer_json.h"
#include "care/care_schema.h"
#include "care/draft_store.h"
#include "care/partner_store.h"
#include "care/phrase_store.h"
#include "care/question_store.h"
#include "care/said_store.h"
#include "contract/must.h"
#include "contract/store_fixture.h"

namespace thaw::care {
namespace {

using test::code_of;
using test::must;

const Moment kNow = 1'795'680'000'000;  // 2026-11-26T08:00Z

class SpeakContract : public test::StoreFixture {
 protected:
  std::unique_ptr<db::Connection> open_care() {
    auto connection = open();
    must(migrate_care(*connection));
    must(migrate_care(*connection));
    must(tune_for_speaking(*connection));
    return connection;
  }
};

Utterance utterance(std::string id, std::vector<gaze::Word> words, Moment at) {
  Utterance said;
  said.id = std::move(id);
  said.at = at;
  said.text = gaze::text_of(words);
  said.words = std::move(words);
  said.selections = 5;
  said.undos = 1;
  said.begun_at = at - 30 * kSecond;
  return said;
}

TEST_P(SpeakContract, TheDraftIsAsAtTheLastSelectionAlsoForANewConnection) {
  const auto connection = open_care();
  EXPECT_EQ(must(read_draft(*connection)).document, "{}");
  const std::string draft = R"({"text":"我想喝 😀 𠮷"})";
  EXPECT_EQ(must(keep_selection(*connection, "tab-1", 0, draft, {"type", "letter"}, kNow)), 1);
  EXPECT_EQ(must(keep_selection(*connection, "tab-1", 1, "{}", {"pick", "offer"}, kNow)), 2);
  EXPECT_EQ(must(keep_selection(*connection, "tab-1", 2, draft, {"undo", "undo"}, kNow)), 3);
  const auto other = open();
  const Draft kept = must(read_draft(*other));
  EXPECT_EQ(kept.revision, 3);
  EXPECT_EQ(kept.holder, "tab-1");
  EXPECT_EQ(kept.document, draft);
  EXPECT_EQ(test::count(*other, "selection_log"), 3);
}

TEST_P(SpeakContract, ASecondPageOrAnOldRevisionChangesNothing) {
  const auto connection = open_care();
  must(keep_selection(*connection, "a", 0, R"({"n":1})", {"type", "letter"}, kNow));
  EXPECT_EQ(code_of(keep_selection(*connection, "b", 1, "{}", {"type", "letter"}, kNow)),
            ErrorCode::kConflict);
  EXPECT_EQ(code_of(keep_selection(*connection, "a", 0, "{}", {"type", "letter"}, kNow)),
            ErrorCode::kConflict);
  EXPECT_EQ(code_of(keep_selection(*connection, "a", 7, "{}", {"type", "letter"}, kNow)),
            ErrorCode::kConflict);
  EXPECT_EQ(must(read_draft(*connection)).document, R"({"n":1})");
  EXPECT_EQ(test::count(*connection, "selection_log"), 1);
  EXPECT_EQ(must(take_draft(*connection, "b", kNow)).revision, 1);
  EXPECT_EQ(must(keep_selection(*connection, "b", 1, "{}", {"type", "letter"}, kNow)), 2);
  EXPECT_EQ(code_of(keep_selection(*connection, "a", 2, "{}", {"type", "letter"}, kNow)),
            ErrorCode::kConflict);
}

TEST_P(SpeakContract, ARepeatAfterALostAnswerIsKeptOnce) {
  const auto connection = open_care();
  must(keep_selection(*connection, "a", 0, R"({"n":1})", {"type", "letter"}, kNow));
  EXPECT_EQ(must(keep_selection(*connection, "a", 0, R"({"n":1})", {"type", "letter"}, kNow)), 1);
  EXPECT_EQ(test::count(*connection, "selection_log"), 1);
}

TEST_P(SpeakContract, TheLogKnowsClassesOnly) {
  EXPECT_EQ(key_class_of("letter"), "letter");
  EXPECT_EQ(key_class_of("q"), "other");
  EXPECT_EQ(key_class_of("秘密"), "other");
  EXPECT_TRUE(check_act("repair"));
  EXPECT_FALSE(check_act("secret"));
}

TEST_P(SpeakContract, WhatWasSaidIsListedNewestFirstAndCanBeForgotten) {
  const auto connection = open_care();
  must(add_utterance(*connection, utterance("s1", {{"我", "wo"}, {"冷", "leng"}}, kNow)));
  must(add_utterance(*connection, utterance("s2", {{"𠮷", ""}, {"😀", ""}}, kNow - kHour)));
  auto all = must(newest_utterances(*connection, 10));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, "s2") << "by the order of saying, not by the clock";
  EXPECT_EQ(all[0].text, "𠮷😀");
  EXPECT_EQ(all[1].words, (std::vector<gaze::Word>{{"我", "wo"}, {"冷", "leng"}}));
  EXPECT_EQ(must(newest_utterances(*connection, 1)).size(), 1U);
  must(forget_utterance(*connection, "s2"));
  EXPECT_EQ(code_of(forget_utterance(*connection, "s2")), ErrorCode::kNotFound);
  EXPECT_EQ(must(newest_utterances(*connection, 10)).size(), 1U);
}

TEST_P(SpeakContract, UseIsCountedByLocalDay) {
  const auto connection = open_care();
  must(keep_selection(*connection, "a", 0, "{}", {"pick", "offer"}, kNow));
  must(keep_selection(*connection, "a", 1, "{}", {"undo", "undo"}, kNow));
  must(add_utterance(*connection, utterance("s1", {{"我冷", "wo leng"}}, kNow)));
  must(add_utterance(*connection, utterance("s2", {{"冷", "leng"}}, kNow + 17 * kHour)));
  const auto days = must(use_by_day(*connection, kNow - kDay, fixed_zone(480)));
  ASSERT_EQ(days.size(), 2U);
  EXPECT_EQ(to_string(days[0].day), "2026-11-26");
  EXPECT_EQ(days[0].selections, 2);
  EXPECT_EQ(days[0].offers_taken, 1);
  EXPECT_EQ(days[0].undos, 1);
  EXPECT_EQ(days[0].characters, 2);
  EXPECT_DOUBLE_EQ(days[0].seconds, 30);
  EXPECT_EQ(to_string(days[1].day), "2026-11-27") << "01:00 UTC is another day in Beijing";
}

Question question(std::string id) {
  Question out;
  out.id = std::move(id);
  out.from = "Dr Wang";
  out.text = "睡得怎么样？";
  out.source = "person";
  out.asked_at = kNow;
  return out;
}

TEST_P(SpeakContract, AnAnswerIsSavedAndSentOnceWhenAllIsApproved) {
  const auto connection = open_care();
  must(add_question(*connection, question("q1")));
  Answer answer{{{gaze::Language::kChinese, {{"很好", "hen hao"}}, SentenceState::kHeard}}, 90, 12};
  must(keep_answer(*connection, "q1", answer));
  answer.seconds = 20;
  answer.selections = 30;
  const Answer kept = must(keep_answer(*connection, "q1", answer));
  EXPECT_DOUBLE_EQ(kept.seconds, 90) << "the larger one stays";
  EXPECT_EQ(kept.selections, 30);
  EXPECT_EQ(code_of(send_answer(*connection, "q1", "很好", kNow)), ErrorCode::kConflict);
  answer.sentences[0].state = SentenceState::kApproved;
  must(keep_answer(*connection, "q1", answer));
  EXPECT_EQ(code_of(send_answer(*connection, "q1", "不好", kNow)), ErrorCode::kConflict);
  must(send_answer(*connection, "q1", "很好", kNow));
  EXPECT_EQ(code_of(send_answer(*connection, "q1", "很好", kNow)), ErrorCode::kConflict);
  EXPECT_EQ(code_of(keep_answer(*connection, "q1", answer)), ErrorCode::kConflict);
  const Question sent = must(read_question(*connection, "q1"));
  EXPECT_EQ(*sent.sent_at, kNow);
  EXPECT_EQ(answer_text(*sent.answer), "很好");
}

TEST_P(SpeakContract, OpenQuestionsComeFirstAndTheirNumberIsBounded) {
  const auto connection = open_care();
  must(add_question(*connection, question("old")));
  must(keep_answer(*connection, "old",
                   {{{gaze::Language::kEnglish, {{"Yes", ""}}, SentenceState::kApproved}}, 1, 1}));
  must(send_answer(*connection, "old", "Yes", kNow));
  for (std::size_t i = 0; i < kOpenQuestionsMax; ++i) {
    must(add_question(*connection, question("q" + std::to_string(i))));
  }
  EXPECT_EQ(code_of(add_question(*connection, question("more"))), ErrorCode::kConflict);
  const auto all = must(list_questions(*connection, 10));
  EXPECT_EQ(all.front().id, "q0");
  EXPECT_EQ(all.back().id, "old");
  EXPECT_EQ(code_of(read_question(*connection, "none")), ErrorCode::kNotFound);
}

TEST_P(SpeakContract, ChangesOfPhrasesAreKeptById) {
  const auto connection = open_care();
  must(keep_phrase(*connection, {"p1", "first", 3, "Water", "水", false}));
  must(keep_phrase(*connection, {"p1", "first", 1, "Tea", "茶", false}));
  must(keep_phrase(*connection, {"first.hot", "first", 0, "", "", true}));
  const auto changes = must(phrase_changes(*connection));
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_TRUE(changes[0].removed);
  EXPECT_EQ(changes[1].text_en, "Tea");
  EXPECT_EQ(changes[1].place, 1);
}

TEST_P(SpeakContract, ADeviceOfTheSameNameIsRefusedAndPutsOutNone) {
  const auto connection = open_care();
  must(keep_partner(*connection, {"phone", "hash1", kNow, kNow}));
  EXPECT_EQ(code_of(keep_partner(*connection, {"phone", "hash2", kNow + 1, kNow + 1})),
            ErrorCode::kConflict);
  must(note_partner_seen(*connection, "phone", kNow + kHour));
  const auto partners = must(list_partners(*connection));
  ASSERT_EQ(partners.size(), 1U);
  EXPECT_EQ(partners[0].token_hash, "hash1");
  EXPECT_EQ(partners[0].seen_at, kNow + kHour);
  must(forget_partner(*connection, "phone"));
  EXPECT_EQ(code_of(forget_partner(*connection, "phone")), ErrorCode::kNotFound);
}

TEST_P(SpeakContract, ASettingIsWhatWasWrittenLast) {
  const auto connection = open_care();
  EXPECT_EQ(must(read_setting(*connection, "speak")), "");
  must(write_setting(*connection, "speak", "{}", kNow));
  must(write_setting(*connection, "speak", R"({"dwell":600})", kNow));
  EXPECT_EQ(must(read_setting(*connection, "speak")), R"({"dwell":600})");
}

INSTANTIATE_TEST_SUITE_P(Engines, SpeakContract, test::kEngines, test::engine_name);

}  // namespace
}  // namespace thaw::care
