// The bundled knowledge says what the record says: the product's own acceptance of its weights.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>

#include "base/text.h"
#include "evidence/bundle.h"
#include "evidence/evidence_store.h"
#include "evidence/mechanism_graph.h"
#include "evidence/records_json.h"
#include "evidence/resolve.h"
#include "evidence/test_knowledge.h"
#include "evidence/weigh.h"
#include "evidence/weigh_json.h"

namespace thaw::evidence {
namespace {

class Bundled : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::vector<std::string> texts;
    for (const char* name : {"concepts", "sources", "relations", "trials", "gene_classes"}) {
      texts.push_back(
          read_text(std::string(THAW_SOURCE_DIR) + "/data/evidence/" + name + ".jsonl"));
    }
    const auto connection = db::Connection::open(":memory:").value();
    ASSERT_TRUE(migrate_evidence(*connection));
    std::vector<BundledFile> files;
    for (const auto& text : texts) {
      files.push_back({"file", text});
    }
    const auto loaded = ensure_bundled(*connection, files);
    ASSERT_TRUE(loaded) << loaded.error().message;
    auto read = load_knowledge(*connection);
    ASSERT_TRUE(read) << read.error().message;
    knowledge = new Knowledge(std::move(read).value());
    parameters = new WeightParameters(test_parameters());
  }

  static WeighedClaim weigh(std::string_view subject, std::string_view object, Sign sign,
                            const WeighOptions& options = {}, bool qualified = false) {
    const NameIndex names(*knowledge);
    const auto s = names.resolve(subject);
    const auto o = names.resolve(object);
    EXPECT_TRUE(s && o) << subject << ' ' << object;
    const Weigher weigher(*knowledge, *parameters);
    for (auto& weighed : weigher.weigh_between((*s)->id, (*o)->id, options)) {
      if (weighed.claim->sign == sign && weighed.claim->qualifiers.empty() != qualified) {
        return weighed;
      }
    }
    ADD_FAILURE() << "no such claim: " << subject << ' ' << object;
    return {};
  }

  static Knowledge* knowledge;
  static WeightParameters* parameters;
};
Knowledge* Bundled::knowledge = nullptr;
WeightParameters* Bundled::parameters = nullptr;

TEST_F(Bundled, HoldsAtLeastWhatWasPromised) {
  std::map<char, int> count;
  int signed_relations = 0;
  for (const Item& item : knowledge->items()) {
    ++count[item.id.front()];
    signed_relations += item.id.front() == 'R' && item.causal ? 1 : 0;
    const Source& source = *knowledge->find_source(item.source);
    EXPECT_FALSE(source.citation.empty()) << item.id;
    EXPECT_EQ(item.year.has_value(), item.study_kind != "definition") << item.id;
    EXPECT_TRUE(parameters->cap.contains(item.study_kind) || item.study_kind == "rct") << item.id;
    EXPECT_TRUE(item.grade.empty() || parameters->grade.contains(item.grade)) << item.id;
  }
  EXPECT_GE(count['R'], 110);
  EXPECT_GE(signed_relations, 95);
  EXPECT_GE(count['T'], 52);
  EXPECT_EQ(count['G'], 52);
  for (const Concept& c : knowledge->concepts()) {
    EXPECT_FALSE(c.name.zh.empty()) << c.id;
  }
}

TEST_F(Bundled, LeavesOutTheCitationsThatWereNotChecked) {
  for (const Source& source : knowledge->sources()) {
    EXPECT_FALSE(source.id.starts_with("PMID:42")) << source.id;
    EXPECT_NE(source.id, "PMID:41661214");
  }
}

TEST_F(Bundled, Amx0035WasLikelyAndIsNoMore) {
  const auto now = weigh("AMX0035", "ALSFRS-R decline", Sign::kLowers);
  EXPECT_LE(now.belief, 0.30);
  EXPECT_GT(now.support, 1);
  EXPECT_GT(now.opposition, 1);
  EXPECT_GE(weigh("AMX0035", "ALSFRS-R decline", Sign::kLowers, {.as_of = 2021}).belief, 0.70);
}

TEST_F(Bundled, RiluzoleExtendsSurvivalWithItsOneNullOnTheOtherSide) {
  const auto weighed = weigh("riluzole", "survival", Sign::kRaises);
  EXPECT_GE(weighed.belief, 0.80);
  EXPECT_GT(weighed.support, 0);
  EXPECT_GT(weighed.opposition, 0);
}

TEST_F(Bundled, CochraneCountsNothingBesideItsMembersAndKeepsBothPrintedValues) {
  const auto weighed = weigh("riluzole", "survival", Sign::kRaises);
  int printed = 0;
  for (const auto& group : weighed.groups) {
    for (const auto& item : group.items) {
      const Item& record = knowledge->items()[item.item];
      if (record.study_kind == "meta_analysis_rct") {
        EXPECT_FALSE(item.counts) << record.id;
        printed += static_cast<int>(record.also_printed.size());
      }
    }
  }
  EXPECT_EQ(printed, 1);
}

TEST_F(Bundled, LargeNullsAreOpposition) {
  EXPECT_LE(weigh("dexpramipexole", "CAFS", Sign::kRaises).belief, 0.35);
  EXPECT_LE(weigh("lithium", "survival", Sign::kRaises).belief, 0.40);
}

TEST_F(Bundled, MinocyclineWorsens) {
  EXPECT_LE(weigh("minocycline", "ALSFRS-R decline", Sign::kLowers).belief, 0.10);
  EXPECT_GE(weigh("minocycline", "ALSFRS-R decline", Sign::kRaises).belief, 0.90);
}

TEST_F(Bundled, TofersensScoreAt28WeeksIsMostlyUnknown) {
  const auto weighed = weigh("tofersen", "28-week score", Sign::kLowers);
  EXPECT_GE(weighed.opinion.ignorance, 0.80);
  bool both = false;
  for (const Item& item : knowledge->items()) {
    both = both || (item.group_label == "VALOR" && item.effect && item.effect->p == 0.97 &&
                    item.also_printed.size() == 1);
  }
  EXPECT_TRUE(both);
}

TEST_F(Bundled, EdaravoneIsLikelyAndOpposed) {
  const auto weighed = weigh("edaravone IV", "ALSFRS-R decline", Sign::kLowers);
  EXPECT_GE(weighed.belief, 0.50);
  EXPECT_LE(weighed.belief, 0.95);
  EXPECT_GE(weighed.opposition, 1);
}

TEST_F(Bundled, WhatIsContestedShowsBothSides) {
  for (const auto& weighed : {weigh("masitinib", "ALSFRS-R decline", Sign::kLowers),
                              weigh("AMX0035", "ALSFRS-R decline", Sign::kLowers),
                              weigh("edaravone", "ALSFRS-R decline", Sign::kLowers),
                              weigh("lithium", "survival", Sign::kRaises, {}, true),
                              weigh("TUDCA", "ALSFRS-R decline", Sign::kLowers),
                              weigh("TIA1 pathogenic variant", "ALS", Sign::kRaises),
                              weigh("LRP12 CGG repeat", "ALS", Sign::kRaises)}) {
    EXPECT_GT(weighed.support, 0) << weighed.claim->subject;
    EXPECT_GT(weighed.opposition, 0) << weighed.claim->subject;
  }
}

TEST_F(Bundled, ClinGenClassesKeepTheirOrder) {
  std::map<std::string, std::vector<double>> by_class;
  const Weigher weigher(*knowledge, *parameters);
  for (const Item& item : knowledge->items()) {
    if (item.study_kind != "expert_panel") {
      continue;
    }
    for (const auto* claim : knowledge->between(item.subject, item.object)) {
      if (claim->causal) {
        by_class[item.grade].push_back(weigher.weigh(*claim).belief);
      }
    }
  }
  const auto median = [&](const std::string& grade) {
    auto& values = by_class.at(grade);
    std::ranges::sort(values);
    return values[values.size() / 2];
  };
  EXPECT_GT(median("definitive"), median("panel_strong"));
  EXPECT_GT(median("panel_strong"), median("moderate"));
  EXPECT_GT(median("moderate"), median("limited"));
  EXPECT_GT(median("limited"), median("disputed"));
  EXPECT_GE(median("disputed"), median("refuted"));
}

TEST_F(Bundled, ChangingOneItemsNumbersChangesTheBelief) {
  auto items = knowledge->items();
  const auto before = weigh("AMX0035", "ALSFRS-R decline", Sign::kLowers);
  auto& centaur = *std::ranges::find(items, "T016", &Item::id);
  centaur.effect->value = 1.0;
  centaur.effect->low = -1.15;
  centaur.effect->high = 3.15;
  const auto changed = Knowledge::build(knowledge->concepts(), knowledge->sources(), items).value();
  const Weigher weigher(changed, *parameters);
  EXPECT_LT(weigher.weigh(*changed.find_claim(before.claim->id)).support, before.support - 0.5);
}

TEST_F(Bundled, TheMechanismGraphHoldsDisjointProbabilities) {
  const auto graph = build_mechanism_graph(Weigher(*knowledge, *parameters));
  EXPECT_GT(graph.edges.size(), 100U);
  for (const auto& edge : graph.edges) {
    EXPECT_GE(edge.p_raises, 0);
    EXPECT_GE(edge.p_lowers, 0);
    EXPECT_LT(edge.p_raises + edge.p_lowers, 1);
    EXPECT_EQ(edge.p_raises > 0, edge.raises >= 0);
    EXPECT_EQ(edge.p_lowers > 0, edge.lowers >= 0);
  }
  EXPECT_EQ(graph.find("thaw:ceftriaxone"), -1);  // recorded, but nothing of it weighs
  EXPECT_GE(graph.find("thaw:riluzole"), 0);
  EXPECT_EQ(graph.find("thaw:no_such"), -1);
}

TEST_F(Bundled, NamesAsAPersonWritesThemAreUnderstood) {
  const NameIndex names(*knowledge);
  for (const auto& [text, id] :
       std::map<std::string, std::string>{{"amx0035", "thaw:amx0035"},
                                          {"Riluzole", "thaw:riluzole"},
                                          {"利鲁唑", "thaw:riluzole"},
                                          {"ALSFRS-R decline", "thaw:alsfrs_r_decline"},
                                          {"alsfrs r decline", "thaw:alsfrs_r_decline"},
                                          {"渐冻症", "MONDO:0004976"},
                                          {"生存", "thaw:survival"}}) {
    const auto found = names.resolve(text);
    ASSERT_TRUE(found) << text << ": " << found.error().message;
    EXPECT_EQ((*found)->id, id);
  }
  const auto unknown = names.resolve("riluzol");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::kNotFound);
  EXPECT_NE(unknown.error().message.find("riluzole"), std::string::npos);
}

TEST_F(Bundled, NamesInsideASentenceAreFoundLongestFirst) {
  const NameIndex names(*knowledge);
  const auto found = names.find_in("Does AMX0035 slow ALSFRS-R decline?");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].candidates.front()->id, "thaw:amx0035");
  EXPECT_EQ(found[1].candidates.front()->id, "thaw:alsfrs_r_decline");
  const auto chinese = names.find_in("利鲁唑能延长生存吗");
  ASSERT_EQ(chinese.size(), 2U);
  EXPECT_EQ(chinese[0].candidates.front()->id, "thaw:riluzole");
  EXPECT_TRUE(names.find_in("also nothing here").empty());  // "als" inside a word is no mention
}

bool has_cjk(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (first >= 0xE4U && first <= 0xE9U) {  // U+4000..U+9FFF
      return true;
    }
  }
  return false;
}

TEST_F(Bundled, HoldsAtLeastFourHundredConceptsOfAlsWithChineseNames) {
  EXPECT_GE(knowledge->concepts().size(), 400U);
  for (const Concept& c : knowledge->concepts()) {
    // A code of a drug, an allele and a symbol are written in Latin letters in Chinese too.
    const bool code = c.kind == "drug" || c.kind == "gene_variant" || c.kind == "protein";
    EXPECT_TRUE(code || has_cjk(c.name.zh)) << c.id << ' ' << c.name.zh;
    EXPECT_FALSE(c.kind.empty()) << c.id;
  }
}

TEST_F(Bundled, NoTwoConceptsShareAName) {
  std::map<std::string, std::string> owner;
  for (const Concept& c : knowledge->concepts()) {
    std::set<std::string> names = {fold(c.name.en), fold(c.name.zh)};
    for (const auto& alias : c.aliases) {
      names.insert(fold(alias));
    }
    for (const auto& name : names) {
      const auto [at, first] = owner.emplace(name, c.id);
      EXPECT_TRUE(first) << name << ": " << at->second << " and " << c.id;
    }
  }
}

TEST_F(Bundled, EveryParentIsAConceptAndNoneIsItsOwnAncestor) {
  for (const Concept& c : knowledge->concepts()) {
    std::set<std::string> ancestors;
    std::vector<std::string> open = c.parents;
    while (!open.empty()) {
      const std::string id = open.back();
      open.pop_back();
      const Concept* parent = knowledge->find_concept(id);
      ASSERT_NE(parent, nullptr) << c.id << " has the unknown parent " << id;
      EXPECT_NE(id, c.id);
      if (ancestors.insert(id).second) {
        open.insert(open.end(), parent->parents.begin(), parent->parents.end());
      }
    }
  }
}

TEST_F(Bundled, ClaimsReadAsSentencesInBothLanguages) {
  const auto weighed = weigh("smoking", "ALS", Sign::kRaises);
  EXPECT_EQ(claim_text(*knowledge, *weighed.claim).zh,
            "吸烟\uff08现在吸与从不吸\uff09增加肌萎缩侧索硬化的风险");
  const auto slows = weigh("AMX0035", "ALSFRS-R decline", Sign::kLowers);
  EXPECT_EQ(claim_text(*knowledge, *slows.claim).en, "AMX0035 (PB-TURSO) slows ALSFRS-R decline");
}

TEST_F(Bundled, EveryRecordReadsBackFromItsOwnJson) {
  for (const Item& item : knowledge->items()) {
    const auto again = item_from_json(to_json(item));
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(boost::json::serialize(to_json(*again)), boost::json::serialize(to_json(item)));
  }
}

}  // namespace
}  // namespace thaw::evidence
