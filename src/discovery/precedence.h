// Which variables must stand before which in a causal order, as far as knowledge says.
#pragma once

#include <cstdint>
#include <vector>

#include "discovery/knowledge.h"

namespace thaw::discovery {

/// By required arrows and by tiers. An order that obeys tiers exists for every graph that does, so
/// a search over such orders loses nothing. Where tiers and required arrows together run in a
/// circle (through variables without a tier) tiers are left to the test of each arrow.
class Precedence {
 public:
  explicit Precedence(const Knowledge& knowledge);

  /// The required arrows themselves run in a circle: no order obeys.
  bool circle() const { return circle_; }
  /// Anything is said at all.
  bool any() const { return !before_.empty(); }
  bool before(std::size_t a, std::size_t b) const {
    return !before_.empty() && before_[a * n_ + b] != 0;
  }

  /// All variables in an order that obeys, at each place the first of `wish` (empty: by number)
  /// that may stand there; empty when none may. Cost: O(n^3) at worst, O(n) when any() is false.
  std::vector<std::uint32_t> ordered(const std::vector<std::uint32_t>& wish) const;

 private:
  void fill(const Knowledge& knowledge, bool tiers);

  std::size_t n_;
  bool circle_ = false;
  std::vector<std::uint8_t> before_;
};

}  // namespace thaw::discovery
