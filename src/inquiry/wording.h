// How the inquiry says things: relations, verdicts and designs in plain English and Chinese.
#pragma once

#include <string>

#include "evidence/weigh.h"
#include "inquiry/mechanism.h"

namespace thaw::inquiry {

/// "riluzole slows ALSFRS-R decline", in both languages. A relation that is not in the table is
/// said by its sign ("raises", "lowers").
Text claim_text(const evidence::Concept& subject, const std::string& relation, evidence::Sign sign,
                const evidence::Concept& object);

/// A chain as arrows: "A -> raises B -> lowers C" with the relations in words.
Text chain_text(const Chain& chain);

/// What the numbers of a claim amount to, in a few words: "little is known", "strongly for", "more
/// for than against", "both sides are strong", "more against than for", "strongly against".
Text verdict(const evidence::WeighedClaim& claim);

/// 0.914 -> "91 %"; below 0.5 % and above 99.5 % as "under 1 %", "over 99 %".
std::string percent(double share);
std::string percent_zh(double share);

}  // namespace thaw::inquiry
