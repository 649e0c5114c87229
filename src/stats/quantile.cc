#include "stats/quantile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace thaw::stats {

Result<double> quantile(std::span<const double> values, double probability) {
  if (values.empty() || !(probability >= 0 && probability <= 1) ||
      std::ranges::any_of(values, [](double v) { return std::isnan(v); })) {
    return invalid_argument(
        fmt::format("no quantile at {} of {} values: it needs values without gaps and a "
                    "probability from 0 to 1",
                    probability, values.size()));
  }
  std::vector<double> sorted(values.begin(), values.end());
  const double place = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::ptrdiff_t>(place);
  std::ranges::nth_element(sorted, sorted.begin() + below);
  const double low = sorted[static_cast<std::size_t>(below)];
  const double share = place - static_cast<double>(below);
  if (share == 0) {
    return low;
  }
  const double high = *std::min_element(sorted.begin() + below + 1, sorted.end());
  return low + share * (high - low);
}

}  // namespace thaw::stats
