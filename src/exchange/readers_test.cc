// What each reader makes of a small sample of its format, and what it refuses.
#include "exchange/readers.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "exchange/test_store.h"

namespace thaw::exchange {
namespace {

using evidence::Direction;
using evidence::Item;
using evidence::Sign;
using test::collect;
using test::CollectingSink;

const Item& only_item(const CollectingSink& sink) {
  EXPECT_EQ(sink.items.size(), 1U);
  EXPECT_TRUE(sink.refused.empty()) << (sink.refused.empty() ? "" : sink.refused[0].reason);
  static const Item kNone;
  return sink.items.empty() ? kNone : sink.items.front();
}

constexpr std::string_view kIndra =
    R"([{"type":"Inhibition","id":"1","subj":{"name":"Riluzole","db_refs":{"TEXT":"riluzole","MESH":"D019782"}},"obj":{"name":"GRIN1","db_refs":{"HGNC":"4584","UP":"Q05586"}},"belief":0.65, "evidence":[{"source_api":"reach","pmid":"8302340","text":"Riluzole inhibits it.","epistemics":{"direct":true}}]}])";

TEST(ReadIndra, OneEvidenceIsOneItemWithTheReadersOwnPrior) {
  const auto sink = collect(read_indra, kIndra);
  const Item& item = only_item(sink);
  EXPECT_EQ(item.subject, "MESH:D019782");
  EXPECT_EQ(item.object, "HGNC:4584");
  EXPECT_EQ(item.sign, Sign::kLowers);
  EXPECT_TRUE(item.causal);
  EXPECT_EQ(item.study_kind, "text_mined");
  EXPECT_NEAR(item.faithful, 0.65, 1e-12);
  EXPECT_EQ(item.extractor, "reach");
  EXPECT_EQ(item.source, "PMID:8302340");
  EXPECT_EQ(item.quote_check, "unchecked");
}

TEST(ReadIndra, NegationAndHypothesisAreDirections) {
  std::string text(kIndra);
  text.replace(text.find("\"direct\":true"), 13, "\"negated\":true");
  EXPECT_EQ(only_item(collect(read_indra, text)).direction, Direction::kNoEffectSeen);
  text.replace(text.find("\"negated\":true"), 14, "\"hypothesis\":true");
  EXPECT_EQ(only_item(collect(read_indra, text)).direction, Direction::kInconclusive);
}

TEST(ReadIndra, APhosphorylationSaysNothingOfMoreOrLess) {
  const auto sink = collect(
      read_indra,
      R"({"type":"Phosphorylation","enz":{"name":"TBK1","db_refs":{"HGNC":"11584"}},"sub":{"name":"OPTN","db_refs":{"HGNC":"17142"}},"residue":"S","position":"177","evidence":[{"source_api":"signor","pmid":"21617041"}]})");
  const Item& item = only_item(sink);
  EXPECT_FALSE(item.causal);
  EXPECT_EQ(item.qualifiers.at("object_form"), "site S177");
  EXPECT_EQ(item.study_kind, "review");
}

TEST(ReadIndra, RefusesWhatSaysNothingOfTwoThingsOrNamesNoEvidence) {
  struct Bad {
    const char* text;
    const char* reason;
  };
  for (
      const Bad& each : {
          Bad{R"({"type":"ActiveForm","agent":{"name":"A","db_refs":{}},"evidence":[{}]})",
              "ActiveForm"},
          Bad{R"({"type":"Activation","subj":null,"obj":{"name":"A","db_refs":{}},"evidence":[{}]})",
              "'subj' names no agent"},
          Bad{R"({"type":"Activation","evidence":[]})", "without evidence"},
          Bad{R"({"type":"Activation","belief":1.5,"evidence":[{}]})", "belief"},
          Bad{R"([1])", "must be an object"},
          Bad{R"({"type": nope})", "not JSON"},
      }) {
    const auto sink = collect(read_indra, each.text);
    ASSERT_EQ(sink.refused.size(), 1U) << each.text;
    EXPECT_NE(sink.refused[0].reason.find(each.reason), std::string::npos)
        << sink.refused[0].reason;
  }
}

TEST(JsonFiles, ACutFileIsAnErrorWithItsLineAtEveryByte) {
  for (std::size_t cut = 1; cut < kIndra.size() - 1; ++cut) {
    CollectingSink sink;
    MemorySource source(kIndra.substr(0, cut));
    const auto done = read_indra(source, sink);
    ASSERT_FALSE(done) << cut;
    EXPECT_NE(done.error().message.find("line "), std::string::npos) << done.error().message;
  }
}

TEST(ReadBel, AStatementTakesItsCitationEvidenceAndSpecies) {
  const auto sink = collect(read_bel_script, R"(SET DOCUMENT Name = "x"
DEFINE NAMESPACE HGNC AS URL "https://example.org"
SET Citation = {"PubMed", "A title, with comma", "8446170"}
SET Evidence = "TBK1 activates \
OPTN."
SET Species = "9606"
# a comment
kin(p(HGNC:TBK1)) directlyIncreases p(HGNC:OPTN, pmod(Ph, Ser, 177))
p(HGNC:A) causesNoChange bp(GO:"autophagy")
p(HGNC:A) -| a(CHEBI:"nitric oxide")
)");
  ASSERT_EQ(sink.items.size(), 3U) << (sink.refused.empty() ? "" : sink.refused[0].reason);
  const Item& item = sink.items[0];
  EXPECT_EQ(item.source, "PMID:8446170");
  EXPECT_EQ(item.quote, "TBK1 activates  OPTN.");
  EXPECT_EQ(item.organism, "9606");
  EXPECT_EQ(item.qualifiers.at("object_form"), "pmod(Ph, Ser, 177)");
  EXPECT_EQ(sink.items[1].direction, Direction::kNoEffectSeen);
  EXPECT_EQ(sink.items[2].sign, Sign::kLowers);
}

TEST(ReadBel, NestedStatementsUncitedOnesAndWrongTermsAreRefused) {
  const auto sink = collect(read_bel_script, R"(p(HGNC:A) increases p(HGNC:B)
SET Citation = {"PubMed","1"}
p(HGNC:A) increases (p(HGNC:B) increases p(HGNC:C))
p(HGNC:A) frobnicates p(HGNC:B)
p(HGNC:A increases p(HGNC:B)
p(HGNC:A)
q(HGNC:A) increases p(HGNC:B)
)");
  EXPECT_TRUE(sink.items.empty());
  ASSERT_EQ(sink.refused.size(), 6U);
  EXPECT_NE(sink.refused[0].reason.find("citation"), std::string::npos);
  EXPECT_NE(sink.refused[1].reason.find("nested"), std::string::npos);
  EXPECT_EQ(sink.refused[1].line, 3U);
  EXPECT_NE(sink.refused[2].reason.find("frobnicates"), std::string::npos);
}

TEST(ReadBelGraph, LinksNameNodesByPlaceOrId) {
  const auto sink =
      collect(read_bel_graph,
              R"x({"directed":true,"multigraph":true,"graph":{"pybel_version":"0.15"},"nodes":[
{"bel":"p(HGNC:391 ! AKT1)","id":"n1"},{"concept":{"namespace":"HGNC","name":"EGFR"},"function":"Protein","id":"n2"}],"links":[
{"source":0,"target":1,"relation":"increases","evidence":"AKT1 raises EGFR","citation":{"type":"PubMed","reference":"123"}},
{"source":"n1","target":"n2","relation":"decreases","citation":{"namespace":"pubmed","identifier":"124"}},
{"source":7,"target":1,"relation":"increases","citation":{"type":"PubMed","reference":"123"}}]})x");
  ASSERT_EQ(sink.items.size(), 2U);
  EXPECT_EQ(sink.items[0].subject, "HGNC:391");
  EXPECT_EQ(sink.items[0].object, "name:egfr");
  EXPECT_EQ(sink.items[1].sign, Sign::kLowers);
  ASSERT_EQ(sink.refused.size(), 1U);
  EXPECT_EQ(sink.refused[0].line, 5U);
}

constexpr std::string_view kPathYaml = R"(- directed: true
  graph:
    _id: DB1_MESH_D1_1
    disease: Pain
    disease_mesh: MESH:D1
    drug: aspirin
    drug_mesh: MESH:D2
  links:
  - key: decreases activity of
    source: MESH:D2
    target: UniProt:P1
  - key: caused by
    source: MESH:D1
    target: UniProt:P1
  - key: sings to
    source: MESH:D2
    target: MESH:D1
  nodes:
  - {id: MESH:D2, label: Drug, name: Aspirin}
  - {id: UniProt:P1, label: Protein, name: COX}
  - {id: MESH:D1, label: Disease, name: Pain}
  references: [https://pubmed.ncbi.nlm.nih.gov/15774254/]
)";

TEST(ReadDrugMechDb, YamlLinksAreItemsOfOneCuratedRecord) {
  const auto sink = collect(read_drugmechdb_yaml, kPathYaml);
  ASSERT_EQ(sink.items.size(), 2U);
  EXPECT_EQ(sink.items[0].sign, Sign::kLowers);
  EXPECT_EQ(sink.items[0].study_kind, "review");
  EXPECT_EQ(sink.items[0].group_keys, std::vector<std::string>{"PMID:15774254"});
  // "Pain is caused by COX": the object acts on the subject.
  EXPECT_EQ(sink.items[1].subject, "UniProt:P1");
  EXPECT_EQ(sink.items[1].object, "MESH:D1");
  ASSERT_EQ(sink.refused.size(), 1U);
  EXPECT_NE(sink.refused[0].reason.find("sings to"), std::string::npos);
}

TEST(ReadYaml, ABillionLaughsIsRefusedAndSoIsDeepNesting) {
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 12; ++i) {
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) {
      bomb += (k > 0 ? ",*a" : "*a") + std::to_string(i - 1);
    }
    bomb += "]\n";
  }
  const auto laughs = collect(read_dismech_yaml, bomb);
  ASSERT_EQ(laughs.refused.size(), 1U);
  EXPECT_NE(laughs.refused[0].reason.find("more than"), std::string::npos)
      << laughs.refused[0].reason;
  const auto deep = collect(read_dismech_yaml, "a: " + std::string(20000, '[') + "\n");
  ASSERT_EQ(deep.refused.size(), 1U);
}

TEST(ReadDismech, AListedEntryIsNoArrowAndADownstreamEdgeIs) {
  const auto sink = collect(read_dismech_yaml, R"(name: ALS
disease_term: {term: {id: "MONDO:0004976"}}
phenotypes:
- name: Weakness
  evidence:
  - {reference: "PMID:1", supports: PARTIAL, evidence_source: HUMAN_CLINICAL, snippet: "weak"}
pathophysiology:
- name: TDP-43 loss
  downstream:
  - target: STMN2 loss
    evidence:
    - {reference: "PMID:2", supports: REFUTE, evidence_source: MODEL_ORGANISM, snippet: "no"}
prevalence:
- evidence:
  - {reference: "PMID:3", supports: SUPPORT, snippet: "rare"}
)");
  ASSERT_EQ(sink.items.size(), 2U);
  EXPECT_EQ(sink.items[0].subject, "MONDO:0004976");
  EXPECT_FALSE(sink.items[0].causal);
  EXPECT_EQ(sink.items[0].grade, "weak");
  EXPECT_EQ(sink.items[0].study_kind, "adjusted_cohort");
  EXPECT_TRUE(sink.items[1].causal);
  EXPECT_EQ(sink.items[1].direction, Direction::kOpposes);
  ASSERT_EQ(sink.refused.size(), 1U);
  EXPECT_NE(sink.refused[0].reason.find("prevalence"), std::string::npos);
}

TEST(ReadKgx, ADirectionQualifierIsTheSignAndAnUnsourcedEdgeIsRefused) {
  const auto sink = collect(
      read_kgx_table,
      "subject\tpredicate\tobject\tobject_direction_qualifier\tpublications\tagent_type\tnegated\n"
      "CHEBI:1\tbiolink:affects\tHGNC:2\tdecreased\tPMID:1|PMID:2\tmanual_agent\t\n"
      "CHEBI:1\tbiolink:related_to\tHGNC:2\t\tPMID:3\ttext_mining_agent\tfalse\n"
      "CHEBI:1\tbiolink:affects\tHGNC:3\tincreased\t\tmanual_agent\t\n");
  ASSERT_EQ(sink.items.size(), 3U);
  EXPECT_EQ(sink.items[0].sign, Sign::kLowers);
  EXPECT_TRUE(sink.items[0].causal);
  EXPECT_EQ(sink.items[1].source, "PMID:2");
  EXPECT_FALSE(sink.items[2].causal);
  EXPECT_EQ(sink.items[2].study_kind, "text_mined");
  ASSERT_EQ(sink.refused.size(), 1U);
  EXPECT_EQ(sink.refused[0].line, 4U);
}

TEST(ReadSif, ALineIsOneItemATargetAndHasNoSource) {
  const auto sink = collect(read_sif, "TP53 activates MDM2 CDKN1A\na\tlinks\tb c\nbroken\n");
  ASSERT_EQ(sink.items.size(), 3U);
  EXPECT_TRUE(sink.items[0].causal);
  EXPECT_FALSE(sink.items[2].causal);
  EXPECT_EQ(sink.items[2].object, "name:b c");
  EXPECT_EQ(sink.items[0].study_kind, "opinion");
  EXPECT_EQ(sink.refused.size(), 1U);
}

TEST(ReadClinGen, TheClassIsTheGradeAndRefutedOpposes) {
  const auto sink = collect(
      read_clingen,
      "GENE SYMBOL,GENE ID (HGNC),DISEASE LABEL,DISEASE ID (MONDO),MOI,CLASSIFICATION,ONLINE "
      "REPORT,CLASSIFICATION DATE,GCEP\n"
      "SOD1,HGNC:11179,\"ALS, type 1\",MONDO:0007103,AD,Definitive,https://x.org/CGGV:a1,2022-01-"
      "02,ALS\nDAO,HGNC:2671,ALS,MONDO:0004976,AD,Refuted,,2021-01-01,ALS\nX,,,,,,,,\n");
  ASSERT_EQ(sink.items.size(), 2U);
  EXPECT_EQ(sink.items[0].grade, "definitive");
  EXPECT_EQ(sink.items[0].year, 2022);
  EXPECT_EQ(sink.items[1].direction, Direction::kOpposes);
  EXPECT_EQ(sink.refused.size(), 1U);
}

TEST(ReadTrials, AHazardRatioIsWeighedAndWordsAreKept) {
  const auto sink = collect(
      read_trial_effects,
      "trial,drug,year,design,n,outcome,measure,effect,ci_low,ci_high,p,favours,id,source,note\n"
      "A,drug a,2010,RCT,100,death,HR,0.8,0.6,1.1,0.2,none,PMID:5 NCT00000001,PMID:5,\n"
      "B,drug b,2011,RCT,90,strength,test,no effect,,,,none,,PMID:6,\n"
      "C,drug c,2011,wish,90,strength,test,,,,,none,,PMID:6,\n");
  ASSERT_EQ(sink.items.size(), 2U);
  ASSERT_TRUE(sink.items[0].effect);
  EXPECT_EQ(sink.items[0].effect->measure, "hazard_ratio");
  EXPECT_EQ(sink.items[0].effect->high, 1.1);
  EXPECT_EQ(sink.items[0].direction, Direction::kNoEffectSeen);
  EXPECT_EQ(sink.items[0].group_keys,
            (std::vector<std::string>{"PMID:5", "NCT00000001", "trial:A"}));
  EXPECT_FALSE(sink.items[1].effect);
  EXPECT_EQ(sink.refused.size(), 1U);
}

TEST(Formats, EachSampleIsRecognisedAsItself) {
  struct Sample {
    std::string_view name, head, format;
  };
  for (const Sample& each : {
           Sample{"a.json", kIndra, "indra"},
           Sample{"a.yaml", kPathYaml, "drugmechdb-yaml"},
           Sample{"a.sif", "A x B\n", "sif"},
           Sample{"a.bel", "p(HGNC:A) -> p(HGNC:B)\n", "bel"},
           Sample{"edges.tsv", "id\tsubject\tpredicate\tobject\n", "kgx"},
           Sample{"a.tsv", "subject\trelation\tobject\tstudy_kind\n", "tsv"},
           Sample{"x.txt", R"({"item":{"id":"1"}})", "jsonl"},
       }) {
    const auto chosen = choose_format("", each.name, each.head);
    ASSERT_TRUE(chosen) << each.name << ": " << chosen.error().message;
    EXPECT_EQ((*chosen)->name, each.format);
  }
  EXPECT_FALSE(choose_format("", "notes.txt", "hello"));
}

TEST(Formats, NoBytesMakeAReaderFailInAnyOtherWay) {
  Random random(3);
  const std::string seed = std::string(kIndra) + std::string(kPathYaml) + "a\tb\tc\nSET Citation";
  for (const Format& format : formats()) {
    for (int round = 0; round < 60; ++round) {
      std::string bytes = seed;
      for (int edit = 0; edit < 5; ++edit) {
        bytes[random.index(bytes.size())] = static_cast<char>(random.bits());
      }
      CollectingSink sink;
      MemorySource source(std::string_view(bytes).substr(random.index(bytes.size())));
      const auto done = format.read(source, sink);
      EXPECT_TRUE(done || done.error().code == ErrorCode::kInvalidArgument ||
                  done.error().code == ErrorCode::kCorrupt);
    }
  }
}

}  // namespace
}  // namespace thaw::exchange
