// The degree-kept shuffle of hop_worlds.
#include <algorithm>

#include "base/random.h"
#include "graph/hop_worlds.h"

namespace thaw::graph {
namespace {

/// A slot on its way into an order that no numbering of nodes changes.
struct Place {
  std::uint64_t key;
  std::uint32_t slot;
  std::uint32_t end;
};

/// `places` by key: into buckets by the highest bits first, since the keys are hashes.
std::vector<Place> by_key(const std::vector<Place>& places) {
  constexpr unsigned kBits = 12;
  constexpr std::size_t kBuckets = std::size_t{1} << kBits;
  std::vector<std::size_t> begin(kBuckets + 1, 0);
  for (const Place& place : places) {
    ++begin[(place.key >> (64 - kBits)) + 1];
  }
  for (std::size_t i = 0; i < kBuckets; ++i) {
    begin[i + 1] += begin[i];
  }
  std::vector<Place> sorted(places.size());
  auto next = begin;
  for (const Place& place : places) {
    sorted[next[place.key >> (64 - kBits)]++] = place;
  }
  for (std::size_t i = 0; i < kBuckets; ++i) {
    std::sort(sorted.begin() + static_cast<std::ptrdiff_t>(begin[i]),
              sorted.begin() + static_cast<std::ptrdiff_t>(begin[i + 1]),
              [](const Place& a, const Place& b) { return a.key < b.key; });
  }
  return sorted;
}

}  // namespace

HopInfluence HopWorlds::shuffled(std::uint64_t seed, std::uint32_t worlds) const {
  HopInfluence all = run(shuffled_starts(seed), worlds, /*listed=*/false);
  for (std::uint32_t node = 0; node < graph_.nodes(); ++node) {
    all.by_walks.push_back(node);
  }
  return all;
}

std::vector<std::uint32_t> HopWorlds::shuffled_starts(std::uint64_t seed) const {
  std::vector<Place> places[2];  // by claimed sign
  for (std::uint32_t node = 0; node < graph_.nodes(); ++node) {
    for (std::uint32_t i = in_begin_[node]; i < in_begin_[node + 1]; ++i) {
      const bool lowers = slots_[i].below_plus * 2 < slots_[i].below_any;
      places[lowers ? 1 : 0].push_back({slots_[i].key, i, node});
    }
  }
  auto starts = starts_;
  Random random(seed, 0x73687566);  // apart from other users of the seed
  for (auto& of_sign : places) {
    of_sign = by_key(of_sign);
    std::vector<std::uint32_t> drawn;
    drawn.reserve(of_sign.size());
    for (const Place& place : of_sign) {
      drawn.push_back(starts_[place.slot]);
    }
    for (std::size_t i = drawn.size(); i > 1; --i) {
      std::swap(drawn[i - 1], drawn[random.index(i)]);
    }
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      for (std::size_t k = 1; drawn[i] == of_sign[i].end && k < drawn.size(); ++k) {
        const std::size_t other = (i + k) % drawn.size();
        if (drawn[other] != of_sign[i].end && drawn[i] != of_sign[other].end) {
          std::swap(drawn[i], drawn[other]);
        }
      }
    }
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      starts[of_sign[i].slot] = drawn[i];
    }
  }
  return starts;
}

}  // namespace thaw::graph
