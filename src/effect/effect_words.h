// What an effect answer says in sentences: the estimand, the method, and warnings of what was left
// out or assumed. Both languages carry the same figures.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "effect/effect_answer.h"

namespace thaw::effect {

/// One sentence in both languages with the same figures in it.
template <class... Figures>
Words words(std::string_view en, std::string_view zh, const Figures&... figures) {
  return {fmt::format(fmt::runtime(en), figures...), fmt::format(fmt::runtime(zh), figures...)};
}

/// The unit of an estimate as people read it. The machine's own words (probability, units of a
/// column, months, ratio, points a month) are put into Chinese, a unit that the request gave is
/// left as it is.
std::string unit_words(std::string_view unit, bool zh);

/// Fills estimand and method in words, and the warnings.
void describe(EffectAnswer& answer);

}  // namespace thaw::effect
