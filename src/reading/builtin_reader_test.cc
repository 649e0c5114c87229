#include "reading/builtin_reader.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "reading/reader_fixture.h"
#include "reading/reading_check.h"

namespace thaw::reading {
namespace {

using evidence::Direction;
using evidence::Sign;

const ReadClaim* claim_of(const Reading& reading, std::string_view subject,
                          std::string_view object) {
  for (const ReadClaim& claim : reading.claims) {
    if (claim.subject.meaning == subject && claim.object.meaning == object) {
      return &claim;
    }
  }
  return nullptr;
}

TEST(BuiltinReader, AClaimOfATrialIsReadWithItsFacts) {
  ReaderFixture fixture;
  const Reading reading = fixture.read(
      "In this double-blind trial 155 patients were treated. "
      "Riluzole prolonged survival (HR 0.84, 95% CI 0.70-0.99).");
  const ReadClaim* claim = claim_of(reading, "t:riluzole", "t:survival");
  ASSERT_NE(claim, nullptr);
  EXPECT_EQ(claim->relation, "extends");
  EXPECT_EQ(claim->sign, Sign::kRaises);
  EXPECT_EQ(claim->direction, Direction::kSupports);
  EXPECT_EQ(claim->study_kind->value, "rct");
  EXPECT_DOUBLE_EQ(claim->n->value, 155);
  EXPECT_DOUBLE_EQ(*claim->effect->value.value, 0.84);
  EXPECT_EQ(claim->effect->value.positive_means, Sign::kLowers);
  EXPECT_EQ(claim->organism->value, "human");
  EXPECT_EQ(claim->quote, "Riluzole prolonged survival (HR 0.84, 95% CI 0.70-0.99).");
}

TEST(BuiltinReader, AChineseClaimIsReadWithItsDenial) {
  ReaderFixture fixture;
  const Reading reading = fixture.read("利鲁唑可延长患者的生存期。米诺环素未能延长生存期。");
  const ReadClaim* riluzole = claim_of(reading, "t:riluzole", "t:survival");
  ASSERT_NE(riluzole, nullptr);
  EXPECT_EQ(riluzole->sign, Sign::kRaises);
  EXPECT_FALSE(riluzole->negated);
  const ReadClaim* minocycline = claim_of(reading, "t:minocycline", "t:survival");
  ASSERT_NE(minocycline, nullptr);
  EXPECT_TRUE(minocycline->negated);
  EXPECT_EQ(minocycline->direction, Direction::kNoEffectSeen);
}

TEST(BuiltinReader, AnAbbreviationMeansWhatTheTextSays) {
  ReaderFixture fixture;
  const Reading reading =
      fixture.read("Amyotrophic lateral sclerosis (ALS) is fatal. SOD1 causes ALS.");
  std::size_t als = 0;
  for (const Mention& mention : reading.mentions) {
    als += mention.meaning == "t:als" ? 1U : 0U;
  }
  EXPECT_EQ(als, 3U);
}

TEST(BuiltinReader, ATextWithoutKnownNamesGivesNoClaim) {
  ReaderFixture fixture;
  EXPECT_TRUE(fixture.read("It rained and the crops increased.").claims.empty());
}

TEST(BuiltinReader, AnEmptyTextAndBrokenBytesAreRefused) {
  ReaderFixture fixture;
  BuiltinReader reader(fixture.grounder, fixture.knowledge, fixture.model, {});
  evidence::Document document;
  EXPECT_FALSE(reader.read(document));
  document.sections = {{"abstract", "bad \xff bytes"}};
  EXPECT_FALSE(reader.read(document));
}

// Law: whatever the text, every span of a reading says what the text says, probabilities are
// probabilities, and reading twice gives the same.
TEST(BuiltinReader, EverySpanIsVerbatimInAnyText) {
  ReaderFixture fixture;
  const std::string_view pieces[] = {
      "riluzole",  " survival", "TDP-43",  " increases ",
      " did not ", "。",        "利鲁唑",  "延长",
      "生存期",    "未能",      " (ALS) ", "amyotrophic lateral sclerosis",
      ". ",        "\n",        " by ",    " HR 0.84 (95% CI 0.7-0.9)",
      " n = 12 ",  "可能",      " may ",   "autophagy",
      "，",        "SOD1",      " of ",    "motor neuron death",
      "被",        "-induced ", "D90A"};
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    Random random(11, seed);
    std::string text;
    for (std::uint64_t i = 3 + random.index(40); i > 0; --i) {
      text += pieces[random.index(std::size(pieces))];
    }
    text += "x";
    const Reading reading = fixture.read(text);
    const auto checked = check_verbatim(reading, text);
    ASSERT_TRUE(checked) << checked.error().message << "\n" << text;
    const Reading again = fixture.read(text);
    ASSERT_EQ(reading.claims.size(), again.claims.size());
    for (std::size_t i = 0; i < reading.claims.size(); ++i) {
      ASSERT_GE(reading.claims[i].probability, 0);
      ASSERT_LE(reading.claims[i].probability, 1);
      ASSERT_EQ(reading.claims[i].probability, again.claims[i].probability);
      ASSERT_TRUE(reading.claims[i].evidence.holds(reading.claims[i].subject.span));
      ASSERT_TRUE(reading.claims[i].evidence.holds(reading.claims[i].object.span));
    }
  }
}

}  // namespace
}  // namespace thaw::reading
