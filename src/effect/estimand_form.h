// Estimands in a shorter form, as LaTeX and as plain text.
#pragma once

#include <string>
#include <vector>

#include "effect/estimand.h"

namespace thaw::effect {

/// An equal, shorter expression: sums pulled in, chains of factors joined where the diagram `graph`
/// says that they may be, what sums to one dropped, what stands in both parts of a ratio cancelled
/// (Tikka and Karvanen 2017, JMLR 18(36)). Check: equal values on random distributions that fit the
/// diagram. Cost: polynomial in the written size.
Estimand simplified(const Estimand& estimand, const graph::Admg& graph);

/// As LaTeX, with `names` for the variables; a bound variable that hides an argument gets a prime.
/// Expressions of more than 2,000 factors are not written out: "\\dots".
std::string latex(const Estimand& estimand, const std::vector<std::string>& names);

/// The same in plain characters: "Σ_w [ P(y | w, x) P(w) ]".
std::string plain_text(const Estimand& estimand, const std::vector<std::string>& names);

}  // namespace thaw::effect
