#include "registry/import_csv.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "registry/import_date.h"
#include "registry/synthesize.h"

namespace thaw::registry {
namespace {

class ImportCsv : public testing::Test {
 protected:
  ImportCsv() {
    std::string name = (std::filesystem::temp_directory_path() / "thaw-import-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    connection_ = db::Connection::open((folder_ / "store.db").string()).value();
    store_ = std::make_unique<RegistryStore>(RegistryStore::open(*connection_).value());
  }
  ~ImportCsv() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
  std::unique_ptr<db::Connection> connection_;
  std::unique_ptr<RegistryStore> store_;
};

constexpr std::string_view kPeopleMap = R"({
  "layout": "person", "as_of": "2026-01-01", "dates": "dmy", "missing": ["-9", "?"],
  "fields": {
    "person": "ID",
    "sex": {"column": "Sex", "codes": {"1": "male", "2": "female"}},
    "birth_year": "Born", "onset": "Onset", "diagnosis": {"value": "als"},
    "death": "Died", "drug": {"value": "riluzole"}, "started": "Riluzole"}})";

constexpr std::string_view kPeople =
    "ID,Sex,Born,Onset,Died,Riluzole,Note\n"
    "a,1,1960,3/4/2020,,1/6/2021,\"two\nlines\"\n"
    "b,2,1955,03.2019,5-6-2022,?,\n"
    "\n"
    "c,3,1955,2019,,,unknown sex code\n"
    "a,1,1961,3/4/2020,,,duplicate person\n"
    "d,-9,1950,31/4/2020,,,bad date\n"
    "e,1,1950,2023,1/2/2022,,onset after death\n"
    "f,1,1950,,30/12/9999,,end of time\n"
    "g,1,19x0,,,,bad number\n";

ImportMap people_map() {
  return read_import_map(kPeopleMap, "map.json").value();
}

TEST_F(ImportCsv, KeepsTheGoodRowsAndRefusesTheOthersWithLineAndReason) {
  const auto report = import_csv(*store_, kPeople, "people.csv", people_map());
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->rows_read, 8U);
  EXPECT_EQ(report->rows_kept, 2U);
  const std::vector<std::tuple<std::size_t, std::string, std::string>> expected = {
      {6, "Sex", "'3' is none of"}, {7, "", "is there already"}, {8, "Onset", "not a date"},
      {9, "", "after the death"},   {10, "Died", "not a date"},  {11, "Born", "not a number"}};
  ASSERT_EQ(report->refused.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto& [line, column, words] = expected[i];
    EXPECT_EQ(report->refused[i].line, line);
    EXPECT_EQ(report->refused[i].column, column) << line;
    EXPECT_NE(report->refused[i].reason.find(words), std::string::npos)
        << report->refused[i].reason;
  }
  const RegistryData read = store_->read_all().value();
  ASSERT_EQ(read.people.size(), 2U);
  EXPECT_FALSE(read.synthetic());
  EXPECT_EQ(read.people[0].person.sex, Sex::kMale);
  EXPECT_EQ(to_string(*read.people[0].person.onset), "2020-04-03");
  ASSERT_EQ(read.people[0].treatments.size(), 1U);
  EXPECT_EQ(to_string(*read.people[0].treatments[0].started), "2021-06-01");
  EXPECT_EQ(to_string(*read.people[1].person.onset), "2019-03");
  EXPECT_TRUE(read.people[1].treatments.empty());
  EXPECT_EQ(to_string(death_of(read.people[1])->first), "2022-06-05");
}

constexpr std::string_view kReportMap = R"({
  "layout": "more", "as_of": "2026-01-01",
  "fields": {
    "person": "ID", "assessed": "Date", "litres": "FVC",
    "item1": "q1", "item2": "q2", "item3": "q3", "item4": "q4", "item5": "q5", "item6": "q6",
    "item7": "q7", "item8": "q8", "item9": "q9", "item10": "q10", "item11": "q11",
    "item12": "q12"}})";

TEST_F(ImportCsv, AddsReportsToPeopleWhoAreThereAndRefusesImpossibleOnes) {
  ASSERT_TRUE(import_csv(*store_, kPeople, "people.csv", people_map()));
  const ImportMap map = read_import_map(kReportMap, "map.json").value();
  const std::string header = "ID,Date,q1,q2,q3,q4,q5,q6,q7,q8,q9,q10,q11,q12,FVC\n";
  const std::string rows =
      "a,2021-03-01,4,4,4,3,3,3,4,4,3,4,4,4,3.2\n"
      "a,2021-01-01,4,4,4,4,4,4,4,4,3,4,,4,\n"     // earlier, one item missing
      "a,2021-05-01,4,4,5,3,3,3,4,4,3,4,4,4,\n"    // no such answer
      "a,2020-01-01,4,4,4,4,4,4,4,4,4,4,4,4,\n"    // before onset
      "a,2021-03-01,4,4,4,3,3,3,4,4,3,4,4,4,\n"    // the same day again
      "b,2022-06-06,4,4,4,3,3,3,4,4,3,4,4,4,\n"    // after death
      "z,2022-06-06,4,4,4,3,3,3,4,4,3,4,4,4,\n"    // nobody
      "a,2021-06-01,4,4,4,3,3,3,4,4,3,4,4,4,33\n"  // litres
      "a,,4,4,4,3,3,3,4,4,3,4,4,4,\n"              // no date
      "a,2021-07,4,4,4,3,3,3,4,4,3,4,4,4,\n"       // no full date
      "a,2026-01-02,4,4,4,3,3,3,4,4,3,4,4,4,\n";   // in the future
  const auto report = import_csv(*store_, header + rows, "reports.csv", map);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->rows_kept, 2U);
  ASSERT_EQ(report->refused.size(), 9U);
  const std::vector<std::string> words = {"item 3 must be 0 to 4, got 5",
                                          "is after the report",
                                          "is there twice",
                                          "after the death",
                                          "not in the registry",
                                          "litres",
                                          "without the date",
                                          "not a full date",
                                          "after 2026-01-01"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    EXPECT_NE(report->refused[i].reason.find(words[i]), std::string::npos)
        << report->refused[i].reason;
    EXPECT_EQ(report->refused[i].line, i + 4);
  }
  EXPECT_EQ(report->refused[0].column, "q3");
  const History a = store_->read_all()->people[0];
  ASSERT_EQ(a.reports.size(), 2U);
  EXPECT_EQ(a.reports[0].score.total(), (PointRange{43, 47}));
  EXPECT_EQ(a.vital_capacities[0].litres, 3.2);
  // The document of the report, as docs/formats/registry.md shows it.
  EXPECT_EQ(to_json(ImportReport{2, 1, {{3, "Sex", "why"}}, {1, 0, 0, 0, 0}}),
            R"({"rows_read":2,"rows_kept":1,"rows_refused":1,)"
            R"("refused":[{"line":3,"column":"Sex","reason":"why"}],"added":{"people":1,)"
            R"("reports":0,"vital_capacities":0,"treatments":0,"events":0}})");
}

TEST_F(ImportCsv, LoadsNothingFromAFileThatIsNotWhatItClaims) {
  const ImportMap map = people_map();
  const std::vector<std::string> files = {"",
                                          "PK\x03\x04\x01",
                                          "ID,Sex\na,1\n",
                                          "ID,Sex,Born,Onset,Died,Riluzole\n",
                                          "ID,Sex,Born,Onset,Died,Riluzole\na,1,1960\n",
                                          "ID,Sex,Born,Onset,Died,Riluzole\n,1,1960,,,\n"};
  for (const std::string& file : files) {
    const auto report = import_csv(*store_, file, "f.csv", map);
    ASSERT_FALSE(report) << file;
    EXPECT_EQ(report.error().code, ErrorCode::kInvalidArgument);
    EXPECT_NE(report.error().message.find("f.csv"), std::string::npos) << report.error().message;
  }
  EXPECT_FALSE(store_->manifest()->has_value());
}

TEST_F(ImportCsv, SyntheticRowsNeverEnterARealStoreWhateverTheMapSays) {
  ASSERT_TRUE(import_csv(*store_, kPeople, "people.csv", people_map()));
  const std::string header = "ID,Sex,Born,Onset,Died,Riluzole,synthetic\n";
  for (const std::string row : {"SYN-000001,1,1960,,,,\n", "x,1,1960,,,,true\n"}) {
    const auto report = import_csv(*store_, header + row, "s.csv", people_map());
    ASSERT_FALSE(report) << row;
    EXPECT_EQ(report.error().code, ErrorCode::kConflict);
  }
  EXPECT_EQ(store_->counts()->people, 2);
}

TEST_F(ImportCsv, AWordForSyntheticIsReadInAnyLettersAndAnyOtherRefusesTheFile) {
  const auto load = [&](const std::string& column, const std::string& word) {
    const std::string file = "ID,Sex,Born,Onset,Died,Riluzole," + column + "\nr,1,1960,,,,no\nx" +
                             std::to_string(store_->counts()->people) + ",1,1960,,,," + word + "\n";
    return import_csv(*store_, file, "s.csv", people_map());
  };
  ASSERT_TRUE(import_csv(*store_, kPeople, "people.csv", people_map()));
  for (const char* word : {"TRUE", " True ", "Yes", "y", "T", "1"}) {
    const auto report = load("Synthetic ", word);
    ASSERT_FALSE(report) << word;
    EXPECT_EQ(report.error().code, ErrorCode::kConflict) << word;
  }
  for (const char* word : {"maybe", "2", "synthetic", "是"}) {
    const auto report = load("synthetic", word);
    ASSERT_FALSE(report) << word;
    EXPECT_EQ(report.error().code, ErrorCode::kInvalidArgument) << word;
    EXPECT_NE(report.error().message.find("s.csv:3: column 'synthetic'"), std::string::npos)
        << report.error().message;
  }
  EXPECT_EQ(store_->counts()->people, 2);
  EXPECT_TRUE(load("synthetic", "FALSE"));
}

TEST_F(ImportCsv, PercentPredictedWithoutLitresRefusesItsRow) {
  ASSERT_TRUE(import_csv(*store_, kPeople, "people.csv", people_map()));
  const ImportMap map = read_import_map(R"({"layout": "more", "as_of": "2026-01-01", "fields": {
      "person": "ID", "measured": "Date", "litres": "FVC", "percent_predicted": "pct"}})",
                                        "map.json")
                            .value();
  const auto report = import_csv(
      *store_, "ID,Date,FVC,pct\na,2021-03-01,3.2,80\na,2021-06-01,,70\n", "vc.csv", map);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->rows_kept, 1U);
  ASSERT_EQ(report->refused.size(), 1U);
  EXPECT_EQ(report->refused[0].line, 3U);
  EXPECT_EQ(report->refused[0].column, "pct");
  EXPECT_NE(report->refused[0].reason.find("litres are what is stored"), std::string::npos);
  EXPECT_EQ(store_->read_all()->people[0].vital_capacities.size(), 1U);
}

TEST(ImportMap, NamesTheKeyThatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"[]", "not a JSON object"},
      {"{", "not a JSON object"},
      {R"({"as_of":"2026-01-01","fields":{}})", "fields.person"},
      {R"({"fields":{"person":"ID"}})", "as_of"},
      {R"({"as_of":"soon","fields":{"person":"ID"}})", "as_of"},
      {R"({"as_of":"2026-01-01","fields":{"person":"ID","shoe":"S"}})", "fields.shoe"},
      {R"({"as_of":"2026-01-01","layout":"wide","fields":{"person":"ID"}})", "person, more"},
      {R"({"as_of":"2026-01-01","fields":{"person":{"codes":{}}}})", "either a column or a value"},
      {R"({"as_of":"2026-01-01","extra":1,"fields":{"person":"ID"}})", "extra"}};
  for (const auto& [text, words] : cases) {
    const auto map = read_import_map(text, "m.json");
    ASSERT_FALSE(map) << text;
    EXPECT_NE(map.error().message.find(words), std::string::npos) << map.error().message;
  }
}

TEST(ImportDate, ReadsEachOrderAndRefusesWhatIsNoDate) {
  const auto read = [](const char* text, DateOrder order) {
    const auto date = parse_import_date(text, order);
    return date ? to_string(*date) : std::string("refused");
  };
  EXPECT_EQ(read("2024-03-09", DateOrder::kIso), "2024-03-09");
  EXPECT_EQ(read("9/3/2024", DateOrder::kDayMonthYear), "2024-03-09");
  EXPECT_EQ(read("3/9/2024", DateOrder::kMonthDayYear), "2024-03-09");
  EXPECT_EQ(read("3/2024", DateOrder::kMonthDayYear), "2024-03");
  EXPECT_EQ(read("2024年3月9日", DateOrder::kYearMonthDay), "2024-03-09");
  EXPECT_EQ(read("2024年3月", DateOrder::kYearMonthDay), "2024-03");
  EXPECT_EQ(read("2024.3.9", DateOrder::kYearMonthDay), "2024-03-09");
  EXPECT_EQ(read("13/13/2024", DateOrder::kDayMonthYear), "refused");
  EXPECT_EQ(read("30/12/9999", DateOrder::kDayMonthYear), "refused");
  EXPECT_EQ(read("", DateOrder::kDayMonthYear), "refused");
  EXPECT_EQ(read("1/2/3/2024", DateOrder::kDayMonthYear), "refused");
  EXPECT_EQ(read("年", DateOrder::kYearMonthDay), "refused");
}

}  // namespace
}  // namespace thaw::registry
