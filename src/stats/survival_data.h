// Times to an event, possibly cut off: the input that the survival methods share.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace thaw::stats {

/// One row a person, or a stretch of one person's time. A row is at risk from after `entry` up to
/// and with `time`; people censored at a time are still at risk for the events of that time.
struct SurvivalData {
  std::span<const double> time;          // (n), finite, any one unit
  std::span<const std::uint8_t> event;   // (n), 1 = the event at `time`, 0 = censored then
  std::span<const double> entry = {};    // (n), each below `time`; empty: at risk from the start
  std::span<const double> weights = {};  // (n), finite, >= 0, not all 0; empty: all 1
};

/// Why `data` cannot be used (the row counted from 1 and its value), or nothing.
std::optional<std::string> survival_fault(const SurvivalData& data);

}  // namespace thaw::stats
