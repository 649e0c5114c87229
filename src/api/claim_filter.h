// Which weighed claims a page asked for, and in which order.
#pragma once

#include <string>
#include <vector>

#include "api/query.h"
#include "evidence/resolve.h"
#include "evidence/weigh.h"

namespace thaw::api {

struct ClaimFilter {
  std::string words;                         // in the claim's sentence, letters folded
  const evidence::Concept* about = nullptr;  // on either side
  std::string kind;                          // of either side
  std::string study_kind, extractor;         // of at least one of its items
  bool contested = false;                    // has support and opposition
  double min_belief = 0;
  std::string sort = "belief";  // belief, conflict, items, recent
};

/// The parameters that claim_filter() reads.
std::vector<std::string> claim_filter_parameters();

/// kInvalidArgument or kNotFound as the parameters are wrong.
Result<ClaimFilter> claim_filter(const Query& query, const evidence::NameIndex& names);

/// Places in `claims` that pass, in the order asked for; ties by the claims' own order.
std::vector<std::size_t> filtered(const ClaimFilter& filter, const evidence::Knowledge& knowledge,
                                  const std::vector<evidence::WeighedClaim>& claims);

}  // namespace thaw::api
