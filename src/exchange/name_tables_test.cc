#include "exchange/name_tables.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "evidence/grounding.h"
#include "evidence/vocabulary_store.h"
#include "exchange/byte_source.h"

namespace thaw::exchange {
namespace {

/// Merges into a store, as an import does.
class VocabularySink final : public Sink {
 public:
  explicit VocabularySink(evidence::VocabularyWriter* writer = nullptr) : writer_(writer) {}
  Result<Done> keep(const Place& place, Batch batch) override {
    for (auto& entry : batch.vocabulary) {
      if (writer_ != nullptr) {
        if (const auto merged = writer_->merge(entry); !merged) {
          refuse(place, merged.error().message);
          continue;
        }
      }
      ++kept;
      if (kept <= 1000) {
        entries.push_back(std::move(entry));
      }
    }
    return Done{};
  }
  void refuse(const Place& place, std::string reason) override {
    ++refusals;
    if (refused.size() < 100) {
      refused.emplace_back(place.line, std::move(reason));
    }
  }

  std::vector<evidence::Concept> entries;
  std::vector<std::pair<std::size_t, std::string>> refused;
  std::size_t kept = 0, refusals = 0;

 private:
  evidence::VocabularyWriter* writer_;
};

VocabularySink read_all(const Format& format, std::string_view text) {
  VocabularySink sink;
  MemorySource bytes(text);
  const auto done = format.read(bytes, sink);
  EXPECT_TRUE(done) << done.error().message;
  return sink;
}

TEST(NameTables, OurOwnTableHasAHeaderAndSeveralValuesInACell) {
  const auto sink = read_all(kNames,
                             "id\tkind\ten\tzh\taliases\tparents\txrefs\nMONDO:1\t\tALS\t渐冻症\tA|"
                             "B\tMONDO:2|MONDO:3\tMESH:D1\n"
                             "no id\tdrug\tx\n");
  ASSERT_EQ(sink.entries.size(), 1U);
  EXPECT_EQ(sink.entries[0].kind, "disease");
  EXPECT_EQ(sink.entries[0].name.zh, "渐冻症");
  EXPECT_EQ(sink.entries[0].aliases, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(sink.entries[0].parents.size(), 2U);
  ASSERT_EQ(sink.refused.size(), 1U);
  EXPECT_EQ(sink.refused[0].first, 3U);
}

TEST(NameTables, ATableWithoutItsHeaderIsRefusedWithTheLine) {
  VocabularySink sink;
  MemorySource bytes("MONDO:1\tALS\n");
  const auto done = kNames.read(bytes, sink);
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("line 1"), std::string::npos);
}

TEST(NameTables, OnlyAMappingThatSaysTheSameThingJoins) {
  const auto sink = read_all(
      kSssom,
      "# a comment\nsubject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\n"
      "MONDO:1\tone\tskos:exactMatch\tDOID:9\teins\nMONDO:1\tone\tskos:broadMatch\tDOID:8\tx\n"
      "MONDO:2\tobsolete two\tskos:exactMatch\tDOID:7\ty\n");
  ASSERT_EQ(sink.entries.size(), 1U);
  EXPECT_EQ(sink.entries[0].xrefs, std::vector<std::string>{"DOID:9"});
  EXPECT_EQ(sink.entries[0].aliases, std::vector<std::string>{"eins"});
  EXPECT_EQ(sink.refused.size(), 2U);
}

TEST(NameTables, ParentsGivenByLabelAreFoundWhereverTheyStand) {
  const auto sink = read_all(kDiseaseOntology,
                             "id\tlabel\tsubClassOf\n\"DOID:1\"\t\"child\"\t\"parent\"\n"
                             "\"DOID:2\"\t\"parent\"\t\"nowhere\"\n");
  ASSERT_EQ(sink.entries.size(), 3U);
  EXPECT_EQ(sink.entries[2].id, "DOID:1");
  EXPECT_EQ(sink.entries[2].parents, std::vector<std::string>{"DOID:2"});
  ASSERT_EQ(sink.refused.size(), 1U);
  EXPECT_EQ(sink.refused[0].first, 3U);
}

TEST(NameTables, OboKeepsExactSynonymsAndRefusesObsoleteTerms) {
  const auto sink = read_all(
      kObo,
      "format-version: 1.2\n\n[Term]\nid: GO:1\nname: axonal transport\nnamespace: "
      "biological_process\n"
      "synonym: \"axon \\\"cargo\\\" transport\" EXACT []\nsynonym: \"transport\" BROAD []\n"
      "is_a: GO:2 ! transport\nrelationship: part_of GO:3 {x=\"y\"} ! z\nxref: MESH:D1 "
      "{source=\"a\"}\n"
      "\n[Typedef]\nid: part_of\n\n[Term]\nid: GO:9\nname: obsolete x\nis_obsolete: true\n");
  ASSERT_EQ(sink.entries.size(), 1U);
  EXPECT_EQ(sink.entries[0].kind, "process");
  EXPECT_EQ(sink.entries[0].aliases, std::vector<std::string>{"axon \"cargo\" transport"});
  EXPECT_EQ(sink.entries[0].parents, (std::vector<std::string>{"GO:2", "GO:3"}));
  EXPECT_EQ(sink.entries[0].xrefs, std::vector<std::string>{"MESH:D1"});
  EXPECT_EQ(sink.refused.size(), 1U);
}

TEST(NameTables, ReachAndFamplexRowsAreToldByTheirShape) {
  const auto reach =
      read_all(kReach,
               "Erk\tIPR008349\tHuman\nALS\tD000690\n4EBP\tEIF4EBP\n"
               "aging\tGO:0007568\t\tgo\n14-3-3\tP31946\t\tuniprot\tGene_or_gene_product\nx\n");
  ASSERT_EQ(reach.entries.size(), 5U);
  EXPECT_EQ(reach.entries[0].id, "INTERPRO:IPR008349");
  EXPECT_EQ(reach.entries[1].id, "MESH:D000690");
  EXPECT_EQ(reach.entries[2].id, "FPLX:EIF4EBP");
  EXPECT_EQ(reach.entries[3].kind, "process");
  EXPECT_EQ(reach.entries[4].id, "UNIPROT:P31946");
  EXPECT_EQ(reach.refusals, 1U);
  const auto famplex = read_all(kFamplex,
                                "9_1_1\nSOD1,11179\nHGNC,SOD1,isa,FPLX,SOD\nBEL,SOD Family,SOD\n"
                                "\"AMPK (a, b)\",FPLX,AMPK,,,,\ntext,,,,,,\n");
  ASSERT_EQ(famplex.entries.size(), 5U);
  EXPECT_EQ(famplex.entries[0].name.en, "9 1 1");
  EXPECT_EQ(famplex.entries[1].id, "HGNC:11179");
  EXPECT_EQ(famplex.entries[2].parents, std::vector<std::string>{"FPLX:SOD"});
  EXPECT_EQ(famplex.entries[3].aliases, std::vector<std::string>{"SOD Family"});
  EXPECT_EQ(famplex.entries[4].aliases, std::vector<std::string>{"AMPK (a, b)"});
}

TEST(NameTables, ALinkThatClosesACircleIsRefusedWithItsPlace) {
  const auto connection = db::Connection::open(":memory:").value();
  ASSERT_TRUE(evidence::migrate_vocabulary(*connection));
  auto transaction = db::Transaction::begin(*connection);
  auto writer = evidence::VocabularyWriter::open(*connection);
  ASSERT_TRUE(writer);
  VocabularySink sink(&*writer);
  MemorySource bytes("id\ten\tparents\nA:1\ta\tA:2\nA:2\tb\tA:3\nA:3\tc\tA:1\nA:4\td\tA:4\n");
  ASSERT_TRUE(kNames.read(bytes, sink));
  ASSERT_EQ(sink.refused.size(), 2U);
  EXPECT_EQ(sink.refused[0].first, 4U);
  EXPECT_NE(sink.refused[0].second.find("circle"), std::string::npos);
  EXPECT_EQ(sink.refused[1].first, 5U);
}

std::filesystem::path shared_folder() {
  const char* given = std::getenv("THAW_SHARED");
  return given != nullptr ? std::filesystem::path(given)
                          : std::filesystem::path(THAW_SOURCE_DIR) / "../shared/data";
}

TEST(NameTables, EveryRealTableImportsAndEveryRefusalSaysWhy) {
  const auto folder = shared_folder() / "mechanism";
  if (!std::filesystem::exists(folder)) {
    GTEST_SKIP() << "the shared test data are not here: " << folder;
  }
  struct Case {
    const char* file;
    const Format& format;
    std::size_t rows;  // 0: not told, or several entries a row
  };
  const Case cases[] = {
      {"mondo/mondo_exactmatch_doid.sssom.tsv", kSssom, 11966},
      {"mondo/mondo_exactmatch_mesh.sssom.tsv", kSssom, 8181},
      {"mondo/mondo_exactmatch_orphanet.sssom.tsv", kSssom, 9785},
      {"mondo/mondo_hasdbxref_hp.sssom.tsv", kSssom, 0},
      {"doid/HumanDO.tsv", kDiseaseOntology, 0},
      {"doid/allXREFinDO.tsv", kDiseaseOntology, 39264},
      {"grounding_reach/mesh-disease.tsv", kReach, 36367},
      {"grounding_reach/bio_process.tsv.gz", kReach, 64732},
      {"grounding_reach/Uberon.tsv", kReach, 40111},
      {"grounding_reach/ProteinFamilies.tsv", kReach, 56369},
      {"famplex/entities.csv", kFamplex, 783},
      {"famplex/relations.csv", kFamplex, 5284},
      {"famplex/equivalences.csv", kFamplex, 2540},
      {"famplex/hgnc_symbol_map.csv", kFamplex, 4643},
  };
  const auto connection = db::Connection::open(":memory:").value();
  ASSERT_TRUE(evidence::migrate_vocabulary(*connection));
  auto transaction = db::Transaction::begin(*connection);
  auto writer = evidence::VocabularyWriter::open(*connection);
  ASSERT_TRUE(writer);
  for (const Case& one : cases) {
    auto bytes = FileSource::open(folder / one.file);
    ASSERT_TRUE(bytes) << bytes.error().message;
    VocabularySink sink(&*writer);
    ASSERT_TRUE(one.format.read(**bytes, sink)) << one.file;
    if (one.rows > 0) {
      EXPECT_EQ(sink.kept + sink.refusals, one.rows) << one.file;
    }
    EXPECT_GT(sink.kept, 0U) << one.file;
    for (const auto& [line, reason] : sink.refused) {
      EXPECT_GT(line, 0U);
      EXPECT_FALSE(reason.empty());
    }
    std::printf("%s: %zu kept, %zu refused%s%s\n", one.file, sink.kept, sink.refusals,
                sink.refused.empty() ? "" : ", first: ",
                sink.refused.empty() ? "" : sink.refused.front().second.c_str());
  }
  evidence::NameBookBuilder builder;
  ASSERT_TRUE(evidence::read_vocabulary(*connection, builder));
  const auto book = builder.build();
  EXPECT_GT(book.names(), 150'000U);
  const auto at = book.find_id("MESH:D000690");
  ASSERT_GE(at, 0);
  EXPECT_EQ(book.term(book.spokesman(static_cast<std::uint32_t>(at))).id, "MONDO:0004976");
}

}  // namespace
}  // namespace thaw::exchange
