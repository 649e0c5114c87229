// How the inquiry says shares and chains, in plain English and Chinese.
#pragma once

#include <string>

#include "inquiry/mechanism.h"

namespace thaw::inquiry {

/// A chain in words: "riluzole → decreases NMDA activity → increases excitotoxicity".
Text chain_text(const Chain& chain);

/// 0.914 -> "91 %"; below 0.5 % and above 99.5 % as "under 1 %", "over 99 %".
std::string percent(double share);
std::string percent_zh(double share);

}  // namespace thaw::inquiry
