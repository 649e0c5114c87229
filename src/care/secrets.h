// Random numbers that nobody can guess: ids, pairing codes and tokens. From OpenSSL's generator.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "care/moment.h"

namespace thaw::care {

/// `bytes` random bytes as lower-case hexadecimal digits. kUnavailable when the system gives none.
Result<std::string> random_hex(std::size_t bytes);

/// `count` decimal digits, each of equal chance.
Result<std::string> random_digits(std::size_t count);

/// An id that no other has: `prefix`, the time (so that ids sort by it), and 80 random bits. Where
/// the system gives no random bits a counter stands in: an id must never stop a call for help.
std::string new_id(std::string_view prefix, Moment at);

/// Whether both are the same, in a time that does not tell where they differ.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace thaw::care
