#include "graph/best_paths.h"

#include <algorithm>
#include <cmath>

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
          return id_[x.edge] != id_[y.edge] ? id_[x.edge] < id_[y.edge] : x.sign < y.sign;
        });
  }

  const std::vector<std::uint64_t>& id_;
  std::vector<PathPart> parts_;
};

/// Cuts what is left of a solved part, its own chain taken out, into parts with longer prefixes.
void split_part(const PathPart& part, PathSearch& search, PartQueue& queue) {
  const std::size_t end = part.first_repeat == 0 ? part.path.size() : part.first_repeat;
  for (std::size_t i = part.fixed; i < end; ++i) {
    auto forbidden = i == part.fixed ? part.forbidden : std::vector<Hop>{};
    forbidden.push_back({part.path[i].edge, part.path[i].sign});
    const auto cut = part.path.begin() + static_cast<std::ptrdiff_t>(i);
    queue.push(search.open(part.sign, {part.path.begin(), cut}, std::move(forbidden)));
  }
}

}  // namespace

PathFinder::PathFinder(const SignedGraph& graph) : nodes_(graph.nodes()) {
  const auto edges = graph.edges();
  probability_.resize(edges.size() * 2);
  id_.resize(edges.size());
  const auto add = [&](std::vector<Arc>& arcs, std::uint32_t index, std::uint32_t node) {
    const SignedEdge& edge = edges[index];
    for (const Sign sign : {Sign::kPlus, Sign::kMinus}) {
      if (edge.probability(sign) > 0 && edge.from != edge.to) {
        arcs.push_back({node, index, cost_of(edge.probability(sign), edge.id, sign), sign});
      }
    }
  };
  for (std::uint32_t node = 0; node < nodes_; ++node) {
    out_begin_.push_back(static_cast<std::uint32_t>(out_.size()));
    in_begin_.push_back(static_cast<std::uint32_t>(in_.size()));
    for (std::uint32_t i = graph.out_begin(node); i < graph.out_begin(node + 1); ++i) {
      add(out_, i, edges[i].to);
      probability_[std::size_t{i} * 2] = edges[i].p_plus;
      probability_[std::size_t{i} * 2 + 1] = edges[i].p_minus;
      id_[i] = edges[i].id;
    }
    for (const std::uint32_t i : graph.in(node)) {
      add(in_, i, edges[i].from);
    }
  }
  out_begin_.push_back(static_cast<std::uint32_t>(out_.size()));
  in_begin_.push_back(static_cast<std::uint32_t>(in_.size()));
}

SignedPath PathFinder::to_path(std::span<const Arc> arcs, Sign sign) const {
  SignedPath path{.hops = {}, .sign = sign, .probability = 1};
  for (const Arc& arc : arcs) {
    path.hops.push_back({arc.edge, arc.sign});
    path.probability *=
        probability_[std::size_t{arc.edge} * 2 + (arc.sign == Sign::kMinus ? 1 : 0)];
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
  while (!queue.empty() && answer.paths.size() < query.k) {
    PathPart part = queue.pop();
    if (part.solved) {
      if (part.first_repeat == 0) {
        answer.paths.push_back(to_path(part.path, part.sign));
      }
      split_part(part, search, queue);
    } else if (++searches > query.max_searches) {
      answer.complete = false;
      break;
    } else if (search.solve(part)) {
      queue.push(std::move(part));
    }
  }
  return answer;
}

}  // namespace thaw::graph
