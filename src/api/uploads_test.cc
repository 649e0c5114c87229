#include "api/uploads.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/text.h"

namespace thaw::api {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Uploads, PiecesBecomeTheFile) {
  const auto uploads = Uploads::make().value();
  const std::string id = uploads->begin("a.jsonl", 6).value();
  EXPECT_EQ(uploads->add(id, 0, "abc").value(), 3U);
  EXPECT_EQ(uploads->add(id, 3, "def").value(), 6U);
  const auto file = uploads->take(id).value();
  EXPECT_EQ(file.path.filename(), "a.jsonl");
  EXPECT_EQ(text_of(file.path), "abcdef");
}

TEST(Uploads, APieceSentTwiceDoesNoHarmAndOneLeftOutIsRefused) {
  const auto uploads = Uploads::make().value();
  const std::string id = uploads->begin("a", 9).value();
  uploads->add(id, 0, "abc").value();
  EXPECT_EQ(uploads->add(id, 0, "abc").value(), 3U);
  EXPECT_EQ(uploads->add(id, 6, "ghi").error().code, ErrorCode::kConflict);
  EXPECT_EQ(uploads->take(id).error().code, ErrorCode::kConflict);
  EXPECT_EQ(uploads->add(id, 3, "defghijkl").error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(uploads->add("u77", 0, "abc").error().code, ErrorCode::kNotFound);
}

TEST(Uploads, ANameCannotLeaveTheFolder) {
  const auto uploads = Uploads::make().value();
  for (const char* name : {"../../etc/passwd", "/etc/passwd", "..", "a\\..\\b", "\x01\n", ""}) {
    const std::string id = uploads->begin(name, 1).value();
    uploads->add(id, 0, "x").value();
    const auto file = uploads->take(id).value();
    EXPECT_EQ(text_of(file.path), "x") << name;
    EXPECT_EQ(file.path.parent_path().filename(), id) << name;
    EXPECT_EQ(file.path, file.path.lexically_normal()) << name;
  }
}

TEST(Uploads, ALongNameKeepsItsEndAndStaysText) {
  const auto uploads = Uploads::make().value();
  std::string name;
  for (int i = 0; i < 100; ++i) {
    name += "\u51bb";
  }
  const std::string id = uploads->begin(name + ".jsonl.gz", 1).value();
  uploads->add(id, 0, "x").value();
  const auto file = uploads->take(id).value();
  EXPECT_TRUE(file.name.ends_with("\u51bb.jsonl.gz"));
  EXPECT_LE(file.name.size(), 200U);
  EXPECT_FALSE(first_invalid_utf8(file.name));
}

TEST(Uploads, SizesAndNumbersAreBoundedAndTheFolderGoesAtTheEnd) {
  auto uploads = Uploads::make().value();
  EXPECT_FALSE(uploads->begin("a", 0));
  EXPECT_FALSE(uploads->begin("a", kUploadBytesMax + 1));
  for (int i = 0; i < 8; ++i) {
    EXPECT_TRUE(uploads->begin("a", 1));
  }
  EXPECT_EQ(uploads->begin("a", 1).error().code, ErrorCode::kUnavailable);
  uploads->add("u1", 0, "x").value();
  const auto file = uploads->take("u1").value();
  uploads.reset();
  EXPECT_FALSE(std::filesystem::exists(file.path));
}

}  // namespace
}  // namespace thaw::api
