// The sink's promises: resumable, linked honestly, never a store that cannot be loaded.
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "exchange/linker.h"
#include "exchange/test_store.h"

namespace thaw::exchange {
namespace {

using evidence::load_knowledge;
using test::fresh_store;
using test::import_text;

std::string many_items(int count) {
  std::string text =
      R"({"concept":{"id":"x:a","kind":"drug","en":"A","zh":"A"}}
{"concept":{"id":"x:b","kind":"outcome","en":"B","zh":"B"}}
{"source":{"id":"PMID:1"}}
)";
  for (int i = 0; i < count; ++i) {
    text +=
        R"({"item":{"id":"i)" + std::to_string(i) +
        R"(","subject":"x:a","relation":"slows","sign":"-","object":"x:b","direction":"supports","study_kind":"animal","source":"PMID:1"}})"
        "\n";
  }
  return text;
}

TEST(StoreSink, AnInterruptedImportGoesOnWhereItWasAndEndsTheSame) {
  const std::string text = many_items(50) + "broken\n" + many_items(50);
  const auto whole = fresh_store();
  const auto at_once = import_text(*whole, text, "f.jsonl", "", 7).value();
  const auto store = fresh_store();
  std::size_t runs = 0;
  Result<ImportReport> report = invalid_argument("not run");
  while (!report && runs < 100) {
    MemorySource source(text);
    ImportOptions options;
    options.batch_records = 7;
    int commits = 0;
    options.on_commit = [&](const ImportProgress&) -> Result<Done> {
      return ++commits == 2 && runs < 3 ? Result<Done>(unavailable("stopped")) : Done{};
    };
    report = import_bytes(*store, source, "f.jsonl", text.size(), options);
    ++runs;
  }
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(runs, 4U);
  EXPECT_GT(report->resumed_after, 0U);
  EXPECT_EQ(report->total().added, at_once.total().added);
  EXPECT_EQ(report->refused_total, 1U);
  EXPECT_EQ(report->refused.front().line, at_once.refused.front().line);
  EXPECT_EQ(load_knowledge(*store)->digest(), load_knowledge(*whole)->digest());
}

TEST(StoreSink, BatchSizeChangesNothing) {
  const std::string text = many_items(40);
  const auto small = fresh_store();
  const auto large = fresh_store();
  import_text(*small, text, "f.jsonl", "", 1).value();
  import_text(*large, text, "f.jsonl", "", 1000).value();
  EXPECT_EQ(load_knowledge(*small)->digest(), load_knowledge(*large)->digest());
}

TEST(StoreSink, AnItemMayComeBeforeWhatItNames) {
  const auto store = fresh_store();
  const auto report = import_text(
      *store,
      R"({"item":{"id":"i","subject":"late","relation":"slows","sign":"-","object":"x:b","direction":"supports","study_kind":"animal","source":"PMID:1"}}
{"item":{"id":"j","subject":"never","relation":"slows","sign":"-","object":"x:b","direction":"supports","study_kind":"animal","source":"PMID:1"}}
{"concept":{"id":"x:a","kind":"drug","en":"Late","zh":"A"}}
{"concept":{"id":"x:b","kind":"outcome","en":"B","zh":"B"}}
{"source":{"id":"PMID:1"}}
)",
      "f.jsonl", "", 1);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->items.added, 1U);
  ASSERT_EQ(report->refused.size(), 1U);
  EXPECT_EQ(report->refused[0].line, 2U);
  EXPECT_NE(report->refused[0].reason.find("'never'"), std::string::npos);
}

TEST(StoreSink, AnIsACycleLosesTheLinkThatClosesItWhateverTheBatch) {
  for (const std::size_t batch : {std::size_t{1}, std::size_t{100}}) {
    const auto store = fresh_store();
    const auto report =
        import_text(*store,
                    R"({"concept":{"id":"x:a","kind":"process","en":"A","zh":"A","parents":["x:b"]}}
{"concept":{"id":"x:b","kind":"process","en":"B","zh":"B","parents":["x:c"]}}
{"concept":{"id":"x:c","kind":"process","en":"C","zh":"C","parents":["x:a","x:d"]}}
{"concept":{"id":"x:e","kind":"process","en":"E","zh":"E","parents":["x:e"]}}
)",
                    "f.jsonl", "", batch);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->concepts.added, 4U);
    ASSERT_EQ(report->refused.size(), 2U);
    EXPECT_EQ(report->refused[0].line, 3U);
    EXPECT_NE(report->refused[0].reason.find("is-a cycle"), std::string::npos);
    const auto knowledge = load_knowledge(*store).value();
    EXPECT_EQ(knowledge.find_concept("x:c")->parents, std::vector<std::string>{"x:d"});
  }
}

TEST(StoreSink, AnEdgeToItselfIsRefused) {
  const auto store = fresh_store();
  const auto report = import_text(*store, "A\tincreases\tA\nA\tincreases\tB\n", "f.sif");
  ASSERT_TRUE(report);
  ASSERT_EQ(report->refused.size(), 1U);
  EXPECT_NE(report->refused[0].reason.find("itself"), std::string::npos);
}

TEST(StoreSink, AMillionfoldDuplicateIsCountedAndKeptOnce) {
  std::string text;
  for (int i = 0; i < 20000; ++i) {
    text += "A\tincreases\tB\n";
  }
  const auto store = fresh_store();
  const auto report = import_text(*store, text, "f.sif");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->items.added, 1U);
  EXPECT_EQ(report->items.unchanged, 19999U);
}

TEST(Linker, AGeneIsNotItsVariantAndAProcessIsNotItsDefect) {
  const auto store = fresh_store();
  import_text(
      *store,
      R"({"concept":{"id":"thaw:sod1_variant","kind":"gene_variant","en":"SOD1 variant","zh":"v","xrefs":["HGNC:11179"]}}
{"concept":{"id":"thaw:defect","kind":"process","en":"axonal transport defect","zh":"d","xrefs":["GO:0008089"]}}
{"concept":{"id":"thaw:riluzole","kind":"drug","en":"riluzole","zh":"r","xrefs":["mesh:D019782"]}}
{"concept":{"id":"thaw:tbk1","kind":"protein","en":"TBK1 kinase","zh":"t","aliases":["TBK1"],"xrefs":["HGNC:11584"]}}
)",
      "c.jsonl")
      .value();
  const auto report = import_text(
      *store,
      R"([{"type":"Activation","subj":{"name":"riluzole","db_refs":{"MESH":"D019782"}},"obj":{"name":"SOD1","db_refs":{"HGNC":"11179"}},"evidence":[{"source_api":"reach","pmid":"1"}]},
{"type":"Activation","subj":{"name":"TBK1","db_refs":{"HGNC":"11584"}},"obj":{"name":"anterograde axonal transport","db_refs":{"GO":"GO:0008089"}},"evidence":[{"source_api":"reach","pmid":"2"}]}])",
      "s.json");
  ASSERT_TRUE(report) << report.error().message;
  const auto knowledge = load_knowledge(*store).value();
  ASSERT_EQ(knowledge.items().size(), 2U);
  std::vector<std::string> ends;
  for (const auto& item : knowledge.items()) {
    ends.push_back(item.subject + " " + item.object);
  }
  std::ranges::sort(ends);
  EXPECT_EQ(ends[0], "thaw:riluzole HGNC:11179");
  EXPECT_EQ(ends[1], "thaw:tbk1 GO:0008089");
}

TEST(FileSource, GzipCutAnywhereIsAnErrorAndTheStoreStaysWhole) {
  const auto path = std::filesystem::temp_directory_path() / "thaw_sink_test.jsonl.gz";
  const gzFile packed = gzopen(path.c_str(), "wb");
  const std::string text = many_items(200);
  ASSERT_EQ(gzwrite(packed, text.data(), static_cast<unsigned>(text.size())),
            static_cast<int>(text.size()));
  gzclose(packed);
  const auto size = std::filesystem::file_size(path);
  const auto store = fresh_store();
  ASSERT_TRUE(import_file(*store, path));
  for (const auto cut : {size - 1, size - 8, size / 2, std::uintmax_t{20}}) {
    std::filesystem::resize_file(path, cut);
    const auto broken = fresh_store();
    const auto report = import_file(*broken, path);
    ASSERT_FALSE(report) << cut;
    EXPECT_EQ(report.error().code, ErrorCode::kCorrupt) << report.error().message;
    ASSERT_TRUE(load_knowledge(*broken));
  }
  std::filesystem::remove(path);
}

TEST(LineReader, ALineOverTheLimitIsNamedAndTheNextIsRead) {
  const auto store = fresh_store();
  const std::string text = std::string(std::size_t{17} << 20U, 'x') + "\n" + many_items(1);
  const auto report = import_text(*store, text, "f.jsonl");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->items.added, 1U);
  ASSERT_EQ(report->refused.size(), 1U);
  EXPECT_EQ(report->refused[0].line, 1U);
  EXPECT_NE(report->refused[0].reason.find("16 MiB"), std::string::npos);
}

}  // namespace
}  // namespace thaw::exchange
