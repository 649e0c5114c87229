#include <gtest/gtest.h>

#include "table/csv.h"

namespace thaw {
namespace {

std::string error_of(std::string_view map) {
  const auto options = read_csv_map(map, "m.json");
  EXPECT_FALSE(options) << "read without error: " << map;
  return options ? "" : options.error().message;
}

TEST(CsvMap, SetsEveryOption) {
  const auto options = read_csv_map(R"({
    "columns": {
      "age": {"type": "real", "unit": "years", "label": "Age", "missing": ["-9"], "rename": "a"},
      "site": {"levels": ["limb", "bulbar"]},
      "name": {"skip": true}
    },
    "other_type": "integer", "missing": ["", "?"], "quotes_protect": false, "header": false,
    "delimiter": "\t"})",
                                    "m.json");
  ASSERT_TRUE(options) << options.error().message;
  const CsvColumn& age = options->columns.at("age");
  EXPECT_EQ(age.type, ColumnType::kReal);
  EXPECT_EQ(age.unit, "years");
  EXPECT_EQ(age.label, "Age");
  EXPECT_EQ(age.rename, "a");
  EXPECT_EQ(age.missing, std::vector<std::string>{"-9"});
  EXPECT_EQ(options->columns.at("site").levels, (std::vector<std::string>{"limb", "bulbar"}));
  EXPECT_TRUE(options->columns.at("name").skip);
  EXPECT_FALSE(age.skip);
  EXPECT_EQ(options->other_type, ColumnType::kInteger);
  EXPECT_EQ(options->missing, (std::vector<std::string>{"", "?"}));
  EXPECT_FALSE(options->quotes_protect);
  EXPECT_EQ(options->header, CsvHeader::kNone);
  EXPECT_EQ(options->delimiter, '\t');
}

TEST(CsvMap, LeavesDefaultsWhereItSaysNothing) {
  const auto options = read_csv_map("{}", "m.json");
  ASSERT_TRUE(options);
  EXPECT_EQ(options->missing, CsvOptions{}.missing);
  EXPECT_TRUE(options->quotes_protect);
  EXPECT_FALSE(options->delimiter);
  EXPECT_FALSE(options->other_type);
  EXPECT_EQ(options->header, CsvHeader::kFirstRecord);
}

TEST(CsvMap, ErrorsNameTheKeyAndWhatIsAllowed) {
  const std::pair<const char*, const char*> cases[] = {
      {"{", "m.json: not JSON: "},
      {"[]", "m.json: the map: write an object"},
      {R"({"colums": {}})", "m.json: colums: unknown key; use columns"},
      {R"({"columns": []})", "m.json: columns: write an object"},
      {R"({"columns": {"a": 1}})", "m.json: columns.a: write an object"},
      {R"({"columns": {"a": {"typ": "real"}}})", "m.json: columns.a.typ: unknown key; use type"},
      {R"({"columns": {"a": {"type": "float"}}})",
       "m.json: columns.a.type: 'float' is not a column type; use real, integer"},
      {R"({"columns": {"a": {"unit": 1}}})", "m.json: columns.a.unit: write a text"},
      {R"({"columns": {"a": {"skip": "no"}}})", "m.json: columns.a.skip: write true or false"},
      {R"({"columns": {"a": {"missing": "-9"}}})", "m.json: columns.a.missing: write a list"},
      {R"({"columns": {"a": {"levels": ["x", "x"]}}})",
       "m.json: columns.a.levels: 'x' is given twice"},
      {R"({"missing": [-9]})", "m.json: missing: write a text in quotes"},
      {R"({"delimiter": ", "})", "m.json: delimiter: write one ASCII character"},
      {R"({"header": 1})", "m.json: header: write true or false"},
  };
  for (const auto& [map, start] : cases) {
    EXPECT_TRUE(error_of(map).starts_with(start)) << error_of(map);
  }
}

}  // namespace
}  // namespace thaw
