// What the change log promises, the same on both engines.
#include "evidence/change_store.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "contract/must.h"
#include "contract/store_fixture.h"
#include "evidence/evidence_store.h"
#include "evidence/test_knowledge.h"

namespace thaw::evidence {
namespace {

using test::must;

class ChangeContract : public test::StoreFixture {};

TEST_P(ChangeContract, WhatMovedIsListedNewestFirstAndByClaim) {
  const auto connection = open();
  must(migrate_evidence(*connection));
  must(migrate_changes(*connection));
  must(migrate_changes(*connection));
  const auto one = knowledge_of({slope_item("a", 0.4, 0.1, 0.7)});
  const auto two = knowledge_of({slope_item("a", 0.4, 0.1, 0.7), slope_item("b", 0.1, -0.1, 0.3)});
  const auto write = [&](const Knowledge& from, const Knowledge& to, const char* at) {
    auto transaction = must(db::Transaction::begin(*connection));
    const auto moved =
        must(record_changes(*connection, from, to, test_parameters(), {"import", "导入"}, at));
    must(transaction.commit());
    return moved;
  };
  EXPECT_EQ(write(one, two, "2026-11-24T10:00:00Z"), 2U);
  EXPECT_EQ(write(two, one, "2026-11-25T10:00:00Z"), 2U);
  EXPECT_EQ(write(one, one, "2026-11-26T10:00:00Z"), 0U);
  const auto all = must(list_changes(*connection, {}));
  ASSERT_EQ(all.changes.size(), 4U);
  EXPECT_EQ(all.changes.front().changed_at, "2026-11-25T10:00:00Z");
  EXPECT_EQ(all.changes.front().change.lines.front().what, "left");
  EXPECT_EQ(all.changes.back().change.lines.front().what, "came");
  EXPECT_EQ(all.changes.front().cause.zh, "导入");
  const std::string claim = all.changes.front().change.claim;
  EXPECT_EQ(must(list_changes(*connection, {.claim = claim})).total, 2U);
  EXPECT_EQ(must(list_changes(*connection, {.since = "2026-11-25"})).total, 2U);
  EXPECT_EQ(must(list_changes(*connection, {.offset = 1, .limit = 2})).changes.size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Engines, ChangeContract, test::kEngines, test::engine_name);

}  // namespace
}  // namespace thaw::evidence
