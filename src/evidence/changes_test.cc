#include "evidence/changes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "evidence/bundled_knowledge.h"
#include "evidence/change_store.h"
#include "evidence/test_knowledge.h"

namespace thaw::evidence {
namespace {

const ChangeLine* find_line(const ClaimChange& change, std::string_view item) {
  const auto at = std::ranges::find(change.lines, item, &ChangeLine::item);
  return at == change.lines.end() ? nullptr : &*at;
}

Knowledge with_status(const Knowledge& base, std::string_view source, SourceStatus status) {
  auto sources = base.sources();
  std::ranges::find(sources, source, &Source::id)->status = status;
  return Knowledge::build(base.concepts(), sources, base.items()).value();
}

TEST(Changes, NothingMovesBetweenEqualKnowledge) {
  const auto knowledge = bundled_knowledge();
  EXPECT_TRUE(changes_between(knowledge, knowledge, test_parameters()).empty());
}

TEST(Changes, ARetractionListsEveryClaimThatMovedWithItsItems) {
  const auto before = bundled_knowledge();
  const auto after = with_status(before, "PMID:28817800", SourceStatus::kRetracted);  // TIA1
  const auto changes = changes_between(before, after, test_parameters());
  ASSERT_FALSE(changes.empty());
  bool found = false;
  for (const auto& change : changes) {
    const ChangeLine* line = find_line(change, "R023");
    if (line == nullptr) {
      continue;
    }
    found = true;
    EXPECT_EQ(line->what, "moved");
    EXPECT_GT(line->nats_before, 0);
    EXPECT_EQ(line->nats_after, 0);
    EXPECT_NE(line->why.en.find("retracted"), std::string::npos);
    EXPECT_LT(change.after->belief, change.before->belief);
    // The nats that moved are what the claim lost.
    double sum = 0;
    for (const auto& one : change.lines) {
      sum += one.nats_after - one.nats_before;
    }
    EXPECT_NEAR(sum,
                (change.after->support - change.after->opposition) -
                    (change.before->support - change.before->opposition),
                1e-9);
  }
  EXPECT_TRUE(found);
  // And back again, by the same amounts.
  const auto back = changes_between(after, before, test_parameters());
  ASSERT_EQ(back.size(), changes.size());
  for (std::size_t i = 0; i < back.size(); ++i) {
    EXPECT_EQ(back[i].claim, changes[i].claim);
    EXPECT_EQ(back[i].after->support, changes[i].before->support);
  }
}

TEST(Changes, ANewItemComesAndARemovedOneLeaves) {
  Item first = slope_item("a", 0.4, 0.1, 0.7);
  Item second = slope_item("b", 0.3, 0.1, 0.5);
  const auto one = knowledge_of({first});
  const auto two = knowledge_of({first, second});
  const auto came = changes_between(one, two, test_parameters());
  ASSERT_EQ(came.size(), 2U);  // the claim and its mirror
  ASSERT_NE(find_line(came.front(), "b"), nullptr);
  EXPECT_EQ(find_line(came.front(), "b")->what, "came");
  EXPECT_EQ(find_line(came.front(), "a"), nullptr);  // it counts as before
  const auto left = changes_between(two, one, test_parameters());
  EXPECT_EQ(find_line(left.front(), "b")->what, "left");
}

TEST(Changes, AClaimThatWasNotThereHasNoBefore) {
  const auto none = knowledge_of({item_named("a")});
  Item other = item_named("b");
  other.subject = "thaw:other";
  const auto changes =
      changes_between(none, knowledge_of({item_named("a"), other}), test_parameters());
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_FALSE(changes.front().before);
  EXPECT_TRUE(changes.front().after);
}

TEST(ChangeStore, SinceIsTheBeginningOfATime) {
  for (const char* right : {"", "2026", "2026-11", "2026-11-25", "2026-11-25T10:00:00Z"}) {
    EXPECT_TRUE(check_since(right)) << right;
  }
  for (const char* wrong : {"26", "yesterday", "2026/11/25", "2026-11-25T10:00:00Z!"}) {
    EXPECT_FALSE(check_since(wrong)) << wrong;
  }
}

TEST(ChangeStore, WhatMovedComesBackAsItWasWritten) {
  const auto connection = db::Connection::open(":memory:").value();
  ASSERT_TRUE(migrate_evidence(*connection));
  ASSERT_TRUE(migrate_changes(*connection));
  const auto before = bundled_knowledge();
  const auto after = with_status(before, "PMID:28817800", SourceStatus::kRetracted);
  const auto expected = changes_between(before, after, test_parameters());
  const Name cause{"retraction of PMID:28817800", "撤稿 PMID:28817800"};
  {
    auto transaction = db::Transaction::begin(*connection).value();
    EXPECT_EQ(
        record_changes(*connection, before, after, test_parameters(), cause, "2026-11-25T10:00:00Z")
            .value(),
        expected.size());
    ASSERT_TRUE(transaction.commit());
  }
  const auto page = list_changes(*connection, {.since = "2026-11-01"}).value();
  ASSERT_EQ(page.total, expected.size());
  ASSERT_EQ(page.changes.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto& got = page.changes[i].change;
    EXPECT_EQ(got.claim, expected[i].claim);
    EXPECT_EQ(got.text.zh, expected[i].text.zh);
    EXPECT_EQ(got.before->belief, expected[i].before->belief);
    EXPECT_EQ(got.after->opinion.ignorance, expected[i].after->opinion.ignorance);
    ASSERT_EQ(got.lines.size(), expected[i].lines.size());
    EXPECT_EQ(got.lines.front().why.en, expected[i].lines.front().why.en);
    EXPECT_EQ(page.changes[i].cause.zh, cause.zh);
  }
  EXPECT_EQ(list_changes(*connection, {.since = "2026-12-01"}).value().total, 0U);
  EXPECT_EQ(list_changes(*connection, {.claim = expected[0].claim}).value().total, 1U);
  EXPECT_TRUE(list_changes(*connection, {.offset = 1000}).value().changes.empty());
}

}  // namespace
}  // namespace thaw::evidence
