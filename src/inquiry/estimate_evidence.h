// An estimate from a table as an evidence item: what an analysis found meets what the world found.
//
// It is weighed as what it is: one analysis of people who were not randomised, its interval widened
// by what may have gone unmeasured (registry_loop.h), its quality lowered by every check it failed.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "base/result.h"
#include "evidence/model.h"

namespace thaw::inquiry {

/// Quality of an estimate that failed a check: a quarter of what it would weigh.
inline constexpr double kQualityOfFailed = 0.25;

/// What a higher value of the outcome, or its event, means for the concept that it stands for: a
/// death is less survival, a point more on a scale of function is less progression.
enum class HigherMeans { kMore, kLess };

/// The item of an effect document (docs/formats/effect.md) on "`subject` acts on `object`". A risk
/// ratio, or a difference in points/month on ALSFRS-R decline, is weighed by its size; any other
/// estimate by its direction alone: inconclusive where the interval holds 0.
/// Fails: kInvalidArgument when `analysis` has no estimate, or subject and object are one.
Result<evidence::Item> estimate_item(const boost::json::object& analysis,
                                     const evidence::Concept& subject,
                                     const evidence::Concept& object, HigherMeans higher);

/// JSON lines with the item and its source, as `thaw evidence import` reads them.
std::string estimate_lines(const boost::json::object& analysis, const evidence::Item& item);

}  // namespace thaw::inquiry
