#include "discovery/pag_rules.h"

#include <algorithm>

namespace thaw::discovery {
namespace {

using graph::Mark;
using graph::MixedGraph;

/// Every rule looks at the edge a *-o b, b's circle, and tries both orders of whatever pairs it
/// asks for.
class Rules {
 public:
  Rules(MixedGraph& pag, const PagRules& rules)
      : pag_(pag), rules_(rules), near_(neighbours_of(pag)) {}

  void run() {
    do {
      changed_ = false;
      for_each_circle([&](std::uint32_t a, std::uint32_t b) {
        // b's mark on the edge with a: an arrow by R2-R4, a tail by the others.
        if (rule_1(a, b) || rule_4(a, b)) {
          return;
        }
        if (rule_2(a, b) || rule_3(a, b)) {
          mark(a, b, Mark::kArrow);
          return;
        }
        if (rules_.selection && selection_rules(a, b)) {
          return;
        }
        // From here on it is b o-> a.
        if (arrow(b, a) && (rule_8(b, a) || rule_9(b, a) || rule_10(b, a))) {
          mark(a, b, Mark::kTail);
        }
      });
    } while (changed_);
  }

 private:
  bool arrow(std::uint32_t from, std::uint32_t at) const {
    return pag_.mark(from, at) == Mark::kArrow;
  }
  bool circle(std::uint32_t from, std::uint32_t at) const {
    return pag_.mark(from, at) == Mark::kCircle;
  }
  bool tail(std::uint32_t from, std::uint32_t at) const {
    return pag_.mark(from, at) == Mark::kTail;
  }

  void mark(std::uint32_t from, std::uint32_t at, Mark value) {
    if (circle(from, at)) {
      pag_.set_mark(from, at, value);
      changed_ = true;
    }
  }

  template <class Visit>
  void for_each_circle(Visit visit) {
    for (std::uint32_t a = 0; a < pag_.nodes(); ++a) {
      for (const std::uint32_t b : near_[a]) {
        if (circle(a, b)) {
          visit(a, b);
        }
      }
    }
  }

  /// alpha *-> b o-* c, alpha and c not joined: b -> c. Here c = a.
  bool rule_1(std::uint32_t c, std::uint32_t b) {
    for (const std::uint32_t alpha : near_[b]) {
      if (alpha != c && arrow(alpha, b) && !pag_.adjacent(alpha, c)) {
        mark(c, b, Mark::kTail);
        mark(b, c, Mark::kArrow);
        return true;
      }
    }
    return false;
  }

  /// a -> beta *-> c or a *-> beta -> c, with a *-o c: a *-> c.
  bool rule_2(std::uint32_t a, std::uint32_t c) const {
    return std::ranges::any_of(near_[c], [&](std::uint32_t beta) {
      return beta != a && arrow(a, beta) && arrow(beta, c) && (tail(beta, a) || tail(c, beta));
    });
  }

  /// alpha *-> b <-* gamma, alpha *-o a o-* gamma, the two not joined, a *-o b: a *-> b.
  bool rule_3(std::uint32_t a, std::uint32_t b) const {
    for (const std::uint32_t alpha : near_[b]) {
      if (alpha == a || !arrow(alpha, b) || !circle(alpha, a)) {
        continue;
      }
      for (const std::uint32_t gamma : near_[b]) {
        if (gamma > alpha && gamma != a && arrow(gamma, b) && circle(gamma, a) &&
            !pag_.adjacent(alpha, gamma)) {
          return true;
        }
      }
    }
    return false;
  }

  /// A discriminating path (theta, ..., alpha, beta, gamma), beta o-* gamma: beta -> gamma when
  /// beta separates theta and gamma, else alpha <-> beta <-> gamma.
  bool rule_4(std::uint32_t gamma, std::uint32_t beta) {
    if (!rules_.beta_separates) {
      return false;
    }
    const auto path = discriminating_path(pag_, near_, beta, gamma);
    if (path.empty()) {
      return false;
    }
    const std::optional<bool> separates = rules_.beta_separates(path);
    if (!separates) {
      return false;
    }
    mark(gamma, beta, *separates ? Mark::kTail : Mark::kArrow);
    mark(beta, gamma, Mark::kArrow);
    if (!*separates) {
      mark(path[path.size() - 3], beta, Mark::kArrow);
    }
    return true;
  }

  bool selection_rules(std::uint32_t a, std::uint32_t b) {
    if (circle(b, a) && rule_5(a, b)) {
      return true;
    }
    for (const std::uint32_t alpha : near_[b]) {
      // R6: alpha --- b o-* a. R7: alpha --o b o-* a, alpha and a not joined.
      if (alpha != a && tail(b, alpha) &&
          (tail(alpha, b) || (circle(alpha, b) && !pag_.adjacent(alpha, a)))) {
        mark(a, b, Mark::kTail);
        return true;
      }
    }
    return false;
  }

  /// a o-o b and an uncovered ring of circles through both: tails all around.
  bool rule_5(std::uint32_t a, std::uint32_t b) {
    const auto ring = uncovered_ring(pag_, near_, PathKind::kCircles, a, b);
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const std::uint32_t next = ring[(i + 1) % ring.size()];
      mark(ring[i], next, Mark::kTail);
      mark(next, ring[i], Mark::kTail);
    }
    return !ring.empty();
  }

  /// a -> beta -> c or a --o beta -> c, with a o-> c: a -> c.
  bool rule_8(std::uint32_t a, std::uint32_t c) const {
    return std::ranges::any_of(near_[a], [&](std::uint32_t beta) {
      return beta != c && tail(beta, a) && !tail(a, beta) && pag_.directed(beta, c);
    });
  }

  /// a o-> c and an uncovered potentially directed path from a to c whose second node is not
  /// joined to c: a -> c.
  bool rule_9(std::uint32_t a, std::uint32_t c) const {
    return std::ranges::any_of(near_[a], [&](std::uint32_t beta) {
      return beta != c && !pag_.adjacent(beta, c) && may_lead(pag_, a, beta) &&
             uncovered_reach(pag_, near_, PathKind::kPotentiallyDirected, a, beta, {})[c];
    });
  }

  /// a o-> c, beta -> c <- theta, uncovered potentially directed paths from a to beta and to theta
  /// that begin with two nodes that are not joined: a -> c.
  bool rule_10(std::uint32_t a, std::uint32_t c) const {
    std::vector<std::uint32_t> causes, starts;
    for (const std::uint32_t node : near_[c]) {
      if (node != a && pag_.directed(node, c)) {
        causes.push_back(node);
      }
    }
    if (causes.size() < 2) {
      return false;
    }
    std::vector<std::vector<std::uint32_t>> reached;  // causes, by start
    for (const std::uint32_t start : near_[a]) {
      if (start == c || !may_lead(pag_, a, start)) {
        continue;
      }
      const auto reach = uncovered_reach(pag_, near_, PathKind::kPotentiallyDirected, a, start, c);
      std::vector<std::uint32_t> of_start;
      std::ranges::copy_if(causes, std::back_inserter(of_start),
                           [&](std::uint32_t cause) { return reach[cause]; });
      if (!of_start.empty()) {
        starts.push_back(start);
        reached.push_back(std::move(of_start));
      }
    }
    for (std::size_t i = 0; i < starts.size(); ++i) {
      for (std::size_t j = i + 1; j < starts.size(); ++j) {
        const bool two_causes = reached[i].size() > 1 || reached[j].size() > 1 ||
                                reached[i].front() != reached[j].front();
        if (two_causes && !pag_.adjacent(starts[i], starts[j])) {
          return true;
        }
      }
    }
    return false;
  }

  MixedGraph& pag_;
  const PagRules& rules_;
  Neighbours near_;
  bool changed_ = false;
};

}  // namespace

MixedGraph circle_graph(const Neighbours& adjacent, const Knowledge& knowledge) {
  MixedGraph pag(adjacent.size());
  for (std::uint32_t a = 0; a < adjacent.size(); ++a) {
    for (const std::uint32_t b : adjacent[a]) {
      if (a < b) {
        const auto at = [&](std::uint32_t node, std::uint32_t other) {
          return knowledge.required(node, other)    ? Mark::kTail
                 : knowledge.forbidden(node, other) ? Mark::kArrow
                                                    : Mark::kCircle;
        };
        pag.set_edge(a, b, at(a, b), at(b, a));
      }
    }
  }
  return pag;
}

bool orient_collider(MixedGraph& pag, std::uint32_t a, std::uint32_t c, std::uint32_t b) {
  if (pag.mark(a, c) == Mark::kTail || pag.mark(b, c) == Mark::kTail) {
    return false;
  }
  pag.set_mark(a, c, Mark::kArrow);
  pag.set_mark(b, c, Mark::kArrow);
  return true;
}

void close_under_pag_rules(MixedGraph& pag, const PagRules& rules) {
  Rules(pag, rules).run();
}

MixedGraph pag_of(const MixedGraph& mag, bool selection) {
  const Neighbours near = neighbours_of(mag);
  const auto collider = [&](std::uint32_t a, std::uint32_t c, std::uint32_t b) {
    return mag.mark(a, c) == Mark::kArrow && mag.mark(b, c) == Mark::kArrow;
  };
  MixedGraph pag = circle_graph(near, Knowledge(mag.nodes()));
  for (std::uint32_t c = 0; c < mag.nodes(); ++c) {
    for (const std::uint32_t a : near[c]) {
      for (const std::uint32_t b : near[c]) {
        if (a < b && !mag.adjacent(a, b) && collider(a, c, b)) {
          orient_collider(pag, a, c, b);
        }
      }
    }
  }
  close_under_pag_rules(
      pag, {.selection = selection, .beta_separates = [&](const std::vector<std::uint32_t>& path) {
              const std::size_t at = path.size() - 2;
              return std::optional(!collider(path[at - 1], path[at], path.back()));
            }});
  return pag;
}

std::function<std::optional<bool>(const std::vector<std::uint32_t>&)> by_sets(
    const SeparatingSets& sets) {
  return [&sets](const std::vector<std::uint32_t>& path) -> std::optional<bool> {
    const std::uint32_t theta = path.front();
    const std::uint32_t gamma = path.back();
    if (!sets.known(theta, gamma)) {
      return std::nullopt;
    }
    return sets.holds(theta, gamma, path[path.size() - 2]);
  };
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> not_ancestral(const MixedGraph& pag) {
  const Neighbours near = neighbours_of(pag);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> broken;
  for (std::uint32_t a = 0; a < pag.nodes(); ++a) {
    std::vector<bool> caused(pag.nodes(), false);
    std::vector<std::uint32_t> waiting = {a};
    while (!waiting.empty()) {
      const std::uint32_t at = waiting.back();
      waiting.pop_back();
      for (const std::uint32_t next : near[at]) {
        if (pag.directed(at, next) && !caused[next]) {
          caused[next] = true;
          waiting.push_back(next);
        }
      }
    }
    for (const std::uint32_t b : near[a]) {
      if (caused[b] && pag.mark(b, a) == Mark::kArrow) {
        broken.emplace_back(a, b);
      }
    }
  }
  return broken;
}

}  // namespace thaw::discovery
