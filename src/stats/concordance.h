// Concordance: of two people of whom one is known to have the event first, how often was that the
// one at higher predicted risk?
//
// Method: Harrell et al. 1982, JAMA 247:2543; its standard error by the infinitesimal jackknife.
// 0.5 is a coin. It ranks and does not say whether predicted chances are right; it depends on how
// long people were followed.
#pragma once

#include <span>

#include "base/result.h"
#include "stats/survival_data.h"

namespace thaw::stats {

struct Concordance {
  double value;  // (concordant + tied / 2) / all three
  double se;
  double concordant;  // weighted pairs: higher risk had the event first
  double discordant;
  double tied;  // pairs of equal risk
};

/// Concordance of `risk` (n), higher = sooner, with `data`, comparing within `strata` (n, or empty)
/// only. Two events at one time are no pair; a person censored then lived longer.
/// Fails: kInvalidArgument as survival_fault says, for shapes that differ, a risk that is not
/// finite, and when no pair can be compared.
/// Checked against pairs by brute force and R survival 3.5-3. Cost: O(n log n).
Result<Concordance> concordance(std::span<const double> risk, const SurvivalData& data,
                                std::span<const int> strata = {});

}  // namespace thaw::stats
