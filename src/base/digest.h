// SHA-256 of bytes, for "same data, same answer" checks and manifests.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace thaw {

/// SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

/// MD5 of `bytes` as 32 lower-case hexadecimal digits: only to reproduce the ids of other programs.
std::string md5_hex(std::string_view bytes);

/// SHA-256 of bytes that come in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void add(std::string_view bytes);

  /// Of all that was added; call once, at the end.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace thaw
