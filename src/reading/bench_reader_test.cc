#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "exchange/byte_source.h"
#include "reading/bench_biored.h"
#include "reading/bench_cmeie.h"
#include "reading/bench_dismech.h"
#include "reading/reader_fixture.h"

namespace thaw::reading {
namespace {

/// Where the shared corpora lie, or "".
std::string shared_file(const std::string& name) {
  const char* given = std::getenv("THAW_SHARED");
  const std::string root = given != nullptr ? given : std::string(THAW_SOURCE_DIR) + "/../shared";
  const std::string path = root + "/data/" + name;
  return std::filesystem::exists(path) ? path : "";
}

constexpr std::string_view kMarked =
    "1|t|Scopolamine-induced amnesia\n"
    "1|a|Riluzole improved spasticity.\n"
    "1\t0\t11\tScopolamine\tChemicalEntity\tC1\n"
    "1\t20\t27\tamnesia\tDiseaseOrPhenotypicFeature\tD1\n"
    "1\t28\t36\tRiluzole\tChemicalEntity\tC2\n"
    "1\t46\t56\tspasticity\tDiseaseOrPhenotypicFeature\tD2\n"
    "1\tPositive_Correlation\tC1\tD1\tNovel\n"
    "1\tNegative_Correlation\tC2\tD2\tNovel\n\n";

TEST(BenchReader, AMarkedFileIsScoredAgainstItsRelations) {
  ReaderFixture fixture;
  exchange::MemorySource bytes(kMarked);
  const auto report =
      bench_biored(bytes, fixture.model, fixture.grounder, fixture.knowledge, 0.01, 1);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->documents, 1U);
  EXPECT_EQ(report->signed_relations, 2U);
  EXPECT_DOUBLE_EQ(report->given_default.recall.value, 1);
  EXPECT_DOUBLE_EQ(report->given_default.sign_accuracy.value, 1);
}

TEST(BenchReader, AFileWithoutMarksIsRefused) {
  ReaderFixture fixture;
  exchange::MemorySource bytes("nothing of the kind\n");
  EXPECT_FALSE(bench_biored(bytes, fixture.model, fixture.grounder, fixture.knowledge, 0.5, 1));
}

// The aims on documents that no fit has seen.
TEST(BenchReader, OnBioredDevTheAimsAreMet) {
  const std::string path = shared_file("text/biored/Dev.PubTator");
  if (path.empty()) {
    GTEST_SKIP() << "BioRED is not here; THAW_SHARED names the folder of shared data";
  }
  ReaderFixture fixture;
  const auto bytes = exchange::FileSource::open(path).value();
  const auto report =
      bench_biored(*bytes, fixture.model, fixture.grounder, fixture.knowledge, std::nullopt, 1);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->documents, 100U);
  EXPECT_EQ(report->signed_relations, 568U);
  EXPECT_GE(report->given_default.precision.value, 0.8);
  EXPECT_GE(report->given_default.sign_accuracy.value, 0.85);
  EXPECT_GE(report->given_best.f1.value, 0.55);
  EXPECT_GE(report->given_best.sign_accuracy.value, 0.85);
}

TEST(BenchReader, ACmeieLineCountsItsEndsAndPairs) {
  ReaderFixture fixture;
  exchange::MemorySource bytes(
      "{\"text\":\"利鲁唑治疗肌萎缩侧索硬化\",\"spo_list\":[{\"predicate\":\"药物治疗\","
      "\"subject\":\"肌萎缩侧索硬化\",\"object\":{\"@value\":\"利鲁唑\"}}]}\nrubbish\n");
  const auto report = bench_cmeie(bytes, fixture.grounder, 1);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->sentences, 1U);
  EXPECT_EQ(report->refused, 1U);
  EXPECT_DOUBLE_EQ(report->mentions.recall.value, 1);
  EXPECT_EQ(report->pairs.right, 1U);
}

TEST(BenchReader, GradesAreScoredBesideAlwaysSupport) {
  exchange::MemorySource bytes(
      "{\"disease\":\"A\",\"path\":[\"phenotypes\",\"Ataxia\",\"evidence\"],\"supports\":"
      "\"SUPPORT\",\"snippet\":\"Ataxia was seen\"}\n"
      "{\"disease\":\"B\",\"path\":[\"phenotypes\",\"Ataxia\",\"evidence\"],\"supports\":"
      "\"REFUTE\",\"snippet\":\"Ataxia was not seen\"}\n{\"supports\":\"MAYBE\"}\n");
  const auto graded = graded_quotes(bytes);
  ASSERT_TRUE(graded);
  EXPECT_EQ(graded->quotes.size(), 2U);
  EXPECT_EQ(graded->refused, 1U);
  const auto right = dismech_scores(*graded, {Support::kSupports, Support::kRefutes}, 1);
  EXPECT_DOUBLE_EQ(right.macro_f1.value, 1);
  EXPECT_DOUBLE_EQ(right.always_support_accuracy, 0.5);
  EXPECT_DOUBLE_EQ(right.always_support_macro_f1, 1.0 / 3);
}

TEST(BenchReader, TheSupportModelFileIsRead) {
  const auto model = SupportModel::from_json(
      file_bytes(std::string(THAW_SOURCE_DIR) + "/data/reading/support_model.json"));
  ASSERT_TRUE(model) << model.error().message;
  double sum = 0;
  for (const double p : model->judge(support_numbers({"A", "phenotypes", "Ataxia", "Ataxia"}))) {
    sum += p;
  }
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_FALSE(SupportModel::from_json("{\"weights\":[[1]]}"));
  EXPECT_FALSE(SupportModel::from_json("rubbish"));
}

}  // namespace
}  // namespace thaw::reading
