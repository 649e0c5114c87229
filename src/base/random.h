// Seeded random numbers that are the same on every machine and in any order of streams.
//
// Generator: xoshiro256** 1.0 (Blackman and Vigna 2018), seeded by splitmix64 of (seed, stream).
// One stream a person, a world block, a bootstrap replicate: then threads cannot change a draw.
// Not for secrets.
#pragma once

#include <array>
#include <cstdint>

namespace thaw {

class Random {
 public:
  /// The stream `stream` of `seed`: equal arguments give equal draws.
  explicit Random(std::uint64_t seed, std::uint64_t stream = 0);

  std::uint64_t bits();                  // 64 random bits
  double uniform();                      // in (0, 1), never 0 or 1
  double normal();                       // mean 0, sd 1
  double exponential();                  // mean 1
  double gamma(double shape);            // mean `shape`, scale 1; shape > 0
  bool bernoulli(double probability);    // true with `probability`
  std::uint64_t index(std::uint64_t n);  // 0 .. n-1 without bias; n > 0

 private:
  std::array<std::uint64_t, 4> state_{};
};

}  // namespace thaw
