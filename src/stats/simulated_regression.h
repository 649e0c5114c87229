// For tests only: made-up regression data with weights that count rows.
#pragma once

#include <cmath>
#include <numeric>
#include <vector>

#include "base/random.h"
#include "stats/matrix.h"

namespace thaw::stats {

struct Sample {
  Matrix x;
  std::vector<double> y;       // numbers
  std::vector<double> yes;     // 0 or 1
  std::vector<double> weight;  // 1, 2 or 3
};

inline Sample sample(std::uint64_t seed, Eigen::Index n) {
  Random random(seed);
  Sample s{Matrix(n, 3), {}, {}, {}};
  for (Eigen::Index i = 0; i < n; ++i) {
    s.x.row(i) << 1, random.normal(), 3 * random.normal() + 5;
    const double eta = 0.5 + s.x(i, 1) - 0.2 * s.x(i, 2);
    s.y.push_back(eta + random.normal());
    s.yes.push_back(random.bernoulli(1 / (1 + std::exp(-eta))) ? 1 : 0);
    s.weight.push_back(1 + static_cast<double>(random.index(3)));
  }
  return s;
}

/// Each row as many times as its weight says.
inline Sample replicated(const Sample& s) {
  const auto total =
      static_cast<Eigen::Index>(std::accumulate(s.weight.begin(), s.weight.end(), 0.0));
  Sample copy{Matrix(total, s.x.cols()), {}, {}, {}};
  Eigen::Index row = 0;
  for (std::size_t i = 0; i < s.y.size(); ++i) {
    for (int k = 0; k < static_cast<int>(s.weight[i]); ++k) {
      copy.x.row(row++) = s.x.row(static_cast<Eigen::Index>(i));
      copy.y.push_back(s.y[i]);
      copy.yes.push_back(s.yes[i]);
    }
  }
  return copy;
}

inline double largest(const Matrix& difference) {
  return difference.cwiseAbs().maxCoeff();
}

}  // namespace thaw::stats
