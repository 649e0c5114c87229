#include "effect/e_value.h"

#include <fmt/format.h>

#include <cmath>

namespace thaw::effect {
namespace {

/// The E-value of one risk ratio.
double of_risk_ratio(double ratio) {
  const double away = ratio < 1 ? 1 / ratio : ratio;
  return away + std::sqrt(away * (away - 1));
}

}  // namespace

double approximate_risk_ratio(double ratio, RatioKind kind) {
  switch (kind) {
    case RatioKind::kOddsRatioCommon:
      return std::sqrt(ratio);
    case RatioKind::kHazardRatioCommon: {
      const double root = std::sqrt(ratio);  // 1 - 0.5^r = -expm1(-r ln 2)
      return std::expm1(-root * std::log(2.0)) / std::expm1(-std::log(2.0) / root);
    }
    default:
      return ratio;
  }
}

Result<EValue> e_value(const Ratio& ratio, RatioKind kind) {
  if (!(ratio.low > 0 && ratio.low <= ratio.value && ratio.value <= ratio.high) ||
      !std::isfinite(ratio.high)) {
    return invalid_argument(fmt::format("{} ({} to {}) is no ratio with its interval", ratio.value,
                                        ratio.low, ratio.high));
  }
  EValue result{.value = of_risk_ratio(approximate_risk_ratio(ratio.value, kind)), .limit = 1};
  if (ratio.low > 1) {
    result.limit = of_risk_ratio(approximate_risk_ratio(ratio.low, kind));
  } else if (ratio.high < 1) {
    result.limit = of_risk_ratio(approximate_risk_ratio(ratio.high, kind));
  }
  return result;
}

}  // namespace thaw::effect
