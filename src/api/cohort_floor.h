// What an analysis of a registry's cohort may show: no count of one to ten people, and no curve
// whose steps are single people.
#pragma once

#include <boost/json/object.hpp>

namespace thaw::api {

/// Changes the answer of inquiry::run_analysis in place: counts of 1 to 10 become null, totals are
/// rounded down to tens, the overlap histogram goes, and each kept step of a curve stands for at
/// least 11 events. Sentences that name a small count are left out.
void hide_small_counts(boost::json::object& answer);

}  // namespace thaw::api
