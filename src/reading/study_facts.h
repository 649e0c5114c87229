// What a text says of the study itself: species, kind of study, how many took part, figures.
//
// Method: words and patterns, English and Chinese. A figure is taken only where its measure is
// named beside it; an interval only where "CI" or 置信区间 is, and only when it holds the value.
// What is not stated stays empty. Checked by study_facts_test.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/document.h"
#include "reading/reading.h"

namespace thaw::reading {

/// The first species named inside `within`: "human", "mouse", "rat", "zebrafish", ...
std::optional<Stated<std::string>> find_organism(std::string_view text, const Span& within);

/// Kind of study, a key of cap_nats: by publication type first (span empty), then by words.
/// "rct" where a randomised trial is reported; its cap follows from phase and n.
std::optional<Stated<std::string>> find_study_kind(const evidence::Document& document,
                                                   std::string_view text);

/// How many people, animals or samples: "n = 155", "155 patients", "155例患者".
std::optional<Stated<double>> find_n(std::string_view text, const Span& within);

/// A ratio with its interval and p where printed: "HR 0.84, 95% CI 0.70-0.99; p = 0.04",
/// 风险比 0.84（95%CI：0.70～0.99）. `printed` is the text at the span.
std::optional<Stated<evidence::PrintedEffect>> find_effect(std::string_view text,
                                                           const Span& within);

}  // namespace thaw::reading
