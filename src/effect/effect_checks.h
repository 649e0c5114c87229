// What an answer's diagnostics and refutations amount to, in words of both languages.
//
// Limits are conventions, stated in docs/methods/refutation.md; a check that passes proves nothing.
#pragma once

#include "effect/effect_answer.h"

namespace thaw::effect {

/// Fills checks, failed first, and the sentence to read first where one failed.
void judge(EffectAnswer& answer);

}  // namespace thaw::effect
