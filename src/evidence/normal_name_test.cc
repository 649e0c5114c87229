#include "evidence/normal_name.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace thaw::evidence {
namespace {

TEST(NormalName, WaysOfWritingOneNameMeet) {
  const std::pair<const char*, const char*> pairs[] = {
      {"TDP-43", "TDP43"},
      {"TDP-43", "tdp 43"},
      {"IL-1β", "IL1 beta"},
      {"TNF-α", "TNF alpha"},
      {"tumour necrosis factor", "tumor necrosis factor"},
      {"type II diabetes", "type 2 diabetes"},
      {"complex III", "Complex 3"},
      {"motor neurones", "motor neuron"},
      {"Parkinson's disease", "Parkinson disease"},
      {"Parkinson\u2019s disease", "parkinson disease"},
      {"Sjögren syndrome", "Sjogren syndrome"},
      {"haemorrhage", "hemorrhage"},
      {"leukaemias", "leukemia"},
      {"mislocalisation of FUS", "mislocalization of FUS"},
      {"\uff34\uff24\uff30-43", "TDP-43"},  // full-width letters
      {"muscle biopsies", "muscle biopsy"},
      {"RNA foci", "RNA focus"},
      {"dyspnoea", "dyspnea"},
      {"C9ORF72", "C9orf72"},
      {"神经丝 轻链", "神经丝轻链"},
  };
  for (const auto& [a, b] : pairs) {
    EXPECT_EQ(normal_name(a), normal_name(b)) << a << " / " << b;
  }
}

TEST(NormalName, NamesOfDifferentThingsDoNotMeet) {
  const std::pair<const char*, const char*> pairs[] = {
      {"SOD1", "SOD2"},         {"ALS", "AL"},
      {"factor V", "factor X"}, {"sclerosis", "sclerosi"},
      {"IL-1α", "IL-1β"},       {"mice", "mic"},
      {"type 1", "type 2"},     {"上运动神经元", "下运动神经元"},
  };
  for (const auto& [a, b] : pairs) {
    EXPECT_NE(normal_name(a), normal_name(b)) << a << " / " << b;
  }
}

TEST(NormalName, AVitaminIsNoRomanNumeral) {
  EXPECT_EQ(normal_name("vitamin C"), "vitaminc");
  EXPECT_EQ(normal_name("I"), "i");
}

TEST(NormalName, TokensLieInsideTheTextInOrderWhateverTheBytes) {
  Random random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 24; ++i) {
      text += static_cast<char>(random.index(256));
    }
    std::size_t last = 0;
    for (const auto& token : name_tokens(text)) {
      EXPECT_GE(token.begin, last);
      EXPECT_LT(token.begin, token.end);
      EXPECT_LE(token.end, text.size());
      EXPECT_FALSE(token.normal.empty());
      last = token.end;
    }
  }
}

TEST(NormalName, ANormalNameIsItsOwnNormalForm) {
  // Not for plurals cut once ("classes" of "classess") nor for letters beside digits: the law is
  // that names built from plain words stay.
  for (const char* name : {"motor neuron", "riluzole", "肌萎缩侧索硬化", "tdp 43", "tumor"}) {
    const std::string once = normal_name(name);
    EXPECT_EQ(normal_name(once), once);
  }
}

}  // namespace
}  // namespace thaw::evidence
