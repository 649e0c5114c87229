// What the files that build survival documents share: the parts of one document, and their words.
#pragma once

#include <boost/json.hpp>
#include <cmath>
#include <optional>
#include <string>

#include "base/result.h"
#include "effect/survival_request.h"
#include "effect/survival_rows.h"
#include "stats/kaplan_meier.h"

namespace thaw::effect {

/// A sentence in both languages, as {"en", "zh"}.
boost::json::object both(std::string_view en, std::string_view zh);

/// What the number of an analysis means, and what it assumes, in both languages.
boost::json::object estimand_words(SurvivalKind kind, const SurvivalRows& rows,
                                   const SurvivalRequest& request);
boost::json::object assumption_words(SurvivalKind kind, const SurvivalRows& rows,
                                     const SurvivalRequest& request);

/// `values` as a JSON array; what is not finite is null.
template <class Values>
boost::json::array numbers(const Values& values) {
  boost::json::array array;
  array.reserve(static_cast<std::size_t>(values.size()));
  for (const double value : values) {
    array.emplace_back(std::isfinite(value) ? boost::json::value(value)
                                            : boost::json::value(nullptr));
  }
  return array;
}
boost::json::value number(double value);
boost::json::value number(const std::optional<double>& value);
boost::json::array matrix(const stats::Matrix& values);
boost::json::object test(double chi_squared, int df);

/// Curves hold at most this many points, spread over the times of events; "at" is always exact.
inline constexpr std::size_t kCurvePointsMax = 2000;

// Each adds what its analysis finds to `document`, and sentences to `warnings`.
Result<Done> add_kaplan_meier(const SurvivalRows& rows, const SurvivalRequest& request,
                              boost::json::object& document, boost::json::array& warnings);
Result<Done> add_log_rank(const SurvivalRows& rows, const SurvivalRequest& request,
                          boost::json::object& document, boost::json::array& warnings);
Result<Done> add_restricted_means(const SurvivalRows& rows, const SurvivalRequest& request,
                                  boost::json::object& document, boost::json::array& warnings);
Result<Done> add_states(const SurvivalRows& rows, const SurvivalRequest& request,
                        boost::json::object& document, boost::json::array& warnings);
Result<Done> add_cox(const SurvivalRows& rows, const SurvivalRequest& request,
                     boost::json::object& document, boost::json::array& warnings);
Result<Done> add_fine_gray(const SurvivalRows& rows, const SurvivalRequest& request,
                           boost::json::object& document, boost::json::array& warnings);
Result<Done> add_failure_time(const SurvivalRows& rows, const SurvivalRequest& request,
                              boost::json::object& document, boost::json::array& warnings);

}  // namespace thaw::effect
