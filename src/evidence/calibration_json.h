// The `calibration` document of docs/formats/api.md, and the parameter file that a fit gives.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "evidence/calibration.h"
#include "evidence/calibration_sets.h"

namespace thaw::evidence {

struct CalibrationReport {
  std::optional<CalibrationResult> fitted;  // only where graded findings were given
  JudgedSet store, panels;
};

boost::json::object calibration_json(const CalibrationReport& report);

/// The parameter file of `start` with the fitted prior and caps, and a word on where they are from.
std::string fitted_parameter_file(const WeightParameters& start, const CalibrationResult& fitted);

}  // namespace thaw::evidence
