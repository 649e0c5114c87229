#include "evidence/abbreviation.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace thaw::evidence {
namespace {

TEST(Abbreviation, TheLettersOfTheShortFormAreFoundInTheWordsBefore) {
  const std::pair<const char*, const char*> cases[] = {
      {"in amyotrophic lateral sclerosis (ALS) patients", "amyotrophic lateral sclerosis"},
      {"We used heat shock transcription factor (HSF).", "heat shock transcription factor"},
      {"TAR DNA-binding protein 43 (TDP-43) forms", "TAR DNA-binding protein 43"},
      {"serum neurofilament light chain (NfL)", "neurofilament light chain"},
      {"by non-invasive ventilation (NIV, BiPAP)", "non-invasive ventilation"},
  };
  for (const auto& [text, wanted] : cases) {
    const auto found = find_abbreviations(text);
    ASSERT_EQ(found.size(), 1U) << text;
    EXPECT_EQ(found.front().long_form, wanted);
  }
}

TEST(Abbreviation, ABracketThatDefinesNothingGivesNothing) {
  for (const char* text :
       {"a dose (100 mg) was given", "as shown (Fig)", "in mice (n = 12)", "(ALS)",
        "patients (ALS)", "the sclerosis of lateral columns. Many (ALS)"}) {
    EXPECT_TRUE(find_abbreviations(text).empty()) << text;
  }
}

TEST(Abbreviation, ChineseAbstractsDefineInTheirOwnWays) {
  const auto inside =
      find_abbreviations("肌萎缩侧索硬化\uff08amyotrophic lateral sclerosis\uff0cALS\uff09患者");
  ASSERT_EQ(inside.size(), 1U);
  EXPECT_EQ(inside.front().short_form, "ALS");
  EXPECT_EQ(inside.front().long_form, "amyotrophic lateral sclerosis");
  const auto before = find_abbreviations("本研究纳入肌萎缩侧索硬化\uff08ALS\uff09患者");
  ASSERT_EQ(before.size(), 1U);
  EXPECT_FALSE(before.front().aligned);
  EXPECT_TRUE(before.front().long_form.ends_with("肌萎缩侧索硬化"));
}

TEST(Abbreviation, BothFormsAreBytesOfTheText) {
  Random random(5);
  const std::string letters = "aAlsS (),;. (\xE8\x82\x8C\xEF\xBC\x88\xEF\xBC\x89";
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      text += letters[random.index(letters.size())];
    }
    for (const auto& one : find_abbreviations(text)) {
      EXPECT_EQ(text.substr(one.short_begin, one.short_form.size()), one.short_form);
      EXPECT_EQ(text.substr(one.long_begin, one.long_form.size()), one.long_form);
    }
  }
}

}  // namespace
}  // namespace thaw::evidence
