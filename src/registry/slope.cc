#include "registry/slope.h"

#include <algorithm>

namespace thaw::registry {

SlopeFit slope_between(const History& history, Day zero, Day end, std::size_t min_reports) {
  double n = 0;
  double sum_t = 0;
  double sum_y = 0;
  double sum_tt = 0;
  double sum_ty = 0;
  for (const Report& report : history.reports) {
    const PointRange total = report.score.total();
    if (report.assessed < zero || report.assessed > end || !total.known()) {
      continue;
    }
    const double t = months_between(zero, report.assessed);
    n += 1;
    sum_t += t;
    sum_y += total.low;
    sum_tt += t * t;
    sum_ty += t * total.low;
  }
  SlopeFit fit{.slope = std::nullopt, .reports = static_cast<std::size_t>(n)};
  const double spread = n * sum_tt - sum_t * sum_t;
  if (fit.reports >= std::max<std::size_t>(min_reports, 2) && spread > 0) {
    fit.slope = (n * sum_ty - sum_t * sum_y) / spread;
  }
  return fit;
}

}  // namespace thaw::registry
