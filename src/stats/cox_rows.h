// Survival rows laid out for Cox's partial likelihood: sorted, standardised, with their risk sets.
//
// Rows stand by stratum and falling time, so that a risk set is a run of rows from its stratum's
// first, less those that enter later. Cox_sweep.cc walks them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "stats/matrix.h"
#include "stats/survival_data.h"
#include "stats/tiles.h"

namespace thaw::stats {

/// The event times of all strata, by stratum and falling time: one step each.
struct CoxSteps {
  std::vector<std::uint32_t> row_end;    // rows up to here have a time at or after the step's
  std::vector<std::uint32_t> death_end;  // into deaths: its own run ends here
  std::vector<std::uint32_t> entry_end;  // into entry_order: entries at or after its time; or empty
  std::vector<std::uint8_t> first;       // 1 = the first of its stratum

  std::size_t size() const { return row_end.size(); }
  std::size_t death_begin(std::size_t k) const { return k == 0 ? 0 : death_end[k - 1]; }
};

struct CoxRows {
  TiledMatrix x;                            // (n, p), sorted, each column of mean 0 and sd 1
  std::vector<double> weight;               // (n), sorted; empty: all 1
  std::vector<double> column_mean;          // (p), of the columns as given
  std::vector<double> column_sd;            // (p), likewise
  std::vector<double> column_largest;       // (p), largest absolute value once standardised
  std::vector<std::uint32_t> source;        // sorted row -> row as given
  std::vector<std::uint32_t> strata_begin;  // first sorted row of each stratum
  std::vector<std::uint32_t> strata_last;   // rows of it from here on are in no risk set
  std::vector<std::uint32_t> entry_order;   // sorted rows by stratum and falling entry; or empty
  std::vector<std::uint32_t>
      entry_step;                     // (n), first step that a row enters too late for; or empty
  std::vector<std::uint32_t> deaths;  // sorted rows with an event, in the order of the steps
  CoxSteps steps;
  std::vector<std::uint32_t> tile_step;  // (tiles + 1), first step that ends past a tile's begin
  bool tied;                             // some step has two deaths or more

  std::size_t n() const { return x.rows(); }
  std::size_t p() const { return x.columns(); }
  double weight_of(std::size_t row) const { return weight.empty() ? 1 : weight[row]; }
};

/// Rows of weight 0 stay but count nowhere. Fails as fit_cox for shapes, values and columns that
/// do not vary.
Result<CoxRows> cox_rows(const Matrix& x, const SurvivalData& data, std::span<const int> strata);

/// Every `stride`-th row of `rows` without late entry, ties kept: a sample to start a search from.
CoxRows thinned(const CoxRows& rows, std::size_t stride);

}  // namespace thaw::stats
