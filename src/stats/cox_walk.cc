#include <algorithm>

#include "stats/cox_sweep.h"

namespace thaw::stats {
namespace {

/// First row of the stratum that `row` is in, which is also where its run of entry_order begins.
std::size_t stratum_begin(const CoxRows& rows, std::size_t row) {
  return *(std::ranges::upper_bound(rows.strata_begin, row) - 1);
}

}  // namespace

TieSums tie_sums(Ties ties, double at_risk, double dying, double death_weight, std::size_t deaths) {
  if (deaths == 1 || ties != Ties::kEfron) {
    const double h = death_weight / at_risk;
    return {.h = h, .fh = 0, .a0 = h / at_risk, .a1 = 0, .a2 = 0};
  }
  const double w = death_weight / static_cast<double>(deaths);
  TieSums sums;
  for (std::size_t l = 0; l < deaths; ++l) {
    const double f = static_cast<double>(l) / static_cast<double>(deaths);
    const double s = 1 / (at_risk - f * dying);
    const double h = w * s;
    const double a = h * s;
    sums.h += h;
    sums.fh += f * h;
    sums.a0 += a;
    sums.a1 += f * a;
    sums.a2 += f * f * a;
  }
  return sums;
}

RiskWalk::RiskWalk(const CoxRows& rows, const double* hazard, bool with_dying)
    : at_risk(kTileRows),
      dying(kTileRows),
      death_weight(kTileRows),
      at_risk_x(kTileRows * rows.p()),
      dying_x(with_dying ? kTileRows * rows.p() : 0),
      rows_(rows),
      hazard_(hazard),
      with_dying_(with_dying),
      running_(4 * kTileRows) {
  carry.at_risk_x.assign(rows.p(), 0);
  carry.left_x.assign(rows.p(), 0);
  carry.dying_x.assign(rows.p(), 0);
}

void RiskWalk::visit(std::size_t tile) {
  first_step_ = rows_.tile_step[tile];
  steps_ = rows_.tile_step[tile + 1] - first_step_;
  const std::size_t begin = tile * kTileRows;
  const std::size_t end = begin + rows_.x.rows_of(tile);
  stratum_starts_.clear();
  for (auto start = std::ranges::lower_bound(rows_.strata_begin, begin);
       start != rows_.strata_begin.end() && *start < end; ++start) {
    stratum_starts_.push_back(*start - begin);
  }
  sum_at_risk(tile);
  std::size_t j = 0;
  for (; j + 4 <= rows_.p(); j += 4) {
    sum_columns(tile, j, 4);
  }
  for (; j < rows_.p(); ++j) {
    sum_columns(tile, j, 1);
  }
  sum_dying(tile);
  if (!rows_.entry_order.empty()) {
    take_away_late(tile);
  }
}

void RiskWalk::sum_at_risk(std::size_t tile) {
  const double* r = hazard_ + tile * kTileRows;
  const std::size_t rows = rows_.x.rows_of(tile);
  double sum = carry.at_risk;
  auto start = stratum_starts_.begin();
  std::size_t i = 0;
  while (i < rows) {
    if (start != stratum_starts_.end() && *start == i) {
      sum = 0;
      while (start != stratum_starts_.end() && *start == i) {
        ++start;
      }
    }
    const std::size_t to = start == stratum_starts_.end() ? rows : *start;
    for (; i < to; ++i) {
      sum += r[i];
      running_[i] = sum;
    }
  }
  carry.at_risk = sum;
  for (std::size_t k = 0; k < steps_; ++k) {
    at_risk[k] = running_[rows_.steps.row_end[first_step_ + k] - 1 - tile * kTileRows];
  }
}

/// One column, or four side by side, whose sums then do not wait for each other.
void RiskWalk::sum_columns(std::size_t tile, std::size_t j, std::size_t columns) {
  const double* r = hazard_ + tile * kTileRows;
  const std::size_t rows = rows_.x.rows_of(tile);
  const double* x = rows_.x.column(tile, j);
  const std::uint32_t* ends = rows_.steps.row_end.data() + first_step_;
  const std::size_t begin = tile * kTileRows;
  constexpr std::size_t kFewSteps = 16;
  if (steps_ <= kFewSteps && stratum_starts_.empty()) {
    for (std::size_t c = 0; c < columns; ++c) {
      double sum = carry.at_risk_x[j + c];
      std::size_t from = 0;
      for (std::size_t k = 0; k < steps_; ++k) {
        const std::size_t to = ends[k] - begin;
        sum += dot(r + from, x + c * kTileRows + from, to - from);
        at_risk_x[(j + c) * kTileRows + k] = sum;
        from = to;
      }
      carry.at_risk_x[j + c] = sum + dot(r + from, x + c * kTileRows + from, rows - from);
    }
    return;
  }
  double sums[4] = {0, 0, 0, 0};
  std::copy_n(carry.at_risk_x.begin() + static_cast<std::ptrdiff_t>(j), columns, sums);
  auto start = stratum_starts_.begin();
  for (std::size_t i = 0; i < rows;) {
    if (start != stratum_starts_.end() && *start == i) {
      std::fill_n(sums, 4, 0.0);
      while (start != stratum_starts_.end() && *start == i) {
        ++start;
      }
    }
    const std::size_t to = start == stratum_starts_.end() ? rows : *start;
    if (columns == 4) {
      for (; i < to; ++i) {
        for (std::size_t c = 0; c < 4; ++c) {
          sums[c] += r[i] * x[c * kTileRows + i];
          running_[c * kTileRows + i] = sums[c];
        }
      }
    } else {
      for (; i < to; ++i) {
        sums[0] += r[i] * x[i];
        running_[i] = sums[0];
      }
    }
  }
  std::copy_n(sums, columns, carry.at_risk_x.begin() + static_cast<std::ptrdiff_t>(j));
  for (std::size_t c = 0; c < columns; ++c) {
    double* out = at_risk_x.data() + (j + c) * kTileRows;
    const double* running = running_.data() + c * kTileRows;
    for (std::size_t k = 0; k < steps_; ++k) {
      out[k] = running[ends[k] - 1 - begin];
    }
  }
}

/// Sums over the deaths of each step; those of a step that ends in a later tile are carried.
void RiskWalk::sum_dying(std::size_t tile) {
  const std::size_t begin = tile * kTileRows;
  const auto from = static_cast<std::size_t>(std::ranges::lower_bound(rows_.deaths, begin) -
                                             rows_.deaths.begin());
  const auto to = static_cast<std::size_t>(
      std::ranges::lower_bound(rows_.deaths, begin + kTileRows) - rows_.deaths.begin());
  const std::uint32_t* ends = rows_.steps.death_end.data() + first_step_;
  const auto each_step = [&](double& sum, double* out, const auto& value) {
    std::size_t d = from;
    for (std::size_t k = 0; k < steps_; ++k) {
      for (; d < ends[k]; ++d) {
        sum += value(rows_.deaths[d]);
      }
      out[k] = sum;
      sum = 0;
    }
    for (; d < to; ++d) {
      sum += value(rows_.deaths[d]);
    }
  };
  if (rows_.weight.empty() && !with_dying_) {
    std::fill_n(death_weight.begin(), steps_, 1.0);
    if (rows_.tied) {
      each_step(carry.death_weight, death_weight.data(), [](std::uint32_t) { return 1.0; });
    }
    return;
  }
  each_step(carry.death_weight, death_weight.data(),
            [&](std::uint32_t d) { return rows_.weight_of(d); });
  if (!with_dying_) {
    return;
  }
  each_step(carry.dying, dying.data(), [&](std::uint32_t d) { return hazard_[d]; });
  for (std::size_t j = 0; j < rows_.p(); ++j) {
    const double* x = rows_.x.column(tile, j);
    each_step(carry.dying_x[j], dying_x.data() + j * kTileRows,
              [&](std::uint32_t d) { return hazard_[d] * x[d - begin]; });
  }
}

/// Takes those who enter later out of each step's sums.
void RiskWalk::take_away_late(std::size_t tile) {
  (void)tile;
  for (std::size_t k = 0; k < steps_; ++k) {
    const std::size_t step = first_step_ + k;
    std::size_t entry = 0;
    if (rows_.steps.first[step] != 0) {
      entry = stratum_begin(rows_, rows_.steps.row_end[step] - 1);
      carry.left = 0;
      std::ranges::fill(carry.left_x, 0.0);
    } else {
      entry = rows_.steps.entry_end[step - 1];
    }
    for (; entry < rows_.steps.entry_end[step]; ++entry) {
      const std::uint32_t late = rows_.entry_order[entry];
      carry.left += hazard_[late];
      for (std::size_t j = 0; j < rows_.p(); ++j) {
        carry.left_x[j] += hazard_[late] * rows_.x(late, j);
      }
    }
    at_risk[k] -= carry.left;
    for (std::size_t j = 0; j < rows_.p(); ++j) {
      at_risk_x[j * kTileRows + k] -= carry.left_x[j];
    }
  }
}

void exit_steps(const CoxRows& rows, std::size_t tile, std::uint32_t* out) {
  std::uint8_t ends[kTileRows + 1] = {};
  const std::size_t first = rows.tile_step[tile];
  for (std::size_t k = first; k < rows.tile_step[tile + 1]; ++k) {
    ends[rows.steps.row_end[k] - tile * kTileRows] = 1;
  }
  std::uint32_t step = 0;
  for (std::size_t i = 0; i < kTileRows; ++i) {
    step += ends[i];
    out[i] = step;
  }
}

void for_rows_never_at_risk(const CoxRows& rows, std::size_t tile,
                            const std::function<void(std::size_t, std::size_t)>& visit) {
  const std::size_t begin = tile * kTileRows;
  const std::size_t end = begin + rows.x.rows_of(tile);
  auto s = static_cast<std::size_t>(std::ranges::upper_bound(rows.strata_begin, begin) -
                                    rows.strata_begin.begin()) -
           1;
  for (; s < rows.strata_begin.size() && rows.strata_begin[s] < end; ++s) {
    const std::size_t to = std::min<std::size_t>(
        end, s + 1 < rows.strata_begin.size() ? rows.strata_begin[s + 1] : end);
    const std::size_t from = std::max<std::size_t>(begin, rows.strata_last[s]);
    if (from < to) {
      visit(from - begin, to - begin);
    }
  }
}

}  // namespace thaw::stats
