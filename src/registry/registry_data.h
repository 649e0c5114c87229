// A whole registry in memory: what it is (real or synthetic, as of when) and its people.
//
// 18,000 people with 20 reports each take about 25 MB: aggregates and cohorts are computed over
// this, not by SQL row by row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "registry/person.h"

namespace thaw::registry {

/// A registry holds real people or synthetic ones, decided when it is made, never both.
enum class Kind : std::uint8_t { kReal, kSynthetic };

std::string_view code(Kind value);

/// What travels with the data. The fields after `as_of` are empty for real people.
struct Manifest {
  Kind kind = Kind::kReal;
  Day as_of{};            // the last day that anything recorded can have happened
  std::string generator;  // name and version of what made it
  std::uint64_t seed = 0;
  std::string population;      // "china" or "west"
  std::string parameters;      // every generator parameter, one JSON object
  std::string parameter_hash;  // SHA-256 of `parameters`
  std::string truth;           // planted effects and defects, one JSON object

  friend bool operator==(const Manifest&, const Manifest&) = default;
};

struct RegistryData {
  Manifest manifest;
  std::vector<History> people;

  bool synthetic() const { return manifest.kind == Kind::kSynthetic; }
};

/// The fixed sentence that stands wherever synthetic people are shown.
inline constexpr std::string_view kBannerEn = "Synthetic data, no real patients";
inline constexpr std::string_view kBannerZh = "模拟数据，非真实患者";

}  // namespace thaw::registry
