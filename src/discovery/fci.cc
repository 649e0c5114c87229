#include "discovery/fci.h"

#include <fmt/format.h>

#include <algorithm>

#include "discovery/colliders.h"
#include "discovery/rfci_checks.h"
#include "discovery/subsets.h"
#include "stats/distributions.h"

namespace thaw::discovery {
namespace {

using graph::Mark;
using graph::MixedGraph;

Result<Done> check(const IndependenceTest& test, const Knowledge& knowledge,
                   const FciOptions& options) {
  const double alpha = options.skeleton.alpha;
  if (!(alpha > 0 && alpha < 1)) {
    return invalid_argument(fmt::format("alpha {} is not between 0 and 1", alpha));
  }
  if (knowledge.size() != test.variables()) {
    return invalid_argument(fmt::format("the knowledge is about {} variables, the data about {}",
                                        knowledge.size(), test.variables()));
  }
  return Done{};
}

Result<Skeleton> first_skeleton(IndependenceTest& test, const Knowledge& knowledge,
                                const FciOptions& options, FciResult& result) {
  SkeletonOptions search = options.skeleton;
  search.hidden_causes = true;
  search.keep_sets = true;
  THAW_TRY(Skeleton skeleton, learn_skeleton(test, knowledge, search));
  result.capped = skeleton.capped;
  result.depth = skeleton.depth;
  result.tests = skeleton.tests;
  return skeleton;
}

/// Arrows of the unshielded colliders: by the weighed max-p rule where neighbours alone separate
/// the two, by the set that did where it took more. Returns the claims that a tail forbids.
Result<std::vector<std::array<std::uint32_t, 3>>> orient_by_claims(
    IndependenceTest& test, const Knowledge& knowledge, const FciOptions& options,
    const Skeleton& skeleton, MixedGraph& pag, std::uint64_t& tests) {
  SkeletonOptions search = options.skeleton;
  search.hidden_causes = true;
  THAW_TRY(const auto claims, claim_triples(test, knowledge, search, skeleton, tests));
  const double separates = stats::normal_quantile(1 - 0.5 * search.alpha);
  std::vector<std::array<std::uint32_t, 3>> refused;
  for (const TripleClaim& claim : claims) {
    const auto [a, c, b] = std::array{claim.a, claim.c, claim.b};
    const bool by_set = claim.deviate >= separates && skeleton.sets.known(a, b);
    const bool collider = by_set ? !skeleton.sets.holds(a, b, c) : claim.collider;
    if (collider && !orient_collider(pag, a, c, b)) {
      refused.push_back({a, c, b});
    }
  }
  std::ranges::sort(refused);
  return refused;
}

void erase(std::vector<std::uint32_t>& rising, std::uint32_t value) {
  rising.erase(std::ranges::lower_bound(rising, value));
}

/// The search around every node, size by size, over fixed candidates.
class DSepSearch {
 public:
  DSepSearch(IndependenceTest& test, const Knowledge& knowledge, const FciOptions& options,
             Skeleton& skeleton, FciResult& result)
      : test_(test),
        knowledge_(knowledge),
        options_(options),
        level_(options.skeleton.alpha, knowledge),
        skeleton_(skeleton),
        result_(result) {}

  Result<Done> run(const MixedGraph& pag) {
    candidates_ = possible_d_sep(pag);
    const std::size_t n = candidates_.size();
    const std::size_t deepest =
        std::min(options_.possible_d_sep_depth, options_.skeleton.max_depth.value_or(n));
    reached_.assign(n, 0);
    for (std::size_t size = 1; size <= deepest; ++size) {
      for (std::uint32_t x = 0; x < n; ++x) {
        if (options_.skeleton.progress &&
            !options_.skeleton.progress("possible-d-sep", x + (size - 1) * n, n * deepest)) {
          return unavailable("stopped before the possible-d-sep search was complete");
        }
        search(x, size);
      }
    }
    report_caps();
    return Done{};
  }

 private:
  void search(std::uint32_t x, std::size_t size) {
    targets_.clear();
    for (const std::uint32_t y : skeleton_.adjacent[x]) {
      if (!knowledge_.required(x, y) && !knowledge_.required(y, x)) {
        targets_.push_back(y);
      }
    }
    const double cost = static_cast<double>(targets_.size()) *
                        subset_count(candidates_[x].size(), size) * test_.nominal_cost(size);
    if (size > 1 && cost > options_.possible_d_sep_work * 1e6) {
      return;
    }
    reached_[x] = reached_[x] == size - 1 ? size : reached_[x];
    if (targets_.empty() || candidates_[x].size() < size) {
      return;
    }
    found_.clear();
    result_.tests += test_.separate(
        {.x = x, .candidates = candidates_[x], .targets = targets_, .size = size}, level_, found_);
    for (Separation& separation : found_) {
      erase(skeleton_.adjacent[x], separation.y);
      erase(skeleton_.adjacent[separation.y], x);
      skeleton_.sets.put(x, separation.y, std::move(separation.given));
      ++result_.removed_by_d_sep;
    }
  }

  void report_caps() {
    for (std::uint32_t a = 0; a < candidates_.size(); ++a) {
      for (const std::uint32_t b : skeleton_.adjacent[a]) {
        const bool more =
            candidates_[a].size() > reached_[a] + 1 || candidates_[b].size() > reached_[b] + 1;
        if (a < b && more) {
          result_.d_sep_capped.push_back({a, b, std::min(reached_[a], reached_[b])});
        }
      }
    }
  }

  IndependenceTest& test_;
  const Knowledge& knowledge_;
  const FciOptions& options_;
  TestLevel level_;
  Skeleton& skeleton_;
  FciResult& result_;
  Neighbours candidates_;
  std::vector<std::size_t> reached_;  // all sets up to this size were tried
  std::vector<std::uint32_t> targets_;
  std::vector<Separation> found_;
};

}  // namespace

std::vector<std::array<std::uint32_t, 3>> orient_by_sets(MixedGraph& pag,
                                                         const Skeleton& skeleton) {
  std::vector<std::array<std::uint32_t, 3>> refused;
  for (std::uint32_t c = 0; c < pag.nodes(); ++c) {
    for (const std::uint32_t a : skeleton.adjacent[c]) {
      for (const std::uint32_t b : skeleton.adjacent[c]) {
        if (a < b && !skeleton.joined(a, b) && skeleton.sets.known(a, b) &&
            !skeleton.sets.holds(a, b, c) && !orient_collider(pag, a, c, b)) {
          refused.push_back({a, c, b});
        }
      }
    }
  }
  std::ranges::sort(refused);
  return refused;
}

Neighbours possible_d_sep(const MixedGraph& pag) {
  const std::size_t n = pag.nodes();
  const Neighbours near = neighbours_of(pag);
  Neighbours found(n);
  std::vector<bool> step_seen(n * n);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> steps;
  for (std::uint32_t x = 0; x < n; ++x) {
    std::vector<bool> reached(n, false);
    steps.clear();
    const auto step = [&](std::uint32_t from, std::uint32_t to) {
      if (!step_seen[from * n + to]) {
        step_seen[from * n + to] = true;
        steps.emplace_back(from, to);
        reached[to] = true;
      }
    };
    for (const std::uint32_t y : near[x]) {
      step(x, y);
    }
    for (std::size_t at = 0; at < steps.size(); ++at) {
      const auto [from, to] = steps[at];
      for (const std::uint32_t next : near[to]) {
        const bool collider =
            pag.mark(from, to) == Mark::kArrow && pag.mark(next, to) == Mark::kArrow;
        if (next != from && next != x && (collider || pag.adjacent(from, next))) {
          step(to, next);
        }
      }
    }
    for (const auto& [from, to] : steps) {
      step_seen[from * n + to] = false;
    }
    for (std::uint32_t y = 0; y < n; ++y) {
      if (y != x && reached[y]) {
        found[x].push_back(y);
      }
    }
  }
  return found;
}

Result<Done> prune_by_possible_d_sep(IndependenceTest& test, const Knowledge& knowledge,
                                     const FciOptions& options, const MixedGraph& pag,
                                     Skeleton& skeleton, FciResult& result) {
  return DSepSearch(test, knowledge, options, skeleton, result).run(pag);
}

Result<FciResult> fci(IndependenceTest& test, const Knowledge& knowledge,
                      const FciOptions& options) {
  THAW_CHECK(check(test, knowledge, options));
  FciResult result;
  THAW_TRY(Skeleton skeleton, first_skeleton(test, knowledge, options, result));
  MixedGraph first = circle_graph(skeleton.adjacent, knowledge);
  orient_by_sets(first, skeleton);
  THAW_CHECK(prune_by_possible_d_sep(test, knowledge, options, first, skeleton, result));
  result.graph = circle_graph(skeleton.adjacent, knowledge);
  THAW_TRY(result.ambiguous,
           orient_by_claims(test, knowledge, options, skeleton, result.graph, result.tests));
  close_under_pag_rules(result.graph,
                        {.selection = options.selection, .beta_separates = by_sets(skeleton.sets)});
  result.contradictions = not_ancestral(result.graph);
  return result;
}

Result<FciResult> rfci(IndependenceTest& test, const Knowledge& knowledge,
                       const FciOptions& options) {
  THAW_CHECK(check(test, knowledge, options));
  FciResult result;
  THAW_TRY(Skeleton skeleton, first_skeleton(test, knowledge, options, result));
  RfciChecks checks(test, knowledge, options.skeleton.alpha, skeleton);
  checks.check_triples();
  // A discriminating path that does not hold takes an edge away; then all marks are drawn anew.
  for (bool changed = true; changed;) {
    changed = false;
    result.graph = circle_graph(skeleton.adjacent, knowledge);
    THAW_TRY(result.ambiguous,
             orient_by_claims(test, knowledge, options, skeleton, result.graph, result.tests));
    close_under_pag_rules(
        result.graph,
        {.selection = options.selection,
         .beta_separates = [&](const std::vector<std::uint32_t>& path) -> std::optional<bool> {
           if (changed || !skeleton.sets.known(path.front(), path.back())) {
             return std::nullopt;
           }
           if (checks.breaks(path)) {
             changed = true;
             return std::nullopt;
           }
           return skeleton.sets.holds(path.front(), path.back(), path[path.size() - 2]);
         }});
    if (changed) {
      checks.check_triples();
    }
  }
  result.tests += checks.tests();
  result.contradictions = not_ancestral(result.graph);
  return result;
}

}  // namespace thaw::discovery
