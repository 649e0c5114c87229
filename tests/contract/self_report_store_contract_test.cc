// What the store of the person's own reports promises, the same on both engines.
#include "care/self_report_store.h"

#include <gtest/gtest.h>

#include "care/care_schema.h"
#include "contract/must.h"
#include "contract/store_fixture.h"

namespace thaw::care {
namespace {

using test::must;

class SelfReportContract : public test::StoreFixture {
 protected:
  std::unique_ptr<db::Connection> open_store() {
    auto connection = open();
    must(migrate_care(*connection));
    return connection;
  }
};

SelfReport report(std::string id, std::string_view day) {
  SelfReport out;
  out.id = std::move(id);
  out.at = 1'795'680'000'000;
  out.day = must(parse_day(day));
  out.answers = {4, 3, std::nullopt, 1, 0, 1, 2, 3, 4, 3, 2, 1};
  out.gastrostomy = false;
  return out;
}

TEST_P(SelfReportContract, ReportsComeBackWholeByDayAlsoWhatIsOpen) {
  const auto connection = open_store();
  const SelfReport later = report("b", "2026-11-25");
  SelfReport earlier = report("a", "2026-02-01");
  earlier.answers[4].reset();
  earlier.gastrostomy.reset();
  must(keep_self_report(*connection, later));
  must(keep_self_report(*connection, earlier));
  EXPECT_EQ(must(list_self_reports(*connection)), (std::vector{earlier, later}));
}

TEST_P(SelfReportContract, ASecondReportOfADayTakesTheFirstOnesPlace) {
  const auto connection = open_store();
  must(keep_self_report(*connection, report("a", "2026-11-25")));
  SelfReport second = report("b", "2026-11-25");
  second.answers[0] = 0;
  must(keep_self_report(*connection, second));
  EXPECT_EQ(must(list_self_reports(*connection)), std::vector{second});
}

TEST_P(SelfReportContract, WhatCannotBeChangesNothing) {
  const auto connection = open_store();
  const SelfReport kept = report("a", "2026-11-25");
  must(keep_self_report(*connection, kept));
  SelfReport bad = report("b", "2026-11-25");
  bad.answers[11] = 9;
  EXPECT_FALSE(keep_self_report(*connection, bad));
  EXPECT_EQ(must(list_self_reports(*connection)), std::vector{kept});
}

TEST_P(SelfReportContract, ARemovedReportIsGoneAndAnUnknownOneIsNotFound) {
  const auto connection = open_store();
  must(keep_self_report(*connection, report("a", "2026-11-25")));
  must(remove_self_report(*connection, "a"));
  EXPECT_TRUE(must(list_self_reports(*connection)).empty());
  const auto again = remove_self_report(*connection, "a");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::kNotFound);
}

INSTANTIATE_TEST_SUITE_P(Engines, SelfReportContract, test::kEngines, test::engine_name);

}  // namespace
}  // namespace thaw::care
