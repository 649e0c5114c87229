#include "discovery/pag_paths.h"

#include <algorithm>
#include <map>

namespace thaw::discovery {

using graph::Mark;
using graph::MixedGraph;

namespace {

constexpr std::uint32_t kNone = 0xffffffff;

bool arrow_at(const MixedGraph& pag, std::uint32_t from, std::uint32_t at) {
  return pag.mark(from, at) == Mark::kArrow;
}

bool allowed(const MixedGraph& pag, PathKind kind, std::uint32_t from, std::uint32_t to) {
  return kind == PathKind::kPotentiallyDirected
             ? may_lead(pag, from, to)
             : pag.mark(from, to) == Mark::kCircle && pag.mark(to, from) == Mark::kCircle;
}

/// Steps (from, to) of uncovered paths, each with the step before it, in the order found.
class UncoveredSteps {
 public:
  UncoveredSteps(const MixedGraph& pag, const Neighbours& near, PathKind kind)
      : pag_(pag), near_(near), kind_(kind) {}

  void begin(std::uint32_t from, std::uint32_t to) { add(from, to, kNone); }

  /// Calls `visit(index)` for every step, shortest paths first, until it returns true.
  template <class Visit>
  bool run(std::optional<std::uint32_t> avoided, Visit visit) {
    for (std::size_t at = 0; at < steps_.size(); ++at) {
      if (visit(at)) {
        return true;
      }
      const auto [from, to] = steps_[at];
      for (const std::uint32_t next : near_[to]) {
        if (next != from && next != avoided && !pag_.adjacent(from, next) &&
            allowed(pag_, kind_, to, next)) {
          add(to, next, static_cast<std::uint32_t>(at));
        }
      }
    }
    return false;
  }

  std::uint32_t end(std::size_t at) const { return steps_[at].second; }
  std::uint32_t before_end(std::size_t at) const { return steps_[at].first; }

  std::vector<std::uint32_t> path(std::size_t at) const {
    std::vector<std::uint32_t> nodes = {steps_[at].second};
    for (std::uint32_t step = static_cast<std::uint32_t>(at); step != kNone; step = from_[step]) {
      nodes.push_back(steps_[step].first);
    }
    std::ranges::reverse(nodes);
    return nodes;
  }

 private:
  void add(std::uint32_t from, std::uint32_t to, std::uint32_t step_before) {
    if (seen_.try_emplace({from, to}, steps_.size()).second) {
      steps_.emplace_back(from, to);
      from_.push_back(step_before);
    }
  }

  const MixedGraph& pag_;
  const Neighbours& near_;
  PathKind kind_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> seen_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> steps_;
  std::vector<std::uint32_t> from_;
};

}  // namespace

Neighbours neighbours_of(const MixedGraph& graph) {
  Neighbours near;
  for (std::size_t a = 0; a < graph.nodes(); ++a) {
    near.push_back(graph.neighbours(a));
  }
  return near;
}

bool may_lead(const MixedGraph& pag, std::uint32_t from, std::uint32_t to) {
  return pag.adjacent(from, to) && !arrow_at(pag, to, from) && pag.mark(from, to) != Mark::kTail;
}

std::vector<std::uint32_t> discriminating_path(const MixedGraph& pag, const Neighbours& near,
                                               std::uint32_t beta, std::uint32_t gamma) {
  std::vector<std::uint32_t> next_to(pag.nodes(), kNone);  // one step nearer to beta
  std::vector<std::uint32_t> waiting;
  const auto reach = [&](std::uint32_t node, std::uint32_t from) {
    if (next_to[node] == kNone && node != beta && node != gamma) {
      next_to[node] = from;
      waiting.push_back(node);
    }
  };
  for (const std::uint32_t alpha : near[beta]) {
    if (arrow_at(pag, beta, alpha) && pag.directed(alpha, gamma)) {
      reach(alpha, beta);
    }
  }
  for (std::size_t at = 0; at < waiting.size(); ++at) {
    const std::uint32_t inner = waiting[at];
    for (const std::uint32_t node : near[inner]) {
      if (!arrow_at(pag, node, inner) || node == beta || node == gamma) {
        continue;
      }
      if (!pag.adjacent(node, gamma)) {
        std::vector<std::uint32_t> path = {node};
        for (std::uint32_t step = inner; step != beta; step = next_to[step]) {
          path.push_back(step);
        }
        path.push_back(beta);
        path.push_back(gamma);
        return path;
      }
      if (arrow_at(pag, inner, node) && pag.directed(node, gamma)) {
        reach(node, inner);
      }
    }
  }
  return {};
}

std::vector<bool> uncovered_reach(const MixedGraph& pag, const Neighbours& near, PathKind kind,
                                  std::uint32_t first, std::uint32_t second,
                                  std::optional<std::uint32_t> avoided) {
  std::vector<bool> reached(pag.nodes(), false);
  UncoveredSteps steps(pag, near, kind);
  steps.begin(first, second);
  steps.run(avoided, [&](std::size_t at) {
    reached[steps.end(at)] = true;
    return false;
  });
  reached[first] = false;
  return reached;
}

std::vector<std::uint32_t> uncovered_ring(const MixedGraph& pag, const Neighbours& near,
                                          PathKind kind, std::uint32_t first, std::uint32_t last) {
  UncoveredSteps steps(pag, near, kind);
  for (const std::uint32_t second : near[first]) {
    if (second != last && !pag.adjacent(second, last) && allowed(pag, kind, first, second)) {
      steps.begin(first, second);
    }
  }
  std::size_t found = 0;
  const bool any = steps.run(std::nullopt, [&](std::size_t at) {
    found = at;
    return steps.end(at) == last && steps.before_end(at) != first &&
           !pag.adjacent(first, steps.before_end(at));
  });
  return any ? steps.path(found) : std::vector<std::uint32_t>{};
}

}  // namespace thaw::discovery
