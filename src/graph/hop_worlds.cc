#include "graph/hop_worlds.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "graph/hop_block.h"

namespace thaw::graph {
namespace {

constexpr std::size_t kPieces = 16;
constexpr std::uint32_t kFar = UINT32_MAX;

std::uint64_t threshold_of(double probability) {
  return static_cast<std::uint64_t>(std::llround(std::clamp(probability, 0.0, 1.0) * 0x1p53));
}

std::uint64_t ones(std::uint64_t word) {
  return static_cast<std::uint64_t>(std::popcount(word));
}

/// `raises` and `lowers` gain what an edge, then the way on, does.
void add_product(Worlds& raises, Worlds& lowers, const Worlds& plus, const Worlds& minus,
                 const Worlds& rest_raises, const Worlds& rest_lowers) {
  for (std::size_t w = 0; w < kBlockWords; ++w) {
    raises[w] |= (plus[w] & rest_raises[w]) | (minus[w] & rest_lowers[w]);
    lowers[w] |= (plus[w] & rest_lowers[w]) | (minus[w] & rest_raises[w]);
  }
}

/// Draws an edge in those worlds of `open` where it may matter.
template <class Slot>
void draw(const Slot& slot, const Worlds& salt, const Worlds& open_plus, const Worlds& open_minus,
          Worlds& plus, Worlds& minus) {
  for (std::size_t w = 0; w < kBlockWords; ++w) {
    plus[w] = minus[w] = 0;
    const std::uint64_t base = mixed(slot.key ^ salt[w]);
    if (slot.below_plus != 0 && (open_plus[w] | open_minus[w]) != 0) {
      // Where it raises it does not lower, so both need the first draw.
      const std::uint64_t open =
          slot.below_any == slot.below_plus ? open_plus[w] : open_plus[w] | open_minus[w];
      plus[w] = worlds_below(slot.below_plus, open, base);
    }
    if (slot.below_any != slot.below_plus && open_minus[w] != 0) {
      minus[w] = worlds_below(slot.below_any, open_minus[w], base) & ~plus[w];
    }
  }
}

}  // namespace

void HopWorlds::Block::begin(std::uint32_t target, std::size_t first_word, std::size_t words) {
  std::ranges::fill(nodes, NodeWorlds{});
  std::ranges::fill(is_full, 0);
  for (std::size_t w = 0; w < kBlockWords; ++w) {
    salt[w] = mixed((first_word + w) * kGolden + 1);
    live[w] = w < words ? ~std::uint64_t{0} : 0;
  }
  front = {target};
  front_raises = {live};
  front_lowers = {Worlds{}};
  touched.clear();
}

void HopWorlds::Block::end_layer(std::vector<HopCounts>& counts) {
  front.clear();
  front_raises.clear();
  front_lowers.clear();
  for (const std::uint32_t node : touched) {
    is_touched[node] = 0;
    NodeWorlds& at = nodes[node];
    std::uint64_t any = 0;
    std::uint64_t missing = 0;
    for (std::size_t w = 0; w < kBlockWords; ++w) {
      const std::uint64_t first = ~(at.raises[w] | at.lowers[w]);
      const std::uint64_t up = at.raises_now[w] & first;
      const std::uint64_t down = at.lowers_now[w] & first;
      counts[node].shortest_raises += ones(up & ~down);
      counts[node].shortest_lowers += ones(down & ~up);
      counts[node].shortest_tied += ones(up & down);
      at.raises[w] |= at.raises_now[w];
      at.lowers[w] |= at.lowers_now[w];
      any |= at.raises_now[w] | at.lowers_now[w];
      missing |= live[w] & ~(at.raises[w] & at.lowers[w]);
    }
    is_full[node] = missing == 0 ? 1 : 0;
    if (any != 0) {
      front.push_back(node);
      front_raises.push_back(at.raises_now);
      front_lowers.push_back(at.lowers_now);
    }
    at.raises_now = at.lowers_now = Worlds{};
  }
  touched.clear();
}

HopWorlds::HopWorlds(const SignedGraph& graph, std::uint32_t target, const HopOptions& options)
    : graph_(graph), target_(target), options_(options) {
  lay_out();
  measure_distances();
  find_walkers();
  list_chains();
}

void HopWorlds::lay_out() {
  const auto edges = graph_.edges();
  const std::uint64_t seed_key = mixed(options_.seed + kGolden);
  in_begin_.reserve(graph_.nodes() + std::size_t{1});
  slots_.reserve(edges.size());
  starts_.reserve(edges.size());
  for (std::uint32_t node = 0; node < graph_.nodes(); ++node) {
    in_begin_.push_back(static_cast<std::uint32_t>(slots_.size()));
    for (const std::uint32_t i : graph_.in(node)) {
      const SignedEdge& edge = edges[i];
      if (edge.from != node && edge.from != target_ && edge.p_plus + edge.p_minus > 0) {
        starts_.push_back(edge.from);
        slots_.push_back({i, threshold_of(edge.p_plus), threshold_of(edge.p_plus + edge.p_minus),
                          mixed(seed_key ^ mixed(edge.id * 2 + 1))});
      }
    }
  }
  in_begin_.push_back(static_cast<std::uint32_t>(slots_.size()));
}

void HopWorlds::measure_distances() {
  distance_.assign(graph_.nodes(), kFar);
  distance_[target_] = 0;
  std::vector<std::uint32_t> queue{target_};
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const std::uint32_t node = queue[head];
    for (std::uint32_t i = in_begin_[node]; i < in_begin_[node + 1]; ++i) {
      const std::uint32_t from = starts_[i];
      if (distance_[from] == kFar) {
        distance_[from] = distance_[node] + 1;
        queue.push_back(from);
      }
    }
  }
}

HopInfluence HopWorlds::influence() const {
  HopInfluence all = run(starts_, options_.worlds, /*listed=*/true);
  for (const std::uint32_t node : walkers_) {
    if (!std::ranges::binary_search(listed_, node, {}, &Listed::node)) {
      all.by_walks.push_back(node);
    }
  }
  return all;
}

HopInfluence HopWorlds::run(const Starts& starts, std::uint32_t worlds, bool listed) const {
  const std::size_t words = std::max<std::size_t>(1, (worlds + std::size_t{63}) / 64);
  const std::size_t blocks = (words + kBlockWords - 1) / kBlockWords;
  const std::size_t pieces = std::min(kPieces, blocks);
  std::vector<std::vector<HopCounts>> partial(pieces);
  for_each_piece(pieces, options_.threads, [&](std::size_t piece) {
    Block block(graph_.nodes());
    partial[piece].resize(graph_.nodes());
    for (std::size_t b = piece; b < blocks; b += pieces) {
      block.begin(target_, b * kBlockWords, std::min(kBlockWords, words - b * kBlockWords));
      sweep(block, starts, partial[piece]);
      for (std::size_t i = 0; listed && i < listed_.size(); ++i) {
        replay(block, listed_[i]);
      }
      for (std::uint32_t node = 0; node < graph_.nodes(); ++node) {
        HopCounts& counts = partial[piece][node];
        const NodeWorlds& at = block.nodes[node];
        for (std::size_t w = 0; w < kBlockWords; ++w) {
          counts.raises += ones(at.raises[w] & ~at.lowers[w]);
          counts.lowers += ones(at.lowers[w] & ~at.raises[w]);
          counts.both += ones(at.raises[w] & at.lowers[w]);
        }
      }
    }
  });
  HopInfluence all{words * 64, std::vector<HopCounts>(graph_.nodes()), {}};
  for (const auto& piece : partial) {
    for (std::size_t node = 0; node < piece.size(); ++node) {
      HopCounts& sum = all.nodes[node];
      sum.raises += piece[node].raises;
      sum.lowers += piece[node].lowers;
      sum.both += piece[node].both;
      sum.shortest_raises += piece[node].shortest_raises;
      sum.shortest_lowers += piece[node].shortest_lowers;
      sum.shortest_tied += piece[node].shortest_tied;
    }
  }
  return all;
}

void HopWorlds::sweep(Block& block, const Starts& starts, std::vector<HopCounts>& counts) const {
  for (std::uint32_t hop = 0; hop < options_.max_hops && !block.front.empty(); ++hop) {
    for (std::uint32_t place = 0; place < block.front.size(); ++place) {
      spread(block, starts, place);
    }
    block.end_layer(counts);
  }
}

/// Hands what the node at `place` of the front gained on to all that act on it.
void HopWorlds::spread(Block& block, const Starts& starts, std::uint32_t place) const {
  const std::uint32_t node = block.front[place];
  const Worlds& raises = block.front_raises[place];
  const Worlds& lowers = block.front_lowers[place];
  for (std::uint32_t i = in_begin_[node]; i < in_begin_[node + 1]; ++i) {
    const std::uint32_t start = starts[i];
    if (block.is_full[start] != 0) {
      continue;
    }
    const Slot& slot = slots_[i];
    NodeWorlds& at = block.nodes[start];
    Worlds open_plus;  // worlds in which a raising edge would bring something new, and a lowering
    Worlds open_minus;
    std::uint64_t any = 0;
    const std::uint64_t may_plus = slot.below_plus != 0 ? ~std::uint64_t{0} : 0;
    const std::uint64_t may_minus = slot.below_any != slot.below_plus ? ~std::uint64_t{0} : 0;
    for (std::size_t w = 0; w < kBlockWords; ++w) {
      const std::uint64_t no_raise = ~(at.raises[w] | at.raises_now[w]);
      const std::uint64_t no_lower = ~(at.lowers[w] | at.lowers_now[w]);
      open_plus[w] = may_plus & ((raises[w] & no_raise) | (lowers[w] & no_lower));
      open_minus[w] = may_minus & ((lowers[w] & no_raise) | (raises[w] & no_lower));
      any |= open_plus[w] | open_minus[w];
    }
    if (any == 0) {
      continue;
    }
    Worlds plus;
    Worlds minus;
    draw(slot, block.salt, open_plus, open_minus, plus, minus);
    for (std::size_t w = 0; w < kBlockWords; ++w) {
      at.raises_now[w] |= ((plus[w] & raises[w]) | (minus[w] & lowers[w])) & ~at.raises[w];
      at.lowers_now[w] |= ((plus[w] & lowers[w]) | (minus[w] & raises[w])) & ~at.lowers[w];
    }
    if (block.is_touched[start] == 0) {
      block.is_touched[start] = 1;
      block.touched.push_back(start);
    }
  }
}

/// Puts the signs of the node's simple chains in the place of those of its walks.
void HopWorlds::replay(Block& block, const Listed& listed) const {
  std::vector<Worlds> plus(options_.max_hops + std::size_t{1});
  std::vector<Worlds> minus(options_.max_hops + std::size_t{1});
  plus[0] = block.live;
  NodeWorlds& at = block.nodes[listed.node];
  at.raises = at.lowers = Worlds{};
  for (std::size_t i = listed.begin; i < listed.end; ++i) {
    const Step& step = steps_[i];
    Worlds open;
    for (std::size_t w = 0; w < kBlockWords; ++w) {
      open[w] = plus[step.depth - 1][w] | minus[step.depth - 1][w];
    }
    Worlds edge_plus;
    Worlds edge_minus;
    draw(slots_[step.slot], block.salt, open, open, edge_plus, edge_minus);
    plus[step.depth] = minus[step.depth] = Worlds{};
    add_product(plus[step.depth], minus[step.depth], edge_plus, edge_minus, plus[step.depth - 1],
                minus[step.depth - 1]);
    if (step.node == target_) {
      for (std::size_t w = 0; w < kBlockWords; ++w) {
        at.raises[w] |= plus[step.depth][w];
        at.lowers[w] |= minus[step.depth][w];
      }
    }
  }
}

}  // namespace thaw::graph
