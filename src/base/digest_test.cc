#include "base/digest.h"

#include <gtest/gtest.h>

namespace thaw {
namespace {

// FIPS 180-4 example values.
TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// RFC 1321, appendix A.5.
TEST(Md5, GivesThePublishedDigests) {
  EXPECT_EQ(md5_hex(""), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(md5_hex("abc"), "900150983cd24fb0d6963f7d28e17f72");
}

TEST(Sha256, OfPiecesIsThatOfTheWhole) {
  const std::string bytes(1000, 'a');
  Sha256 pieces;
  for (std::size_t at = 0; at < bytes.size(); at += 7) {
    pieces.add(std::string_view(bytes).substr(at, 7));
  }
  EXPECT_EQ(pieces.hex(), sha256_hex(bytes));
  EXPECT_EQ(Sha256().hex(), sha256_hex(""));
}

}  // namespace
}  // namespace thaw
