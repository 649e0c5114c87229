// JSON as we write it: numbers in the fewest digits that read back the same, keys in their order.
//
// Boost.JSON prints 0.25 as 2.5E-1 and NaN as NaN; a person reads these documents too.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace thaw::api {

/// `value` on one line. Numbers that are not finite become null.
std::string json_line(const boost::json::value& value);

/// `value` over several lines, two spaces a level; short lists of numbers and words on one line.
std::string json_pretty(const boost::json::value& value);

}  // namespace thaw::api
