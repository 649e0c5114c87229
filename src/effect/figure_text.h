// Figures of a text for people: what is not known is a dash, never "nan".
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace thaw::effect {

/// `value` with `decimals` digits after the point, right-aligned to `width`; "-" for none.
inline std::string figure(double value, int width, int decimals) {
  return std::isfinite(value) ? fmt::format("{:>{}.{}f}", value, width, decimals)
                              : fmt::format("{:>{}}", "-", width);
}

/// `value` in three significant digits; "-" for none.
inline std::string short_figure(double value) {
  return std::isfinite(value) ? fmt::format("{:.3g}", value) : "-";
}

}  // namespace thaw::effect
