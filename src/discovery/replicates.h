// The same learner on many draws of the rows: how much the sample decides.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "discovery/discover.h"

namespace thaw::discovery {

/// Rows that are drawn together, in an order that the table's order does not change. Windows of one
/// person are one draw; without a panel every row is its own.
struct DrawUnits {
  std::vector<std::vector<std::size_t>> rows;  // (units) rows of a Data, rising
};

/// `person` (rows of the table) by Data::origin; empty: every row alone.
DrawUnits draw_units(const Data& data, const std::vector<std::size_t>& person);

struct ReplicateOptions {
  LearnOptions learn;
  std::size_t replicates = 0;
  bool impute = false;  // one imputation a draw
  std::uint64_t seed = 1;
  unsigned threads = 2;
  std::function<bool(double)> progress;
};

/// Draw b uses stream b + 1 of the seed: as many units as there are, with repeats. Fails:
/// kInvalidArgument when no draw could be learned from; kUnavailable when stopped.
Result<BootstrapReport> replicate(const Data& data, const DrawUnits& units,
                                  const Knowledge& knowledge, const ReplicateOptions& options);

/// `copies` imputations of `data`, stream 2^32 + k of the seed for copy k.
Result<std::vector<Data>> imputed_copies(const Data& data, std::size_t copies, std::uint64_t seed,
                                         unsigned threads);

}  // namespace thaw::discovery
