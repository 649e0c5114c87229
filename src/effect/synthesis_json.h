// The document of a synthesis (docs/formats/meta.md), and an R script that gives its numbers.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "effect/synthesis.h"

namespace thaw::effect {

boost::json::object synthesis_json(const Synthesis& s);

/// The answer for people in "en" or "zh", several lines.
std::string synthesis_text(const Synthesis& s, std::string_view lang);

/// A script for R with metafor that holds the data and prints the same estimates: rma(), or
/// rma.mv() where there are clusters.
std::string meta_r_script(const Synthesis& s);

}  // namespace thaw::effect
