#include "effect/bootstrap.h"

#include <cmath>
#include <vector>

#include "base/parallel.h"
#include "base/random.h"

namespace thaw::effect {

std::optional<BootstrapError> bootstrap_error(
    std::size_t n, const Bootstrap& options,
    const std::function<std::optional<double>(std::span<const Eigen::Index>)>& estimate) {
  const auto replicates = static_cast<std::size_t>(std::max(options.replicates, 0));
  std::vector<std::optional<double>> values(replicates);
  for_each_piece(replicates, options.threads, [&](std::size_t replicate) {
    Random random(options.seed, replicate);
    std::vector<Eigen::Index> rows(n);
    for (Eigen::Index& row : rows) {
      row = static_cast<Eigen::Index>(random.index(n));
    }
    values[replicate] = estimate(rows);
  });
  double count = 0;
  double mean = 0;
  double square = 0;
  for (const auto& value : values) {
    if (value && std::isfinite(*value)) {
      ++count;
      const double move = *value - mean;
      mean += move / count;
      square += move * (*value - mean);
    }
  }
  if (count < 2) {
    return std::nullopt;
  }
  return BootstrapError{.se = std::sqrt(square / (count - 1)),
                        .failed = options.replicates - static_cast<int>(count)};
}

}  // namespace thaw::effect
