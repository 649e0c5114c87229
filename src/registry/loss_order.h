// In which order one person loses the 48 points of the ALSFRS-R: a generator of item patterns.
//
// Step 8 of recipe T (docs/methods/synthetic_registry.md) with its rounding made monotone: points
// go out one by one by the divisor method of Sainte-Lague, so that every total has one pattern and
// a lower total never gives an item back.
#pragma once

#include <array>
#include <cstdint>

#include "base/random.h"
#include "registry/alsfrs_r.h"

namespace thaw::registry {

class LossOrder {
 public:
  /// The first `lost_at_entry` (0..48) points are lost as people at entry have lost them, the rest
  /// as they are lost later; each domain has its own random pace.
  LossOrder(Random& random, bool bulbar_onset, int lost_at_entry);

  /// The twelve answers (0..4, order of the form) at `total` 0..48; they sum to it.
  std::array<int, kItemCount> answers(int total) const;

 private:
  std::array<std::uint8_t, kTotalMax> items_{};  // items_[k] loses point k
};

}  // namespace thaw::registry
