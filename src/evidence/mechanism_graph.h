// The weighed causal claims as arrows between concepts: what graph/ and inquiry/ walk on.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "evidence/weigh.h"

namespace thaw::evidence {

/// One ordered pair of concepts that a causal claim joins. Of the three states of the world
/// (raises, lowers, no effect) each has the odds of its claim against "no effect": p_raises =
/// o+ / (1 + o+ + o-), where o = belief / (1 - belief), 0 where no claim of that sign exists.
struct MechanismEdge {
  int from, to;  // indices into MechanismGraph::nodes
  double p_raises = 0, p_lowers = 0;
  int raises = -1, lowers = -1;  // indices into MechanismGraph::claims, -1: no such claim
};

struct MechanismGraph {
  std::vector<const Concept*> nodes;  // every concept of a causal claim, by id
  std::vector<WeighedClaim> claims;   // every claim weighed, causal ones without qualifiers first
  std::vector<MechanismEdge> edges;   // by from, then to
  std::unordered_map<std::string, int> node_at;  // concept id -> index

  int find(std::string_view concept_id) const;  // -1 when it is in no causal claim
};

/// Weighs every claim and joins the causal ones. Claims with qualifiers stay out of the arrows:
/// what holds for some people is no arrow for all. So do claims of which nothing weighs: a prior
/// alone is no arrow. A synthetic item weighs nothing.
MechanismGraph build_mechanism_graph(const Weigher& weigher, const WeighOptions& options = {});

}  // namespace thaw::evidence
