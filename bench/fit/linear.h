// Fits a logistic model of hashed features by AdaGrad (Duchi, Hazan, Singer 2011) with L2, in the
// order of a seed, and rounds its weights to eight bits.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/random.h"
#include "reading/relation_model.h"

namespace thaw::fit {

struct LinearSettings {
  double l2 = 1e-5;
  int passes = 8;
  std::uint64_t seed = 1;
};

inline double log_odds_of_share(const std::vector<std::uint32_t>& use,
                                const std::vector<float>& y) {
  double positives = 0;
  for (const auto r : use) {
    positives += y[r];
  }
  const double share = std::clamp(positives / static_cast<double>(use.size()), 1e-4, 1 - 1e-4);
  return std::log(share / (1 - share));
}

inline reading::HashedWeights in_eight_bits(double base, const std::vector<float>& weights) {
  float most = 1e-6F;
  for (const float w : weights) {
    most = std::max(most, std::abs(w));
  }
  reading::HashedWeights out;
  out.base = static_cast<float>(base);
  out.scale = most / 127;
  out.steps.resize(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    out.steps[i] = static_cast<std::int8_t>(std::lround(weights[i] / out.scale));
  }
  return out;
}

/// Fits on the rows `use` of `x` with labels `y` (0 or 1).
inline reading::HashedWeights fit_linear(const std::vector<std::vector<std::uint32_t>>& x,
                                         const std::vector<std::uint32_t>& use,
                                         const std::vector<float>& y, std::size_t space,
                                         const LinearSettings& settings) {
  std::vector<float> weights(space, 0);
  std::vector<float> squares(space, 1e-2F);
  double base = log_odds_of_share(use, y);
  double base_square = 1;
  auto order = use;
  for (int pass = 0; pass < settings.passes; ++pass) {
    Random random(settings.seed, static_cast<std::uint64_t>(pass));
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[random.index(i)]);
    }
    for (const auto r : order) {
      const double scale =
          1 / std::sqrt(static_cast<double>(std::max<std::size_t>(1, x[r].size())));
      double sum = 0;
      for (const auto f : x[r]) {
        sum += static_cast<double>(weights[f]);
      }
      const double g = 1 / (1 + std::exp(-(base + sum * scale))) - static_cast<double>(y[r]);
      for (const auto f : x[r]) {
        const double gf = g * scale + settings.l2 * static_cast<double>(weights[f]);
        squares[f] += static_cast<float>(gf * gf);
        weights[f] -= static_cast<float>(0.3 * gf / std::sqrt(static_cast<double>(squares[f])));
      }
      base_square += g * g;
      base -= 0.1 * g / std::sqrt(base_square);
    }
  }
  return in_eight_bits(base, weights);
}

}  // namespace thaw::fit
