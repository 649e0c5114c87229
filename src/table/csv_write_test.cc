#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/random.h"
#include "table/csv.h"

namespace thaw {
namespace {

using Texts = std::vector<std::string>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// `message` starts with `place` and says `reason`.
void expect_error(const std::string& message, std::string_view place, std::string_view reason) {
  EXPECT_TRUE(message.starts_with(place)) << message;
  EXPECT_NE(message.find(reason), std::string::npos) << message;
}

/// A text of bits that CSV readers trip over.
std::string hostile_text(Random& random) {
  static const Texts bits = {"\"",
                             "\"\"",
                             ",",
                             "\n",
                             "\r",
                             "\r\n",
                             ";",
                             "\t",
                             "|",
                             " ",
                             "NA",
                             ".",
                             "",
                             "N/A",
                             "NaN",
                             "true",
                             "-9",
                             "1e5",
                             "x",
                             "\xE6\xB8\x90",
                             "\xEF\xBB\xBF",
                             "2024-01-01",
                             "\xF0\x9F\xA7\x8A"};
  std::string out;
  for (std::uint64_t left = random.index(4); left > 0; --left) {
    out += bits[random.index(bits.size())];
  }
  return out;
}

double hostile_real(Random& random) {
  static const double values[] = {0,
                                  -1,
                                  0.1,
                                  1e22,
                                  5e-324,
                                  std::numeric_limits<double>::max(),
                                  std::numeric_limits<double>::infinity(),
                                  -std::numeric_limits<double>::infinity(),
                                  kNan,
                                  123456789.125};
  return random.bernoulli(0.5) ? random.normal() * std::exp(random.normal() * 20)
                               : values[random.index(std::size(values))];
}

Column random_column(Random& random, std::string name, std::size_t rows) {
  MissingMask missing(rows);
  std::vector<double> reals(rows);
  std::vector<std::int64_t> integers(rows);
  std::vector<std::uint8_t> booleans(rows);
  std::vector<Day> days(rows);
  Texts texts(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    missing[row] = random.bernoulli(0.2) ? 1 : 0;
    reals[row] = hostile_real(random);
    integers[row] = static_cast<std::int64_t>(random.bits());
    booleans[row] = random.bernoulli(0.5) ? 1 : 0;
    days[row] = *parse_day("1900-01-01") + std::chrono::days{random.index(109'572)};
    texts[row] = hostile_text(random);
  }
  switch (random.index(6)) {
    case 0:
      return Column::real(name, reals);
    case 1:
      return Column::integer(name, integers, missing);
    case 2:
      return Column::boolean(name, booleans, missing);
    case 3:
      return Column::date(name, days, missing);
    case 4:
      return Column::category_of(name, texts, missing);
    default:
      return Column::text(name, texts, missing);
  }
}

Table random_table(Random& random) {
  Table table;
  const std::size_t rows = random.index(6);
  for (std::uint64_t left = 1 + random.index(4); left > 0; --left) {
    Column column = random_column(random, hostile_text(random), rows);
    column.with_unit(hostile_text(random)).with_label(hostile_text(random));
    if (auto added = table.add_column(std::move(column)); !added) {
      continue;  // An empty name, or one taken.
    }
  }
  return table;
}

TEST(CsvWrite, WhatIsWrittenReadsBackTheSame) {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    Random random(seed);
    const Table table = random_table(random);
    const auto text = write_csv(table);
    if (table.columns().empty()) {
      EXPECT_FALSE(text);
      continue;
    }
    ASSERT_TRUE(text) << "seed " << seed << ": " << text.error().message;
    const auto again = read_csv(*text, "t.csv", csv_options_of(table));
    ASSERT_TRUE(again) << "seed " << seed << ": " << again.error().message << "\n" << *text;
    ASSERT_EQ(*again, table) << "seed " << seed << "\n" << *text;
  }
}

TEST(CsvWrite, QuotesOnlyWhereNeeded) {
  Table table;
  ASSERT_TRUE(table.add_column(Column::text("t", {" a", " NA", "x,y", ""}, {0, 0, 0, 1})));
  ASSERT_TRUE(table.add_column(Column::real("r", {0.1, 1, kNan, 1e300})));
  EXPECT_EQ(*write_csv(table), "t,r\n a,0.1\n\" NA\",1\n\"x,y\",NA\nNA,1e+300\n");
}

TEST(CsvWrite, RefusesWhatCsvCannotHold) {
  const auto message = [](Column column) {
    Table table;
    EXPECT_TRUE(table.add_column(std::move(column)));
    const auto text = write_csv(table);
    EXPECT_FALSE(text);
    return text ? "" : text.error().message;
  };
  expect_error(message(Column::text("t", {"a", std::string(1, '\0')})), "column 't', row 2", "NUL");
  expect_error(message(Column::text("t", {"\xFF"})), "column 't', row 1", "UTF-8");
  expect_error(message(Column::category("t", {0}, {"\xFF"})), "column 't', row 1", "UTF-8");
  expect_error(message(Column::date("t", {Day{} - std::chrono::days{40'000}})), "column 't', row 1",
               "1900 to 2199");
  expect_error(message(Column::real("\xFF", {1})), "a column name", "UTF-8");
  EXPECT_FALSE(write_csv(Table{}));
}

}  // namespace
}  // namespace thaw
