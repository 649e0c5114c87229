#include "inquiry/neighbourhood.h"

#include <algorithm>
#include <set>
#include <string>

namespace thaw::inquiry {
namespace {

using evidence::WeighedClaim;

double weight_of(const WeighedClaim& claim) {
  return claim.support + claim.opposition;
}

/// The two ends of every arrow that at least one group speaks of, mirrored claims left out.
std::vector<const WeighedClaim*> arrows(const Mechanism& mechanism) {
  std::vector<const WeighedClaim*> all;
  for (const auto& edge : mechanism.weighed.edges) {
    for (const int index : {edge.raises, edge.lowers}) {
      if (index < 0) {
        continue;
      }
      const auto& claim = mechanism.weighed.claims[static_cast<std::size_t>(index)];
      if (weight_of(claim) > 0 && !claim.claim->relation.starts_with("opposite_of_")) {
        all.push_back(&claim);
      }
    }
  }
  return all;
}

struct Reached {
  std::string id;
  double nats;  // of the strongest arrow that reaches it from the ring before
};

/// What arrows join to `ring` and is not in `seen`, strongest first.
std::vector<Reached> next_ring(const std::vector<const WeighedClaim*>& all,
                               const std::set<std::string>& ring,
                               const std::set<std::string>& seen) {
  std::vector<Reached> reached;
  const auto add = [&](const std::string& from, const std::string& to, double nats) {
    if (!ring.contains(from) || seen.contains(to)) {
      return;
    }
    const auto known = std::ranges::find(reached, to, &Reached::id);
    if (known == reached.end()) {
      reached.push_back({to, nats});
    } else {
      known->nats = std::max(known->nats, nats);
    }
  };
  for (const WeighedClaim* claim : all) {
    add(claim->claim->subject, claim->claim->object, weight_of(*claim));
    add(claim->claim->object, claim->claim->subject, weight_of(*claim));
  }
  std::ranges::sort(reached, [](const Reached& a, const Reached& b) {
    return a.nats != b.nats ? a.nats > b.nats : a.id < b.id;
  });
  return reached;
}

}  // namespace

Neighbourhood neighbourhood(const Mechanism& mechanism, const evidence::Knowledge& knowledge,
                            const evidence::Concept& centre, int depth, std::size_t max) {
  Neighbourhood near;
  near.centre = &centre;
  const auto all = arrows(mechanism);
  std::vector<std::string> order{centre.id};
  std::set<std::string> seen{centre.id};
  std::set<std::string> ring = seen;
  for (int step = 0; step < depth && !ring.empty(); ++step) {
    std::set<std::string> next;
    for (const Reached& reached : next_ring(all, ring, seen)) {
      if (order.size() >= max) {
        near.truncated = true;
        break;
      }
      order.push_back(reached.id);
      next.insert(reached.id);
    }
    seen.insert(next.begin(), next.end());
    ring = std::move(next);
  }
  for (const auto& claim : mechanism.weighed.claims) {
    if (claim.claim->causal ||
        (claim.claim->subject != centre.id && claim.claim->object != centre.id)) {
      continue;
    }
    near.not_causal.push_back(&claim);
    const auto& other =
        claim.claim->subject == centre.id ? claim.claim->object : claim.claim->subject;
    if (seen.insert(other).second) {
      order.push_back(other);
    }
  }
  for (const auto& id : order) {
    const auto degree = std::ranges::count_if(all, [&](const WeighedClaim* claim) {
      return claim->claim->subject == id || claim->claim->object == id;
    });
    near.nodes.push_back({knowledge.find_concept(id), static_cast<std::size_t>(degree)});
  }
  for (const WeighedClaim* claim : all) {
    if (seen.contains(claim->claim->subject) && seen.contains(claim->claim->object)) {
      near.edges.push_back(claim);
    }
  }
  return near;
}

}  // namespace thaw::inquiry
