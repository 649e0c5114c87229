// What the planted drugs really do in the generated people, from both outcomes of each person.
#pragma once

#include <cstdint>
#include <vector>

#include "registry/synthesize_treatment.h"

namespace thaw::registry {

/// One person's two lives with regard to one drug; all else as it was chosen.
struct TwoOutcomes {
  bool eligible = false;  // could enter the cohort table, and had not started before entry
  double months_never;    // from entry to death
  double months_start;    // the same had the drug been started at entry
  double slope_gain;      // points/month, slope of start minus slope of never
};

/// The two outcomes of `joined` for drug `drug`, given all `starts` that were chosen.
TwoOutcomes two_outcomes(const Profile& profile, const Joined& joined, std::size_t drug,
                         std::vector<std::optional<double>> starts, bool eligible);

/// The marginal effect over `outcomes`, one a person; `followed_months` of each, from entry to the
/// as-of day. kInvalidArgument when nobody is eligible or nobody dies.
Result<MarginalEffect> marginal_effect(const std::vector<TwoOutcomes>& outcomes,
                                       const std::vector<double>& followed_months);

}  // namespace thaw::registry
