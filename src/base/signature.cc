#include "base/signature.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <vector>

namespace thaw {
namespace {

using Bytes = std::vector<unsigned char>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;

std::string to_hex(const Bytes& bytes) {
  std::string out;
  for (const unsigned char byte : bytes) {
    out += fmt::format("{:02x}", byte);
  }
  return out;
}

int digit_of(char c) {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::optional<Bytes> from_digits(std::string_view hex, std::size_t bytes) {
  if (hex.size() != 2 * bytes) {
    return std::nullopt;
  }
  Bytes out(bytes);
  for (std::size_t i = 0; i < bytes; ++i) {
    const int high = digit_of(hex[2 * i]);
    const int low = digit_of(hex[2 * i + 1]);
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    out[i] = static_cast<unsigned char>(high * 16 + low);
  }
  return out;
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Key private_key(const Bytes& secret) {
  return {EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, secret.data(), secret.size()),
          EVP_PKEY_free};
}

Result<Done> write_secret(const std::string& path, const std::string& secret) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!folder.empty()) {
    std::filesystem::create_directories(folder, error);
  }
  // Written whole and then linked, which fails where the file is there: of two programs that start
  // at once one key stays, and nobody ever reads half of it.
  const std::string draft = fmt::format("{}.{}", path, ::getpid());
  const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) {
    return Error{errno == EACCES ? ErrorCode::kDenied : ErrorCode::kUnavailable,
                 fmt::format("a key file cannot be made: {}", std::strerror(errno))};
  }
  const std::string line = secret + "\n";
  const bool written =
      ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
      ::fsync(file) == 0;
  ::close(file);
  const bool linked = written && ::link(draft.c_str(), path.c_str()) == 0;
  std::filesystem::remove(draft, error);
  return linked ? Result<Done>(Done{}) : unavailable("a key file cannot be written");
}

}  // namespace

Result<SigningKey> SigningKey::from_hex(std::string_view secret) {
  const auto bytes = from_digits(secret, kKeyBytes);
  const Key key = bytes ? private_key(*bytes) : Key(nullptr, EVP_PKEY_free);
  Bytes open(kKeyBytes);
  std::size_t size = open.size();
  if (!key || EVP_PKEY_get_raw_public_key(key.get(), open.data(), &size) != 1) {
    return invalid_argument("this is not a signing key: 64 hexadecimal digits are wanted");
  }
  SigningKey out;
  out.secret_ = std::string(secret);
  out.public_ = to_hex(open);
  return out;
}

Result<SigningKey> SigningKey::generate() {
  EVP_PKEY* made = nullptr;
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nullptr), EVP_PKEY_CTX_free);
  if (!context || EVP_PKEY_keygen_init(context.get()) != 1 ||
      EVP_PKEY_keygen(context.get(), &made) != 1) {
    return unavailable("the system gave no random numbers for a key");
  }
  const Key key(made, EVP_PKEY_free);
  Bytes secret(kKeyBytes);
  std::size_t size = secret.size();
  if (EVP_PKEY_get_raw_private_key(key.get(), secret.data(), &size) != 1) {
    return unavailable("a signing key could not be made");
  }
  return from_hex(to_hex(secret));
}

Result<SigningKey> SigningKey::open(const std::string& path) {
  if (!std::filesystem::exists(path)) {
    THAW_TRY(const SigningKey fresh, generate());
    if (auto written = write_secret(path, fresh.secret_);
        !written && !std::filesystem::exists(path)) {
      return written.error();
    }
  }
  return read(path);
}

Result<SigningKey> SigningKey::read(const std::string& path) {
  if (!std::filesystem::exists(path)) {
    return not_found("there is no key of that name on this machine");
  }
  std::ifstream file(path);
  std::string secret;
  if (!file) {
    return denied("the key file of that name cannot be read");
  }
  file >> secret;
  auto key = from_hex(secret);
  if (!key) {
    return corrupt("the key file of that name does not hold a signing key");
  }
  return key;
}

Result<std::string> SigningKey::sign(std::string_view message) const {
  const Key key = private_key(*from_digits(secret_, kKeyBytes));
  const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  Bytes signature(kSignatureBytes);
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size, bytes_of(message), message.size()) !=
          1) {
    return unavailable("the signature could not be made");
  }
  return to_hex(signature);
}

bool signature_holds(std::string_view public_hex, std::string_view message,
                     std::string_view signature) {
  const auto open = from_digits(public_hex, kKeyBytes);
  const auto signed_bytes = from_digits(signature, kSignatureBytes);
  if (!open || !signed_bytes) {
    return false;
  }
  const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, open->data(), open->size()),
                EVP_PKEY_free);
  const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  return key && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), signed_bytes->data(), signed_bytes->size(),
                          bytes_of(message), message.size()) == 1;
}

}  // namespace thaw
