// Between a learned graph and the evidence: what is published as prior odds of edges, and what was
// learned as evidence items.
//
// The two must not meet in a circle: a graph that was learned with odds is not handed back.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "discovery/discover.h"
#include "discovery/knowledge_file.h"
#include "evidence/resolve.h"
#include "evidence/weigh.h"

namespace thaw::inquiry {

/// Adds to `known` the odds of every ordered pair of columns with different concepts of which a
/// causal claim without qualifiers weighs something: support less opposition of the claim (of two
/// signs, the greater), in nats, at most kMaxPriorNats either way. Odds that the file gives itself
/// stay. Columns of one concept say nothing of each other.
/// Fails: kInvalidArgument without concepts; kNotFound, kConflict as NameIndex::resolve, with the
/// place in the file.
Result<discovery::KnowledgeFile> with_evidence_odds(discovery::KnowledgeFile known,
                                                    const evidence::NameIndex& names,
                                                    const evidence::Weigher& weigher);

/// JSON lines that `thaw evidence import` reads: one source, and one item an edge between columns
/// with different concepts. A directed edge (tail and arrow) gives a causal item, any other an
/// association. Kind registry_analysis, grade weak, quality the bootstrap frequency of the edge
/// with these marks; under one half the item is inconclusive. Edges without a sign are left out.
struct EvidenceLines {
  std::string text;  // empty when there is nothing to hand on
  std::size_t items = 0;
  std::size_t without_sign = 0;  // edges left out
};

/// Fails: kInvalidArgument when `found` has no bootstrap, no concepts, or used odds.
Result<EvidenceLines> evidence_lines(const discovery::Discovery& found,
                                     const evidence::NameIndex& names);

}  // namespace thaw::inquiry
