#include "discovery/edge_votes.h"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace thaw::discovery {

using graph::MixedEdge;

namespace {

auto key(const MixedEdge& edge) {
  return std::tuple(edge.a, edge.b, edge.mark_a, edge.mark_b);
}

/// Pairs that are joined in one only, or joined with other marks.
std::size_t difference(const std::vector<MixedEdge>& a, const std::vector<MixedEdge>& b) {
  std::size_t different = 0;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    const bool only_a =
        j == b.size() || (i < a.size() && std::pair(a[i].a, a[i].b) < std::pair(b[j].a, b[j].b));
    const bool only_b =
        !only_a && (i == a.size() || std::pair(b[j].a, b[j].b) < std::pair(a[i].a, a[i].b));
    different += only_a || only_b || !(a[i] == b[j]) ? 1U : 0U;
    i += only_b ? 0U : 1U;
    j += only_a ? 0U : 1U;
  }
  return different;
}

}  // namespace

std::vector<PairShares> edge_shares(const std::vector<std::vector<MixedEdge>>& graphs) {
  std::vector<MixedEdge> all;
  for (const auto& edges : graphs) {
    all.insert(all.end(), edges.begin(), edges.end());
  }
  std::ranges::sort(all, {}, key);
  std::vector<PairShares> shares;
  const auto total = static_cast<double>(graphs.size());
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i;
    while (end < all.size() && all[end] == all[i]) {
      ++end;
    }
    if (shares.empty() || shares.back().a != all[i].a || shares.back().b != all[i].b) {
      shares.push_back({all[i].a, all[i].b, total, {}});
    }
    const auto count = static_cast<double>(end - i);
    shares.back().absent -= count;  // whole numbers until the end, so that 1 stays 1
    shares.back().marks.push_back({all[i].mark_a, all[i].mark_b, count / total});
    i = end;
  }
  for (PairShares& pair : shares) {
    pair.absent /= total;
    std::ranges::stable_sort(pair.marks, std::greater<>{}, &MarkShare::frequency);
  }
  return shares;
}

double frequency_of(const std::vector<PairShares>& shares, const MixedEdge& edge) {
  const auto pair =
      std::ranges::lower_bound(shares, std::pair(edge.a, edge.b), {},
                               [](const PairShares& p) { return std::pair(p.a, p.b); });
  if (pair == shares.end() || pair->a != edge.a || pair->b != edge.b) {
    return 0;
  }
  const auto marks = std::ranges::find_if(pair->marks, [&](const MarkShare& m) {
    return m.mark_a == edge.mark_a && m.mark_b == edge.mark_b;
  });
  return marks == pair->marks.end() ? 0 : marks->frequency;
}

std::size_t most_central(const std::vector<std::vector<MixedEdge>>& graphs) {
  assert(!graphs.empty());
  std::size_t best = 0;
  std::size_t least = static_cast<std::size_t>(-1);
  for (std::size_t i = 0; i < graphs.size(); ++i) {
    std::size_t sum = 0;
    for (const auto& other : graphs) {
      sum += difference(graphs[i], other);
    }
    if (sum < least) {
      least = sum;
      best = i;
    }
  }
  return best;
}

}  // namespace thaw::discovery
