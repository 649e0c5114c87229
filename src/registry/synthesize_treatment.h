// Who of the synthetic people starts which drug, and when: chosen by how ill they are.
#pragma once

#include <optional>
#include <vector>

#include "registry/synthesize_person.h"
#include "registry/synthesize_reports.h"

namespace thaw::registry {

/// Intercept of the choice of each drug of a profile, on the logit scale: with it the planned share
/// of people has started by entry.
std::vector<double> choice_intercepts(const Profile& profile);

/// What is seen of a person when the choice is made, at their first report.
struct SeenAtEntry {
  double age_at_onset;  // years
  double pre_slope;     // points a month
};

/// Month from entry at which each drug of the profile starts: below 0 before entry, 0 at it, above
/// later (only if alive then), nothing never.
std::vector<std::optional<double>> choose_starts(Random& random, const Profile& profile,
                                                 const std::vector<double>& intercepts,
                                                 const SeenAtEntry& seen, const Joined& joined);

/// What starting at `starts` does to the hazard and to the slope.
std::vector<HazardChange> hazard_changes(const Profile& profile,
                                         const std::vector<std::optional<double>>& starts);
std::vector<SlopeChange> slope_changes(const Profile& profile,
                                       const std::vector<std::optional<double>>& starts);

/// The treatments as recorded, for a person who reports from entry to `end`.
std::vector<Treatment> recorded_treatments(const Profile& profile,
                                           const std::vector<std::optional<double>>& starts,
                                           const Joined& joined, Day end);

}  // namespace thaw::registry
