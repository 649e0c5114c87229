#include "reading/variant_names.h"

#include <gtest/gtest.h>

#include <string>

namespace thaw::reading {
namespace {

std::vector<std::string> found_in(std::string_view text) {
  std::vector<std::string> out;
  for (const Span& span : find_variants(text)) {
    out.emplace_back(bytes_at(text, span));
  }
  return out;
}

TEST(VariantNames, TheFormsOfHgvsAndDbsnpAreFound) {
  EXPECT_EQ(found_in("D90A, p.Asp90Ala, c.272A>C and rs429358 (R521fs)."),
            (std::vector<std::string>{"D90A", "p.Asp90Ala", "c.272A>C", "rs429358", "R521fs"}));
}

TEST(VariantNames, OrdinaryWordsAndSymbolsAreNot) {
  EXPECT_TRUE(found_in("SOD1, G93 and T4K in 1993A; p53 and rs12, B12A, p.").empty());
}

}  // namespace
}  // namespace thaw::reading
