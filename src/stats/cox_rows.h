// Survival rows laid out for Cox's partial likelihood: sorted, standardised, with their risk sets.
//
// Rows stand by stratum and falling time, so that a risk set is a run of rows from its stratum's
// first, less those that enter later. Cox.cc sweeps them.
#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "stats/cox.h"
#include "stats/matrix.h"

namespace thaw::stats {

/// One event time of one stratum. Steps stand by stratum and falling time.
struct CoxStep {
  std::size_t row_begin;    // first sorted row of the stratum
  std::size_t row_end;      // rows up to here have a time at or after this step's
  std::size_t entry_end;    // of entry_order, likewise: entries at or after this time
  std::size_t death_begin;  // into deaths
  std::size_t death_end;
  bool first_of_stratum;
};

struct CoxRows {
  RowMajorMatrix x;                      // (n, p), sorted, each column of mean 0 and sd 1
  Vector weight;                         // (n), sorted
  Vector column_sd;                      // (p), of the columns as given
  std::vector<std::size_t> source;       // sorted row -> row as given
  std::vector<std::uint8_t> event;       // sorted
  std::vector<std::size_t> entry_order;  // sorted rows by stratum and falling entry; may be empty
  std::vector<std::size_t> deaths;       // sorted rows with an event, in the order of the steps
  std::vector<CoxStep> steps;
};

/// Rows of weight 0 stay but count nowhere. Fails as fit_cox for shapes, values and columns that
/// do not vary.
Result<CoxRows> cox_rows(const Matrix& x, const SurvivalData& data, std::span<const int> strata);

}  // namespace thaw::stats
