#include "effect/identification.h"

#include <utility>
#include <vector>

#include "graph/separation.h"

namespace thaw::effect {

using graph::Admg;
using graph::Cuts;
using graph::NodeSet;

namespace {

/// Q[T], the distribution of T when everything else is set: one factor a node, causes first, each
/// the chance of its node given the ones before it.
struct Distribution {
  NodeSet nodes;
  std::vector<std::uint32_t> order;
  std::vector<Estimand> factors;
};

class Identifier {
 public:
  Identifier(const Admg& graph, const NodeSet& relevant)
      : graph_(graph), n_(graph.nodes()), relevant_(relevant) {
    for (const std::uint32_t v : graph.order()) {
      if (relevant.contains(v)) {
        order_.push_back(v);
      }
    }
  }

  /// Q[part], for a district of the causes of the outcomes once the treatments are taken out.
  std::optional<Estimand> of_part(const NodeSet& part, std::optional<Hedge>& hedge) const {
    const std::uint32_t first = part.members().front();
    Distribution whole = observed(district_of(graph_, first, relevant_));
    while (true) {
      const NodeSet causes = ancestors(graph_, part, whole.nodes);
      if (causes == part) {
        return product_of(restricted(whole, part));
      }
      if (causes == whole.nodes) {
        hedge = Hedge{whole.nodes, part, roots_of(part)};
        return std::nullopt;
      }
      whole = district_within(restricted(whole, causes), district_of(graph_, first, causes));
    }
  }

 private:
  /// Q of a whole district: P(v | the district of v so far, and what causes it).
  Distribution observed(const NodeSet& district) const {
    Distribution made{district, {}, {}};
    NodeSet before(n_);
    for (const std::uint32_t v : order_) {
      before.insert(v);
      if (!district.contains(v)) {
        continue;
      }
      NodeSet given = district_of(graph_, v, before);
      const NodeSet joined = given;
      joined.for_each([&](std::uint32_t w) {
        for (const std::uint32_t p : graph_.parents(w)) {
          given.insert(p);
        }
      });
      given.erase(v);
      made.order.push_back(v);
      made.factors.push_back(Estimand::probability(NodeSet(n_, {v}), std::move(given)));
    }
    return made;
  }

  /// Q[causes] from Q[T], where `causes` holds all its causes in T: what comes after is dropped,
  /// what comes before must be summed over.
  Distribution restricted(const Distribution& whole, const NodeSet& causes) const {
    Distribution made{causes, {}, {}};
    NodeSet lost(n_);
    std::vector<Estimand> so_far;
    Estimand last = Estimand::product({});
    for (std::size_t i = 0; i < whole.order.size(); ++i) {
      const std::uint32_t v = whole.order[i];
      so_far.push_back(whole.factors[i]);
      if (!causes.contains(v)) {
        lost.insert(v);
        continue;
      }
      made.order.push_back(v);
      if (lost.empty()) {
        made.factors.push_back(whole.factors[i]);
        last = Estimand::product(so_far);
        continue;
      }
      Estimand next = Estimand::sum(lost, Estimand::product(so_far));
      made.factors.push_back(Estimand::ratio(next, std::move(last)));
      last = std::move(next);
    }
    return made;
  }

  /// The product of all factors; ratios that follow each other telescope.
  static Estimand product_of(const Distribution& whole) {
    std::vector<Estimand> factors;
    for (const Estimand& factor : whole.factors) {
      if (factor.kind() == Estimand::Kind::kRatio && !factors.empty() &&
          Estimand::product(factors) == factor.parts()[1]) {
        factors = {factor.parts()[0]};
      } else {
        factors.push_back(factor);
      }
    }
    return Estimand::product(std::move(factors));
  }

  static Distribution district_within(const Distribution& whole, const NodeSet& district) {
    Distribution made{district, {}, {}};
    for (std::size_t i = 0; i < whole.order.size(); ++i) {
      if (district.contains(whole.order[i])) {
        made.order.push_back(whole.order[i]);
        made.factors.push_back(whole.factors[i]);
      }
    }
    return made;
  }

  NodeSet roots_of(const NodeSet& part) const {
    NodeSet roots(n_);
    part.for_each([&](std::uint32_t v) {
      bool root = true;
      for (const std::uint32_t c : graph_.children(v)) {
        root = root && !part.contains(c);
      }
      if (root) {
        roots.insert(v);
      }
    });
    return roots;
  }

  const Admg& graph_;
  std::size_t n_;
  NodeSet relevant_;
  std::vector<std::uint32_t> order_;
};

/// Arguments that are neither asked about nor set do not change the value: averaged over, none is
/// left open.
Estimand closed(Estimand estimand, const NodeSet& wanted, std::size_t n) {
  if (estimand.is_one()) {
    return estimand;
  }
  NodeSet open = estimand.arguments() - wanted;
  if (open.empty()) {
    return estimand;
  }
  Estimand weight = Estimand::probability(open, NodeSet(n));
  return Estimand::sum(std::move(open),
                       Estimand::product({std::move(weight), std::move(estimand)}));
}

}  // namespace

Identification identify_effect(const Admg& graph, const NodeSet& x, const NodeSet& y) {
  const std::size_t n = graph.nodes();
  Identification found;
  const NodeSet relevant = ancestors(graph, y);
  const NodeSet causes = ancestors(graph, y, NodeSet::all(n) - x);
  found.without_effect = x - relevant;
  const Identifier identifier(graph, relevant);
  std::vector<Estimand> factors;
  for (const NodeSet& part : districts(graph, causes)) {
    std::optional<Estimand> factor = identifier.of_part(part, found.hedge);
    if (!factor) {
      return found;
    }
    factors.push_back(std::move(*factor));
  }
  found.estimand =
      closed(Estimand::sum(causes - y, Estimand::product(std::move(factors))), x | y, n);
  return found;
}

Identification identify_conditional_effect(const Admg& graph, const NodeSet& x, const NodeSet& y,
                                           const NodeSet& z) {
  const std::size_t n = graph.nodes();
  NodeSet set = x;
  NodeSet seen = z;
  // What was seen may be taken as set where that changes nothing (rule 2 of the do-calculus).
  for (bool moved = true; moved;) {
    moved = false;
    for (const std::uint32_t v : seen.members()) {
      const NodeSet one(n, {v});
      const Cuts cuts{one, NodeSet::all(n), set};
      if (separated(graph, y, one, set | (seen - one), cuts)) {
        set.insert(v);
        seen.erase(v);
        moved = true;
      }
    }
  }
  Identification found = identify_effect(graph, set, y | seen);
  found.without_effect &= x;
  if (found.estimand && !seen.empty()) {
    Estimand below = Estimand::sum(y, *found.estimand);
    found.estimand = Estimand::ratio(std::move(*found.estimand), std::move(below));
  }
  return found;
}

}  // namespace thaw::effect
