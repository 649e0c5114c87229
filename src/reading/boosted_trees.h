// Gradient-boosted decision trees as a small model file holds them: evaluation only.
//
// A tree is complete to its depth: node i has children 2i+1 and 2i+2, so that a node is one feature
// and one threshold and a leaf one number. Method of fitting: Friedman 2001, Ann Stat 29:1189, with
// Newton leaves; bench/reader_fit.cc. Checked by boosted_trees_test.cc.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace thaw::reading {

struct Split {
  std::uint16_t feature = 0;
  float threshold = 0;  // left when value <= threshold; infinity: always left
};

struct Tree {
  std::vector<Split> splits;  // 2^depth - 1
  std::vector<float> leaves;  // 2^depth

  double at(std::span<const float> row) const {
    std::size_t node = 0;
    while (node < splits.size()) {
      node = 2 * node + (row[splits[node].feature] <= splits[node].threshold ? 1 : 2);
    }
    return leaves[node - splits.size()];
  }
};

struct Forest {
  double base = 0;  // log odds before any tree
  std::vector<Tree> trees;

  /// Log odds for a row; every feature that a split names must be in it.
  double at(std::span<const float> row) const {
    double sum = base;
    for (const Tree& tree : trees) {
      sum += tree.at(row);
    }
    return sum;
  }
};

}  // namespace thaw::reading
