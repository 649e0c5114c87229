#include <gtest/gtest.h>

#include <limits>

#include "base/random.h"
#include "table/csv.h"

namespace thaw {
namespace {

using Texts = std::vector<std::string>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Table read(std::string_view text, const CsvOptions& options = {}) {
  auto table = read_csv(text, "t.csv", options);
  EXPECT_TRUE(table) << (table ? "" : table.error().message);
  return table ? *table : Table{};
}

std::string error_of(std::string_view text, const CsvOptions& options = {}) {
  const auto table = read_csv(text, "t.csv", options);
  EXPECT_FALSE(table) << "read without error: " << text;
  return table ? "" : table.error().message;
}

/// `message` starts with `place` and says `reason`.
void expect_error(const std::string& message, std::string_view place, std::string_view reason) {
  EXPECT_TRUE(message.starts_with(place)) << message;
  EXPECT_NE(message.find(reason), std::string::npos) << message;
}

CsvOptions typed(ColumnType type) {
  CsvOptions options;
  options.other_type = type;
  return options;
}

Texts texts_of(const Table& table, std::string_view name) {
  const auto texts = table.find(name)->texts();
  return {texts.begin(), texts.end()};
}

TEST(CsvRead, InfersTheFirstTypeThatAllCellsFit) {
  const Table table = read(
      "b,i,r,d,c,t,code,none\n"
      "true,1,1,2024-01-31,x,one,007,\n"
      "FALSE,-9223372036854775808,2.5e3,2023-12-01,y,two,012,NA\n"
      "NA,N/A,.,NaN,x,three,001, \n"
      "True,+7,-.5,1999-02-28,x,four,002,.\n");
  const ColumnType expected[] = {ColumnType::kBoolean, ColumnType::kInteger,  ColumnType::kReal,
                                 ColumnType::kDate,    ColumnType::kCategory, ColumnType::kText,
                                 ColumnType::kText,    ColumnType::kReal};
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    EXPECT_EQ(to_string(table.columns()[i].type()), to_string(expected[i]))
        << table.columns()[i].name();
  }
  EXPECT_EQ(table.find("b")->booleans()[1], 0);
  EXPECT_EQ(table.find("i")->integers()[1], std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(table.find("r")->reals()[1], 2500);
  EXPECT_EQ(table.find("d")->days()[0], *parse_day("2024-01-31"));
  EXPECT_EQ(table.find("c")->levels(), (Texts{"x", "y"}));
  EXPECT_EQ(table.find("none")->missing_count(), 4U);
  for (const auto* name : {"b", "i", "r", "d"}) {
    EXPECT_EQ(table.find(name)->missing_count(), 1U) << name;
    EXPECT_TRUE(table.find(name)->missing(2)) << name;
  }
}

TEST(CsvRead, IntegerBeyond64BitsIsReal) {
  EXPECT_EQ(read("x\n9223372036854775808\n").find("x")->type(), ColumnType::kReal);
  EXPECT_EQ(read("x\n9223372036854775807\n").find("x")->type(), ColumnType::kInteger);
}

TEST(CsvRead, CategoryHasAtMostHalfAsManyLevelsAsCellsAndAtMostAHundred) {
  std::string hundred = "x\n";
  std::string more = "x\n";
  for (int i = 0; i < 202; ++i) {
    hundred += "v" + std::to_string(i % 100) + "\n";
    more += "v" + std::to_string(i % 101) + "\n";
  }
  EXPECT_EQ(read(hundred).find("x")->type(), ColumnType::kCategory);
  EXPECT_EQ(read(hundred).find("x")->levels().size(), 100U);
  EXPECT_EQ(read(more).find("x")->type(), ColumnType::kText);
  EXPECT_EQ(read("x\na\na\nb\n").find("x")->type(), ColumnType::kText);
  EXPECT_EQ(read("x\na\na\nb\nb\n").find("x")->type(), ColumnType::kCategory);
  EXPECT_EQ(read("x\n\"a\"\n\"a\"\nb\nb\n").find("x")->type(), ColumnType::kCategory);
}

TEST(CsvRead, KeepsQuotesDelimitersAndLineEndsInsideQuotedCells) {
  const Table table = read(
      "\xEF\xBB\xBFid,\"a \"\"b\"\"\"\r\n"
      "1,\"x,\"\"y\"\"\r\nz\"\r\n"
      "\r\n\n"
      "2,\" lead\"\r\n"
      "3,\"\"\"\"");
  ASSERT_EQ(table.names(), (Texts{"id", "a \"b\""}));
  EXPECT_EQ(texts_of(table, "a \"b\""), (Texts{"x,\"y\"\r\nz", " lead", "\""}));
}

TEST(CsvRead, FindsTheDelimiterOfTheFirstRecord) {
  for (const std::string d : {",", "\t", ";", "|"}) {
    const Table table = read("a" + d + "\"x,,,\t\t\t;;;|||\"" + d + "c\n1" + d + "2" + d + "3\n");
    EXPECT_EQ(table.columns().size(), 3U) << d;
  }
  EXPECT_EQ(read("a,b;c\n1,2\n").columns().size(), 2U);
  EXPECT_EQ(read("\n\r\na;b\n1,2,3;4\n").columns().size(), 2U);
  CsvOptions options;
  options.delimiter = ';';
  EXPECT_EQ(read("a,b,c;d\n1;2\n", options).names(), (Texts{"a,b,c", "d"}));
}

TEST(CsvRead, NamesColumnsThatHaveNoName) {
  EXPECT_EQ(read(",b,\n1,2,3\n").names(), (Texts{"column_1", "b", "column_3"}));
  CsvOptions options;
  options.header = CsvHeader::kNone;
  const Table table = read("5,6\n7,8\n", options);
  EXPECT_EQ(table.names(), (Texts{"column_1", "column_2"}));
  EXPECT_EQ(table.rows(), 2U);
  EXPECT_EQ(read("a,b\n").rows(), 0U);
}

TEST(CsvRead, QuotesProtectTextsThatEqualMissingCodes) {
  const std::string_view text = "t,r\nNA,\"NA\"\n\"NA\",\"1\"\n\"\",\"\"\n";
  CsvOptions options;
  options.columns["t"].type = ColumnType::kText;
  const Table kept = read(text, options);
  EXPECT_EQ(*kept.find("t"), Column::text("t", {"", "NA", ""}, {1, 0, 0}));
  EXPECT_EQ(*kept.find("r"), Column::integer("r", {0, 1, 0}, {1, 0, 1}));
  options.quotes_protect = false;
  EXPECT_EQ(read(text, options).find("t")->missing_count(), 3U);
}

TEST(CsvRead, ColumnOptionsSetTypeNameUnitCodesAndLevels) {
  CsvOptions options;
  options.columns["age"] = {ColumnType::kReal, "age_years", "years", "Age", {"-9"}, {}, false};
  options.columns["site"].levels = {"limb", "bulbar", "both"};
  options.columns["secret"].skip = true;
  const Table table = read("age,site,secret\n-9,bulbar,x\n54,limb,y\n-9.0,,z\n", options);
  EXPECT_EQ(table.names(), (Texts{"age_years", "site"}));
  EXPECT_EQ(*table.find("age_years"),
            Column::real("age_years", {kNan, 54, -9}).with_unit("years").with_label("Age"));
  EXPECT_EQ(*table.find("site"), Column::category("site", {1, 0, -1}, {"limb", "bulbar", "both"}));
  expect_error(error_of("age,site,secret\n1,leg,x\n", options),
               "t.csv:2: column 2 'site': ", "'leg' is not one of the levels limb, bulbar, both");
}

TEST(CsvRead, LevelsWithoutAListAreOrdered) {
  const auto options = typed(ColumnType::kCategory);
  EXPECT_EQ(*read("x\n10\n9\n\n10\nNA\n", options).find("x"),
            Column::category("x", {1, 0, 1, -1}, {"9", "10"}));
}

TEST(CsvRead, BooleanTypeTakesTheUsualWords) {
  const auto x = read("x\nT\nyes\n1\nTRUE\nf\nNo\n0\nfalse\n", typed(ColumnType::kBoolean));
  EXPECT_EQ(*x.find("x"), Column::boolean("x", {1, 1, 1, 1, 0, 0, 0, 0}));
}

TEST(CsvRead, BadCellsAreRefusedWithTheirPlace) {
  struct Case {
    ColumnType type;
    std::string cell;
    std::string reason;
  };
  for (const auto& [type, cell, reason] :
       std::vector<Case>{{ColumnType::kReal, "abc", "'abc' is not a number"},
                         {ColumnType::kReal, "1e999", "not a number"},
                         {ColumnType::kReal, "nan", "not a number"},
                         {ColumnType::kReal, "+-5", "not a number"},
                         {ColumnType::kReal, "1,5", "not a number"},
                         {ColumnType::kReal, "0x10", "not a number"},
                         {ColumnType::kInteger, "1.5", "not a whole number"},
                         {ColumnType::kInteger, "9223372036854775808", "not a whole number"},
                         {ColumnType::kBoolean, "2", "not true or false"},
                         {ColumnType::kDate, "2023-02-29", "not a date"},
                         {ColumnType::kDate, "31/01/2024", "not a date"},
                         {ColumnType::kDate, "2024-01", "not a date"}}) {
    const std::string text = "id,\"the\nx\"\n\"1\n2\",\n3,\"" + cell + "\"\n";
    CsvOptions options;
    options.columns["the\nx"].type = type;
    expect_error(error_of(text, options), "t.csv:5: column 2 'the\nx': ", reason);
  }
}

TEST(CsvRead, LongCellsAreCutBetweenCharacters) {
  std::string cell;
  for (int i = 0; i < 9; ++i) {
    cell += "\xE6\xB8\x90";
  }
  expect_error(error_of("x\na" + cell + "\n", typed(ColumnType::kReal)),
               "t.csv:2: column 1 'x': ", "'a" + cell.substr(0, 21) + "...' is");
}

TEST(CsvRead, BrokenTextIsRefusedWithItsPlace) {
  expect_error(error_of("a,b\n1,2\n3\n"), "t.csv:3: column 2 'b': ", "has 1 cells");
  expect_error(error_of("a,b\n1,2,3\n"), "t.csv:2: column 3: ", "has 3 cells");
  expect_error(error_of("a,b,a\n"), "t.csv:1: column 3 'a': ", "column 1 has the same name");
  expect_error(error_of("a,column_1,\n,,,\n"), "t.csv:2", "4 cells");
  expect_error(error_of("column_2,\n"), "t.csv:1: column 2 'column_2': ", "same name");
  expect_error(error_of("a,b\n1,\"x\ny\n"), "t.csv:2: column 2 'b': ", "never closed");
  expect_error(error_of("a,b\n1,\"x\"y\n"), "t.csv:2: column 2 'b': ", "after the closing quote");
  expect_error(error_of("a,b\n1,x\"y\n"), "t.csv:2: column 2 'b': ", "inside a cell");
  expect_error(error_of("a,b\n1,x\ry\n"), "t.csv:2: column 2 'b': ", "carriage return");
  expect_error(error_of(""), "t.csv:1: ", "empty");
  expect_error(error_of("\n\r\n"), "t.csv:1: ", "empty");
  expect_error(error_of("\"a"), "t.csv:1: column 1: ", "never closed");
}

TEST(CsvRead, MoreThanAHundredThousandColumnsAreRefused) {
  EXPECT_EQ(read(std::string(99'999, ',') + "\n").columns().size(), 100'000U);
  expect_error(error_of(std::string(100'000, ',') + "\n"),
               "t.csv:1: column 100001: ", "more than 100000 columns");
}

TEST(CsvRead, LongListsOfLevelsAreCutInMessages) {
  CsvOptions options;
  for (int i = 0; i < 13; ++i) {
    options.columns["x"].levels.push_back("L" + std::to_string(i));
  }
  expect_error(error_of("x\n?\n", options), "t.csv:2: column 1 'x': ", "L10, L11, ...;");
}

TEST(CsvRead, NulAndBadUtf8AreRefusedWithTheirPlace) {
  using namespace std::string_literals;
  expect_error(error_of("a,b\n1,x\0y\n"s), "t.csv:2: column 2: ", "NUL");
  expect_error(error_of("a,b\n1,\xC3\x28\n"), "t.csv:2: column 2: ", "0xC3 is not UTF-8");
  expect_error(error_of("\xFF,b\n"), "t.csv:1: column 1: ", "0xFF");
  expect_error(error_of("a,b\n\xED\xA0\x80,\0\n"s), "t.csv:2: column 1: ", "0xED");
}

TEST(CsvRead, OptionsThatDoNotFitTheFileAreRefused) {
  CsvOptions options;
  options.columns["weight"].type = ColumnType::kReal;
  expect_error(error_of("a\n1\n", options), "t.csv: ", "'weight' that the file does not have");
  options.columns = {{"a", {}}};
  options.columns["a"].levels = {"1"};
  options.columns["a"].type = ColumnType::kReal;
  expect_error(error_of("a\n1\n", options), "t.csv: ", "only a category has levels");
  options.columns = {{"a", {}}};
  options.columns["a"].rename = "b";
  expect_error(error_of("a,b\n1,2\n", options), "t.csv: ", "already has a column 'b'");
  CsvOptions quote;
  quote.delimiter = '"';
  expect_error(error_of("a\n", quote), "t.csv: ", "delimiter");
}

TEST(CsvRead, DamagedTextIsReadOrRefusedWithItsPlace) {
  // Deterministic mutations of a small corpus: whatever comes in, a table or a placed error.
  const Texts corpus = {"a,b\n1,x\n2,\"y\"\n", "\xEF\xBB\xBFid;d\r\n1;2024-01-01\r\n",
                        "\"q\"\"\"\tz\n\"\n\"\tNA\n", "x\n\xE6\xB8\x90\n\n.\n"};
  const std::string bytes("\"\",;\t|\n\r\0 aN.1-\xFF\xC3\xE6\xEF\xBB\xBF", 21);
  std::size_t tables = 0;
  std::size_t errors = 0;
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    Random random(seed, 1);
    std::string text = corpus[random.index(corpus.size())];
    for (std::uint64_t left = 1 + random.index(4); left > 0; --left) {
      const std::size_t at = random.index(text.size() + 1);
      if (random.bernoulli(0.5)) {
        text.insert(at, 1, bytes[random.index(bytes.size())]);
      } else {
        text.erase(at, 1 + random.index(3));
      }
    }
    const auto table = read_csv(text, "t.csv");
    table ? ++tables : ++errors;
    if (!table) {
      ASSERT_TRUE(table.error().message.starts_with("t.csv:")) << table.error().message;
      continue;
    }
    const auto again = read_csv(*write_csv(*table), "t.csv", csv_options_of(*table));
    ASSERT_TRUE(again && *again == *table) << "seed " << seed;
  }
  EXPECT_GT(tables, 2000U);
  EXPECT_GT(errors, 2000U);
}

}  // namespace
}  // namespace thaw
