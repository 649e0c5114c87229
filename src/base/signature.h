// Ed25519 signatures by OpenSSL: who said it, and that it was not changed since.
//
// RFC 8032; checked against its test vectors. Keys and signatures are lower-case hexadecimal.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace thaw {

class SigningKey {
 public:
  /// A new key from the system's random source.
  static Result<SigningKey> generate();

  /// From 64 hexadecimal digits. kInvalidArgument.
  static Result<SigningKey> from_hex(std::string_view secret);

  /// The key kept in the file `path`. kNotFound, kDenied, or kCorrupt; the words name no path.
  static Result<SigningKey> read(const std::string& path);

  /// The key kept in the file `path`; made there first (readable by its owner only) where there is
  /// none. kDenied, kUnavailable, or kCorrupt when the file holds no key.
  static Result<SigningKey> open(const std::string& path);

  const std::string& public_hex() const { return public_; }  // 64 digits
  const std::string& secret_hex() const { return secret_; }

  /// 128 digits over `message`.
  Result<std::string> sign(std::string_view message) const;

 private:
  std::string secret_, public_;
};

/// Whether `signature` is `public_hex`'s over exactly `message`; false for anything malformed.
bool signature_holds(std::string_view public_hex, std::string_view message,
                     std::string_view signature);

}  // namespace thaw
