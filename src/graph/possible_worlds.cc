#include "graph/possible_worlds.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/parallel.h"
#include "graph/reach_plan.h"
#include "graph/world_masks.h"

namespace thaw::graph {
namespace {

constexpr std::size_t kPieces = 16;

std::size_t words_of(const WorldOptions& options) {
  return std::max<std::size_t>(1, (options.worlds + std::size_t{63}) / 64);
}

/// Words swept at once: enough to fill vector units, few enough to stay in the cache.
std::size_t block_words(const SignedGraph& graph) {
  return graph.edges().size() < 4096 ? 64 : 8;
}

std::uint64_t ones(std::uint64_t word) {
  return static_cast<std::uint64_t>(std::popcount(word));
}

/// Calls `use(piece, block, words)` for every block of worlds, its edges drawn.
template <class Use>
void for_each_block(const SignedGraph& graph, const ReachPlan& plan, const WorldOptions& options,
                    const Use& use) {
  const std::size_t words = words_of(options);
  const std::size_t stride = block_words(graph);
  const std::size_t blocks = (words + stride - 1) / stride;
  for_each_piece(std::min(kPieces, blocks), options.threads, [&](std::size_t piece) {
    auto block = plan.make_block(stride);
    for (std::size_t b = piece; b < blocks; b += kPieces) {
      for (const std::uint32_t edge : plan.edges()) {
        draw_worlds(graph.edges()[edge], options.seed, b * stride,
                    std::span(block.plus).subspan(edge * stride, stride),
                    std::span(block.minus).subspan(edge * stride, stride));
      }
      use(piece, block, std::min(stride, words - b * stride));
    }
  });
}

/// Sets one edge in all worlds of the block, and puts its draws back at the end.
class Forced {
 public:
  Forced(ReachPlan::Block& block, std::uint32_t edge) : block_(block), at_(edge * block.words) {
    const auto begin = static_cast<std::ptrdiff_t>(at_);
    const auto end = begin + static_cast<std::ptrdiff_t>(block.words);
    plus_.assign(block.plus.begin() + begin, block.plus.begin() + end);
    minus_.assign(block.minus.begin() + begin, block.minus.begin() + end);
  }
  ~Forced() {
    std::ranges::copy(plus_, block_.plus.begin() + static_cast<std::ptrdiff_t>(at_));
    std::ranges::copy(minus_, block_.minus.begin() + static_cast<std::ptrdiff_t>(at_));
  }
  Forced(const Forced&) = delete;
  Forced& operator=(const Forced&) = delete;

  void set(std::uint64_t plus, std::uint64_t minus) {
    std::fill_n(block_.plus.begin() + static_cast<std::ptrdiff_t>(at_), block_.words, plus);
    std::fill_n(block_.minus.begin() + static_cast<std::ptrdiff_t>(at_), block_.words, minus);
  }

 private:
  ReachPlan::Block& block_;
  std::size_t at_;
  std::vector<std::uint64_t> plus_, minus_;
};

WorldCounts count_node(const ReachPlan::Block& block, std::uint32_t node, std::size_t words) {
  WorldCounts counts;
  for (std::size_t w = node * block.words; w < node * block.words + words; ++w) {
    counts.raises += ones(block.raises[w] & ~block.lowers[w]);
    counts.lowers += ones(block.lowers[w] & ~block.raises[w]);
    counts.both += ones(block.raises[w] & block.lowers[w]);
  }
  return counts;
}

struct Difference {
  std::int64_t raises = 0;
  std::int64_t lowers = 0;

  void add(const WorldCounts& with, const WorldCounts& without) {
    raises += static_cast<std::int64_t>(with.raises) - static_cast<std::int64_t>(without.raises);
    lowers += static_cast<std::int64_t>(with.lowers) - static_cast<std::int64_t>(without.lowers);
  }
};

/// Effects by edge, edges farthest from the target first: then a sweep from an edge's own component
/// on never reads what an earlier edge left behind.
std::vector<Hop> effects_farthest_first(const SignedGraph& graph, const ReachPlan& plan) {
  std::vector<Hop> effects;
  for (std::size_t i = plan.edges().size(); i-- > 0;) {
    for (const Sign sign : {Sign::kPlus, Sign::kMinus}) {
      if (graph.edges()[plan.edges()[i]].probability(sign) > 0) {
        effects.push_back({plan.edges()[i], sign});
      }
    }
  }
  return effects;
}

/// Adds to `sums` (effects * nodes) what one block of worlds says.
void add_differences(const SignedGraph& graph, const ReachPlan& plan, ReachPlan::Block& block,
                     std::size_t words, std::span<const Hop> effects,
                     std::span<const std::uint32_t> nodes, std::vector<Difference>& sums) {
  constexpr std::uint64_t kAll = ~std::uint64_t{0};
  const auto sweep = [&](std::uint32_t edge) {
    plan.sweep(block, plan.component_of(graph.edges()[edge].from));
    std::vector<WorldCounts> counts;
    for (const std::uint32_t node : nodes) {
      counts.push_back(count_node(block, node, words));
    }
    return counts;
  };
  plan.sweep(block);
  std::vector<WorldCounts> absent;
  for (std::size_t e = 0; e < effects.size(); ++e) {
    const auto [edge, sign] = effects[e];
    Forced forced(block, edge);
    if (e == 0 || effects[e - 1].edge != edge) {
      forced.set(0, 0);
      absent = sweep(edge);
    }
    forced.set(sign == Sign::kPlus ? kAll : 0, sign == Sign::kMinus ? kAll : 0);
    const auto present = sweep(edge);
    for (std::size_t n = 0; n < nodes.size(); ++n) {
      sums[e * nodes.size() + n].add(present[n], absent[n]);
    }
  }
}

}  // namespace

double share_error(std::uint64_t count, std::uint64_t worlds) {
  const double n = static_cast<double>(worlds);
  const double share = std::clamp(static_cast<double>(count) / n, 0.5 / n, 1 - 0.5 / n);
  return std::sqrt(share * (1 - share) / n);
}

Influence possible_worlds(const SignedGraph& graph, std::uint32_t target,
                          const WorldOptions& options) {
  const ReachPlan plan(graph, target, options.loop_steps_max);
  std::vector<std::vector<WorldCounts>> partial(kPieces);
  for_each_block(graph, plan, options, [&](std::size_t piece, auto& block, std::size_t words) {
    plan.sweep(block);
    partial[piece].resize(graph.nodes());
    for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
      const WorldCounts counts = count_node(block, node, words);
      partial[piece][node].raises += counts.raises;
      partial[piece][node].lowers += counts.lowers;
      partial[piece][node].both += counts.both;
    }
  });
  Influence influence{words_of(options) * 64,
                      std::vector<WorldCounts>(graph.nodes()),
                      {plan.by_walks().begin(), plan.by_walks().end()}};
  for (const auto& piece : partial) {
    for (std::size_t node = 0; node < piece.size(); ++node) {
      influence.nodes[node].raises += piece[node].raises;
      influence.nodes[node].lowers += piece[node].lowers;
      influence.nodes[node].both += piece[node].both;
    }
  }
  return influence;
}

ImportanceTable edge_importance(const SignedGraph& graph, std::uint32_t target,
                                std::span<const std::uint32_t> nodes, const WorldOptions& options) {
  const ReachPlan plan(graph, target, options.loop_steps_max);
  const auto effects = effects_farthest_first(graph, plan);
  std::vector<std::vector<Difference>> partial(kPieces);
  for_each_block(graph, plan, options, [&](std::size_t piece, auto& block, std::size_t words) {
    partial[piece].resize(effects.size() * nodes.size());
    add_differences(graph, plan, block, words, effects, nodes, partial[piece]);
  });
  ImportanceTable table{words_of(options) * 64, effects, {}, {}};
  std::ranges::sort(table.effects, [](const Hop& a, const Hop& b) {
    return a.edge != b.edge ? a.edge < b.edge : a.sign < b.sign;
  });
  table.raises.assign(effects.size() * nodes.size(), 0);
  table.lowers = table.raises;
  const double worlds = static_cast<double>(table.worlds);
  for (std::size_t e = 0; e < effects.size(); ++e) {
    const auto place = static_cast<std::size_t>(std::ranges::find(table.effects, effects[e]) -
                                                table.effects.begin());
    for (const auto& piece : partial) {
      for (std::size_t n = 0; n < nodes.size() && !piece.empty(); ++n) {
        const Difference& sum = piece[e * nodes.size() + n];
        table.raises[place * nodes.size() + n] += static_cast<double>(sum.raises) / worlds;
        table.lowers[place * nodes.size() + n] += static_cast<double>(sum.lowers) / worlds;
      }
    }
  }
  return table;
}

}  // namespace thaw::graph
