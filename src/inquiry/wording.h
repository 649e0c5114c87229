// How the inquiry says shares and chains, in plain English and Chinese.
#pragma once

#include <string>
#include <string_view>

#include "inquiry/mechanism.h"

namespace thaw::inquiry {

/// A chain in words: "riluzole → decreases NMDA activity → increases excitotoxicity".
Text chain_text(const Chain& chain);

/// 0.914 -> "91 %"; below 0.5 % as "under 1 %", never more than "99 %".
std::string percent(double share);
std::string percent_zh(double share);

/// How people say that something moves a concept: "slow" and "worsen" for a decline, "extend" and
/// "shorten" for survival. English is the plain form ("slow", "raise the risk of") with an `s`
/// after its first word for one subject; Chinese follows the object ("使生存延长").
struct Verbs {
  Text raises, lowers;
};
Verbs verbs_for(const evidence::Concept& object);

/// "raise the risk of" -> "raises the risk of".
std::string third_person(const std::string& verb);

/// `text` with a capital first letter, where its first word is of small letters only ("p62" stays).
std::string capital(std::string text);

/// Chinese text without spaces between two Chinese characters or punctuation marks.
std::string close_zh(std::string_view text);

}  // namespace thaw::inquiry
