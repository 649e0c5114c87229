#include "evidence/statement_file.h"

#include <gtest/gtest.h>

#include <sstream>

#include "evidence/test_knowledge.h"

namespace thaw::evidence {
namespace {

constexpr const char* kHeader =
    "subject\trelation\tsign\tobject\tgroup\tkind\tqualifiers\tdirection\tnats\n";

struct Read {
  std::unique_ptr<Assembly> assembly;
  StatementReport report;
};

Read read(const std::string& rows, const std::string& hierarchy = "a\tA\nb\tB\n") {
  std::istringstream edges(hierarchy);
  auto file = read_hierarchy(edges).value();
  Read out;
  out.assembly = std::make_unique<Assembly>(std::move(file.concepts), std::move(file.hierarchy));
  std::istringstream in(kHeader + rows);
  const auto parameters = test_parameters();
  out.report = read_statements(in, parameters, *out.assembly).value();
  out.assembly->weigh_touched();
  return out;
}

TEST(StatementFile, LinesBecomeWeighedClaims) {
  const auto got = read(
      "a\tactivity\t+\tb\tPMID:1\tin_vitro\t\t\t\n"
      "A\tactivity\t+\tb\tPMID:2;NCT1\trct\tcell=neuron; stage=early\topposes\t1.5\r\n"
      "A\tactivity\t-\tB\tPMID:3\tanimal\t\tsupports\t");
  EXPECT_EQ(got.report.lines, 3U);
  EXPECT_EQ(got.report.refused, 0U);
  const auto counts = got.assembly->counts();
  EXPECT_EQ(counts.claims, 3U);
  EXPECT_EQ(counts.contradictions, 2U);
  EXPECT_DOUBLE_EQ((*got.assembly)[0].support, 0.3);
  EXPECT_DOUBLE_EQ((*got.assembly)[1].opposition, 1.5);
  EXPECT_EQ(got.assembly->text_of(1), "A activity + b [cell=neuron] [stage=early]");
}

TEST(StatementFile, AWrongLineIsRefusedWithItsNumber) {
  const auto got = read(
      "a\tactivity\t*\tb\tPMID:1\tanimal\n"
      "a\tactivity\t+\ta\tPMID:1\tanimal\n"
      "a\tactivity\t+\tb\t;\tanimal\n"
      "a\tactivity\t+\tb\tPMID:1\tno such kind\n"
      "a\tactivity\t+\tb\tPMID:1\tanimal\t\t\t9\n"
      "a\tactivity\t+\tb\tPMID:1\tanimal\t\tmaybe\n"
      "\t\t\n"
      "a\tactivity\t+\t\xFF\tPMID:1\tanimal\n" +
      std::string(70'000, 'x') + "\n" + "a\tactivity\t+\tb\tPMID:1\tanimal\n");
  EXPECT_EQ(got.report.refused, 8U);
  ASSERT_EQ(got.report.first_refused.size(), 8U);
  EXPECT_EQ(got.report.first_refused.front().line, 2U);
  EXPECT_EQ(got.report.first_refused.back().line, 10U);
  EXPECT_EQ(got.assembly->counts().claims, 1U);
}

TEST(StatementFile, ALineLongerThanTheBufferIsOneRefusal) {
  const auto got = read(std::string(3 << 20, 'y') + "\na\tactivity\t+\tb\tPMID:1\tanimal\n");
  EXPECT_EQ(got.report.refused, 1U);
  EXPECT_EQ(got.assembly->counts().claims, 1U);
}

TEST(StatementFile, AHeaderWithoutItsColumnsIsRefused) {
  std::istringstream in("subject\tsign\n");
  Assembly assembly(WordBook{}, Hierarchy{});
  const auto parameters = test_parameters();
  const auto got = read_statements(in, parameters, assembly);
  ASSERT_FALSE(got);
  EXPECT_NE(got.error().message.find("relation"), std::string::npos);
}

TEST(StatementFile, FamplexLinesAreAHierarchyToo) {
  std::istringstream in(
      "HGNC,PRKAA1,isa,FPLX,AMPK_alpha\nFPLX,AMPK_alpha,partof,FPLX,AMPK\nrubbish\n");
  auto file = read_hierarchy(in).value();
  EXPECT_EQ(file.lines.refused, 1U);
  EXPECT_TRUE(file.hierarchy.covers(file.concepts.intern("FPLX:AMPK"),
                                    file.concepts.intern("HGNC:PRKAA1")));
  std::istringstream none("rubbish\n");
  EXPECT_FALSE(read_hierarchy(none));
}

}  // namespace
}  // namespace thaw::evidence
