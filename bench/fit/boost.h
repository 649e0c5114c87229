// Fits boosted trees (logistic loss, Newton leaves, histograms of at most 64 bins, complete trees).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/random.h"
#include "reading/boosted_trees.h"

namespace thaw::fit {

struct BoostSettings {
  int trees = 250;
  int depth = 5;
  double rate = 0.05;
  double l2 = 5;
  double rows = 0.7;     // share of rows a tree sees
  double columns = 0.2;  // share of features a tree sees
  double least = 5;      // least hessian in a leaf
  std::uint64_t seed = 1;
};

/// Values of every feature cut into at most 64 bins by quantiles.
class Binned {
 public:
  explicit Binned(const std::vector<std::vector<float>>& rows)
      : rows_(rows.size()), columns_(rows.empty() ? 0 : rows[0].size()) {
    bins_.resize(rows_ * columns_);
    cuts_.resize(columns_);
    std::vector<float> values(rows_);
    for (std::size_t c = 0; c < columns_; ++c) {
      for (std::size_t r = 0; r < rows_; ++r) {
        values[r] = rows[r][c];
      }
      auto sorted = values;
      std::ranges::sort(sorted);
      auto distinct = sorted;
      distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
      if (distinct.size() <= 64) {
        for (std::size_t i = 0; i + 1 < distinct.size(); ++i) {
          cuts_[c].push_back(0.5F * (distinct[i] + distinct[i + 1]));
        }
      } else {
        for (int b = 1; b < 64; ++b) {
          const float cut = sorted[rows_ * static_cast<std::size_t>(b) / 64];
          if (cuts_[c].empty() || cut > cuts_[c].back()) {
            cuts_[c].push_back(cut);
          }
        }
      }
      for (std::size_t r = 0; r < rows_; ++r) {
        bins_[c * rows_ + r] = static_cast<std::uint8_t>(
            std::ranges::lower_bound(cuts_[c], values[r]) - cuts_[c].begin());
      }
    }
  }
  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  const std::uint8_t* column(std::size_t c) const { return &bins_[c * rows_]; }
  const std::vector<float>& cuts(std::size_t c) const { return cuts_[c]; }

 private:
  std::size_t rows_, columns_;
  std::vector<std::uint8_t> bins_;
  std::vector<std::vector<float>> cuts_;
};

struct Sums {
  double g = 0, h = 0;
};

/// Fits on the rows `use` of `data` with 0/1 labels `y` and weights `w`.
inline reading::Forest fit_boost(const Binned& data, const std::vector<std::uint32_t>& use,
                                 const std::vector<float>& y, const BoostSettings& s) {
  reading::Forest out;
  double positives = 0;
  for (const auto r : use) {
    positives += y[r];
  }
  const double rate = std::clamp(positives / static_cast<double>(use.size()), 1e-4, 1 - 1e-4);
  out.base = std::log(rate / (1 - rate));
  std::vector<double> score(data.rows(), out.base);
  std::vector<double> g(data.rows());
  std::vector<double> h(data.rows());
  std::vector<std::uint16_t> node(data.rows());
  const auto splits = (std::size_t{1} << static_cast<unsigned>(s.depth)) - 1;
  for (int t = 0; t < s.trees; ++t) {
    Random random(s.seed, static_cast<std::uint64_t>(t) + 1);
    std::vector<std::uint32_t> rows;
    for (const auto r : use) {
      if (random.uniform() < s.rows) {
        rows.push_back(r);
      }
    }
    std::vector<std::uint32_t> columns;
    for (std::uint32_t c = 0; c < data.columns(); ++c) {
      if (random.uniform() < s.columns && !data.cuts(c).empty()) {
        columns.push_back(c);
      }
    }
    for (const auto r : use) {
      const double p = 1 / (1 + std::exp(-score[r]));
      g[r] = p - y[r];
      h[r] = std::max(p * (1 - p), 1e-6);
      node[r] = 0;
    }
    reading::Tree tree;
    tree.splits.assign(splits, {0, std::numeric_limits<float>::infinity()});
    tree.leaves.assign(splits + 1, 0);
    std::vector<std::uint8_t> split_bin(splits, 255);
    for (int level = 0; level < s.depth; ++level) {
      const std::size_t first = (std::size_t{1} << static_cast<unsigned>(level)) - 1;
      const std::size_t width = first + 1;
      std::vector<double> best_gain(width, 1e-9);
      std::vector<Sums> histogram(width * 64);
      for (const auto c : columns) {
        std::fill(histogram.begin(), histogram.end(), Sums{});
        const std::uint8_t* bins = data.column(c);
        for (const auto r : rows) {
          Sums& sum = histogram[(node[r] - first) * 64 + bins[r]];
          sum.g += g[r];
          sum.h += h[r];
        }
        const std::size_t cuts = data.cuts(c).size();
        for (std::size_t n = 0; n < width; ++n) {
          Sums all;
          for (std::size_t b = 0; b <= cuts; ++b) {
            all.g += histogram[n * 64 + b].g;
            all.h += histogram[n * 64 + b].h;
          }
          const double whole = all.g * all.g / (all.h + s.l2);
          Sums left;
          for (std::size_t b = 0; b < cuts; ++b) {
            left.g += histogram[n * 64 + b].g;
            left.h += histogram[n * 64 + b].h;
            const double hr = all.h - left.h;
            if (left.h < s.least || hr < s.least) {
              continue;
            }
            const double gr = all.g - left.g;
            const double gain = left.g * left.g / (left.h + s.l2) + gr * gr / (hr + s.l2) - whole;
            if (gain > best_gain[n]) {
              best_gain[n] = gain;
              tree.splits[first + n] = {static_cast<std::uint16_t>(c), data.cuts(c)[b]};
              split_bin[first + n] = static_cast<std::uint8_t>(b);
            }
          }
        }
      }
      for (const auto r : use) {
        const std::size_t at = node[r];
        const bool left =
            split_bin[at] == 255 || data.column(tree.splits[at].feature)[r] <= split_bin[at];
        node[r] = static_cast<std::uint16_t>(2 * at + (left ? 1 : 2));
      }
    }
    std::vector<Sums> leaf(splits + 1);
    for (const auto r : rows) {
      leaf[node[r] - splits].g += g[r];
      leaf[node[r] - splits].h += h[r];
    }
    for (std::size_t l = 0; l <= splits; ++l) {
      tree.leaves[l] = static_cast<float>(-s.rate * leaf[l].g / (leaf[l].h + s.l2));
    }
    for (const auto r : use) {
      score[r] += tree.leaves[node[r] - splits];
    }
    out.trees.push_back(std::move(tree));
  }
  return out;
}

}  // namespace thaw::fit
