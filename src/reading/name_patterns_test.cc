#include "reading/name_patterns.h"

#include <gtest/gtest.h>

#include <string>

namespace thaw::reading {
namespace {

using Names = std::vector<std::string>;

Names names_in(std::string_view text) {
  Names out;
  for (const auto& name : find_pattern_names(text)) {
    out.push_back(std::string(name.kind) + ":" + std::string(bytes_at(text, name.span)));
  }
  return out;
}

TEST(NamePatterns, SymbolsEndingsAndHeadsAreFound) {
  EXPECT_EQ(names_in("Amlodipine lowered BRCA1 in Parkinson's disease and chronic nephritis."),
            (Names{"drug:Amlodipine", "gene:BRCA1", "disease:Parkinson's disease",
                   "disease:chronic nephritis"}));
}

TEST(NamePatterns, CommonCapitalsAreNoGenes) {
  EXPECT_TRUE(names_in("The MRI and the PCR gave an OR with a CI in the USA.").empty());
}

TEST(NamePatterns, AChineseNameEndsWithItsKindAndBeginsAfterAStop) {
  EXPECT_EQ(names_in("患者的急性胰腺炎和肺癌"), (Names{"disease:急性胰腺炎", "disease:肺癌"}));
}

}  // namespace
}  // namespace thaw::reading
