// BIC of linear Gaussian variables, each of one column or of several (an embedded category).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "discovery/local_score.h"
#include "stats/matrix.h"

namespace thaw::discovery {

/// score(child, parents) = -n (log det R[child, parents] - log det R[parents])
///                         - penalty ln n |child| |parents|, in columns:
/// twice the log likelihood less the penalty of every coefficient, up to what only `child` decides.
class EmbeddedScore : public LocalScore {
 public:
  /// `correlation` (q, q) positive definite; variable i has columns first[i] .. first[i + 1] - 1.
  EmbeddedScore(stats::Matrix correlation, std::vector<std::size_t> first, double rows,
                double penalty, double sparsity, const Knowledge& knowledge);

 private:
  double data_score(std::uint32_t child, std::span<const std::uint32_t> parents) const override;
  void data_gains(std::uint32_t child, std::span<const std::uint32_t> parents,
                  std::span<const std::uint8_t> allowed, std::vector<Gain>& gains) const override;
  void single_gains(std::uint32_t child, std::span<const std::uint32_t> parents,
                    std::span<const std::uint8_t> allowed, std::vector<Gain>& gains) const;
  void block_gains(std::uint32_t child, std::span<const std::uint32_t> parents,
                   std::span<const std::uint8_t> allowed, std::vector<Gain>& gains) const;

  std::size_t width(std::uint32_t variable) const {
    return first_[variable + 1] - first_[variable];
  }
  std::vector<std::uint32_t> columns_of(std::span<const std::uint32_t> variables) const;

  stats::Matrix correlation_;  // symmetric: a column is a row
  std::vector<std::size_t> first_;
  bool single_;  // every variable has one column
  double rows_;
  double per_coefficient_;  // penalty ln n
  double highest_prior_;    // of any arrow
};

}  // namespace thaw::discovery
