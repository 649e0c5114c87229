#include "discovery/boss.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/random.h"
#include "discovery/equivalence.h"
#include "discovery/ges.h"
#include "discovery/grow_shrink_tree.h"
#include "discovery/precedence.h"

namespace thaw::discovery {
namespace {

constexpr std::int32_t kNowhere = std::numeric_limits<std::int32_t>::max();

class Search {
 public:
  Search(const LocalScore& score, const Knowledge& knowledge, const Precedence& precedence)
      : n_(score.variables()),
        tolerance_(10 * score.tolerance()),
        precedence_(&precedence),
        rank_(n_),
        current_(n_),
        place_(n_ + 1) {
    for (std::uint32_t v = 0; v < n_; ++v) {
      trees_.emplace_back(score, v, knowledge);
    }
  }

  void start(std::vector<std::uint32_t> order) {
    order_ = std::move(order);
    for (std::size_t i = 0; i < n_; ++i) {
      rank_[order_[i]] = static_cast<std::int32_t>(i);
    }
    for (std::uint32_t v = 0; v < n_; ++v) {
      current_[v] = trees_[v].best_score({rank_.data(), rank_[v]});
    }
  }

  /// Moves `x` to its best place; whether that helped.
  bool improve(std::uint32_t x);

  double total() const { return std::accumulate(current_.begin(), current_.end(), 0.0); }
  const std::vector<std::uint32_t>& order() const { return order_; }
  std::vector<std::uint32_t> parents(std::uint32_t v) {
    return trees_[v].best_parents({rank_.data(), rank_[v]});
  }
  std::size_t tree_nodes() const {
    std::size_t sum = 0;
    for (const GrowShrinkTree& tree : trees_) {
      sum += tree.nodes();
    }
    return sum;
  }

 private:
  /// Score of `v` when the first `limit` of the others stand before it, with or without x.
  double at(std::uint32_t v, std::size_t limit) {
    return trees_[v].best_score({rank_.data(), static_cast<std::int32_t>(limit)});
  }
  void move(std::uint32_t x, std::size_t from, std::size_t to);

  std::size_t n_;
  double tolerance_;  // sums of scores round more than one score
  const Precedence* precedence_;
  std::vector<GrowShrinkTree> trees_;
  std::vector<std::uint32_t> order_;
  std::vector<std::int32_t> rank_;
  std::vector<double> current_;  // score of each variable in the order
  std::vector<double> place_;    // what x in place j would add to the total
};

bool Search::improve(std::uint32_t x) {
  const auto from = static_cast<std::size_t>(rank_[x]);
  // Places among the others, x left out: rank_ of those behind x is one less.
  order_.erase(order_.begin() + static_cast<std::ptrdiff_t>(from));
  for (std::size_t k = from; k < n_ - 1; ++k) {
    rank_[order_[k]] = static_cast<std::int32_t>(k);
  }
  std::size_t low = 0;
  std::size_t high = n_ - 1;
  if (precedence_->any()) {
    for (std::size_t k = 0; k < n_ - 1; ++k) {
      if (precedence_->before(order_[k], x)) {
        low = k + 1;
      }
      if (precedence_->before(x, order_[k])) {
        high = std::min(high, k);
      }
    }
  }
  rank_[x] = kNowhere;
  double others = 0;
  for (std::size_t j = from; j <= high; ++j) {
    place_[j] = others + at(x, j) - current_[x];
    if (j < high) {
      others += at(order_[j], j) - current_[order_[j]];
    }
  }
  others = 0;
  for (std::size_t j = from; j-- > low;) {
    rank_[x] = -1;
    others += at(order_[j], j) - current_[order_[j]];
    rank_[x] = kNowhere;
    place_[j] = others + at(x, j) - current_[x];
  }
  std::size_t to = from;
  double best = tolerance_;
  for (std::size_t j = low; j <= high; ++j) {
    if (j != from && place_[j] > best) {
      best = place_[j] + tolerance_;
      to = j;
    }
  }
  move(x, from, to);
  return to != from;
}

void Search::move(std::uint32_t x, std::size_t from, std::size_t to) {
  order_.insert(order_.begin() + static_cast<std::ptrdiff_t>(to), x);
  for (std::size_t k = std::min(from, to); k < n_; ++k) {
    rank_[order_[k]] = static_cast<std::int32_t>(k);
  }
  for (std::size_t k = std::min(from, to); k <= std::max(from, to) && from != to; ++k) {
    current_[order_[k]] = at(order_[k], k);
  }
}

/// Best moves until a whole round of the variables has none. False when asked to stop.
bool descend(Search& search, const std::function<bool()>& go_on) {
  for (bool moved = true; moved;) {
    moved = false;
    const std::vector<std::uint32_t> round = search.order();
    for (const std::uint32_t x : round) {
      moved |= search.improve(x);
    }
    if (!go_on()) {
      return false;
    }
  }
  return true;
}

std::vector<std::uint32_t> shaken(std::vector<std::uint32_t> order, Random& random) {
  const std::size_t moves = std::max<std::size_t>(2, order.size() / 5);
  for (std::size_t i = 0; i < moves; ++i) {
    const auto from = static_cast<std::ptrdiff_t>(random.index(order.size()));
    const auto to = static_cast<std::ptrdiff_t>(random.index(order.size()));
    const std::uint32_t x = order[static_cast<std::size_t>(from)];
    order.erase(order.begin() + from);
    order.insert(order.begin() + to, x);
  }
  return order;
}

}  // namespace

Result<BossResult> boss(const LocalScore& score, const Knowledge& knowledge,
                        const BossOptions& options) {
  const std::size_t n = score.variables();
  if (knowledge.size() != n) {
    return invalid_argument("the knowledge is about other variables than the score");
  }
  const Precedence precedence(knowledge);
  if (precedence.circle()) {
    return invalid_argument(
        "the knowledge contradicts itself: its required arrows run in a circle");
  }
  Search search(score, knowledge, precedence);
  const double steps = static_cast<double>(options.shakes + 2);
  double done = 0;
  const auto go_on = [&] { return !options.progress || options.progress(done / steps); };

  const Result<GesResult> greedy =
      ges(score, knowledge, {.progress = [&](std::size_t) { return go_on(); }});
  if (!greedy) {
    return greedy.error();
  }
  done = 1;
  std::vector<std::uint32_t> best_order = graph::directed_order(greedy->dag);
  double best = -std::numeric_limits<double>::infinity();
  for (std::size_t shake = 0; shake <= options.shakes; ++shake) {
    Random random(options.seed, shake);
    search.start(precedence.ordered(shake == 0 ? best_order : shaken(best_order, random)));
    if (!descend(search, go_on)) {
      return unavailable("the search was cancelled");
    }
    done += 1;
    if (const double total = search.total(); total > best + 10 * score.tolerance()) {
      best = total;
      best_order = search.order();
    }
  }
  search.start(best_order);
  BossResult result{graph::MixedGraph(n), graph::MixedGraph(n), best_order, search.total(),
                    search.tree_nodes()};
  for (std::uint32_t v = 0; v < n; ++v) {
    for (const std::uint32_t parent : search.parents(v)) {
      result.dag.direct(parent, v);
    }
  }
  result.graph = class_under(result.dag, knowledge);
  return result;
}

}  // namespace thaw::discovery
