#include "gaze/listed_words.h"

#include <gtest/gtest.h>

#include "gaze/en_model.h"
#include "gaze/text_training.h"

namespace thaw::gaze {
namespace {

NgramCounts some_counts() {
  const WordLists lists{{10, {"colleague", "colleagues", "walked"}},
                        {50, {"ventilator", "tubing", "walk", "dose"}}};
  auto counts = train_english(
      "I walk to my colleague.\nWe walk home.\nThe tube is long.\nHe saw Tom.\nWe talked.\n"
      "My colleague walks.\n",
      lists);
  return std::move(counts).value();
}

TEST(EnModel, ProbabilitiesOfSeenListedAndOtherWordsSumToOne) {
  const EnModel model(some_counts());
  ASSERT_GT(model.listed(), 3U);
  for (const char* before : {"", "I", "We walk", "my colleague", "zzz", "The ventilator"}) {
    const auto context = model.context(before);
    double sum = 0;
    for (WordId w = 0; w <= model.counts().size() + model.listed(); ++w) {
      sum += model.probability(context, w);
    }
    EXPECT_NEAR(sum, 1, 1e-6) << before;
  }
}

TEST(EnModel, ListedWordsAreOfferedByTheirLetters) {
  const EnModel model(some_counts());
  const auto found = en_candidates(model, model.context("The"), false, "ven");
  ASSERT_EQ(found.all.size(), 1U);
  EXPECT_EQ(found.all[0].offer.words[0].text, "ventilator");
}

TEST(ListedWords, ComeBackFromTheirBytes) {
  const NgramCounts counts = some_counts();
  const std::string bytes = encode_counts(counts);
  const auto back = decode_counts(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, counts);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_FALSE(decode_counts(bytes.substr(0, i))) << i;
  }
}

TEST(ListedWords, ArePlainWordsWithoutPossessivesAndNames) {
  const auto words = parse_word_list("dog\ndog's\nTom\ncaf\xe9\r\nwell-known\n");
  ASSERT_TRUE(words);
  EXPECT_EQ(*words, (std::vector<std::string>{"dog", "caf\xc3\xa9", "well-known"}));
  EXPECT_FALSE(parse_word_list("dog\ntwo words\n"));
  EXPECT_FALSE(parse_word_list("d0g\n"));
  EXPECT_FALSE(parse_word_list(""));
}

TEST(ListedWords, FormsOfKnownWordsAreTold) {
  const std::unordered_map<std::string, std::uint32_t> seen{
      {"dose", 1}, {"stop", 2}, {"carry", 1}, {"tube", 3}};
  for (const char* form : {"doses", "dosing", "stopped", "carried", "tubes", "carrying"}) {
    EXPECT_TRUE(is_form_of_known(form, seen)) << form;
  }
  EXPECT_FALSE(is_form_of_known("ventilator", seen));
  EXPECT_FALSE(is_form_of_known("dose", seen));
}

TEST(OwnText, TwentyThousandSentencesForgottenAreAsNeverLearned) {
  auto fresh = std::move(TextEngine::make({})).value();
  auto taught = std::move(TextEngine::make({})).value();
  std::vector<Said> history;
  for (int i = 0; i < 20000; ++i) {
    const std::string name = "w" + std::to_string(i % 700);
    history.push_back({Language::kEnglish, {{"my", ""}, {name, ""}, {"hurts", ""}}, i * 60});
  }
  taught->forget_all_and_learn(history);
  const SuggestRequest request{Language::kEnglish, "my", "w", 6, 0};
  EXPECT_GE(taught->suggest(request).offers.size(), 6U);
  taught->forget_all_and_learn({});
  for (const char* typed : {"", "w", "m"}) {
    const auto a = fresh->suggest({Language::kEnglish, "my", typed, 6, 0});
    const auto b = taught->suggest({Language::kEnglish, "my", typed, 6, 0});
    ASSERT_EQ(a.offers.size(), b.offers.size());
    for (std::size_t i = 0; i < a.offers.size(); ++i) {
      EXPECT_EQ(text_of(a.offers[i].words), text_of(b.offers[i].words));
    }
  }
}

}  // namespace
}  // namespace thaw::gaze
