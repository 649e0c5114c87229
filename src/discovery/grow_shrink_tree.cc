#include "discovery/grow_shrink_tree.h"

#include <algorithm>

namespace thaw::discovery {

GrowShrinkTree::GrowShrinkTree(const LocalScore& score, std::uint32_t child,
                               const Knowledge& knowledge)
    : score_(&score), child_(child), allowed_(score.variables(), 1) {
  allowed_[child] = 0;
  for (std::uint32_t v = 0; v < score.variables(); ++v) {
    if (v != child && knowledge.required(v, child)) {
      required_.push_back(v);
      allowed_[v] = 0;
    } else if (knowledge.forbidden(v, child)) {
      allowed_[v] = 0;
    }
  }
  nodes_.push_back({.grown = score.score(child, required_), .dropped = {}});
}

void GrowShrinkTree::expand(std::size_t node) {
  gains_.clear();
  for (const std::uint32_t v : parents_) {
    allowed_[v] = 0;
  }
  score_->improving(child_, parents_, allowed_, gains_);
  for (std::size_t i = required_.size(); i < parents_.size(); ++i) {
    allowed_[parents_[i]] = 1;
  }
  std::ranges::stable_sort(gains_, [](const Gain& a, const Gain& b) { return a.gain > b.gain; });
  nodes_[node].first_branch = static_cast<std::int32_t>(branches_.size());
  nodes_[node].branches = static_cast<std::int32_t>(gains_.size());
  for (const Gain& gain : gains_) {
    branches_.push_back({gain.variable, -1, gain.gain});
  }
}

std::size_t GrowShrinkTree::walk(const Prefix& prefix) {
  parents_.assign(required_.begin(), required_.end());
  std::size_t node = 0;
  for (;;) {
    if (nodes_[node].first_branch < 0) {
      expand(node);
    }
    const auto first = static_cast<std::size_t>(nodes_[node].first_branch);
    const auto end = first + static_cast<std::size_t>(nodes_[node].branches);
    std::size_t b = first;
    while (b < end && !prefix.holds(branches_[b].variable)) {
      ++b;
    }
    if (b == end) {
      break;
    }
    parents_.push_back(branches_[b].variable);
    if (branches_[b].node < 0) {
      branches_[b].node = static_cast<std::int32_t>(nodes_.size());
      nodes_.push_back({.grown = nodes_[node].grown + branches_[b].gain, .dropped = {}});
    }
    node = static_cast<std::size_t>(branches_[b].node);
  }
  if (!nodes_[node].shrunk) {
    shrink(node);
  }
  return node;
}

void GrowShrinkTree::shrink(std::size_t node) {
  Node& at = nodes_[node];
  at.shrunk = true;
  at.best = at.grown;
  std::vector<std::uint32_t> kept = parents_;
  // The parent taken last cannot be the first to go: it has just raised the score.
  while (kept.size() > required_.size() + 1) {
    double best = at.best + score_->tolerance();
    std::size_t drop = kept.size();
    std::vector<std::uint32_t> fewer(kept.begin() + 1, kept.end());
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (i > 0) {
        fewer[i - 1] = kept[i - 1];
      }
      if (i >= required_.size()) {
        if (const double score = score_->score(child_, fewer); score > best) {
          best = score;
          drop = i;
        }
      }
    }
    if (drop == kept.size()) {
      return;
    }
    at.best = best;
    at.dropped.push_back(kept[drop]);
    kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(drop));
  }
}

double GrowShrinkTree::best_score(const Prefix& prefix) {
  return nodes_[walk(prefix)].best;
}

std::vector<std::uint32_t> GrowShrinkTree::best_parents(const Prefix& prefix) {
  const Node& node = nodes_[walk(prefix)];
  std::vector<std::uint32_t> kept = parents_;
  std::erase_if(kept, [&](std::uint32_t v) { return std::ranges::count(node.dropped, v) > 0; });
  std::ranges::sort(kept);
  return kept;
}

}  // namespace thaw::discovery
