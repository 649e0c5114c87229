#include "evidence/grounding.h"

#include <gtest/gtest.h>

#include "evidence/kind_cues.h"

namespace thaw::evidence {
namespace {

/// The names on which readers stumble, without any file.
class GroundingOfNames : public testing::Test {
 protected:
  static NameBook small_book() {
    NameBookBuilder b;
    const auto add = [&](const char* id, const char* kind, const char* en, const char* zh,
                         std::initializer_list<const char*> aliases) {
      b.add(Concept{
          .id = id, .kind = kind, .name = {en, zh}, .aliases = {aliases.begin(), aliases.end()}});
    };
    add("MONDO:0004976", "disease", "amyotrophic lateral sclerosis", "肌萎缩侧索硬化",
        {"ALS", "渐冻症"});
    add("HGNC:5468", "gene", "IGFALS", "IGFALS", {"ALS"});
    add("MONDO:0001516", "disease", "spinal muscular atrophy", "脊髓性肌萎缩症", {"SMA"});
    add("X:actin", "protein", "smooth muscle actin", "平滑肌肌动蛋白", {"SMA"});
    add("HGNC:4010", "gene", "FUS", "FUS", {"fused in sarcoma"});
    add("HGNC:1516", "gene", "CAT", "CAT", {"catalase"});
    add("X:cat", "model", "cat", "猫", {});
    add("HGNC:11179", "gene", "SOD1", "SOD1", {"superoxide dismutase 1"});
    add("HGNC:11892", "gene", "TNF", "TNF", {"TNFA"});
    add("thaw:riluzole", "drug", "riluzole", "利鲁唑", {"Rilutek"});
    add("HGNC:REST", "gene", "REST", "REST", {});
    add("thaw:niv", "intervention", "non-invasive ventilation", "无创通气", {"NIV"});
    add("X:niv", "gene", "NIV", "NIV", {});
    return b.build();
  }

  Grounding ground(std::string_view surface, std::string_view context = {},
                   std::string_view kind = {}) const {
    return Grounder(book, nullptr).ground({surface, context, kind, {}});
  }
  std::string meant(std::string_view surface, std::string_view context = {},
                    std::string_view kind = {}) const {
    const auto grounding = ground(surface, context, kind);
    return grounding.meant() == nullptr ? "" : grounding.meant()->id;
  }

  NameBook book = small_book();
};

TEST_F(GroundingOfNames, AnExactNameIsMeant) {
  EXPECT_EQ(meant("riluzole"), "thaw:riluzole");
  EXPECT_EQ(meant("利鲁唑"), "thaw:riluzole");
  EXPECT_EQ(ground("Rilutek").meant()->how, MatchedBy::kExact);
  EXPECT_TRUE(ground("Rilutek").meant()->synonym);
}

TEST_F(GroundingOfNames, OtherSpellingsAreMeant) {
  EXPECT_EQ(meant("SOD-1"), "HGNC:11179");
  EXPECT_EQ(meant("Superoxide dismutase-1"), "HGNC:11179");
  EXPECT_EQ(meant("TNF-α"), "HGNC:11892");
  EXPECT_EQ(meant("amyotrophic lateral sclerosi"), "MONDO:0004976");
  EXPECT_EQ(ground("riluzol").meant()->how, MatchedBy::kFuzzy);
  EXPECT_EQ(ground("riluzol").meant()->edits, 1U);
}

TEST_F(GroundingOfNames, WordsAroundANameAreNoPartOfIt) {
  const auto human = ground("human SOD1 gene");
  ASSERT_NE(human.meant(), nullptr);
  EXPECT_EQ(human.meant()->id, "HGNC:11179");
  EXPECT_EQ(human.meant()->how, MatchedBy::kCore);
  EXPECT_EQ(meant("SOD1基因"), "HGNC:11179");
}

TEST_F(GroundingOfNames, WithoutContextAnAbbreviationOfTwoThingsIsAmbiguous) {
  for (const char* surface : {"ALS", "SMA"}) {
    const auto grounding = ground(surface);
    EXPECT_TRUE(grounding.ambiguous) << surface;
    EXPECT_EQ(grounding.candidates.size(), 2U) << surface;
    EXPECT_EQ(grounding.meant(), nullptr);
  }
}

TEST_F(GroundingOfNames, TheWordsAroundDecide) {
  EXPECT_EQ(meant("ALS", "patients with ALS were followed from diagnosis"), "MONDO:0004976");
  EXPECT_EQ(meant("ALS", "expression of the ALS gene encoding the protein"), "HGNC:5468");
  EXPECT_EQ(meant("ALS", "ALS患者的症状"), "MONDO:0004976");
  EXPECT_EQ(meant("NIV", "use of NIV treatment, started early"), "thaw:niv");
}

TEST_F(GroundingOfNames, AKindThatIsAskedForDecides) {
  EXPECT_EQ(meant("ALS", "", "gene"), "HGNC:5468");
  EXPECT_EQ(meant("ALS", "", "disease"), "MONDO:0004976");
  EXPECT_EQ(meant("riluzole", "", "gene"), "");  // known, but not as a gene
}

TEST_F(GroundingOfNames, TheLongFormThatTheTextGivesDecides) {
  const std::string text =
      "alpha-smooth muscle actin (SMA) was stained. SMA was high in patients with disease.";
  const auto grounding = ground("SMA", text);
  ASSERT_NE(grounding.meant(), nullptr);
  EXPECT_EQ(grounding.meant()->id, "X:actin");
  EXPECT_EQ(grounding.expanded, "smooth muscle actin");
  EXPECT_EQ(meant("XYZ", "spinal muscular atrophy (XYZ)"), "");  // the letters do not fit
  EXPECT_EQ(meant("MQ", "纳入肌萎缩侧索硬化\uff08MQ\uff09患者"), "MONDO:0004976");
}

TEST_F(GroundingOfNames, ALongFormThatNobodyKnowsMakesTheShortFormDoubtful) {
  EXPECT_EQ(meant("CAT", "the computer adaptive test (CAT) was used"), "");
}

TEST_F(GroundingOfNames, ANeighbourNamedBesideItSpeaksForACandidate) {
  EXPECT_EQ(meant("SMA", "SMA: spinal muscular atrophy is one cause"), "MONDO:0001516");
}

TEST_F(GroundingOfNames, CommonWordsAreNoGenes) {
  const Grounder grounder(book, nullptr);
  EXPECT_TRUE(grounder.find_in("the rest of them, and a cat").empty());
  const auto in_capitals = grounder.find_in("REST binds DNA");
  ASSERT_EQ(in_capitals.size(), 1U);
  EXPECT_EQ(in_capitals.front().grounding.candidates.front().id, "HGNC:REST");
  EXPECT_EQ(meant("rest"), "");
}

TEST_F(GroundingOfNames, FindsMentionsAndTheAbbreviationsOfTheText) {
  const std::string text = "Riluzole in spinal muscular atrophy (SPMA); SPMA and SOD1.";
  const auto found = Grounder(book, nullptr).find_in(text);
  std::vector<std::string> surfaces;
  for (const auto& f : found) {
    surfaces.push_back(text.substr(f.begin, f.end - f.begin));
  }
  EXPECT_EQ(surfaces, (std::vector<std::string>{"Riluzole", "spinal muscular atrophy", "SPMA",
                                                "SPMA", "SOD1"}));
}

TEST_F(GroundingOfNames, ScoresLieBetweenNothingAndOneAndFall) {
  for (const char* text : {"ALS", "SMA", "FUS", "sod1", "riluzol", "human SOD1 gene", "cat"}) {
    double last = 1;
    for (const auto& candidate : ground(text, "patients gene dose").candidates) {
      EXPECT_GE(candidate.score, 0);
      EXPECT_LE(candidate.score, last);
      last = candidate.score;
    }
  }
}

TEST_F(GroundingOfNames, WhatIsUnknownIsNothing) {
  EXPECT_TRUE(ground("xylophone concerto").candidates.empty());
  EXPECT_TRUE(ground("").candidates.empty());
  EXPECT_TRUE(ground("()").candidates.empty());
}

TEST(KindCues, ACueCountsMoreTheNearerItStands) {
  const std::string near = "patients with X were seen";
  const std::string far = "patients of this and that and many another hospital with X were seen";
  const auto disease = static_cast<std::size_t>(KindFamily::kDisease);
  EXPECT_GT(kind_votes(near, 14, 15)[disease],
            kind_votes(far, far.find('X'), far.find('X') + 1)[disease]);
}

}  // namespace
}  // namespace thaw::evidence
