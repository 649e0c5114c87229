#include "discovery/ida.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "graph/meek.h"
#include "stats/distributions.h"

namespace thaw::discovery {
namespace {

using graph::Mark;
using graph::MixedGraph;
using Nodes = std::vector<std::uint32_t>;

Nodes siblings(const MixedGraph& graph, std::uint32_t node) {
  Nodes found;
  for (const std::uint32_t other : graph.neighbours(node)) {
    if (graph.undirected(node, other)) {
      found.push_back(other);
    }
  }
  return found;
}

/// Whether directing the siblings of `node` made a collider of two that are not joined, at a
/// sibling (at `node` none is made: its parents are joined to each other by choice).
bool new_collider_at_sibling(const MixedGraph& directed, std::uint32_t node, const Nodes& around) {
  return std::ranges::any_of(around, [&](std::uint32_t sibling) {
    return directed.directed(node, sibling) &&
           std::ranges::any_of(directed.parents(sibling), [&](std::uint32_t parent) {
             return parent != node && !directed.adjacent(parent, node);
           });
  });
}

/// `graph` with `into` of the siblings `around` of `node` made its parents, the others its
/// children; nothing when no graph of the class is so.
std::optional<MixedGraph> with_parents(const MixedGraph& graph, std::uint32_t node,
                                       const Nodes& around, const Nodes& into) {
  MixedGraph directed = graph;
  for (const std::uint32_t sibling : around) {
    if (std::ranges::binary_search(into, sibling)) {
      directed.direct(sibling, node);
    } else {
      directed.direct(node, sibling);
    }
  }
  if (new_collider_at_sibling(directed, node, around)) {
    return std::nullopt;
  }
  bool new_collider = false;
  const auto whole = graph::consistent_extension(directed, &new_collider);
  if (!whole || new_collider) {
    return std::nullopt;
  }
  return directed;
}

/// Calls `use` with every subset of `around` whose members are joined to each other and to all of
/// `parents`, by a depth-first walk; stops when it returns false.
void each_clique(const MixedGraph& graph, const Nodes& around, const Nodes& parents,
                 const std::function<bool(const Nodes&)>& use) {
  Nodes able;
  for (const std::uint32_t node : around) {
    if (std::ranges::all_of(parents, [&](auto parent) { return graph.adjacent(node, parent); })) {
      able.push_back(node);
    }
  }
  Nodes chosen;
  const std::function<bool(std::size_t)> grow = [&](std::size_t from) {
    if (!use(chosen)) {
      return false;
    }
    for (std::size_t k = from; k < able.size(); ++k) {
      if (std::ranges::all_of(chosen, [&](auto c) { return graph.adjacent(able[k], c); })) {
        chosen.push_back(able[k]);
        if (!grow(k + 1)) {
          return false;
        }
        chosen.pop_back();
      }
    }
    return true;
  };
  grow(0);
}

/// Nodes that `step` reaches from `from`, itself included.
std::vector<bool> reached(const MixedGraph& graph, std::uint32_t from,
                          const std::function<bool(std::uint32_t, std::uint32_t)>& step) {
  std::vector<bool> seen(graph.nodes(), false);
  Nodes stack = {from};
  seen[from] = true;
  while (!stack.empty()) {
    const std::uint32_t node = stack.back();
    stack.pop_back();
    for (const std::uint32_t next : graph.neighbours(node)) {
      if (!seen[next] && step(node, next)) {
        seen[next] = true;
        stack.push_back(next);
      }
    }
  }
  return seen;
}

Result<PossibleEffect> regress(const Moments& moments, std::uint32_t cause, std::uint32_t effect,
                               const Nodes& parents) {
  Nodes given = {cause};
  given.insert(given.end(), parents.begin(), parents.end());
  const auto k = static_cast<Eigen::Index>(given.size());
  stats::Matrix among(k, k);
  stats::Vector with_effect(k);
  for (Eigen::Index i = 0; i < k; ++i) {
    for (Eigen::Index j = 0; j < k; ++j) {
      among(i, j) = moments.correlation(given[static_cast<std::size_t>(i)],
                                        given[static_cast<std::size_t>(j)]);
    }
    with_effect[i] = moments.correlation(given[static_cast<std::size_t>(i)], effect);
  }
  const auto inverse = stats::inverse_if_definite(among);
  const double freedom = moments.rows - static_cast<double>(k) - 1;
  if (!inverse || freedom < 1) {
    return invalid_argument(
        inverse ? "there are fewer rows than the regression of one effect needs"
                : "variables of one regression depend on each other; leave one out");
  }
  const stats::Vector slopes = *inverse * with_effect;
  const double unexplained = std::max(0.0, 1 - slopes.dot(with_effect));
  const double scale = moments.sd[effect] / moments.sd[cause];
  PossibleEffect found;
  found.parents = parents;
  found.estimate = slopes[0] * scale;
  found.se = std::sqrt(unexplained * (*inverse)(0, 0) / freedom) * scale;
  const double reach = stats::student_t_quantile(0.975, freedom) * found.se;
  found.ci_low = found.estimate - reach;
  found.ci_high = found.estimate + reach;
  return found;
}

}  // namespace

std::vector<Nodes> possible_parents(const MixedGraph& graph, std::uint32_t node, bool& cut) {
  const Nodes parents = graph.parents(node);
  const Nodes around = siblings(graph, node);
  std::vector<Nodes> found;
  std::size_t looked_at = 0;
  cut = false;
  each_clique(graph, around, parents, [&](const Nodes& into) {
    cut = ++looked_at > 4 * kMostParentSets || found.size() == kMostParentSets;
    if (!cut && with_parents(graph, node, around, into)) {
      found.push_back(parents);
      found.back().insert(found.back().end(), into.begin(), into.end());
      std::ranges::sort(found.back());
    }
    return !cut;
  });
  std::ranges::sort(found);
  return found;
}

Result<EffectBounds> possible_effects(const MixedGraph& graph, const Moments& moments,
                                      std::uint32_t cause, std::uint32_t effect) {
  for (const graph::MixedEdge& edge : graph.edges()) {
    if (!graph.undirected(edge.a, edge.b) && !graph.directed(edge.a, edge.b) &&
        !graph.directed(edge.b, edge.a)) {
      return invalid_argument(
          "effects are computed from graphs of --> and --- edges only; this one has others");
    }
  }
  EffectBounds bounds{cause, effect, {}, false};
  const auto choices = possible_parents(graph, cause, bounds.cut);
  if (choices.empty()) {
    return invalid_argument(
        "no directed graph without a circle fits the learned graph, so no effect can be read off; "
        "draw more rows, a smaller alpha, or a score method");
  }
  const Nodes around = siblings(graph, cause);
  for (const Nodes& parents : choices) {
    Nodes into;
    std::ranges::set_intersection(parents, around, std::back_inserter(into));
    MixedGraph directed = *with_parents(graph, cause, around, into);
    graph::close_under_meek(directed);
    if (causation(directed, cause, effect) == Causation::kCannotBe) {
      bounds.effects.push_back({parents, 0, 0, 0, 0, true});
    } else {
      THAW_TRY(auto found, regress(moments, cause, effect, parents));
      bounds.effects.push_back(std::move(found));
    }
  }
  return bounds;
}

std::string_view to_string(Causation causation) {
  switch (causation) {
    case Causation::kIs:
      return "is";
    case Causation::kMayBe:
      return "may_be";
    default:
      return "cannot_be";
  }
}

Causation causation(const MixedGraph& graph, std::uint32_t cause, std::uint32_t effect) {
  if (reached(graph, cause, [&](auto a, auto b) { return graph.directed(a, b); })[effect]) {
    return Causation::kIs;
  }
  const auto open = [&](std::uint32_t a, std::uint32_t b) {
    return graph.mark(b, a) != Mark::kArrow && graph.mark(a, b) != Mark::kTail;
  };
  const auto free = [&](std::uint32_t a, std::uint32_t b) {
    return open(a, b) || graph.undirected(a, b);
  };
  return reached(graph, cause, free)[effect] ? Causation::kMayBe : Causation::kCannotBe;
}

}  // namespace thaw::discovery
