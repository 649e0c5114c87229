// What is asked of a table about times to an event, in the words of the command line and the API.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace thaw::effect {

enum class SurvivalKind { kKaplanMeier, kLogRank, kCox, kFineGray, kAalenJohansen, kAft, kRmst };

/// "km", "logrank", "cox", "finegray", "aj", "aft" or "rmst".
std::string_view to_string(SurvivalKind kind);
/// Reads what to_string writes. kInvalidArgument names the word and those that are known.
Result<SurvivalKind> parse_survival_kind(std::string_view word);

/// Column names and choices; empty where not given. docs/formats/survival.md says which analysis
/// takes which.
struct SurvivalRequest {
  SurvivalKind kind = SurvivalKind::kKaplanMeier;
  std::string time;                 // column: time to the event or to the end of follow-up
  std::string start;                // column: time from which a row is at risk
  std::string event;                // column, or a condition such as "status == 2"
  std::string cause;                // the level of `event` that is the event
  std::string censored;             // the level of `event` that is no event
  std::string competing;            // a condition: another event that ends the chance of this one
  std::string model;                // terms (formula.h)
  std::string group;                // column
  std::string strata;               // columns, joined by commas
  std::string weights;              // column: sampling or inverse-probability weights
  std::string cluster;              // column: rows of one value are one person
  std::string ties = "efron";       // efron, breslow, exact
  std::string interval = "loglog";  // loglog, log, plain
  std::string dist = "weibull";     // weibull, exponential, lognormal, loglogistic
  std::string transform = "km";  // of time in the test of proportional hazards: km, log, identity
  std::string convention = "survival";  // of Fine and Gray: survival, cmprsk
  double rho = 0;                       // of the log-rank test
  std::vector<double> times;            // at which curves are read
  std::optional<double> horizon;        // of the restricted mean
  bool robust = false;
  bool residuals = false;  // scaled Schoenfeld residuals wanted (cox)
};

}  // namespace thaw::effect
