#include "discovery/precedence.h"

#include <algorithm>
#include <numeric>

namespace thaw::discovery {

Precedence::Precedence(const Knowledge& knowledge) : n_(knowledge.size()) {
  if (knowledge.empty()) {
    return;
  }
  before_.assign(n_ * n_, 0);
  for (const bool tiers : {true, false}) {
    fill(knowledge, tiers);
    if (!ordered({}).empty()) {
      return;
    }
  }
  circle_ = true;
}

void Precedence::fill(const Knowledge& knowledge, bool tiers) {
  for (std::size_t a = 0; a < n_; ++a) {
    for (std::size_t b = 0; b < n_; ++b) {
      const auto tier_a = knowledge.tier(a);
      const auto tier_b = knowledge.tier(b);
      const bool earlier = tiers && tier_a && tier_b && *tier_a < *tier_b;
      before_[a * n_ + b] = knowledge.required(a, b) || earlier ? 1 : 0;
    }
  }
}

std::vector<std::uint32_t> Precedence::ordered(const std::vector<std::uint32_t>& wish) const {
  std::vector<std::uint32_t> left = wish;
  if (left.empty()) {
    left.resize(n_);
    std::iota(left.begin(), left.end(), 0U);
  }
  if (!any()) {
    return left;
  }
  std::vector<std::uint32_t> order;
  while (!left.empty()) {
    const auto next = std::ranges::find_if(left, [&](std::uint32_t v) {
      return std::ranges::none_of(left, [&](std::uint32_t u) { return before(u, v); });
    });
    if (next == left.end()) {
      return {};
    }
    order.push_back(*next);
    left.erase(next);
  }
  return order;
}

}  // namespace thaw::discovery
