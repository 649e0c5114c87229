#include <array>
#include <utility>

#include "effect/effect_words.h"

namespace thaw::effect {

std::string unit_words(std::string_view unit, bool zh) {
  using Pair = std::pair<std::string_view, std::string_view>;
  constexpr std::array<Pair, 4> kChinese = {
      Pair{"probability", "概率"}, {"months", "个月"}, {"ratio", "倍"}, {"points/month", "分/月"}};
  constexpr std::string_view kOwn = "units of ";
  if (zh && unit.starts_with(kOwn)) {
    return fmt::format("原单位（{}）", unit.substr(kOwn.size()));
  }
  for (const auto& [english, chinese] : kChinese) {
    if (zh && unit == english) {
      return std::string(chinese);
    }
  }
  constexpr std::string_view kMonthly = "/month";
  if (zh && unit.ends_with(kMonthly)) {
    return std::string(unit.substr(0, unit.size() - kMonthly.size())) + "/月";
  }
  return std::string(unit);
}

}  // namespace thaw::effect
