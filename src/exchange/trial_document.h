// A study of ClinicalTrials.gov as a document.
//
// Format: API v2, https://clinicaltrials.gov/data-api/api (schema "Study"). Kept: what it is and
// why, whom it takes in, arms, outcomes, and the analyses that were posted, each in one line with
// its figures as posted. No evidence item is made of them: which arm is compared with which, and
// whether a rise is good, stands in free text.
#pragma once

#include <boost/json/object.hpp>

#include "base/result.h"
#include "evidence/document.h"

namespace thaw::exchange {

/// kInvalidArgument: no NCT number, or not the form of a study.
Result<evidence::Document> trial_document(const boost::json::object& study);

}  // namespace thaw::exchange
