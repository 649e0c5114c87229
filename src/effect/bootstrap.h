// The bootstrap standard error of any estimate that can be computed on a choice of rows.
//
// Method: Efron 1979, Ann Stat 7:1.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "effect/average_effect.h"

namespace thaw::effect {

struct BootstrapError {
  double se;
  int failed;  // replicates that gave no number; they are left out
};

/// Standard deviation of `estimate` over `options.replicates` draws of `n` rows from `n` with
/// repeats; nothing when fewer than two replicates gave a number. `estimate` gets row numbers, may
/// run on several threads at once, and gives nothing where it has no answer.
std::optional<BootstrapError> bootstrap_error(
    std::size_t n, const Bootstrap& options,
    const std::function<std::optional<double>(std::span<const Eigen::Index>)>& estimate);

}  // namespace thaw::effect
