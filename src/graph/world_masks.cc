#include "graph/world_masks.h"

#include <algorithm>
#include <cmath>

namespace thaw::graph {
namespace {

constexpr int kProbabilityBits = 53;
constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;

std::uint64_t mix(std::uint64_t z) {  // the finaliser of splitmix64
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

std::uint64_t threshold_of(double probability) {
  return static_cast<std::uint64_t>(std::llround(std::clamp(probability, 0.0, 1.0) * 0x1p53));
}

/// Of the worlds in `open`, those in which a number of 53 random bits is below `threshold`.
std::uint64_t bits_below(std::uint64_t threshold, std::uint64_t open, std::uint64_t& state) {
  if (threshold >> kProbabilityBits != 0) {
    return open;
  }
  std::uint64_t below = 0;
  for (int bit = kProbabilityBits - 1; bit >= 0 && open != 0; --bit) {
    const std::uint64_t random = mix(state += kGolden);
    if ((threshold >> static_cast<unsigned>(bit) & 1U) != 0) {
      below |= open & ~random;
      open &= random;
    } else {
      open &= ~random;
    }
  }
  return below;
}

}  // namespace

void draw_worlds(const SignedEdge& edge, std::uint64_t seed, std::uint64_t first_word,
                 std::span<std::uint64_t> plus, std::span<std::uint64_t> minus) {
  const std::uint64_t key = mix(mix(seed + kGolden) ^ mix(edge.id * 2 + 1));
  const std::uint64_t raises = threshold_of(edge.p_plus);
  const double rest = 1 - edge.p_plus;
  const std::uint64_t lowers = rest > 0 ? threshold_of(edge.p_minus / rest) : 0;
  for (std::size_t i = 0; i < plus.size(); ++i) {
    std::uint64_t state = mix(key ^ mix((first_word + i) * kGolden + 1));
    plus[i] = bits_below(raises, ~std::uint64_t{0}, state);
    minus[i] = lowers == 0 ? 0 : bits_below(lowers, ~plus[i], state);
  }
}

}  // namespace thaw::graph
