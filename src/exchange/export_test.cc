#include "exchange/export.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "evidence/test_knowledge.h"
#include "exchange/test_store.h"

namespace thaw::exchange {
namespace {

using evidence::Knowledge;
using evidence::load_knowledge;
using test::fresh_store;
using test::import_text;

std::string bundled_text() {
  std::string all;
  for (const auto* name : {"concepts", "sources", "relations", "trials", "gene_classes"}) {
    all += evidence::read_text(std::string(THAW_SOURCE_DIR) + "/data/evidence/" + name + ".jsonl");
  }
  return all;
}

std::string exported(const Knowledge& knowledge, std::string_view as) {
  const auto parameters = evidence::test_parameters();
  const evidence::Weigher weigher(knowledge, parameters);
  std::string out;
  export_evidence(weigher, as, [&](std::string_view text) -> Result<Done> {
    out += text;
    return Done{};
  }).value();
  return out;
}

Knowledge bundled() {
  const auto store = fresh_store();
  import_text(*store, bundled_text(), "bundled.jsonl").value();
  return load_knowledge(*store).value();
}

/// Claims as text, for comparing what two stores say.
std::vector<std::string> claims_of(const Knowledge& knowledge) {
  std::vector<std::string> out;
  for (const auto& claim : knowledge.claims()) {
    out.push_back(claim.id + " " + std::to_string(claim.items.size()));
  }
  std::ranges::sort(out);
  return out;
}

TEST(Export, OurLinesIntoAnEmptyStoreAndOutAgainAreTheSameBytes) {
  const Knowledge first = bundled();
  const std::string text = exported(first, "jsonl");
  const auto store = fresh_store();
  const auto report = import_text(*store, text, "export.jsonl");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->refused_total, 0U);
  const Knowledge second = load_knowledge(*store).value();
  EXPECT_EQ(second.digest(), first.digest());
  EXPECT_TRUE(exported(second, "jsonl") == text);
}

TEST(Export, IndraStatementsReadBackGiveTheSameClaims) {
  const Knowledge first = bundled();
  const std::string text = exported(first, "indra");
  const auto store = fresh_store();
  const auto report = import_text(*store, text, "export.json");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->format, "indra");
  EXPECT_EQ(report->refused_total, 0U)
      << (report->refused.empty() ? "" : report->refused.front().reason);
  EXPECT_EQ(claims_of(load_knowledge(*store).value()), claims_of(first));
}

TEST(Export, KgxEdgesReadBackKeepEndsAndSigns) {
  const Knowledge first = bundled();
  const auto store = fresh_store();
  const auto nodes = import_text(*store, exported(first, "kgx-nodes"), "nodes.tsv");
  ASSERT_TRUE(nodes) << nodes.error().message;
  const auto edges = import_text(*store, exported(first, "kgx"), "edges.tsv");
  ASSERT_TRUE(edges) << edges.error().message;
  EXPECT_EQ(edges->refused_total, 0U)
      << (edges->refused.empty() ? "" : edges->refused.front().reason);
  const Knowledge second = load_knowledge(*store).value();
  std::size_t causal_here = 0;
  std::size_t causal_there = 0;
  for (const auto& item : first.items()) {
    causal_here += item.causal ? 1 : 0;
  }
  for (const auto& item : second.items()) {
    causal_there += item.causal ? 1 : 0;
    EXPECT_NE(first.find_concept(item.subject), nullptr) << item.subject;
  }
  EXPECT_GT(causal_there, 0U);
  EXPECT_LE(causal_there, causal_here);  // several items of one paper on one edge become one
}

TEST(Export, HostileNamesCannotBreakOutOfAnyFormat) {
  const auto store = fresh_store();
  import_text(*store,
              R"({"concept":{"id":"x:a","kind":"drug","en":"a\"]]>\t\n<b>&\\ ; .}","zh":"甲"}}
{"concept":{"id":"x:b> <y","kind":"outcome","en":"b,\"c\"","zh":"乙"}}
{"source":{"id":"s:1","citation":"a\"b\\"}}
{"item":{"id":"i 1","subject":"x:a","relation":"slows","sign":"-","object":"x:b> <y","direction":"supports","study_kind":"animal","quote":"say \"x\"\n}","quote_check":"unchecked","source":"s:1"}}
)",
              "hostile.jsonl")
      .value();
  const Knowledge knowledge = load_knowledge(*store).value();
  const std::string trig = exported(knowledge, "trig");
  EXPECT_NE(trig.find(R"("say \"x\"\n}")"), std::string::npos);
  EXPECT_NE(trig.find("<urn:thaw:concept:x:b%3E%20%3Cy>"), std::string::npos);
  const std::string graphml = exported(knowledge, "graphml");
  EXPECT_EQ(graphml.find("<b>"), std::string::npos);
  EXPECT_NE(graphml.find("x:b&gt; &lt;y"), std::string::npos);
  const std::string csv = exported(knowledge, "csv");
  EXPECT_EQ(std::ranges::count(csv.substr(0, csv.find("\n")), ','), 15);
  EXPECT_NE(csv.find(R"("b,""c""")"), std::string::npos);
  const std::string sif = exported(knowledge, "sif");
  EXPECT_EQ(std::ranges::count(sif, '\n'), 1);
}

TEST(Export, AnUnknownFormatListsTheOnesThereAre) {
  const Knowledge knowledge = bundled();
  const auto parameters = evidence::test_parameters();
  const auto done = export_evidence(evidence::Weigher(knowledge, parameters), "word",
                                    [](std::string_view) -> Result<Done> { return Done{}; });
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("graphml"), std::string::npos);
}

}  // namespace
}  // namespace thaw::exchange
