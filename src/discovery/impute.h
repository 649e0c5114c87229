// Fills in missing values by chained equations: every incomplete variable is drawn again and again
// from a regression on the others.
//
// Method: van Buuren 2007, Stat Methods Med Res 16:219; the draws of a linear regression as Rubin
// 1987, Multiple Imputation for Nonresponse in Surveys, section 5.3. A category's levels are drawn
// one after another by logistic regressions (this level or a later one), with a normal prior that
// keeps a level that is told apart perfectly finite. Assumes that what is missing depends only on
// what is seen (MAR), and that the regressions are about right; no interactions.
// Checked by laws on simulated values missing at random: means, correlations and shares come back.
#pragma once

#include <cstddef>

#include "base/random.h"
#include "discovery/data.h"

namespace thaw::discovery {

struct ImputeOptions {
  std::size_t sweeps = 10;      // through all incomplete variables
  std::size_t predictors = 30;  // columns of a regression at most: those that go most with it
};

/// `data` with every missing value drawn; seen values stay. The draws come from `random` alone.
/// Fails: kInvalidArgument for a variable with fewer than 5 seen values.
/// Cost: sweeps x incomplete variables x rows x predictors^2 multiply-adds.
Result<Data> impute(const Data& data, Random& random, const ImputeOptions& options = {});

}  // namespace thaw::discovery
