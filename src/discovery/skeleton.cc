#include "discovery/skeleton.h"

#include <algorithm>
#include <numeric>

#include "discovery/subsets.h"

namespace thaw::discovery {

void SeparatingSets::put(std::uint32_t a, std::uint32_t b, std::vector<std::uint32_t> given) {
  if (given.empty()) {
    empty_[key(a, b)] = true;
    sets_.erase(key(a, b));
  } else {
    empty_[key(a, b)] = false;
    sets_[key(a, b)] = std::move(given);
  }
}

bool SeparatingSets::known(std::uint32_t a, std::uint32_t b) const {
  return empty_[key(a, b)] || sets_.contains(key(a, b));
}

bool SeparatingSets::holds(std::uint32_t a, std::uint32_t b, std::uint32_t c) const {
  const auto found = sets_.find(key(a, b));
  return found != sets_.end() && std::ranges::binary_search(found->second, c);
}

std::vector<std::uint32_t> SeparatingSets::of(std::uint32_t a, std::uint32_t b) const {
  const auto found = sets_.find(key(a, b));
  return found == sets_.end() ? std::vector<std::uint32_t>{} : found->second;
}

bool Skeleton::joined(std::uint32_t a, std::uint32_t b) const {
  return std::ranges::binary_search(adjacent[a], b);
}

bool may_separate(const Knowledge& knowledge, const SkeletonOptions& options, std::uint32_t z,
                  std::uint32_t x) {
  return options.hidden_causes || !knowledge.forbidden(z, x);
}

namespace {

class Search {
 public:
  Search(IndependenceTest& test, const Knowledge& knowledge, const SkeletonOptions& options)
      : test_(test),
        knowledge_(knowledge),
        options_(options),
        level_(options.alpha, knowledge),
        work_left_(options.work * 1e6),
        n_(test.variables()) {
    skeleton_.sets = SeparatingSets(options.keep_sets ? n_ : 0);
    skeleton_.adjacent.resize(n_);
    capped_at_.resize(n_);
    for (std::uint32_t a = 0; a < n_; ++a) {
      for (std::uint32_t b = 0; b < n_; ++b) {
        if (a != b && (options.hidden_causes || !knowledge.never_joined(a, b))) {
          skeleton_.adjacent[a].push_back(b);
        }
      }
    }
  }

  Result<Skeleton> run() {
    for (std::size_t size = 0; !options_.max_depth || size <= *options_.max_depth; ++size) {
      start_ = skeleton_.adjacent;
      if (!plan(size)) {
        break;
      }
      skeleton_.depth = size;
      for (std::uint32_t x = 0; x < n_; ++x) {
        if (options_.progress && !options_.progress("skeleton", x, n_)) {
          return unavailable("stopped before the skeleton was complete");
        }
        search(x, size);
      }
    }
    report_caps();
    return std::move(skeleton_);
  }

 private:
  bool must_stay(std::uint32_t a, std::uint32_t b) const {
    return knowledge_.required(a, b) || knowledge_.required(b, a);
  }

  void choose(std::uint32_t x, std::size_t size) {
    candidates_.clear();
    targets_.clear();
    for (const std::uint32_t z : start_[x]) {
      if (size > 0 && may_separate(knowledge_, options_, z, x)) {
        candidates_.push_back(z);
      }
    }
    for (const std::uint32_t y : skeleton_.adjacent[x]) {
      if (!must_stay(x, y) && (size > 0 || y > x)) {
        targets_.push_back(y);
      }
    }
  }

  /// Nominal microseconds of the search around x, as things stand.
  double cost(std::uint32_t x, std::size_t size) {
    choose(x, size);
    if (targets_.empty() || candidates_.size() < size) {
      return 0;
    }
    return static_cast<double>(targets_.size()) * subset_count(candidates_.size(), size) *
           test_.nominal_cost(size);
  }

  /// Which variables are searched at this level, cheapest first while the work lasts; false when
  /// there is nothing to search.
  bool plan(std::size_t size) {
    std::vector<double> cost_of(n_);
    std::vector<std::uint32_t> order(n_);
    std::iota(order.begin(), order.end(), 0U);
    for (std::uint32_t x = 0; x < n_; ++x) {
      cost_of[x] = cost(x, size);
    }
    std::ranges::stable_sort(order, {}, [&](std::uint32_t x) { return cost_of[x]; });
    searched_.assign(n_, false);
    bool any = false;
    double sum = 0;
    for (const std::uint32_t x : order) {
      if (cost_of[x] == 0) {
        continue;
      }
      sum += cost_of[x];
      // Pairs and single variables in a set are always tried.
      if (size >= 2 && (cost_of[x] > options_.work_per_variable * 1e6 || sum > work_left_)) {
        cap(x, size - 1);
        continue;
      }
      searched_[x] = true;
      any = true;
    }
    return any;
  }

  void cap(std::uint32_t x, std::size_t depth) {
    if (!capped_at_[x] || *capped_at_[x] > depth) {
      capped_at_[x] = depth;
    }
  }

  void search(std::uint32_t x, std::size_t size) {
    if (!searched_[x]) {
      return;
    }
    choose(x, size);
    found_.clear();
    const std::uint64_t tests = test_.separate(
        {.x = x, .candidates = candidates_, .targets = targets_, .size = size}, level_, found_);
    skeleton_.tests += tests;
    work_left_ -= static_cast<double>(tests) * test_.nominal_cost(size);
    for (Separation& separation : found_) {
      remove(x, separation.y);
      remove(separation.y, x);
      if (options_.keep_sets) {
        skeleton_.sets.put(x, separation.y, std::move(separation.given));
      }
    }
  }

  void remove(std::uint32_t a, std::uint32_t b) {
    auto& near = skeleton_.adjacent[a];
    near.erase(std::ranges::lower_bound(near, b));
  }

  /// Every pair that is still joined where larger sets were possible and not tried.
  void report_caps() {
    for (std::uint32_t a = 0; a < n_; ++a) {
      for (const std::uint32_t b : skeleton_.adjacent[a]) {
        if (b < a || must_stay(a, b)) {
          continue;
        }
        const std::optional<std::size_t> depth = smaller(depth_reached(a), depth_reached(b));
        if (depth) {
          skeleton_.capped.push_back({a, b, *depth});
        }
      }
    }
  }

  std::optional<std::size_t> depth_reached(std::uint32_t x) {
    std::optional<std::size_t> depth = capped_at_[x];
    start_ = skeleton_.adjacent;
    choose(x, 1);
    if (options_.max_depth && candidates_.size() > *options_.max_depth + 1) {
      depth = smaller(depth, options_.max_depth);
    }
    return depth;
  }

  static std::optional<std::size_t> smaller(std::optional<std::size_t> a,
                                            std::optional<std::size_t> b) {
    return !a ? b : !b ? a : std::min(a, b);
  }

  IndependenceTest& test_;
  const Knowledge& knowledge_;
  const SkeletonOptions& options_;
  TestLevel level_;
  double work_left_;
  std::size_t n_;
  Skeleton skeleton_;
  std::vector<std::vector<std::uint32_t>> start_;  // neighbours at the beginning of the level
  std::vector<std::optional<std::size_t>> capped_at_;
  std::vector<bool> searched_;
  std::vector<std::uint32_t> candidates_, targets_;
  std::vector<Separation> found_;
};

}  // namespace

Result<Skeleton> learn_skeleton(IndependenceTest& test, const Knowledge& knowledge,
                                const SkeletonOptions& options) {
  return Search(test, knowledge, options).run();
}

}  // namespace thaw::discovery
