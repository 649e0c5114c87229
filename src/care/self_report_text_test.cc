#include "care/self_report_text.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace thaw::care {
namespace {

SelfReport report() {
  SelfReport out;
  out.id = "r-1";
  out.at = 1'795'680'000'000;  // 2026-11-26T08:00Z
  out.day = *parse_day("2026-11-25");
  out.answers = {4, 3, std::nullopt, 1, 0, 1, 2, 3, 4, 3, 2, 1};
  out.gastrostomy = true;
  return out;
}

TEST(SelfReportText, AnItemThatWasNotAnsweredIsNullAndNotZero) {
  const auto document = self_report_json(report());
  EXPECT_EQ(boost::json::serialize(document.at("answers")), "[4,3,null,1,0,1,2,3,4,3,2,1]");
  EXPECT_EQ(document.at("date").as_string(), "2026-11-25");
  EXPECT_EQ(document.at("kind").as_string(), "alsfrs_r");
  EXPECT_TRUE(document.at("gastrostomy").as_bool());
}

TEST(SelfReportText, TheTableHasTheRegistrysFieldNamesAndAnEmptyCellForWhatIsOpen) {
  const auto text = self_reports_csv({report()}, "SELF-1");
  ASSERT_TRUE(text);
  EXPECT_EQ(*text,
            "person,assessed,item1,item2,item3,item4,item5,item6,item7,item8,item9,item10,item11,"
            "item12,item_five,scale,answered_by,mode\n"
            "SELF-1,2026-11-25,4,3,,1,0,1,2,3,4,3,2,1,5b,ALSFRS-R,self,app\n");
}

TEST(SelfReportText, WhetherThereIsATubeCanBeUnknown) {
  SelfReport open = report();
  open.answers[4].reset();
  open.gastrostomy.reset();
  EXPECT_TRUE(self_report_json(open).at("gastrostomy").is_null());
  EXPECT_NE(self_reports_csv({open}, "a")->find(",unknown,"), std::string::npos);
}

TEST(SelfReportText, ACodeThatWouldBreakTheTableIsRefused) {
  for (const char* bad : {"", "a,b", "a\nb", "a\"b"}) {
    EXPECT_FALSE(self_reports_csv({report()}, bad)) << bad;
  }
}

TEST(SelfReport, WhatCannotBeIsRefused) {
  EXPECT_TRUE(check_self_report(report()));
  SelfReport bad = report();
  bad.answers[0] = 5;
  EXPECT_FALSE(check_self_report(bad));
  bad = report();
  bad.gastrostomy.reset();
  EXPECT_FALSE(check_self_report(bad)) << "item 5 without its question";
  bad = report();
  bad.answers.fill(std::nullopt);
  EXPECT_FALSE(check_self_report(bad)) << "nothing answered";
}

}  // namespace
}  // namespace thaw::care
