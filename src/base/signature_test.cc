#include "base/signature.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace thaw {
namespace {

// RFC 8032, section 7.1, tests 1 and 2.
constexpr std::string_view kSecret1 =
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
constexpr std::string_view kPublic1 =
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
constexpr std::string_view kSecret2 =
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

TEST(Signature, IsThatOfTheStandardsTestVectors) {
  const auto first = SigningKey::from_hex(kSecret1).value();
  EXPECT_EQ(first.public_hex(), kPublic1);
  EXPECT_EQ(
      first.sign("").value(),
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
      "cf9b46bd25bf5f0595bbe24655141438e7a100b");
  const auto second = SigningKey::from_hex(kSecret2).value();
  EXPECT_EQ(
      second.sign("r").value(),
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
      "0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST(Signature, HoldsForItsMessageAndKeyOnly) {
  const auto key = SigningKey::generate().value();
  const auto other = SigningKey::generate().value();
  const std::string signature = key.sign("R012 accept").value();
  EXPECT_TRUE(signature_holds(key.public_hex(), "R012 accept", signature));
  EXPECT_FALSE(signature_holds(key.public_hex(), "R012 reject", signature));
  EXPECT_FALSE(signature_holds(other.public_hex(), "R012 accept", signature));
  EXPECT_FALSE(signature_holds(key.public_hex(), "R012 accept", ""));
  EXPECT_FALSE(signature_holds("zz", "R012 accept", signature));
}

TEST(Signature, AKeyIsMadeOnceAndOnlyItsOwnerMayReadIt) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("thaw_keys_" + std::to_string(::getpid()));
  const std::string path = folder / "mei.key";
  const auto made = SigningKey::open(path);
  ASSERT_TRUE(made);
  EXPECT_EQ(SigningKey::open(path)->public_hex(), made->public_hex());
  EXPECT_EQ(SigningKey::read(path)->public_hex(), made->public_hex());
  EXPECT_EQ(SigningKey::read(path + "x").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
  struct stat file {};
  ASSERT_EQ(::stat(path.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777U, 0600U);
  std::ofstream(path) << "not a key\n";
  EXPECT_EQ(SigningKey::open(path).error().code, ErrorCode::kCorrupt);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace thaw
