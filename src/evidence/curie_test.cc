#include "evidence/curie.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace thaw::evidence {
namespace {

TEST(Curie, OneThingHasOneSpelling) {
  EXPECT_EQ(normal_curie("mesh:D000690"), "MESH:D000690");
  EXPECT_EQ(normal_curie("MeSH: D000690 "), "MESH:D000690");
  EXPECT_EQ(normal_curie("CHEBI:CHEBI:15377"), "CHEBI:15377");
  EXPECT_EQ(normal_curie("UniProtKB:P00441"), "UniProt:P00441");
  EXPECT_EQ(normal_curie("UP:P00441"), "UniProt:P00441");
  EXPECT_EQ(normal_curie("DB:DB00740"), "DrugBank:DB00740");
  EXPECT_EQ(normal_curie("clinicaltrials:NCT02623699"), "NCT02623699");
  EXPECT_EQ(normal_curie("GO:GO:0006914"), "GO:0006914");
}

TEST(Curie, WhatIsNotKnownStaysAsItIs) {
  EXPECT_EQ(normal_curie("thaw:riluzole"), "thaw:riluzole");
  EXPECT_EQ(normal_curie("riluzole"), "riluzole");
  EXPECT_EQ(normal_curie(":x"), ":x");
  EXPECT_EQ(normal_curie("https://example.org/a"), "https://example.org/a");
  EXPECT_EQ(normal_curie(""), "");
}

TEST(Curie, ApplyingItTwiceChangesNothing) {
  Random random(5);
  const std::string letters = "GOgopmidUPN: CT1hebi";
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (auto left = random.index(14); left > 0; --left) {
      text += letters[random.index(letters.size())];
    }
    EXPECT_EQ(normal_curie(normal_curie(text)), normal_curie(text)) << '"' << text << '"';
  }
}

}  // namespace
}  // namespace thaw::evidence
