// What one synthetic person reports after joining: forms, vital capacity, devices.
#pragma once

#include <vector>

#include "registry/synthesize_person.h"

namespace thaw::registry {

struct SlopeChange {
  double month;   // from entry; below 0 counts as 0
  double factor;  // multiplies the slope from then on
};

/// Points at `months` after entry without noise, within 0..48: pre-slope before, post-slope after.
double latent_total(const Joined& joined, const std::vector<SlopeChange>& changes, double months);

/// Total of the first form: latent total at entry with this person's noise. The first draw of
/// `random`, the person's Draws::kReports stream.
int first_total(Random& random, const Joined& joined);

/// How a person reports, and until when.
struct Reporting {
  double rate_scale;  // multiplies every personal rate
  double rate_shape;  // gamma shape of the personal rates
  Day end;            // last day on which there can be a report
};

/// Fills reports, vital capacities and the events but death of `history`, whose person and
/// treatments are set. `random` goes on from first_total(), which gave `first`.
void add_reports(Random& random, const Profile& profile, const Joined& joined,
                 const std::vector<SlopeChange>& changes, int first, const Reporting& reporting,
                 History& history);

}  // namespace thaw::registry
