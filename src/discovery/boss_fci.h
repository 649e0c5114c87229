// BOSS-FCI: a PAG, for data with hidden causes, that starts from the graph that BOSS finds.
//
// The scheme of Ogarrio, Spirtes and Ramsey 2016, PMLR 52:368 (GFCI), with BOSS in the place of its
// greedy search. A hidden cause makes a score join two variables too many, but only inside a
// triangle; so only edges in triangles are tested. Colliders are those of BOSS, and, where an edge
// was removed, those that the separating set shows. Then possible-d-sep and the rules of FCI.
// Checked: against the PAG of every MAG that hiding variables of a small DAG can give; arrow F1 on
// a known network.
#pragma once

#include "base/result.h"
#include "discovery/boss.h"
#include "discovery/fci.h"
#include "discovery/independence.h"
#include "discovery/knowledge.h"
#include "discovery/local_score.h"

namespace thaw::discovery {

struct BossFciOptions {
  BossOptions boss;
  FciOptions fci;
};

struct BossFciResult {
  FciResult fci;                         // .graph is the PAG
  BossResult boss;                       // the graph it started from, as if nothing were hidden
  std::size_t removed_in_triangles = 0;  // edges of boss.graph that a set separates
};

/// `score` and `test` are of the same data. Two that never cause each other may be joined here: a
/// hidden cause of both would join them.
/// Fails as boss and fci do. Cost: BOSS, then tests of the edges in triangles.
Result<BossFciResult> boss_fci(const LocalScore& score, IndependenceTest& test,
                               const Knowledge& knowledge, const BossFciOptions& options = {});

}  // namespace thaw::discovery
