#include "evidence/assessment.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace thaw::evidence {
namespace {

Assessment says(std::string curator, std::string item, Verdict verdict, int minute = 0) {
  return {.id = minute,
          .item = std::move(item),
          .curator = std::move(curator),
          .verdict = verdict,
          .reason = "because",
          .made_at = "2026-01-01T00:" + std::string(minute < 10 ? "0" : "") +
                     std::to_string(minute) + ":00Z"};
}

TEST(Assessment, TheWorkedExampleGives0834) {
  // A reader's prior of 0.65; A (0.95, 0.90) says right, B (0.80, 0.70) says wrong.
  EXPECT_NEAR(reading_belief(0.65, {{true, 0.95, 0.90}, {false, 0.80, 0.70}}), 0.834, 5e-4);
}

TEST(Assessment, OneWrongClickDoesNotWin) {
  const auto verdicts = judge({says("a", "R1", Verdict::kReject), says("b", "R1", Verdict::kAccept),
                               says("c", "R1", Verdict::kAccept)},
                              {{"R1", 0.65}});
  EXPECT_GT(verdicts.readings.at("R1").right, 0.65);
}

TEST(Assessment, AcceptingNeverLowersAReadingAndRejectingNeverRaisesIt) {
  for (const double before : {0.01, 0.3, 0.65, 0.97, 1.0}) {
    const auto up = judge({says("a", "R1", Verdict::kAccept)}, {{"R1", before}});
    const auto down = judge({says("a", "R1", Verdict::kReject)}, {{"R1", before}});
    EXPECT_GE(up.readings.at("R1").right, before);
    EXPECT_LE(down.readings.at("R1").right, before);
  }
}

TEST(Assessment, AnItemWithoutAVerdictThatCountsHasNoReadingOfItsOwn) {
  auto forged = says("a", "R2", Verdict::kReject);
  forged.valid = false;
  const auto verdicts =
      judge({says("a", "R1", Verdict::kReject, 1), says("a", "R1", Verdict::kWithdrawn, 2), forged,
             says("a", "unknown", Verdict::kReject)},
            {{"R1", 0.9}, {"R2", 0.9}});
  EXPECT_TRUE(verdicts.readings.empty());
}

TEST(Assessment, ACuratorsLatestVerdictCounts) {
  const auto verdicts =
      judge({says("a", "R1", Verdict::kAccept, 3), says("a", "R1", Verdict::kWrongSign, 7)},
            {{"R1", 0.9}});
  const Reading& reading = verdicts.readings.at("R1");
  EXPECT_LT(reading.right, 0.9);
  EXPECT_DOUBLE_EQ(reading.opposite, 1 - reading.right);
  EXPECT_EQ(verdicts.curators.at(0).verdicts, 1U);
}

TEST(Assessment, WrongSignAndNegativeResultShareTheWrongPartByVotes) {
  const auto verdicts =
      judge({says("a", "R1", Verdict::kWrongSign), says("b", "R1", Verdict::kNegativeResult),
             says("c", "R1", Verdict::kWrongConcept), says("d", "R1", Verdict::kWrongSign)},
            {{"R1", 0.65}});
  const Reading& reading = verdicts.readings.at("R1");
  EXPECT_NEAR(reading.opposite, (1 - reading.right) / 2, 1e-12);
  EXPECT_NEAR(reading.negative, (1 - reading.right) / 4, 1e-12);
}

/// 400 items read right with 0.7, judged by three careful curators and one who clicks at random.
std::vector<Assessment> simulated(std::vector<bool>& truth) {
  Random random(7);
  const std::vector<std::pair<double, double>> known = {
      {0.95, 0.9}, {0.9, 0.85}, {0.85, 0.8}, {0.5, 0.5}};
  std::vector<Assessment> out;
  for (int item = 0; item < 400; ++item) {
    truth.push_back(random.bernoulli(0.7));
    for (std::size_t k = 0; k < known.size(); ++k) {
      const bool right =
          truth.back() ? random.bernoulli(known[k].first) : !random.bernoulli(known[k].second);
      out.push_back(says(std::string(1, static_cast<char>('a' + k)), "R" + std::to_string(item),
                         right ? Verdict::kAccept : Verdict::kReject));
    }
  }
  return out;
}

TEST(Assessment, ReliabilitiesOfSimulatedCuratorsAreFoundWithoutKnowingTheTruth) {
  std::vector<bool> truth;
  const auto assessments = simulated(truth);
  std::map<std::string, double> faithful;
  for (int item = 0; item < 400; ++item) {
    faithful["R" + std::to_string(item)] = 0.7;
  }
  const auto verdicts = judge(assessments, faithful);
  ASSERT_EQ(verdicts.curators.size(), 4U);
  EXPECT_NEAR(verdicts.curators[0].sensitivity, 0.95, 0.05);
  EXPECT_NEAR(verdicts.curators[0].specificity, 0.9, 0.08);
  EXPECT_NEAR(verdicts.curators[3].sensitivity, 0.5, 0.08);
  EXPECT_LT(verdicts.curators[3].sensitivity_high, verdicts.curators[2].sensitivity_low);
  int wrong = 0;
  for (int item = 0; item < 400; ++item) {
    const double right = verdicts.readings.at("R" + std::to_string(item)).right;
    wrong += (right > 0.5) != truth[static_cast<std::size_t>(item)] ? 1 : 0;
  }
  EXPECT_LT(wrong, 400 * 0.07);  // the best single curator errs on 0.7 x 5 % + 0.3 x 10 % = 6.5 %
}

TEST(Assessment, TheOrderOfVerdictsChangesNothing) {
  std::vector<bool> truth;
  auto assessments = simulated(truth);
  std::map<std::string, double> faithful;
  for (int item = 0; item < 400; ++item) {
    faithful["R" + std::to_string(item)] = 0.7;
  }
  const auto before = judge(assessments, faithful);
  std::reverse(assessments.begin(), assessments.end());
  const auto after = judge(assessments, faithful);
  EXPECT_EQ(before.readings, after.readings);
  EXPECT_EQ(before.agreement.alpha, after.agreement.alpha);
}

TEST(Assessment, AlphaIsThatOfKrippendorffsExample) {
  // Computing Krippendorff's alpha-reliability (2011), binary data, two observers: 0.095.
  const std::string first = "0100000010";
  const std::string second = "1110010000";
  std::vector<Assessment> assessments;
  std::map<std::string, double> faithful;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const std::string item = "R" + std::to_string(i);
    faithful[item] = 0.5;
    assessments.push_back(says("a", item, first[i] == '1' ? Verdict::kAccept : Verdict::kReject));
    assessments.push_back(says("b", item, second[i] == '1' ? Verdict::kAccept : Verdict::kReject));
  }
  const auto agreement = judge(assessments, faithful).agreement;
  ASSERT_TRUE(agreement.alpha);
  EXPECT_NEAR(*agreement.alpha, 0.095, 5e-4);
  EXPECT_EQ(agreement.pairs, 10U);
  EXPECT_LT(*agreement.low, *agreement.alpha);
  EXPECT_GT(*agreement.high, *agreement.alpha);
}

TEST(Assessment, AVerdictAgainstWantsAReasonAndANameIsPlain) {
  EXPECT_TRUE(check_assessment({.curator = "梅", .verdict = Verdict::kAccept}));
  EXPECT_FALSE(check_assessment({.curator = "mei", .verdict = Verdict::kReject}));
  EXPECT_FALSE(check_assessment({.curator = "mei", .verdict = Verdict::kOther, .reason = "  "}));
  EXPECT_FALSE(check_assessment({.curator = "../mei", .verdict = Verdict::kAccept}));
  EXPECT_FALSE(check_assessment({.curator = "", .verdict = Verdict::kAccept}));
  EXPECT_FALSE(check_assessment({.curator = "a\nb", .verdict = Verdict::kAccept}));
}

}  // namespace
}  // namespace thaw::evidence
