#include "discovery/boss_fci.h"

#include <algorithm>

#include "discovery/pag_rules.h"
#include "discovery/subsets.h"

namespace thaw::discovery {
namespace {

using graph::MixedGraph;

/// The same for a search that knows of no hidden cause: those that never cause each other may be
/// joined, since what they share may be hidden.
Knowledge relaxed(const Knowledge& knowledge) {
  const std::size_t n = knowledge.size();
  Knowledge result(n);
  for (std::size_t a = 0; a < n; ++a) {
    if (const std::optional<int> tier = knowledge.tier(a)) {
      result.set_tier(a, *tier);
    }
    for (std::size_t b = 0; b < n; ++b) {
      if (knowledge.required(a, b)) {
        result.require(a, b);
      } else if (knowledge.forbidden(a, b) && !knowledge.forbidden(b, a)) {
        result.forbid(a, b);
      }
    }
  }
  return result;
}

bool in_triangle(const MixedGraph& graph, const Neighbours& near, std::uint32_t a,
                 std::uint32_t b) {
  return std::ranges::any_of(near[a], [&](std::uint32_t c) { return graph.adjacent(b, c); });
}

/// For the possible-d-sep search: edges outside triangles are no hidden cause's work, so they stay.
Knowledge keeping(const Knowledge& knowledge, const MixedGraph& start) {
  const std::size_t n = knowledge.size();
  const Neighbours near = neighbours_of(start);
  Knowledge result(n);
  for (std::uint32_t a = 0; a < n; ++a) {
    for (std::uint32_t b = 0; b < n; ++b) {
      if (a != b && knowledge.log_odds(a, b) != 0) {
        result.set_log_odds(a, b, knowledge.log_odds(a, b));
      }
      if (knowledge.required(a, b) || (start.adjacent(a, b) && !in_triangle(start, near, a, b))) {
        result.require(a, b);
      }
    }
  }
  return result;
}

/// The edges of the graph that BOSS found and that no set of neighbours separates.
class TriangleSearch {
 public:
  TriangleSearch(IndependenceTest& test, const Knowledge& knowledge, const FciOptions& options,
                 const MixedGraph& start)
      : test_(test),
        knowledge_(knowledge),
        options_(options),
        level_(options.skeleton.alpha, knowledge),
        start_(start),
        near_(neighbours_of(start)) {
    skeleton_.adjacent = near_;
    skeleton_.sets = SeparatingSets(start.nodes());
  }

  Result<Skeleton> run() {
    const std::size_t n = near_.size();
    const std::size_t deepest = options_.skeleton.max_depth.value_or(n);
    for (std::size_t size = 0; size <= deepest; ++size) {
      if (options_.skeleton.progress && !options_.skeleton.progress("triangles", size, deepest)) {
        return unavailable("stopped before the edges in triangles were tested");
      }
      if (!level(size)) {
        break;
      }
      skeleton_.depth = size;
    }
    return std::move(skeleton_);
  }

 private:
  /// Tests with sets of `size` from the neighbours as they stand; whether any could be tested.
  bool level(std::size_t size) {
    const Neighbours standing = skeleton_.adjacent;
    bool any = false;
    std::vector<std::pair<std::uint32_t, Separation>> found;
    for (std::uint32_t x = 0; x < standing.size(); ++x) {
      std::vector<std::uint32_t> targets;
      for (const std::uint32_t y : standing[x]) {
        if (in_triangle(start_, near_, x, y) && !knowledge_.required(x, y) &&
            !knowledge_.required(y, x)) {
          targets.push_back(y);
        }
      }
      if (targets.empty() || standing[x].size() < size + 1) {
        continue;
      }
      const double cost = static_cast<double>(targets.size()) *
                          subset_count(standing[x].size(), size) * test_.nominal_cost(size);
      if (size > 1 && cost > options_.skeleton.work_per_variable * 1e6) {
        for (const std::uint32_t y : targets) {
          skeleton_.capped.push_back({std::min(x, y), std::max(x, y), size - 1});
        }
        continue;
      }
      any = true;
      std::vector<Separation> separated;
      skeleton_.tests += test_.separate(
          {.x = x, .candidates = standing[x], .targets = targets, .size = size}, level_, separated);
      for (Separation& separation : separated) {
        found.emplace_back(x, std::move(separation));
      }
    }
    for (auto& [x, separation] : found) {
      if (skeleton_.joined(x, separation.y)) {
        std::erase(skeleton_.adjacent[x], separation.y);
        std::erase(skeleton_.adjacent[separation.y], x);
        skeleton_.sets.put(x, separation.y, std::move(separation.given));
      }
    }
    return any;
  }

  IndependenceTest& test_;
  const Knowledge& knowledge_;
  const FciOptions& options_;
  TestLevel level_;
  const MixedGraph& start_;
  Neighbours near_;
  Skeleton skeleton_;
};

/// Circles, what knowledge says, and the unshielded colliders: those of `start` where it leaves the
/// two apart as well, and those that the separating set of a removed edge shows.
MixedGraph with_colliders(const Skeleton& skeleton, const MixedGraph& start,
                          const Knowledge& knowledge, FciResult& result) {
  MixedGraph pag = circle_graph(skeleton.adjacent, knowledge);
  result.ambiguous.clear();
  for (std::uint32_t c = 0; c < pag.nodes(); ++c) {
    for (const std::uint32_t a : skeleton.adjacent[c]) {
      for (const std::uint32_t b : skeleton.adjacent[c]) {
        if (a >= b || skeleton.joined(a, b)) {
          continue;
        }
        const bool collider = start.adjacent(a, b)
                                  ? skeleton.sets.known(a, b) && !skeleton.sets.holds(a, b, c)
                                  : start.directed(a, c) && start.directed(b, c);
        if (collider && !orient_collider(pag, a, c, b)) {
          result.ambiguous.push_back({a, c, b});
        }
      }
    }
  }
  std::ranges::sort(result.ambiguous);
  return pag;
}

/// Two that BOSS leaves apart are independent given the parents of the later one.
bool separates(const BossResult& boss, const std::vector<std::size_t>& rank, std::uint32_t a,
               std::uint32_t b, std::uint32_t c) {
  return boss.dag.directed(c, rank[a] > rank[b] ? a : b);
}

}  // namespace

Result<BossFciResult> boss_fci(const LocalScore& score, IndependenceTest& test,
                               const Knowledge& knowledge, const BossFciOptions& options) {
  if (knowledge.size() != score.variables() || test.variables() != score.variables()) {
    return invalid_argument("score, test and knowledge are about different variables");
  }
  THAW_TRY(BossResult start, boss(score, relaxed(knowledge), options.boss));
  BossFciResult result{{}, std::move(start), 0};
  const BossResult& found = result.boss;
  THAW_TRY(Skeleton skeleton, TriangleSearch(test, knowledge, options.fci, found.graph).run());
  std::size_t left = 0;
  for (const std::vector<std::uint32_t>& adjacent : skeleton.adjacent) {
    left += adjacent.size();
  }
  result.removed_in_triangles = found.graph.edge_count() - left / 2;
  FciResult& fci = result.fci;
  fci.capped = skeleton.capped;
  fci.depth = skeleton.depth;
  fci.tests = skeleton.tests;
  const MixedGraph first = with_colliders(skeleton, found.graph, knowledge, fci);
  THAW_CHECK(prune_by_possible_d_sep(test, keeping(knowledge, found.graph), options.fci, first,
                                     skeleton, fci));
  fci.graph = with_colliders(skeleton, found.graph, knowledge, fci);
  std::vector<std::size_t> rank(score.variables());
  for (std::size_t i = 0; i < rank.size(); ++i) {
    rank[found.order[i]] = i;
  }
  const auto by_tests = by_sets(skeleton.sets);
  close_under_pag_rules(
      fci.graph,
      {.selection = options.fci.selection,
       .beta_separates = [&](const std::vector<std::uint32_t>& path) -> std::optional<bool> {
         if (found.graph.adjacent(path.front(), path.back())) {
           return by_tests(path);
         }
         return separates(found, rank, path.front(), path.back(), path[path.size() - 2]);
       }});
  fci.contradictions = not_ancestral(fci.graph);
  return result;
}

}  // namespace thaw::discovery
