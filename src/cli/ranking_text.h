// The ranking for a terminal: each answer in a few lines, in English or Chinese.
#pragma once

#include <string>

#include "inquiry/rank.h"

namespace thaw::cli {

/// Lines of text, each ended; `lang` is "en" or "zh".
std::string ranking_text(const inquiry::Ranking& ranking, const std::string& lang);

}  // namespace thaw::cli
