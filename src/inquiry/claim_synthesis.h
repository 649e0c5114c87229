// Where the trials of a claim and a registry's own estimate meet: their effects on one scale,
// pooled.
//
// The printed effects of the claim's items are put on the object's natural scale
// (evidence/effect_scale.h), one for each independent group (the surest), and pooled by REML with
// Knapp and Hartung's intervals, never narrower than without them (effect/synthesis.h). A registry
// estimate joins them with its interval widened for bias that was not measured
// (inquiry/registry_loop.h), and can go on to evidence as an item of kind registry_analysis. From a
// synthetic registry it is left out of the pool and marked.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "effect/synthesis.h"
#include "evidence/knowledge.h"
#include "evidence/model.h"

namespace thaw::inquiry {

struct ClaimSynthesis {
  const evidence::Claim* claim = nullptr;
  std::string scale;  // of natural_effect(): what the subject does to the object, above 0 raises it
  effect::Synthesis pooled;
  std::vector<std::pair<std::string, effect::Sentence>> left_out;  // item and why
  std::optional<evidence::Item> registry;                          // the estimate given, as an item
};

/// Pools what is known of the claim `claim_id` of `knowledge`, with the estimate of `document`
/// (with "estimate", "ci_low", "ci_high" and "unit") when there is one: HR for a claim about
/// survival, points/month for one about ALSFRS-R decline. Fails: kNotFound for a claim;
/// kInvalidArgument for a document that is no such estimate, or fewer than two effects on one
/// scale.
Result<ClaimSynthesis> synthesize_claim(const evidence::Knowledge& knowledge,
                                        std::string_view claim_id,
                                        const boost::json::object* document);

/// The document of effect/synthesis_json.h with "claim", "scale", "left_out" and "registry_item".
boost::json::object claim_synthesis_json(const ClaimSynthesis& synthesis);

/// The registry estimate as two lines that `thaw evidence import` reads: its source and its item.
/// Fails: kInvalidArgument where no estimate was given, or one of synthetic people.
Result<std::string> registry_evidence_lines(const ClaimSynthesis& synthesis);

}  // namespace thaw::inquiry
