#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "table/csv.h"
#include "table/summary.h"

namespace thaw {
namespace {

namespace fs = std::filesystem;

/// A file of the shared test data.
fs::path shared_file(const std::string& name) {
  const char* set = std::getenv("THAW_SHARED");
  const fs::path shared = set != nullptr ? fs::path(set) : fs::path(THAW_SOURCE_DIR) / "../shared";
  return shared / "data" / name;
}

/// `text` packed as one gzip member.
std::string gzip(std::string text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

/// A file of the test's own, gone at the end.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view bytes)
      : path_(fs::path(testing::TempDir()) / "thaw_csv_file_test.csv") {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~TemporaryFile() { fs::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const auto sx = *summarize(Column::real("x", x)).number;
  const auto sy = *summarize(Column::real("y", y)).number;
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum += (x[i] - sx.mean) * (y[i] - sy.mean);
  }
  return sum / (*sx.sd * *sy.sd * static_cast<double>(x.size() - 1));
}

TEST(CsvFile, GzipIsUnpackedAlsoInSeveralMembers) {
  std::string text = "x,y\n";
  for (int i = 0; i < 50'000; ++i) {
    text += std::to_string(i) + ",1\n";
  }
  const std::string tail = "50000,1\n";
  const TemporaryFile plain(text + tail);
  const auto expected = read_csv_file(plain.path());
  ASSERT_TRUE(expected);
  EXPECT_EQ(expected->rows(), 50'001U);
  const TemporaryFile packed(gzip(text) + gzip(tail));
  const auto table = read_csv_file(packed.path());
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_EQ(*table, *expected);
}

TEST(CsvFile, CutOrDamagedGzipIsCorrupt) {
  std::string text = "x\n";
  for (int i = 0; i < 5000; ++i) {
    text += std::to_string(i * 7919 % 5003) + "\n";
  }
  const std::string packed = gzip(text);
  for (std::size_t length = 2; length < packed.size(); length += 97) {
    const TemporaryFile cut(packed.substr(0, length));
    const auto table = read_csv_file(cut.path());
    ASSERT_FALSE(table) << length;
    EXPECT_EQ(table.error().code, ErrorCode::kCorrupt) << table.error().message;
  }
  std::string damaged = packed;
  damaged[damaged.size() - 6] ^= 1;  // In the checksum.
  EXPECT_EQ(read_csv_file(TemporaryFile(damaged).path()).error().code, ErrorCode::kCorrupt);
}

TEST(CsvFile, AbsentFileAndFolderAreNotFound) {
  EXPECT_EQ(read_csv_file("absent/x.csv").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(read_csv_file(testing::TempDir()).error().code, ErrorCode::kNotFound);
}

TEST(CsvFile, CasiAlsLoadsByItsMapWithItsSummaries) {
  const fs::path path = shared_file("als/clinical/casi_als.csv.gz");
  if (!fs::exists(path)) {
    GTEST_SKIP() << "no shared data at " << path << "; set THAW_SHARED";
  }
  const auto options = read_csv_map(R"({"other_type": "real", "columns": {
      "testset": {"type": "boolean"},
      "dFRS": {"type": "real", "unit": "points/month"},
      "Age": {"type": "real", "unit": "years", "rename": "age"},
      "Site.of.Onset.Onset..Bulbar": {"type": "boolean", "rename": "bulbar"},
      "Site.of.Onset.Onset..Limb": {"type": "boolean", "rename": "limb"},
      "Site.of.Onset.Onset..Limb.and.Bulbar": {"type": "boolean", "rename": "both"}}})",
                                    "casi_map.json");
  ASSERT_TRUE(options) << options.error().message;
  const auto table = read_csv_file(path, *options);
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_EQ(table->rows(), 1822U);
  EXPECT_EQ(table->columns().size(), 371U);
  for (const auto& column : table->columns()) {
    EXPECT_EQ(column.missing_count(), 0U) << column.name();
  }
  EXPECT_EQ(summarize(*table->find("testset")).levels[1].count, 625U);
  const auto slope = *summarize(*table->find("dFRS")).number;
  EXPECT_EQ(table->find("dFRS")->unit(), "points/month");
  EXPECT_NEAR(slope.mean, -0.6855, 5e-5);
  EXPECT_NEAR(*slope.sd, 0.5654, 5e-5);
  EXPECT_NEAR(slope.quantiles[1], -1.74, 5e-3);
  EXPECT_NEAR(slope.quantiles[2], -1.03, 5e-3);
  EXPECT_NEAR(slope.quantiles[3], -0.592, 5e-4);
  EXPECT_NEAR(slope.quantiles[4], -0.25, 5e-3);
  EXPECT_NEAR(slope.quantiles[5], 0, 5e-3);
  const auto age = *summarize(*table->find("age")).number;
  EXPECT_NEAR(age.mean, 54.6, 0.05);
  EXPECT_NEAR(*age.sd, 11.4, 0.05);
  EXPECT_NEAR(summarize(*table->find("bulbar")).number->mean, 0.210, 5e-4);
  EXPECT_NEAR(summarize(*table->find("limb")).number->mean, 0.784, 5e-4);
  EXPECT_NEAR(summarize(*table->find("both")).number->mean, 0.005, 5e-4);
  const std::pair<const char*, double> correlations[] = {{"Onset.Delta", 0.354},
                                                         {"last.speech", 0.206},
                                                         {"mean.slope.alsfrs.score", 0.196},
                                                         {"bulbar", 0.166}};
  for (const auto& [name, expected] : correlations) {
    const double r = correlation(*table->numeric(name), *table->numeric("dFRS"));
    EXPECT_NEAR(std::abs(r), expected, 5e-4) << name;
  }
}

TEST(CsvFile, NhefsHasItsMissingWeights) {
  const fs::path path = shared_file("cohort/nhefs.csv");
  if (!fs::exists(path)) {
    GTEST_SKIP() << "no shared data at " << path << "; set THAW_SHARED";
  }
  const auto table = read_csv_file(path);
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_EQ(table->rows(), 1629U);
  EXPECT_EQ(table->columns().size(), 68U);
  EXPECT_EQ(table->find("wt82_71")->type(), ColumnType::kReal);
  EXPECT_EQ(table->find("wt82_71")->missing_count(), 63U);
  const std::vector<std::string> weight = {"wt82_71"};
  const Table complete = *table->complete_rows(weight);
  EXPECT_EQ(complete.rows(), 1566U);
  const auto gain = *complete.numeric("wt82_71");
  const auto quit = *complete.numeric("qsmk");
  double sums[2] = {};
  double counts[2] = {};
  for (std::size_t i = 0; i < gain.size(); ++i) {
    sums[quit[i] != 0] += gain[i];
    counts[quit[i] != 0] += 1;
  }
  EXPECT_NEAR(sums[1] / counts[1] - sums[0] / counts[0], 2.540581, 1e-6);
}

}  // namespace
}  // namespace thaw
