#include "reading/sentence_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace thaw::reading {
namespace {

using evidence::Sign;

/// Claims of a sentence in which <c:NAME>, <g:NAME>, <d:NAME> and <o:NAME> are named things.
struct Said {
  UnitSentence sentence;
  std::vector<std::string> names;
  std::vector<SentenceClaim> claims;

  const std::string& name_of(std::size_t unit) const {
    return names[sentence.units[unit].things.front()];
  }
  const SentenceClaim* about(const std::string& subject, const std::string& object) const {
    for (const SentenceClaim& claim : claims) {
      if (name_of(claim.subject) == subject && name_of(claim.object) == object) {
        return &claim;
      }
    }
    return nullptr;
  }
};

Said said(std::string_view marked) {
  Said out;
  std::string text;
  std::vector<Thing> things;
  std::vector<Naming> namings;
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (marked[i] != '<') {
      text += marked[i];
      continue;
    }
    const std::size_t end = marked.find('>', i);
    const std::string name(marked.substr(i + 3, end - i - 3));
    const ThingKind kind = marked[i + 1] == 'c'   ? ThingKind::kChemical
                           : marked[i + 1] == 'g' ? ThingKind::kGene
                           : marked[i + 1] == 'd' ? ThingKind::kDisease
                                                  : ThingKind::kOther;
    namings.push_back({{text.size(), text.size() + name.size()}, things.size()});
    things.push_back({name, kind});
    out.names.push_back(name);
    text += name;
    i = end;
  }
  const auto annotated = annotate(std::move(text), std::move(things), std::move(namings), 0);
  out.sentence = annotated.sentences.at(0);
  out.claims = sentence_claims(out.sentence);
  return out;
}

void expect_plain(std::string_view text, const std::string& subject, const std::string& object,
                  Sign sign) {
  const Said found = said(text);
  const SentenceClaim* claim = found.about(subject, object);
  ASSERT_NE(claim, nullptr) << text;
  ASSERT_TRUE(claim->sign.has_value()) << text;
  EXPECT_EQ(*claim->sign, sign) << text;
  EXPECT_FALSE(claim->negated) << text;
  EXPECT_FALSE(claim->hedged) << text;
}

void expect_denied(std::string_view text, const std::string& subject, const std::string& object) {
  const Said found = said(text);
  const SentenceClaim* claim = found.about(subject, object);
  ASSERT_NE(claim, nullptr) << text;
  EXPECT_TRUE(claim->negated) << text;
}

void expect_doubted(std::string_view text, const std::string& subject, const std::string& object) {
  const Said found = said(text);
  const SentenceClaim* claim = found.about(subject, object);
  ASSERT_NE(claim, nullptr) << text;
  EXPECT_TRUE(claim->hedged) << text;
  EXPECT_FALSE(claim->negated) << text;
}

TEST(SentenceRules, TheSubjectOfAnActiveVerbStandsBeforeIt) {
  expect_plain("<c:Riluzole> prolonged <o:survival>.", "Riluzole", "survival", Sign::kRaises);
  expect_plain("<c:Minocycline> inhibits <g:SOD1>.", "Minocycline", "SOD1", Sign::kLowers);
  expect_plain("<c:Scopolamine> causes <d:amnesia>.", "Scopolamine", "amnesia", Sign::kRaises);
  expect_plain("<c:利鲁唑>可延长<o:生存期>。", "利鲁唑", "生存期", Sign::kRaises);
}

TEST(SentenceRules, APassiveVerbTurnsTheSidesRound) {
  expect_plain("<d:Amnesia> was induced by <c:scopolamine>.", "scopolamine", "Amnesia",
               Sign::kRaises);
  expect_plain("<g:SOD1> was suppressed by <c:tofersen>.", "tofersen", "SOD1", Sign::kLowers);
  expect_plain("<o:自噬>被<c:米诺环素>抑制。", "米诺环素", "自噬", Sign::kLowers);
}

TEST(SentenceRules, ANounOfActionTurnsThemToo) {
  expect_plain("Inhibition of <g:SOD1> by <c:tofersen> was seen.", "tofersen", "SOD1",
               Sign::kLowers);
}

TEST(SentenceRules, LossOfTheSubjectTurnsTheSign) {
  expect_plain("Loss of <g:TBK1> caused <d:neuron death>.", "TBK1", "neuron death", Sign::kLowers);
  expect_plain("<g:TBK1> deficiency increased <d:neuron death>.", "TBK1", "neuron death",
               Sign::kLowers);
}

TEST(SentenceRules, TwoTriggersMultiplyTheirSigns) {
  expect_plain("<c:Riluzole> prevented the increase in <o:glutamate>.", "Riluzole", "glutamate",
               Sign::kLowers);
}

TEST(SentenceRules, TreatingAHarmLowersIt) {
  expect_plain("<c:Riluzole> alleviated <d:spasticity>.", "Riluzole", "spasticity", Sign::kLowers);
  expect_plain("<c:Riluzole> improved <o:survival>.", "Riluzole", "survival", Sign::kRaises);
  expect_plain("<c:米诺环素>加重<d:肌无力>。", "米诺环素", "肌无力", Sign::kRaises);
}

TEST(SentenceRules, ADenialIsNoEffect) {
  expect_denied("<c:Lithium> did not slow <d:progression>.", "Lithium", "progression");
  expect_denied("<c:Lithium> failed to prolong <o:survival>.", "Lithium", "survival");
  expect_denied("<c:Lithium> had no effect on <o:survival>.", "Lithium", "survival");
  expect_denied("<c:米诺环素>未能延长<o:生存期>。", "米诺环素", "生存期");
  expect_denied("<c:米诺环素>对<o:生存期>无显著影响。", "米诺环素", "生存期");
  expect_denied("未见<c:米诺环素>延长<o:生存期>。", "米诺环素", "生存期");
}

TEST(SentenceRules, TwoDenialsAreNone) {
  expect_plain("<c:Lithium> did not fail to slow <d:progression>.", "Lithium", "progression",
               Sign::kLowers);
}

TEST(SentenceRules, ADenialInAnotherClauseDoesNotReach) {
  expect_plain("It was not tolerated; <c:lithium> increased <o:weight>.", "lithium", "weight",
               Sign::kRaises);
  expect_plain("<c:利鲁唑>不仅延长<o:生存期>。", "利鲁唑", "生存期", Sign::kRaises);
}

TEST(SentenceRules, DoubtIsNoDenial) {
  expect_doubted("<c:Lithium> may slow <d:progression>.", "Lithium", "progression");
  expect_doubted("We investigate whether <c:lithium> slows <d:progression>.", "lithium",
                 "progression");
  expect_doubted("<c:米诺环素>可能延长<o:生存期>。", "米诺环素", "生存期");
}

TEST(SentenceRules, AnAssociationIsNotCausal) {
  const Said found = said("<g:ATXN2> is associated with <d:ALS>.");
  const SentenceClaim* claim = found.about("ATXN2", "ALS");
  ASSERT_NE(claim, nullptr);
  EXPECT_FALSE(claim->causal);
  EXPECT_FALSE(claim->sign.has_value());
}

TEST(SentenceRules, EachNameOfAListIsMeant) {
  const Said found = said("<c:Lithium>, <c:valproate> and <c:celecoxib> reduced <o:survival>.");
  EXPECT_NE(found.about("Lithium", "survival"), nullptr);
  EXPECT_NE(found.about("valproate", "survival"), nullptr);
  EXPECT_NE(found.about("celecoxib", "survival"), nullptr);
}

TEST(SentenceRules, ASentenceWithoutNamesSaysNothing) {
  EXPECT_TRUE(said("Nothing was increased or caused by anything.").claims.empty());
}

}  // namespace
}  // namespace thaw::reading
