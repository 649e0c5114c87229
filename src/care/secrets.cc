#include "care/secrets.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <atomic>
#include <vector>

namespace thaw::care {

Result<std::string> random_hex(std::size_t bytes) {
  std::vector<unsigned char> drawn(bytes);
  if (RAND_bytes(drawn.data(), static_cast<int>(drawn.size())) != 1) {
    return unavailable("the system gives no random numbers now; try again");
  }
  std::string out;
  for (const unsigned char byte : drawn) {
    out += fmt::format("{:02x}", byte);
  }
  return out;
}

Result<std::string> random_digits(std::size_t count) {
  std::string out;
  while (out.size() < count) {
    unsigned char byte = 0;
    if (RAND_bytes(&byte, 1) != 1) {
      return unavailable("the system gives no random numbers now; try again");
    }
    if (byte < 250) {  // the rest would make some digits likelier
      out += static_cast<char>('0' + byte % 10);
    }
  }
  return out;
}

std::string new_id(std::string_view prefix, Moment at) {
  static std::atomic<std::uint64_t> counter{0};
  const auto random = random_hex(10);
  return fmt::format("{}-{:011x}-{}", prefix, static_cast<std::uint64_t>(at),
                     random ? *random : fmt::format("{:020x}", ++counter));
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace thaw::care
