// Squared partial correlations of one variable with many, given every set of a size.
//
// Sets that share their first variables share the work: those are swept out of the local matrix
// once (a Schur complement), and the last variable of a set costs a few operations per target, all
// targets at once. So a test costs nanoseconds whatever the size of its set.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "discovery/independence.h"
#include "stats/matrix.h"

namespace thaw::discovery {

/// A squared correlation that does not exist: the target is in the set, or fixed by it.
inline constexpr double kNoCorrelation = 2;

class PartialSweep {
 public:
  /// Reads what `search` names from the correlation matrix `r`, and keeps its own copy.
  void load(const stats::Matrix& r, const SetSearch& search);

  /// Calls `leaf(set, r2)` for every set, in lexicographic order, until it returns false: `set`
  /// holds rising positions in the candidates, r2[i] is about target i.
  template <class Leaf>
  void run(Leaf leaf) {
    set_.assign(size_, 0);
    if (size_ == 0) {
      without_given();
      leaf(std::span<const std::uint32_t>(set_), std::span<const double>(r2_));
    } else {
      descend(0, 0, leaf);
    }
  }

 private:
  /// The local matrix after some candidates were swept out: rows are candidates, columns the
  /// targets and then the candidates; diagonal is that of the targets. What no later step reads is
  /// not kept up to date.
  struct Swept {
    std::vector<double> rows, diagonal, with_x;
    double x_variance = 1;
  };

  template <class Leaf>
  bool descend(std::size_t depth, std::size_t from, Leaf& leaf) {
    const bool last = depth + 1 == size_;
    for (std::size_t j = from; j + (size_ - depth) <= candidates_; ++j) {
      set_[depth] = static_cast<std::uint32_t>(j);
      if (last) {
        if (given_one_more(swept_[depth], j) &&
            !leaf(std::span<const std::uint32_t>(set_), std::span<const double>(r2_))) {
          return false;
        }
      } else if (sweep_out(depth, j) && !descend(depth + 1, j + 1, leaf)) {
        return false;
      }
    }
    return true;
  }

  void without_given();
  /// Fills r2_ for the swept set and candidate `j`; false when j is fixed by that set.
  bool given_one_more(const Swept& swept, std::size_t j);
  /// Makes swept_[depth + 1] from swept_[depth] and candidate `j`; false as above.
  bool sweep_out(std::size_t depth, std::size_t j);

  std::size_t candidates_ = 0, targets_ = 0, columns_ = 0, size_ = 0;
  std::vector<std::uint32_t> variable_;  // of a column
  std::vector<Swept> swept_;             // by the number of candidates swept out
  std::vector<std::uint32_t> set_;
  std::vector<double> r2_;
};

}  // namespace thaw::discovery
