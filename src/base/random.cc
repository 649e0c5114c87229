#include "base/random.h"

#include <bit>
#include <cmath>
#include <numbers>

namespace thaw {
namespace {

std::uint64_t splitmix64(std::uint64_t& x) {
  x += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = x;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

}  // namespace

Random::Random(std::uint64_t seed, std::uint64_t stream) {
  std::uint64_t x = seed;
  x = splitmix64(x) ^ (stream * 0xD1342543DE82EF95ULL + 0x2545F4914F6CDD1DULL);
  for (auto& word : state_) {
    word = splitmix64(x);
  }
}

std::uint64_t Random::bits() {
  auto& s = state_;
  const std::uint64_t result = std::rotl(s[1] * 5, 7) * 9;
  const std::uint64_t t = s[1] << 17U;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = std::rotl(s[3], 45);
  return result;
}

double Random::uniform() {
  return (static_cast<double>(bits() >> 12U) + 0.5) * 0x1.0p-52;
}

double Random::normal() {
  // Box-Muller without its second value: no state beside the generator's.
  const double radius = std::sqrt(-2 * std::log(uniform()));
  return radius * std::cos(2 * std::numbers::pi * uniform());
}

double Random::exponential() {
  return -std::log(uniform());
}

double Random::gamma(double shape) {
  // Marsaglia and Tsang 2000; below shape 1 by their boost of a draw at shape + 1.
  if (shape < 1) {
    const double u = uniform();
    return gamma(shape + 1) * std::pow(u, 1 / shape);
  }
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  while (true) {
    const double z = normal();
    const double v = std::pow(1 + c * z, 3);
    if (v > 0 && std::log(uniform()) < z * z / 2 + d - d * v + d * std::log(v)) {
      return d * v;
    }
  }
}

bool Random::bernoulli(double probability) {
  return uniform() < probability;
}

std::uint64_t Random::index(std::uint64_t n) {
  const std::uint64_t limit = UINT64_MAX - UINT64_MAX % n;
  std::uint64_t draw = bits();
  while (draw >= limit) {
    draw = bits();
  }
  return draw % n;
}

}  // namespace thaw
