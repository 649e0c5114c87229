#include "stats/cox_residuals.h"

#include <algorithm>

namespace thaw::stats {
namespace {

constexpr std::size_t kStride = kTileRows + 1;  // a tile's steps, and the next one after them

class Residuals {
 public:
  Residuals(const CoxRows& rows, Ties ties, const double* hazard)
      : rows_(rows),
        ties_(ties),
        hazard_(hazard),
        with_dying_(rows.tied && ties == Ties::kEfron),
        walk_(rows, hazard, with_dying_),
        h_(kStride),
        fh_(kStride),
        hm_(kStride * rows.p()),
        mean_(kStride * rows.p()),
        own_(kStride * rows.p()),
        out_(kTileRows * rows.p()) {
    if (!rows.entry_order.empty()) {
      all_h_.assign(rows.steps.size() + 1, 0);
      all_hm_.assign((rows.steps.size() + 1) * rows.p(), 0);
    }
  }

  void run(const std::function<void(std::size_t, const double*)>& take) {
    std::vector<RiskWalk::Carry> before;
    before.reserve(rows_.x.tiles());
    for (std::size_t tile = 0; tile < rows_.x.tiles(); ++tile) {
      before.push_back(walk_.carry);
      walk_.visit(tile);
    }
    for (std::size_t tile = rows_.x.tiles(); tile-- > 0;) {
      walk_.carry = before[tile];
      walk_.visit(tile);
      sum_steps();
      fill_rows(tile);
      add_events(tile);
      take(tile, out_.data());
    }
  }

 private:
  double& at(std::vector<double>& values, std::size_t j, std::size_t k) {
    return values[j * kStride + k];
  }

  /// Step sums of this tile; entry steps() of each array becomes the first step after the tile.
  void sum_steps() {
    const std::size_t count = walk_.steps();
    for (auto* values : {&h_, &fh_}) {
      (*values)[count] = (*values)[0];
    }
    for (std::size_t j = 0; j < rows_.p(); ++j) {
      for (auto* values : {&hm_, &mean_, &own_}) {
        at(*values, j, count) = at(*values, j, 0);
      }
    }
    for (std::size_t k = count; k-- > 0;) {
      const std::size_t step = walk_.first_step() + k;
      const std::size_t deaths = rows_.steps.death_end[step] - rows_.steps.death_begin(step);
      const TieSums sums =
          tie_sums(ties_, walk_.at_risk[k], walk_.dying[k], walk_.death_weight[k], deaths);
      const bool last = step + 1 == rows_.steps.size() || rows_.steps.first[step + 1] != 0;
      h_[k] = sums.h + (last ? 0 : h_[k + 1]);
      fh_[k] = sums.fh;
      const double share = 1 / walk_.death_weight[k];
      for (std::size_t j = 0; j < rows_.p(); ++j) {
        const double s = walk_.at_risk_x[j * kTileRows + k];
        const double d = with_dying_ ? walk_.dying_x[j * kTileRows + k] : 0;
        at(hm_, j, k) = sums.a0 * s - sums.a1 * d + (last ? 0 : at(hm_, j, k + 1));
        at(mean_, j, k) = (sums.h * s - sums.fh * d) * share;
        at(own_, j, k) = sums.a1 * s - sums.a2 * d;
      }
      if (!all_h_.empty()) {
        all_h_[step] = h_[k];
        for (std::size_t j = 0; j < rows_.p(); ++j) {
          all_hm_[step * rows_.p() + j] = at(hm_, j, k);
        }
      }
    }
  }

  /// What rows expect: hazard times (cumulated means less cumulated hazard times x).
  void fill_rows(std::size_t tile) {
    exit_steps(rows_, tile, exits_);
    const std::size_t rows = rows_.x.rows_of(tile);
    const std::size_t begin = tile * kTileRows;
    const double* r = hazard_ + begin;
    const bool late = !all_h_.empty();
    for (std::size_t j = 0; j < rows_.p(); ++j) {
      const double* x = rows_.x.column(tile, j);
      const double* hm = hm_.data() + j * kStride;
      double* out = out_.data() + j * kTileRows;
      for (std::size_t i = 0; i < rows; ++i) {
        out[i] = r[i] * (hm[exits_[i]] - h_[exits_[i]] * x[i]);
      }
      for_rows_never_at_risk(rows_, tile, [&](std::size_t from, std::size_t to) {
        std::fill(out + from, out + to, 0.0);
      });
      for (std::size_t i = 0; late && i < rows; ++i) {
        const std::size_t enters = rows_.entry_step[begin + i];
        out[i] -= r[i] * (all_hm_[enters * rows_.p() + j] - all_h_[enters] * x[i]);
      }
    }
  }

  void add_events(std::size_t tile) {
    const std::size_t begin = tile * kTileRows;
    const auto from = std::ranges::lower_bound(rows_.deaths, begin);
    const auto to = std::ranges::lower_bound(rows_.deaths, begin + kTileRows);
    for (std::size_t j = 0; j < rows_.p(); ++j) {
      const double* x = rows_.x.column(tile, j);
      double* out = out_.data() + j * kTileRows;
      for (auto d = from; d != to; ++d) {
        const std::size_t i = *d - begin;
        const std::size_t k = exits_[i];
        out[i] += rows_.weight_of(*d) * (x[i] - at(mean_, j, k)) +
                  hazard_[*d] * (fh_[k] * x[i] - at(own_, j, k));
      }
    }
  }

  const CoxRows& rows_;
  Ties ties_;
  const double* hazard_;
  bool with_dying_;
  RiskWalk walk_;
  std::vector<double> h_, fh_, hm_, mean_, own_;
  std::vector<double> all_h_, all_hm_;  // by step, with late entry only
  std::vector<double> out_;
  std::uint32_t exits_[kTileRows];
};

}  // namespace

void for_each_score_residual(const CoxRows& rows, Ties ties, const double* hazard,
                             const std::function<void(std::size_t, const double*)>& take) {
  Residuals(rows, ties, hazard).run(take);
}

}  // namespace thaw::stats
