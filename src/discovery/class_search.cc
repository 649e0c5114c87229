#include "discovery/class_search.h"

#include <algorithm>

#include "discovery/equivalence.h"
#include "graph/meek.h"

namespace thaw::discovery {

using graph::MixedGraph;

namespace {

/// Beyond so many cliques about one variable only the first count: a bound on time, met by no
/// sparse graph.
constexpr std::size_t kMaxCliques = 1024;

bool holds(const std::vector<std::uint32_t>& rising, std::uint32_t v) {
  return std::ranges::binary_search(rising, v);
}

bool obeys(const MixedGraph& dag, const Knowledge& knowledge) {
  if (knowledge.empty()) {
    return true;
  }
  for (std::size_t a = 0; a < dag.nodes(); ++a) {
    for (std::size_t b = 0; b < dag.nodes(); ++b) {
      if (a != b && (knowledge.required(a, b) ? !dag.directed(a, b)
                                              : dag.directed(a, b) && knowledge.forbidden(a, b))) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

ClassSearch::ClassSearch(const LocalScore& score, const Knowledge& knowledge, MixedGraph dag)
    : score_(&score),
      knowledge_(&knowledge),
      dag_(std::move(dag)),
      graph_(class_under(dag_, knowledge)),
      joined_(dag_.nodes()),
      steps_(dag_.nodes()),
      stale_(dag_.nodes(), 1) {
  for (std::uint32_t v = 0; v < dag_.nodes(); ++v) {
    joined_[v] = graph_.neighbours(v);
    local_.push_back(score.score(v, dag_.parents(v)));
    total_ += local_.back();
  }
}

std::vector<std::uint32_t> ClassSearch::undirected(std::uint32_t y) const {
  std::vector<std::uint32_t> found;
  for (const std::uint32_t v : joined_[y]) {
    if (graph_.undirected(v, y)) {
      found.push_back(v);
    }
  }
  return found;
}

/// The parents of `y` and `more`, rising.
std::vector<std::uint32_t> ClassSearch::parents_with(std::uint32_t y,
                                                     const std::vector<std::uint32_t>& more) const {
  std::vector<std::uint32_t> all = more;
  for (const std::uint32_t v : joined_[y]) {
    if (graph_.directed(v, y)) {
      all.push_back(v);
    }
  }
  std::ranges::sort(all);
  return all;
}

/// The sets of `among` whose members are all joined to each other, the empty one first.
std::vector<std::vector<std::uint32_t>> ClassSearch::cliques(
    std::vector<std::uint32_t> among) const {
  std::vector<std::vector<std::uint32_t>> found{{}};
  for (std::size_t next = 0; next < found.size() && found.size() < kMaxCliques; ++next) {
    for (const std::uint32_t v : among) {
      if ((found[next].empty() || found[next].back() < v) &&
          std::ranges::all_of(found[next],
                              [&](std::uint32_t u) { return graph_.adjacent(u, v); })) {
        std::vector<std::uint32_t> larger = found[next];
        larger.push_back(v);
        found.push_back(std::move(larger));
      }
    }
  }
  return found;
}

void ClassSearch::find_inserts(std::uint32_t y) {
  const std::vector<std::uint32_t> around = undirected(y);
  std::vector<std::uint8_t> allowed(dag_.nodes(), 1);
  allowed[y] = 0;
  for (std::uint32_t v = 0; v < dag_.nodes(); ++v) {
    if (graph_.adjacent(v, y) || knowledge_->forbidden(v, y)) {
      allowed[v] = 0;
    }
  }
  std::vector<Gain> gains;
  for (const std::vector<std::uint32_t>& kept : cliques(around)) {
    if (std::ranges::any_of(kept, [&](std::uint32_t v) { return knowledge_->forbidden(v, y); })) {
      continue;
    }
    gains.clear();
    score_->improving(y, parents_with(y, kept), allowed, gains);
    for (const Gain& gain : gains) {
      // What is joined to both must point to y, else x -> y would make or break a collider.
      if (std::ranges::all_of(around, [&](std::uint32_t v) {
            return !graph_.adjacent(v, gain.variable) || holds(kept, v);
          })) {
        steps_[y].push_back({gain.variable, gain.gain, kept});
      }
    }
  }
}

void ClassSearch::find_deletes(std::uint32_t y) {
  for (const std::uint32_t x : joined_[y]) {
    if (!graph_.directed(y, x) && !knowledge_->required(x, y) && !knowledge_->required(y, x)) {
      find_deletes(x, y);
    }
  }
}

void ClassSearch::find_deletes(std::uint32_t x, std::uint32_t y) {
  std::vector<std::uint32_t> both = undirected(y);
  std::erase_if(both, [&](std::uint32_t v) { return !graph_.adjacent(v, x); });
  for (const std::vector<std::uint32_t>& kept : cliques(both)) {
    std::vector<std::uint32_t> without = parents_with(y, kept);
    std::erase(without, x);
    std::vector<std::uint32_t> with = without;
    with.insert(std::ranges::upper_bound(with, x), x);
    const double gain = score_->score(y, without) - score_->score(y, with);
    if (gain > score_->tolerance()) {
      steps_[y].push_back({x, gain, kept});
    }
  }
}

/// Whether every path from y to x along arrows and undirected edges meets `step.kept`: without
/// that, x -> y would close a circle.
bool ClassSearch::valid_insert(std::uint32_t y, const Step& step) {
  std::vector<std::uint8_t> seen(dag_.nodes(), 0);
  for (const std::uint32_t v : step.kept) {
    seen[v] = 1;
  }
  std::vector<std::uint32_t> queue{y};
  seen[y] = 1;
  while (!queue.empty()) {
    const std::uint32_t at = queue.back();
    queue.pop_back();
    for (const std::uint32_t next : joined_[at]) {
      if (seen[next] == 0 && !graph_.directed(next, at)) {
        if (next == step.x) {
          return false;
        }
        seen[next] = 1;
        queue.push_back(next);
      }
    }
  }
  return true;
}

std::optional<MixedGraph> ClassSearch::inserted(std::uint32_t y, const Step& step) const {
  MixedGraph pdag = graph_;
  pdag.direct(step.x, y);
  for (const std::uint32_t v : step.kept) {
    if (!graph_.adjacent(v, step.x)) {
      pdag.direct(v, y);
    }
  }
  return graph::consistent_extension(pdag);
}

std::optional<MixedGraph> ClassSearch::deleted(std::uint32_t y, const Step& step) const {
  MixedGraph pdag = graph_;
  pdag.remove_edge(step.x, y);
  for (const std::uint32_t v : undirected(y)) {
    if (graph_.adjacent(v, step.x) && !holds(step.kept, v)) {
      pdag.direct(y, v);
      if (graph_.undirected(step.x, v)) {
        pdag.direct(step.x, v);
      }
    }
  }
  return graph::consistent_extension(pdag);
}

/// Makes `dag` the state if it obeys and is better; whether it did.
bool ClassSearch::take(MixedGraph dag) {
  if (!obeys(dag, *knowledge_)) {
    return false;
  }
  std::vector<double> local = local_;
  double total = 0;
  for (std::uint32_t v = 0; v < dag.nodes(); ++v) {
    if (std::vector<std::uint32_t> parents = dag.parents(v); parents != dag_.parents(v)) {
      local[v] = score_->score(v, parents);
    }
    total += local[v];
  }
  if (!(total > total_ + 10 * score_->tolerance())) {
    return false;
  }
  dag_ = std::move(dag);
  local_ = std::move(local);
  total_ = total;
  const MixedGraph before = std::exchange(graph_, class_under(dag_, *knowledge_));
  note_changes(before);
  return true;
}

/// Steps at y hang on the edges of y and on which undirected neighbours of y are joined to whom.
void ClassSearch::note_changes(const MixedGraph& before) {
  for (std::uint32_t a = 0; a < dag_.nodes(); ++a) {
    for (std::uint32_t b = 0; b < dag_.nodes(); ++b) {
      if (graph_.mark(a, b) == before.mark(a, b)) {
        continue;
      }
      stale_[a] = stale_[b] = 1;
      if (graph_.adjacent(a, b) != before.adjacent(a, b)) {
        for (const std::uint32_t end : {a, b}) {
          for (const std::uint32_t y : graph_.neighbours(end)) {
            if (graph_.undirected(end, y)) {
              stale_[y] = 1;
            }
          }
        }
      }
    }
  }
  for (std::uint32_t v = 0; v < dag_.nodes(); ++v) {
    if (stale_[v] != 0) {
      joined_[v] = graph_.neighbours(v);
    }
  }
}

std::size_t ClassSearch::run(bool inserting, const std::function<bool()>& go_on) {
  std::ranges::fill(stale_, std::uint8_t{1});
  const std::size_t n = dag_.nodes();
  for (std::size_t taken = 0;; ++taken) {
    for (std::uint32_t y = 0; y < n; ++y) {
      if (std::exchange(stale_[y], std::uint8_t{0}) != 0) {
        steps_[y].clear();
        inserting ? find_inserts(y) : find_deletes(y);
        std::ranges::stable_sort(steps_[y],
                                 [](const Step& a, const Step& b) { return a.gain > b.gain; });
      }
    }
    std::vector<std::size_t> at(n, 0);
    for (bool done = false; !done;) {
      std::size_t y = n;
      for (std::size_t v = 0; v < n; ++v) {
        if (at[v] < steps_[v].size() &&
            (y == n || steps_[v][at[v]].gain > steps_[y][at[y]].gain + score_->tolerance())) {
          y = v;
        }
      }
      if (y == n) {
        return taken;
      }
      const Step step = steps_[y][at[y]++];
      const auto to = static_cast<std::uint32_t>(y);
      if (inserting && !valid_insert(to, step)) {
        continue;
      }
      std::optional<MixedGraph> next = inserting ? inserted(to, step) : deleted(to, step);
      done = next && take(std::move(*next));
    }
    if (!go_on()) {
      return taken + 1;
    }
  }
}

std::size_t ClassSearch::insert_all(const std::function<bool()>& go_on) {
  return run(true, go_on);
}

std::size_t ClassSearch::delete_all(const std::function<bool()>& go_on) {
  return run(false, go_on);
}

}  // namespace thaw::discovery
