#include "graph/open_path.h"

#include <algorithm>
#include <cstddef>

namespace thaw::graph {
namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

/// Breadth first over (node, entered through an arrowhead or not); remembers how it came.
class Walker {
 public:
  Walker(const Admg& graph, const NodeSet& given, const Cuts& cuts)
      : graph_(graph),
        given_(given),
        cuts_(cuts),
        open_collider_(ancestors(graph, given, cuts)),
        from_(2 * graph.nodes(), kNowhere),
        step_(2 * graph.nodes()) {}

  std::vector<WalkStep> run(const NodeSet& a, const NodeSet& b) {
    a.for_each([&](std::uint32_t v) {
      from_[2 * v] = 2 * v;
      queue_.push_back(2 * v);
    });
    for (std::size_t next = 0; next < queue_.size(); ++next) {
      const std::size_t state = queue_[next];
      const auto v = static_cast<std::uint32_t>(state / 2);
      if (b.contains(v)) {
        return back(state);
      }
      const bool start = a.contains(v);
      const bool blocked = !start && given_.contains(v);
      if (!blocked) {
        down(state, v);
      }
      if (start || (state % 2 == 1 ? open_collider_.contains(v) : !blocked)) {
        up_and_across(state, v);
      }
    }
    return {};
  }

 private:
  void enter(std::size_t state, WalkStep step) {
    const std::size_t next = std::size_t{2} * step.v + (step.head_v ? 1 : 0);
    if (from_[next] == kNowhere) {
      from_[next] = state;
      step_[next] = step;
      queue_.push_back(next);
    }
  }
  void down(std::size_t state, std::uint32_t v) {
    for (const std::uint32_t c : graph_.children(v)) {
      if (!cuts_.cut(v, c)) {
        enter(state, {v, c, false, true});
      }
    }
  }
  void up_and_across(std::size_t state, std::uint32_t v) {
    for (const std::uint32_t p : graph_.parents(v)) {
      if (!cuts_.cut(p, v)) {
        enter(state, {v, p, true, false});
      }
    }
    for (const std::uint32_t s : graph_.siblings(v)) {
      if (!cuts_.set.contains(v) && !cuts_.set.contains(s)) {
        enter(state, {v, s, true, true});
      }
    }
  }
  std::vector<WalkStep> back(std::size_t state) const {
    std::vector<WalkStep> walk;
    for (; from_[state] != state; state = from_[state]) {
      walk.push_back(step_[state]);
    }
    std::reverse(walk.begin(), walk.end());
    return walk;
  }

  const Admg& graph_;
  const NodeSet& given_;
  const Cuts& cuts_;
  NodeSet open_collider_;
  std::vector<std::size_t> from_;
  std::vector<WalkStep> step_;
  std::vector<std::size_t> queue_;
};

}  // namespace

std::vector<WalkStep> open_walk(const Admg& graph, const NodeSet& a, const NodeSet& b,
                                const NodeSet& given, const Cuts& cuts) {
  return Walker(graph, given, cuts).run(a, b);
}

std::string walk_text(const std::vector<WalkStep>& walk, const std::vector<std::string>& names) {
  if (walk.empty()) {
    return "";
  }
  std::string text = names[walk.front().u];
  for (const WalkStep& step : walk) {
    text += step.head_u && step.head_v ? " <-> " : step.head_v ? " -> " : " <- ";
    text += names[step.v];
  }
  return text;
}

}  // namespace thaw::graph
