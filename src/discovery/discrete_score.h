// BDeu and BIC of discrete variables, by counting.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "discovery/local_score.h"

namespace thaw::discovery {

/// With N_jk rows that have the parents' values j and the child's value k, q configurations of the
/// parents and r values of the child (all that could occur):
/// - BDeu: sum_j [ln G(e/q) - ln G(e/q + N_j)] + sum_jk [ln G(e/qr + N_jk) - ln G(e/qr)];
/// - BIC: 2 sum_jk N_jk ln(N_jk / N_j) - penalty ln n q (r - 1).
/// Cost: one pass of the rows for a score, and one for every candidate of a gain.
class DiscreteScore : public LocalScore {
 public:
  enum class Form { kBdeu, kBic };

  /// `data` discrete and complete; `strength` the ess of BDeu or the penalty of BIC.
  DiscreteScore(const Data& data, Form form, double strength, double sparsity,
                const Knowledge& knowledge);

 private:
  /// The joint value of some variables in every row.
  struct Joint {
    std::vector<std::uint32_t> of_row;
    std::size_t bound = 1;      // of_row < bound
    double configurations = 1;  // that could occur
  };

  double data_score(std::uint32_t child, std::span<const std::uint32_t> parents) const override;
  void data_gains(std::uint32_t child, std::span<const std::uint32_t> parents,
                  std::span<const std::uint8_t> allowed, std::vector<Gain>& gains) const override;
  Joint joint(std::span<const std::uint32_t> variables) const;
  void extend(Joint& joint, std::uint32_t variable) const;
  double rate(const Joint& parents, std::uint32_t child) const;
  double rate_sparse(const Joint& parents, std::uint32_t child) const;
  double sum_cells(const std::vector<std::uint32_t>& counts, std::size_t values, std::size_t inner,
                   double configurations) const;

  std::size_t rows_;
  Form form_;
  double strength_;
  std::vector<std::uint32_t> levels_;
  std::vector<std::vector<std::uint16_t>> codes_;
};

}  // namespace thaw::discovery
