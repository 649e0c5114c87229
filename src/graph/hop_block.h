// A block of worlds while hop_worlds sweeps it: who reaches the target in which of them, and how.
//
// 512 worlds a block, eight words at once so that the compiler can use vector registers. A world's
// draws hang on seed, edge id and world number alone, so blocks and threads change no bit.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "graph/hop_worlds.h"

namespace thaw::graph {

inline constexpr std::size_t kBlockWords = 8;
using Worlds = std::array<std::uint64_t, kBlockWords>;

inline std::uint64_t mixed(std::uint64_t z) {  // the finaliser of splitmix64
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}
inline constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;
inline constexpr int kDrawBits = 53;

/// Of the worlds in `open`, those whose number of 53 random bits is below `threshold`. The bits of
/// a world are a function of `base` alone: which other worlds are open changes none.
inline std::uint64_t worlds_below(std::uint64_t threshold, std::uint64_t open, std::uint64_t base) {
  if (threshold >> kDrawBits != 0) {
    return open;
  }
  std::uint64_t below = 0;
  for (int bit = kDrawBits - 1; bit >= 0 && open != 0; --bit) {
    const std::uint64_t random = mixed(base += kGolden);
    if ((threshold >> static_cast<unsigned>(bit) & 1U) != 0) {
      below |= open & ~random;
      open &= random;
    } else {
      open &= ~random;
    }
  }
  return below;
}

/// What is known of one node: in which worlds it raises, and lowers, the target.
struct NodeWorlds {
  Worlds raises{}, lowers{};          // by walks of the layers done
  Worlds raises_now{}, lowers_now{};  // gained in this layer
};

struct HopWorlds::Block {
  std::vector<NodeWorlds> nodes;
  std::vector<std::uint32_t> front;                // nodes that gained worlds in the last layer
  std::vector<Worlds> front_raises, front_lowers;  // what each gained
  std::vector<std::uint32_t> touched;              // nodes that may gain in this layer
  std::vector<std::uint8_t> is_touched;            // per node
  std::vector<std::uint8_t> is_full;               // per node: both signs in every live world
  Worlds salt{};                                   // per word, of its world numbers
  Worlds live{};                                   // all ones where the word is asked for

  explicit Block(std::size_t count) : nodes(count), is_touched(count, 0), is_full(count, 0) {}

  void begin(std::uint32_t target, std::size_t first_word, std::size_t words);

  /// Ends a layer: what was gained becomes the next front, and first arrivals are counted.
  void end_layer(std::vector<HopCounts>& counts);
};

}  // namespace thaw::graph
