#include "graph/best_paths.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "graph/path_search.h"

namespace thaw::graph {
namespace {

constexpr double kUnitsPerNat = 0x1p40;
constexpr double kLeastProbability = 1e-300;
constexpr PathCost kTieMask = 0xFFF;  // 12 bits of hashed id: at most 4e-9 nats

/// -ln(p) in units of 2^-40 nats, plus a tie key of the edge.
PathCost cost_of(double probability, std::uint64_t id, Sign sign) {
  std::uint64_t z = id * 2 + (sign == Sign::kMinus ? 1 : 0) + 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  const double nats = -std::log(std::max(probability, kLeastProbability));
  return static_cast<PathCost>(std::llround(nats * kUnitsPerNat)) + 1 + ((z >> 40U) & kTieMask);
}

/// Parts by bound, cheapest first; at equal cost the unsolved first, then by edge ids.
class PartQueue {
 public:
  explicit PartQueue(const std::vector<std::uint64_t>& id) : id_(id) {}

  bool empty() const { return parts_.empty(); }

  void push(PathPart part) {
    if (part.bound < kUnreachable) {
      parts_.push_back(std::move(part));
      std::ranges::push_heap(parts_, [this](const auto& a, const auto& b) { return later(a, b); });
    }
  }

  PathPart pop() {
    std::ranges::pop_heap(parts_, [this](const auto& a, const auto& b) { return later(a, b); });
    PathPart part = std::move(parts_.back());
    parts_.pop_back();
    return part;
  }

 private:
  bool later(const PathPart& a, const PathPart& b) const {
    if (a.bound != b.bound) {
      return a.bound > b.bound;
    }
    return a.solved != b.solved ? a.solved : ids_before(b, a);
  }

  bool ids_before(const PathPart& a, const PathPart& b) const {
    return std::ranges::lexicographical_compare(
        a.path, b.path, [this](const PathFinder::Arc& x, const PathFinder::Arc& y) {
          const auto left = id_[x.edge()];
          const auto right = id_[y.edge()];
          return left != right ? left < right : x.sign() < y.sign();
        });
  }

  const std::vector<std::uint64_t>& id_;
  std::vector<PathPart> parts_;
};

/// The cost of the k-th best chain of all that were met: nothing dearer can be among the k best.
class Ceiling {
 public:
  explicit Ceiling(std::size_t k) : k_(k) {}

  void met(PathCost cost) {
    costs_.push_back(cost);
    std::ranges::push_heap(costs_);
    if (costs_.size() > k_) {
      std::ranges::pop_heap(costs_);
      costs_.pop_back();
    }
  }
  PathCost cost() const { return costs_.size() < k_ ? kUnreachable : costs_.front(); }

 private:
  std::size_t k_;
  std::vector<PathCost> costs_;
};

/// Cuts what is left of a solved part, its own chain taken out, into parts with longer prefixes.
void split_part(const PathPart& part, PathSearch& search, PartQueue& queue) {
  const std::size_t end = part.first_repeat == 0 ? part.path.size() : part.first_repeat;
  for (std::size_t i = part.fixed; i < end; ++i) {
    auto forbidden = i == part.fixed ? part.forbidden : std::vector<std::uint32_t>{};
    forbidden.push_back(part.path[i].effect);
    const auto cut = part.path.begin() + static_cast<std::ptrdiff_t>(i);
    queue.push(search.open(part.sign, {part.path.begin(), cut}, std::move(forbidden)));
  }
}

}  // namespace

PathFinder::PathFinder(const SignedGraph& graph) : nodes_(graph.nodes()) {
  const auto edges = graph.edges();
  probability_.resize(edges.size() * 2);
  id_.resize(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    probability_[i * 2] = edges[i].p_plus;
    probability_[i * 2 + 1] = edges[i].p_minus;
    id_[i] = edges[i].id;
  }
  lay_out(graph);
  constexpr std::size_t kWorthAThread = 100'000;
  for_each_piece(2, out_.size() < kWorthAThread ? 1 : 2, [&](std::size_t piece) {
    piece == 0 ? sort_rows(out_, out_begin_) : sort_rows(in_, in_begin_);
  });
}

void PathFinder::lay_out(const SignedGraph& graph) {
  const auto edges = graph.edges();
  const auto each_effect = [&](const auto& use) {
    for (std::uint32_t i = 0; i < edges.size(); ++i) {
      for (const Sign sign : {Sign::kPlus, Sign::kMinus}) {
        if (edges[i].probability(sign) > 0 && edges[i].from != edges[i].to) {
          use(edges[i], i * 2 + (sign == Sign::kMinus ? 1 : 0), sign);
        }
      }
    }
  };
  out_begin_.assign(nodes_ + std::size_t{1}, 0);
  in_begin_.assign(nodes_ + std::size_t{1}, 0);
  each_effect([&](const SignedEdge& edge, std::uint32_t, Sign) {
    ++out_begin_[edge.from + std::size_t{1}];
    ++in_begin_[edge.to + std::size_t{1}];
  });
  for (std::size_t i = 0; i < nodes_; ++i) {
    out_begin_[i + 1] += out_begin_[i];
    in_begin_[i + 1] += in_begin_[i];
  }
  out_.resize(out_begin_.back());
  in_.resize(in_begin_.back());
  std::uint32_t next_out = 0;
  auto next_in = in_begin_;
  each_effect([&](const SignedEdge& edge, std::uint32_t effect, Sign sign) {
    const PathCost cost = cost_of(edge.probability(sign), edge.id, sign);
    out_[next_out++] = {edge.to, effect, cost};
    in_[next_in[edge.to]++] = {edge.from, effect, cost};
  });
}

void PathFinder::sort_rows(std::vector<Arc>& arcs, const std::vector<std::uint32_t>& begin) {
  for (std::size_t node = 0; node + 1 < begin.size(); ++node) {
    std::sort(arcs.begin() + begin[node], arcs.begin() + begin[node + 1],
              [](const Arc& a, const Arc& b) {
                return a.cost != b.cost ? a.cost < b.cost : a.effect < b.effect;
              });
  }
}

SignedPath PathFinder::to_path(std::span<const Arc> arcs, Sign sign) const {
  SignedPath path{.hops = {}, .sign = sign, .probability = 1};
  for (const Arc& arc : arcs) {
    path.hops.push_back({arc.edge(), arc.sign()});
    path.probability *= probability_[arc.effect];
  }
  return path;
}

PathAnswer PathFinder::best(const PathQuery& query) const {
  PathAnswer answer;
  if (query.from >= nodes_ || query.to >= nodes_ || query.from == query.to || query.k == 0) {
    return answer;
  }
  PathSearch search(*this, query);
  PartQueue queue(id_);
  for (const Sign sign : {Sign::kPlus, Sign::kMinus}) {
    if (!query.sign || *query.sign == sign) {
      queue.push(search.open(sign, {}, {}));
    }
  }
  std::size_t searches = 0;
  Ceiling ceiling(query.k);
  while (!queue.empty() && answer.paths.size() < query.k) {
    PathPart part = queue.pop();
    if (part.solved) {
      if (answer.paths.empty()) {
        search.know_best_walk(part.bound);  // of all that is left, and nothing was given yet
      }
      if (part.first_repeat == 0) {
        answer.paths.push_back(to_path(part.path, part.sign));
      }
      split_part(part, search, queue);
    } else if (++searches > query.max_searches) {
      answer.complete = false;
      break;
    } else if (search.solve(part, ceiling.cost())) {
      if (part.first_repeat == 0) {
        ceiling.met(part.bound);
      }
      queue.push(std::move(part));
    }
  }
  return answer;
}

}  // namespace thaw::graph
